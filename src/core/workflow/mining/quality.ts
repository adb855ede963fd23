/** How well a net describes a log: fitness by alignments, precision by escaping edges, generalisation by how often its parts are used. */
import { Aligner, type Alignment } from './align.ts'
import { Automaton, type Determined } from './determined.ts'
import type { Net } from './net.ts'
import { StateSpace } from './state-space.ts'

/** A trace by labels, and in how many cases it happened. */
export interface LabelledTrace {
  readonly labels: readonly string[]
  readonly count: number
}

export interface Fitness {
  /** Share of cases, 0 to 1, that need no deviation. */
  readonly fitting: number
  /** Mean over cases of 1 − cost / (events + shortest run). */
  readonly average: number
  /** 1 − all costs / all (events + shortest run). */
  readonly log: number
  /** Cases whose alignment was not decided within the budget: counted as their upper bound, never as fitting. */
  readonly undecided: number
  /** Lowest and highest that the shares can be, whatever the cases that were not decided are; equal where all are decided. */
  readonly bounds: { readonly fitting: readonly [number, number]; readonly average: readonly [number, number] }
}

/** `alignments` stand beside `traces`. Null where the net has no way to its end. */
export function fitnessOf(
  traces: readonly LabelledTrace[],
  alignments: readonly Alignment[],
  shortest: number | null,
): Fitness | null {
  if (shortest === null) return null
  let cases = 0
  let fitting = 0
  let average = 0
  let cost = 0
  let most = 0
  let undecided = 0
  let mayFit = 0
  let averageAtMost = 0
  for (const [index, { labels, count }] of traces.entries()) {
    const found = alignments[index]
    if (!found) continue
    const worst = labels.length + shortest
    const paid = found.kind === 'optimal' ? found.cost : Math.min(found.most, worst)
    cases += count
    if (found.kind === 'undecided') {
      undecided += count
      if (found.least === 0) mayFit += count
    } else if (found.cost === 0) fitting += count
    average += count * (worst === 0 ? 1 : 1 - paid / worst)
    const atLeast = found.kind === 'optimal' ? found.cost : found.least
    averageAtMost += count * (worst === 0 ? 1 : 1 - atLeast / worst)
    cost += count * paid
    most += count * worst
  }
  if (cases === 0) return { fitting: 1, average: 1, log: 1, undecided: 0, bounds: { fitting: [1, 1], average: [1, 1] } }
  return {
    fitting: fitting / cases,
    average: average / cases,
    log: most === 0 ? 1 : 1 - cost / most,
    undecided,
    bounds: {
      fitting: [fitting / cases, (fitting + mayFit) / cases],
      average: [average / cases, averageAtMost / cases],
    },
  }
}

export function alignAll(
  net: Net,
  traces: readonly LabelledTrace[],
): { readonly alignments: readonly Alignment[]; readonly shortest: number | null } {
  const aligner = new Aligner(net)
  return { alignments: traces.map(({ labels }) => aligner.align(labels)), shortest: aligner.shortest }
}

export interface Precision {
  /** 1 − escaping / enabled: 0 to 1; 1 where the net allows nothing that the log does not show. */
  readonly value: number
  /** 1 − escaping / (enabled + prefixes): what the published figures contain, and so never below `value`. */
  readonly asPublished: number
  /** Ways that stand open after the prefixes of the log, and those of them that no case took, each as often as its prefix is gone on from. */
  readonly enabled: number
  readonly escaping: number
  /** Events that are not the first of their case. */
  readonly prefixes: number
}

/**
 * Precision by escaping edges (ETC; Muñoz-Gama and Carmona 2010): 1 − escaping / enabled over all prefixes that the net can replay.
 * The reference implementation that published figures come from counts every event that is not the first of its case as one more way beside those that stand open;
 * that figure is kept as `asPublished`, to be held against theirs. Null where no way stands open after any prefix.
 */
export function precisionOf(net: Net, traces: readonly LabelledTrace[]): Precision | null {
  const automaton = new Automaton(new StateSpace(net))
  const indexOf = new Map(net.labels.map((label, index) => [label, index]))
  const root: Prefix = { count: 0, next: new Map() }
  const sums = { enabled: 0, escaping: 0, prefixes: 0 }
  for (const { labels, count } of traces) {
    let at = root
    sums.prefixes += count * Math.max(0, labels.length - 1)
    for (const label of labels) {
      at.count += count
      const next = at.next.get(label) ?? { count: 0, next: new Map() }
      at.next.set(label, next)
      at = next
    }
  }
  const open: { readonly prefix: Prefix; readonly state: Determined }[] = [{ prefix: root, state: automaton.start.to }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { prefix, state } = at
    if (prefix.next.size === 0) continue
    const ways = automaton.ways(state)
    let taken = 0
    for (const [label, next] of prefix.next) {
      const way = ways.get(indexOf.get(label) ?? -1)
      if (!way) continue
      taken++
      open.push({ prefix: next, state: way.to })
    }
    sums.enabled += prefix.count * ways.size
    sums.escaping += prefix.count * (ways.size - taken)
  }
  if (sums.enabled === 0) return null
  return {
    value: 1 - sums.escaping / sums.enabled,
    asPublished: 1 - sums.escaping / (sums.enabled + sums.prefixes),
    ...sums,
  }
}

/** 1 − mean over transitions of 1/√executions in the alignments (Buijs 2014); one that never fires counts 1. */
export function generalisationOf(net: Net, traces: readonly LabelledTrace[], alignments: readonly Alignment[]): number {
  const fired = new Float64Array(net.transitions.length)
  for (const [index, found] of alignments.entries()) {
    if (found.kind !== 'optimal') continue
    for (const move of found.moves)
      if (move.kind !== 'log') fired[move.transition] = (fired[move.transition] as number) + (traces[index]?.count ?? 0)
  }
  const sum = fired.reduce((total, n) => total + (n === 0 ? 1 : 1 / Math.sqrt(n)), 0)
  return net.transitions.length === 0 ? 1 : 1 - sum / net.transitions.length
}

interface Prefix {
  count: number
  readonly next: Map<string, Prefix>
}
