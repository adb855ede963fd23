/** Probable duplicate patients: reads, blocks, estimates, weighs and groups, with progress; it proposes, a person decides. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { Blocking, isStrictMatch } from './blocking.ts'
import { cautionsOf, mayBeTwins } from './cautions.ts'
import { clustersOf, type Edge, type Grouped, type Inside } from './clusters.ts'
import { Comparer } from './comparisons.ts'
import { chanceAgreement, estimate, isHousehold, modelOf, type Parameters, Patterns } from './estimate.ts'
import { falseMerges } from './false-merges.ts'
import type { LinkCluster, LinkedPair, LinkInput, LinkPlace, LinkResult } from './linkage-types.ts'
import { People } from './people.ts'
import { PeopleReader } from './read-people.ts'
import { probabilityOf, Weights } from './weigh.ts'

export const defaultThreshold = 0.9
export const defaultReview = 0.5

type LinkUpdate = Update<never, LinkResult>

/** A pair worth showing, before it is put into words. */
interface Candidate extends Edge, Inside {
  readonly weight: number
}

export async function* link(input: LinkInput, signal: AbortSignal): AsyncGenerator<LinkUpdate> {
  const run = new LinkRun(input)
  yield* run.read(signal)
  yield* run.compare(signal)
  yield { kind: 'result', value: run.result() }
}

class LinkRun {
  private readonly people = new People()
  private readonly readers: readonly PeopleReader[]
  private readonly input: LinkInput
  private readonly threshold: number
  private readonly review: number
  private comparer: Comparer
  private candidates: Candidate[] = []
  private compared = 0
  private blocking: Blocking | null = null
  private parameters: Parameters | null = null

  constructor(input: LinkInput) {
    this.input = input
    this.threshold = input.threshold ?? defaultThreshold
    this.review = Math.min(input.review ?? defaultReview, this.threshold)
    this.readers = input.inputs.map((given, index) => new PeopleReader(given, index, this.people))
    this.comparer = new Comparer(this.people)
  }

  async *read(signal: AbortSignal): AsyncGenerator<LinkUpdate> {
    const total = this.input.inputs.reduce((sum, { source }) => sum + source.size, 0)
    let before = 0
    for (const [index, reader] of this.readers.entries()) {
      const { source } = this.input.inputs[index] as (typeof this.input.inputs)[number]
      for await (const done of reader.read(signal)) {
        stopIfAborted(signal)
        yield { kind: 'progress', done: before + Math.min(done, source.size), total, unit: 'bytes', label: source.name }
      }
      before += source.size
    }
    this.people.settle()
  }

  /** Two passes over the blocked pairs: the first for the patterns, the second, with the parameters known, for the weights. */
  async *compare(signal: AbortSignal): AsyncGenerator<LinkUpdate> {
    const { people } = this
    const model = this.input.model ?? {}
    this.comparer = new Comparer(people, model.nicknames)
    const chance: { u: Float64Array[] } = { u: [] }
    const records = people.size
    for (const _ of chanceAgreement(people, this.comparer, this.input.seed ?? '1', chance))
      yield* told(0, records, 'chance agreement', signal)
    const blocking = new Blocking(people)
    this.blocking = blocking
    const patterns = new Patterns()
    const counted = { strict: 0, household: 0 }
    const learn = blocking.pairs((a, b, rule) => {
      this.compared++
      if (isStrictMatch(people, a, b)) counted.strict++
      const levels = this.comparer.compare(a, b)
      if (isHousehold(levels)) counted.household++
      // Twins agree in nearly everything and are two people: they would teach that first names of one person differ.
      if (!mayBeTwins(people, levels, a, b)) patterns.add(levels, rule)
    })
    for (const done of learn) yield* told(records * (done / blocking.work), records * 2, 'agreement of pairs', signal)
    this.parameters = estimate(patterns, chance.u, counted, people.size, model)
    const weights = new Weights(people, this.parameters)
    const least = Math.log2(this.review / (1 - this.review))
    const weigh = blocking.pairs((a, b) => {
      const levels = this.comparer.compare(a, b)
      const weight = weights.total(levels, a)
      if (weight < least) return
      this.candidates.push({ a, b, weight, probability: probabilityOf(weight), cautions: cautionsOf(people, levels, a, b) })
    })
    for (const done of weigh) yield* told(records * (1 + done / blocking.work), records * 2, 'weights of pairs', signal)
  }

  result(): LinkResult {
    const { people, parameters } = this
    const weights = parameters && new Weights(people, parameters)
    const groups = weights ? this.groups(weights) : []
    const toReview = new Set(groups.filter(({ cautions }) => cautions.length > 0).flatMap(({ records }) => records))
    const pairs = this.candidates
      .map((candidate) => ({ candidate, pair: this.pairOf(candidate, weights, toReview) }))
      .sort((x, y) => y.candidate.weight - x.candidate.weight || x.candidate.a - y.candidate.a || x.candidate.b - y.candidate.b)
      .map(({ pair }) => pair)
    return {
      inputs: this.readers.map((reader) => reader.report()),
      records: people.size,
      pairsCompared: this.compared,
      pairs,
      clusters: groups.map((group) => this.clusterOf(group)),
      falseMerges: falseMerges(people),
      model: parameters ? modelOf(parameters, this.input.model ?? {}) : {},
      warnings: parameters?.warnings ?? [],
      largeBlocks: this.blocking?.largeBlocks() ?? [],
      notEvaluated: this.readers.flatMap(({ notEvaluated }) => notEvaluated),
    }
  }

  /** Clusters of the pairs above the threshold that nothing speaks against. */
  private groups(weights: Weights): Grouped[] {
    const edges = this.candidates.filter(({ probability, cautions }) => probability >= this.threshold && cautions.length === 0)
    return clustersOf(edges, this.people.size, this.review, (a, b) => {
      const levels = this.comparer.compare(a, b)
      return { probability: probabilityOf(weights.total(levels, a)), cautions: cautionsOf(this.people, levels, a, b) }
    }).sort((x, y) => (x.records[0] ?? 0) - (y.records[0] ?? 0))
  }

  private pairOf(candidate: Candidate, weights: Weights | null, toReview: ReadonlySet<number>): LinkedPair {
    const { a, b, weight, probability, cautions } = candidate
    const swapped = before(this.people.place(b), this.people.place(a))
    const [first, second] = swapped ? [b, a] : [a, b]
    const proposed = probability >= this.threshold && cautions.length === 0 && !toReview.has(a)
    return {
      a: this.people.place(first),
      b: this.people.place(second),
      weight,
      probability,
      proposal: proposed ? 'propose' : 'review',
      cautions: toReview.has(a) && cautions.length === 0 && probability >= this.threshold ? ['weak-cluster'] : cautions,
      why: weights?.why(this.comparer.compare(first, second), first, second) ?? [],
    }
  }

  private clusterOf({ records, weakest, cautions }: Grouped): LinkCluster {
    const places = records.map((record) => this.people.place(record)).sort((a, b) => (before(a, b) ? -1 : 1))
    return { records: places, weakest, proposal: cautions.length === 0 ? 'propose' : 'review', cautions }
  }
}

function before(a: LinkPlace, b: LinkPlace): boolean {
  return a.number < b.number
}

function* told(done: number, total: number, label: string, signal: AbortSignal): Generator<LinkUpdate> {
  stopIfAborted(signal)
  yield { kind: 'progress', done: Math.floor(done), total, unit: 'records', label }
}
