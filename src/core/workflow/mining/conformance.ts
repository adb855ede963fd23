/** A log held against a drawn map: which share of cases went as drawn, and what was skipped, extra, out of order or done by another role. */
import { compareText } from '../../finding.ts'
import { stopIfAborted, type Update } from '../../operation.ts'
import type { EventLog } from '../log/event-log.ts'
import { instancesOf } from '../log/instances.ts'
import { type Variant, variantsOf } from '../log/variants.ts'
import type { Graph } from '../map/workflow.ts'
import { Aligner, type Alignment } from './align.ts'
import { type Deviation, Deviations } from './deviations.ts'
import { type Drift, driftOf } from './drift.ts'
import { joinLabels } from './labels.ts'
import { joinLanes } from './lanes-of-people.ts'
import type { Net } from './net.ts'
import { netOfGraph } from './net-of-graph.ts'
import { fitnessOf } from './quality.ts'
import { type Replay, Replayer, replayFitness } from './replay.ts'

export interface Conformance {
  readonly cases: number
  readonly fittingPercent: number
  readonly averageFitness: number
  readonly logFitness: number
  /** Cases that were not decided within the budget; they count as far from the map as they can be, never as fitting. */
  readonly undecided: number
  /** Lowest and highest that the shares can be, whatever the cases that were not decided are. */
  readonly bounds: { readonly fittingPercent: readonly [number, number]; readonly averageFitness: readonly [number, number] }
  /** Token replay, a rough screen: null where the map has no way to its end. */
  readonly replay: { readonly averageFitness: number; readonly logFitness: number } | null
  readonly unmatched: {
    readonly activities: readonly { readonly name: string; readonly count: number }[]
    readonly steps: readonly { readonly id: string; readonly label: string }[]
  }
  /** Most frequent first. */
  readonly deviations: readonly Deviation[]
  /** Cost of each variant beside its cases, most frequent first; null where it was not decided. */
  readonly variants: readonly { readonly activities: readonly string[]; readonly cases: number; readonly cost: number | null }[]
  /** Whether later cases still go as the first ones did; null where there are too few timed cases to say. */
  readonly drift: Drift | null
  /** What is not judged, in words. */
  readonly notes: readonly string[]
}

export interface ConformInput {
  readonly log: EventLog
  readonly graph: Graph
  /** Activity → step, by id or label, where names do not say it. */
  readonly labels?: ReadonlyMap<string, string>
  /** Cases of the baseline, and of each window after it, for drift. */
  readonly baseline?: number
  readonly window?: number
}

export type ConformResult =
  | { readonly kind: 'judged'; readonly conformance: Conformance }
  | { readonly kind: 'impossible'; readonly sentence: string }

const listedVariants = 200

export async function* conform(
  { log, graph, labels, baseline, window }: ConformInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ConformResult>> {
  const instances = instancesOf(log)
  const join = joinLabels(log.activities, graph, labels)
  const net = netOfGraph(graph, (node) => (join.unseen.has(node.id) ? null : join.ofStep(node)))
  const aligner = new Aligner(net)
  if (aligner.shortest === null) {
    yield {
      kind: 'result',
      value: {
        kind: 'impossible',
        sentence: `No way leads from the start of “${graph.label}” to an end, so no case can go as drawn. Mend the map first.`,
      },
    }
    return
  }
  const variants = variantsOf(instances)
  const alignments: Alignment[] = []
  for (const [index, { trace }] of variants.entries()) {
    stopIfAborted(signal)
    alignments.push(aligner.align(trace.map((activity) => join.ofActivity(log.activities[activity] ?? ''))))
    if (index % Math.max(1, Math.floor(variants.length / 50)) === 0)
      yield { kind: 'progress', done: index + 1, total: variants.length, unit: 'records', label: 'variants' }
  }
  const traces = variants.map(({ trace, cases }) => ({
    labels: trace.map((a) => join.ofActivity(log.activities[a] ?? '')),
    count: cases.length,
  }))
  const fitness = fitnessOf(traces, alignments, aligner.shortest)
  const lanes = joinLanes(log, graph)
  const tally = new Deviations(instances, graph, net, lanes, join.ofActivity)
  for (const [index, alignment] of alignments.entries()) {
    const variant = variants[index]
    if (variant && alignment.kind === 'optimal') tally.add(variant, alignment)
  }
  const counts = new Int32Array(log.activities.length)
  for (const activity of instances.activity) counts[activity] = (counts[activity] as number) + 1
  const notes = [...net.notes]
  if (join.unseen.size > 0) {
    const names = [...join.unseen].map((id) => graph.nodes.get(id)?.label || id).join(', ')
    notes.push(
      `Waits and steps on paper or by phone that the log never names leave no trace in it, so they are not judged: ${names}.`,
    )
  }
  if (!lanes.judged) notes.push('Nothing in the log names a lane of the map, so who did a step is not judged.')
  if (fitness && fitness.undecided > 0)
    notes.push(
      `${fitness.undecided} cases were not decided within the budget: the figures count them as if nothing in them went as drawn, and the deviations leave them out.`,
    )
  notes.push(...tally.unknownPeople())
  const drift = driftOf(
    {
      log,
      fits: fitsOf(log.cases, variants, alignments),
      ...(baseline === undefined ? {} : { baseline }),
      ...(window === undefined ? {} : { window }),
    },
    instances,
  )
  if (drift === null) notes.push('There are too few timed cases to tell whether the work has changed over time.')
  const conformance: Conformance = {
    cases: log.cases,
    fittingPercent: 100 * (fitness?.fitting ?? 0),
    averageFitness: fitness?.average ?? 0,
    logFitness: fitness?.log ?? 0,
    undecided: fitness?.undecided ?? 0,
    bounds: {
      fittingPercent: [100 * (fitness?.bounds.fitting[0] ?? 0), 100 * (fitness?.bounds.fitting[1] ?? 0)],
      averageFitness: fitness?.bounds.average ?? [0, 0],
    },
    replay: screen(net, traces),
    unmatched: {
      activities: join.unmatchedActivities
        .map((name) => ({ name, count: counts[log.activities.indexOf(name)] ?? 0 }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || compareText(a.name, b.name)),
      steps: join.unmatchedSteps.map(({ id, label }) => ({ id, label })).sort((a, b) => compareText(a.id, b.id)),
    },
    deviations: tally.list(),
    variants: variants.slice(0, listedVariants).map(({ trace, cases }, index) => {
      const found = alignments[index]
      return {
        activities: trace.map((a) => log.activities[a] ?? ''),
        cases: cases.length,
        cost: found?.kind === 'optimal' ? found.cost : null,
      }
    }),
    drift,
    notes,
  }
  yield { kind: 'result', value: { kind: 'judged', conformance } }
}

/** By case: as drawn or not; null where that was not decided. */
function fitsOf(cases: number, variants: readonly Variant[], alignments: readonly Alignment[]): readonly (boolean | null)[] {
  const fits = new Array<boolean | null>(cases).fill(null)
  for (const [index, found] of alignments.entries())
    for (const one of variants[index]?.cases ?? []) fits[one] = found.kind === 'optimal' ? found.cost === 0 : null
  return fits
}

function screen(
  net: Net,
  traces: readonly { readonly labels: readonly string[]; readonly count: number }[],
): Conformance['replay'] {
  const replayer = new Replayer(net)
  const all = { produced: 0, consumed: 0, missing: 0, remaining: 0 }
  let average = 0
  let cases = 0
  for (const { labels, count } of traces) {
    const one: Replay = replayer.replay(labels)
    average += count * replayFitness(one)
    cases += count
    for (const key of ['produced', 'consumed', 'missing', 'remaining'] as const) all[key] += count * one[key]
  }
  return cases === 0 ? null : { averageFitness: average / cases, logFitness: replayFitness(all) }
}
