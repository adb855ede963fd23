/** Probable duplicate patients: reads, blocks, estimates, weighs and groups, with progress; it proposes, a person decides. */
import type { NotEvaluated } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import { Blocking, isStrictMatch } from './blocking.ts'
import { cautionsOf, mayBeTwins } from './cautions.ts'
import { clustersOf, type Edge, type Grouped, type Inside } from './clusters.ts'
import { Comparer } from './comparisons.ts'
import { chanceAgreement, estimate, isHousehold, modelOf, type Parameters, Patterns, type PatternsRecord } from './estimate.ts'
import { falseMerges } from './false-merges.ts'
import type { LinkCluster, LinkedPair, LinkInput, LinkPlace, LinkResult } from './linkage-types.ts'
import { People } from './people.ts'
import { PeopleReader } from './read-people.ts'
import { probabilityOf, Weights } from './weigh.ts'

export const defaultThreshold = 0.9
export const defaultReview = 0.5

type LinkUpdate = Update<never, LinkResult>

/** A pair worth showing, before it is put into words; plain data. */
export interface Candidate extends Edge, Inside {
  readonly weight: number
}

/** What pairs teach, of all pairs or a share of them; plain data that adds up. */
export interface Learned {
  readonly patterns: PatternsRecord
  readonly strict: number
  readonly household: number
  readonly compared: number
}

export async function* link(input: LinkInput, signal: AbortSignal): AsyncGenerator<LinkUpdate> {
  const people = new People()
  const readers = input.inputs.map((given, index) => new PeopleReader(given, index, people))
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  let before = 0
  for (const [index, reader] of readers.entries()) {
    const { source } = input.inputs[index] as (typeof input.inputs)[number]
    for await (const done of reader.read(signal)) {
      stopIfAborted(signal)
      yield { kind: 'progress', done: before + Math.min(done, source.size), total, unit: 'bytes', label: source.name }
    }
    before += source.size
  }
  people.settle()
  const run = new LinkRun(input, people)
  const records = people.size
  const share = records / Math.max(1, run.work)
  const u = yield* told(run.chance(), () => 0, records, 'chance agreement', signal)
  const learned = yield* told(run.learn(), (done) => done * share, records * 2, 'agreement of pairs', signal)
  const parameters = run.estimate([learned], u)
  const candidates = yield* told(run.weigh(parameters), (done) => records + done * share, records * 2, 'weights of pairs', signal)
  yield { kind: 'result', value: run.result(readers, learned.compared, parameters, candidates) }
}

/** The pairs of the people that were read: two passes, the first for the patterns, the second, with the parameters known, for the weights. */
export class LinkRun {
  private readonly people: People
  private readonly input: LinkInput
  private readonly threshold: number
  private readonly review: number
  private readonly comparer: Comparer
  private readonly blocking: Blocking

  /** @param people settled */
  constructor(input: LinkInput, people: People) {
    this.input = input
    this.people = people
    this.threshold = input.threshold ?? defaultThreshold
    this.review = Math.min(input.review ?? defaultReview, this.threshold)
    this.comparer = new Comparer(people, input.model?.nicknames)
    this.blocking = new Blocking(people)
  }

  /** The measure of `learn` and `weigh`, which can be done in shares. */
  get work(): number {
    return this.blocking.work
  }

  /** Chance agreement. Yields the pairs drawn. */
  *chance(): Generator<number, readonly Float64Array[]> {
    const chance: { u: Float64Array[] } = { u: [] }
    yield* chanceAgreement(this.people, this.comparer, this.input.seed ?? '1', chance)
    return chance.u
  }

  /** Yields the work done. */
  *learn(from = 0, to = this.work): Generator<number, Learned> {
    const { people, comparer, blocking } = this
    const patterns = new Patterns()
    const counted = { strict: 0, household: 0, compared: 0 }
    yield* blocking.pairs(
      (a, b, rule) => {
        counted.compared++
        if (isStrictMatch(people, a, b)) counted.strict++
        const levels = comparer.compare(a, b)
        if (isHousehold(levels)) counted.household++
        // Twins agree in nearly everything and are two people: they would teach that first names of one person differ.
        if (!mayBeTwins(people, levels, a, b)) patterns.add(levels, rule)
      },
      from,
      to,
    )
    return { patterns: patterns.record(), ...counted }
  }

  /** @param learned of all shares */
  estimate(learned: readonly Learned[], u: readonly Float64Array[]): Parameters {
    const patterns = new Patterns()
    for (const share of learned) patterns.merge(share.patterns)
    const sum = (of: (share: Learned) => number): number => learned.reduce((total, share) => total + of(share), 0)
    const counted = { strict: sum(({ strict }) => strict), household: sum(({ household }) => household) }
    return estimate(patterns, u, counted, this.people.size, this.input.model ?? {})
  }

  /** Pairs that are worth a look. Yields the work done. */
  *weigh(parameters: Parameters, from = 0, to = this.work): Generator<number, readonly Candidate[]> {
    const { people, comparer, blocking } = this
    const weights = new Weights(people, parameters)
    const least = Math.log2(this.review / (1 - this.review))
    const candidates: Candidate[] = []
    yield* blocking.pairs(
      (a, b) => {
        const levels = comparer.compare(a, b)
        const weight = weights.total(levels, a)
        if (weight < least) return
        candidates.push({ a, b, weight, probability: probabilityOf(weight), cautions: cautionsOf(people, levels, a, b) })
      },
      from,
      to,
    )
    return candidates
  }

  /** @param compared pairs in all  @param candidates of all shares, in their order  @param notRead what tasks left out */
  result(
    readers: readonly PeopleReader[],
    compared: number,
    parameters: Parameters,
    candidates: readonly Candidate[],
    notRead: readonly NotEvaluated[] = [],
  ): LinkResult {
    const { people } = this
    const weights = new Weights(people, parameters)
    const groups = this.groups(weights, candidates)
    const toReview = new Set(groups.filter(({ cautions }) => cautions.length > 0).flatMap(({ records }) => records))
    const pairs = candidates
      .map((candidate) => ({ candidate, pair: this.pairOf(candidate, weights, toReview) }))
      .sort((x, y) => y.candidate.weight - x.candidate.weight || x.candidate.a - y.candidate.a || x.candidate.b - y.candidate.b)
      .map(({ pair }) => pair)
    return {
      inputs: readers.map((reader) => reader.report()),
      records: people.size,
      pairsCompared: compared,
      pairs,
      clusters: groups.map((group) => this.clusterOf(group)),
      falseMerges: falseMerges(people),
      model: modelOf(parameters, this.input.model ?? {}),
      warnings: parameters.warnings,
      largeBlocks: this.blocking.largeBlocks(),
      notEvaluated: [...readers.flatMap(({ notEvaluated }) => notEvaluated), ...notRead],
    }
  }

  /** Clusters of the pairs above the threshold that nothing speaks against. */
  private groups(weights: Weights, candidates: readonly Candidate[]): Grouped[] {
    const edges = candidates.filter(({ probability, cautions }) => probability >= this.threshold && cautions.length === 0)
    return clustersOf(edges, this.people.size, this.review, (a, b) => {
      const levels = this.comparer.compare(a, b)
      return { probability: probabilityOf(weights.total(levels, a)), cautions: cautionsOf(this.people, levels, a, b) }
    }).sort((x, y) => (x.records[0] ?? 0) - (y.records[0] ?? 0))
  }

  private pairOf(candidate: Candidate, weights: Weights, toReview: ReadonlySet<number>): LinkedPair {
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
      why: weights.why(this.comparer.compare(first, second), first, second),
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

async function* told<Result>(
  steps: Generator<number, Result>,
  doneOf: (step: number) => number,
  total: number,
  label: string,
  signal: AbortSignal,
): AsyncGenerator<LinkUpdate, Result> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    stopIfAborted(signal)
    yield { kind: 'progress', done: Math.floor(doneOf(step.value)), total, unit: 'records', label }
  }
}
