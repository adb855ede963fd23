/** Does the work still go as it went? A baseline against windows of later cases: arcs, lead time, conformance, and steps that go missing. */
import { compareText } from '../../finding.ts'
import { type Random, seededRandom } from '../../random.ts'
import type { EventLog } from '../log/event-log.ts'
import { type Instances, instancesOf } from '../log/instances.ts'
import { quantile } from '../log/quantile.ts'
import { arcsOfCases, type CaseCounts, caseCounts } from './case-counts.ts'
import { chiSquare, jensenShannon } from './distribution-distance.ts'
import { pageHinkley } from './page-hinkley.ts'

export interface DriftInput {
  readonly log: EventLog
  /** Cases from the begin that show how it should go; a quarter of all when left out. */
  readonly baseline?: number
  /** Cases per window; half of one is common to neighbours, more with the last, which ends with the last case. */
  readonly window?: number
  /** True for cases that went as drawn, by number: the conformance trend. */
  readonly fits?: readonly (boolean | null)[]
}

export interface DriftWindow {
  /** Milliseconds since 1970: first and last begin of its cases. */
  readonly from: number
  readonly to: number
  readonly cases: number
  readonly arcs: { readonly chiSquare: number; readonly p: number; readonly jensenShannon: number }
  /** Seconds. */
  readonly medianLeadTime: number
  /** Share of decided cases that went as drawn; null without a map. */
  readonly fitting: number | null
  readonly alarms: readonly ('arcs' | 'conformance')[]
}

/** A step that cases leave out although what stands around it goes on: done on paper again, or not at all. */
export interface MissingStep {
  readonly activity: string
  /** Index of the first window that shows it. */
  readonly window: number
  /** Shares of cases with the neighbours of the step that also have it. */
  readonly before: number
  readonly after: number
  readonly p: number
}

export interface Drift {
  readonly baseline: { readonly cases: number; readonly from: number; readonly to: number }
  readonly windows: readonly DriftWindow[]
  /** Jensen–Shannon distance from which on arcs raise an alarm: 0.1 bit, or what chance alone gives for windows of this size. */
  readonly threshold: number
  readonly leadTime: { readonly direction: 'up' | 'down'; readonly began: number; readonly noticed: number } | null
  readonly missing: readonly MissingStep[]
  readonly notes: readonly string[]
}

const leastDistance = 0.1
const permutations = 200
const alpha = 0.01

/** Null where there are too few timed cases for a baseline and a window. */
export function driftOf({ log, baseline, window, fits }: DriftInput, instances: Instances = instancesOf(log)): Drift | null {
  const counts = caseCounts(instances)
  const { order } = counts
  const size = window ?? Math.max(30, Math.min(100, Math.floor(order.length / 8)))
  const first = baseline ?? Math.max(30, Math.floor(order.length / 4))
  if (first < 10 || order.length < first + size) return null
  const usual = order.slice(0, first)
  const windows: number[][] = []
  const step = Math.max(1, size >> 1)
  let at = first
  for (; at + size <= order.length; at += step) windows.push(order.slice(at, at + size))
  // The newest cases are those that matter most: the last window ends with the last one, wherever the steps fall.
  if (at - step + size < order.length) windows.push(order.slice(-size))
  const threshold = Math.max(leastDistance, chance(counts, usual, size))
  const level = alpha / windows.length
  const baseArcs = arcsOfCases(counts, usual)
  const judged = windows.map((cases): DriftWindow => {
    const arcs = arcsOfCases(counts, cases)
    const { value, p } = chiSquare(baseArcs, arcs)
    const distance = jensenShannon(baseArcs, arcs)
    const fitting = fits === undefined ? null : shareOf(cases, (c) => fits[c] ?? null)
    const before = fits === undefined ? null : shareOf(usual, (c) => fits[c] ?? null)
    const fell = fitting !== null && before !== null && fitting.share < before.share && falls(before, fitting) < level
    return {
      from: counts.startOf[cases[0] as number] as number,
      to: counts.startOf[cases[cases.length - 1] as number] as number,
      cases: cases.length,
      arcs: { chiSquare: value, p, jensenShannon: distance },
      medianLeadTime: quantile(
        cases.map((c) => counts.leadOf[c] as number).sort((a, b) => a - b),
        0.5,
      ),
      fitting: fitting?.share ?? null,
      alarms: [...(p < level && distance >= threshold ? (['arcs'] as const) : []), ...(fell ? (['conformance'] as const) : [])],
    }
  })
  const lead = pageHinkley(
    order.map((c) => Math.log1p(counts.leadOf[c] as number)),
    first,
  )
  const start = (index: number): number => counts.startOf[order[index] as number] as number
  return {
    baseline: { cases: first, from: start(0), to: start(first - 1) },
    windows: judged,
    threshold,
    leadTime: lead && {
      direction: lead.direction,
      began: start(Math.min(lead.began, order.length - 1)),
      noticed: start(lead.noticed),
    },
    missing: missingSteps(instances, counts, usual, windows),
    notes: order.length < log.cases ? [`${log.cases - order.length} cases without times are left out.`] : [],
  }
}

/** The distance that one window in a hundred has by chance: windows drawn from the baseline against the rest of it. */
function chance(counts: CaseCounts, usual: readonly number[], size: number): number {
  const random = seededRandom(`drift ${usual.length} ${size}`)
  const drawn = Math.min(size, usual.length >> 1)
  const found = Array.from({ length: permutations }, () => {
    const mixed = shuffled(usual, random)
    return jensenShannon(arcsOfCases(counts, mixed.slice(0, drawn)), arcsOfCases(counts, mixed.slice(drawn)))
  })
  return quantile(
    found.sort((a, b) => a - b),
    0.99,
  )
}

function shuffled(list: readonly number[], random: Random): number[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    ;[out[i], out[j]] = [out[j] as number, out[i] as number]
  }
  return out
}

interface Share {
  readonly n: number
  readonly of: number
  readonly share: number
}

function shareOf(cases: readonly number[], hit: (one: number) => boolean | null): Share | null {
  let n = 0
  let of = 0
  for (const one of cases) {
    const is = hit(one)
    if (is === null) continue
    of++
    if (is) n++
  }
  return of === 0 ? null : { n, of, share: n / of }
}

/** One-sided p of Fisher's exact test that `after` is no smaller than `before`, by the hypergeometric tail. */
function falls(before: Share, after: Share): number {
  const hits = before.n + after.n
  const all = before.of + after.of
  let p = 0
  for (let k = Math.max(0, hits - before.of); k <= after.n; k++)
    p += Math.exp(choose(after.of, k) + choose(before.of, hits - k) - choose(all, hits))
  return Math.min(1, p)
}

const logFactorials = [0]

function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push((logFactorials[k - 1] as number) + Math.log(k))
  return logFactorials[n] as number
}

function choose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

/** Least fall in share that is worth saying. */
const leastFall = 0.08

function missingSteps(
  instances: Instances,
  counts: CaseCounts,
  usual: readonly number[],
  windows: readonly (readonly number[])[],
): readonly MissingStep[] {
  const { log } = instances
  const found: MissingStep[] = []
  const level = alpha / Math.max(1, log.activities.length * windows.length)
  for (const [activity, name] of log.activities.entries()) {
    const has = (c: number): boolean => counts.activitiesOf[c]?.has(activity) === true
    const neighbours = neighboursOf(instances, activity, usual)
    const asked = (cases: readonly number[]): readonly number[] =>
      cases.filter((c) => neighbours.every((other) => counts.activitiesOf[c]?.has(other)))
    const before = shareOf(asked(usual), has)
    if (neighbours.length === 0 || before === null) continue
    for (const [index, cases] of windows.entries()) {
      const after = shareOf(asked(cases), has)
      if (after === null || before.share - after.share < leastFall) continue
      const p = falls(before, after)
      if (p >= level) continue
      found.push({ activity: name, window: index, before: before.share, after: after.share, p })
      break
    }
  }
  return found.sort((a, b) => a.window - b.window || compareText(a.activity, b.activity))
}

/** What most often comes right before and right after an activity in these cases, itself left out. */
function neighboursOf({ caseStart, activity }: Instances, wanted: number, cases: readonly number[]): readonly number[] {
  const before = new Map<number, number>()
  const after = new Map<number, number>()
  for (const c of cases)
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      if (activity[i] !== wanted) continue
      if (i > (caseStart[c] as number)) add(before, activity[i - 1] as number)
      if (i + 1 < (caseStart[c + 1] as number)) add(after, activity[i + 1] as number)
    }
  const most = (counts: ReadonlyMap<number, number>): number[] =>
    [...counts]
      .filter(([other]) => other !== wanted)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 1)
      .map(([other]) => other)
  return [...new Set([...most(before), ...most(after)])]
}

function add(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
