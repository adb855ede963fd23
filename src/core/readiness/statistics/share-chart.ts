/**
 * A p-chart to look at: centre, limits that move with the size of each month, two rules for signals, and how many of them chance alone
 * gives (Montgomery, Introduction to Statistical Quality Control, §7.3).
 */
import { binomialAtMost } from '../../review/statistics/binomial.ts'

export interface AuditMonth {
  /** `YYYY-MM`. */
  readonly month: string
  readonly met: number
  readonly of: number
}

/** `limit`: beyond three standard errors. `run`: eighth or later month in a row on one side of the centre. */
export type ChartSignal = 'limit' | 'run'

export interface ShareChartPoint extends AuditMonth {
  readonly share: number
  readonly low: number
  readonly high: number
  readonly signals: readonly ChartSignal[]
  /** Chance that a month of this size falls out of its limits though nothing changed: exact, binomial. */
  readonly byChance: number
}

export interface ShareChart {
  readonly centre: number
  /** `given`: known before these months. `pooled`: share of all of them together. */
  readonly from: 'given' | 'pooled'
  /** Months without charts have no point. */
  readonly points: readonly ShareChartPoint[]
  /** How many points fall out of their limits by chance, on average. */
  readonly expectedByChance: number
}

/** A month on the axis; without a point where no share of it is known. */
export interface ChartSlot {
  readonly month: string
  readonly point: ShareChartPoint | null
}

/** No axis is longer: two far months of a mistyped file would fill the page. */
const mostSlots = 120

/** Every month from the first to the last, those without a share among them and those of `unfinished`, so that a gap is seen as one. */
export function chartSlots(points: readonly ShareChartPoint[], unfinished: readonly string[]): readonly ChartSlot[] {
  const known = new Map(points.map((point) => [point.month, point]))
  const named = [...new Set([...known.keys(), ...unfinished])].sort()
  const [first, last] = [named[0], named.at(-1)]
  if (first === undefined || last === undefined) return []
  const count = monthNumber(last) - monthNumber(first) + 1
  const months =
    count > mostSlots || Number.isNaN(count)
      ? named
      : Array.from({ length: count }, (_, index) => monthText(monthNumber(first) + index))
  return months.map((month) => ({ month, point: known.get(month) ?? null }))
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}

function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}

const longRun = 8
const reach = 3

/** @param centre the share that was known before, or null to pool the months */
export function auditChart(months: readonly AuditMonth[], centre: number | null): ShareChart | null {
  const judged = months.filter(({ of }) => of > 0).toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
  const sum = (of: (month: AuditMonth) => number): number => judged.reduce((total, month) => total + of(month), 0)
  if (judged.length === 0) return null
  const middle = centre ?? sum(({ met }) => met) / sum(({ of }) => of)
  let run = 0
  const points = judged.map((month): ShareChartPoint => {
    const share = month.met / month.of
    const { low, high } = limitsAt(middle, month.of)
    const side = Math.sign(share - middle)
    run = side === 0 ? 0 : Math.sign(run) === side ? run + side : side
    const signals: ChartSignal[] = []
    if (share < low || share > high) signals.push('limit')
    if (Math.abs(run) >= longRun) signals.push('run')
    return { ...month, share, low, high, signals, byChance: outByChance(middle, month.of) }
  })
  return {
    centre: middle,
    from: centre === null ? 'pooled' : 'given',
    points,
    expectedByChance: points.reduce((total, { byChance }) => total + byChance, 0),
  }
}

function limitsAt(centre: number, of: number): { readonly low: number; readonly high: number } {
  const error = reach * Math.sqrt((centre * (1 - centre)) / of)
  return { low: Math.max(0, centre - error), high: Math.min(1, centre + error) }
}

/** P(X/n < low) + P(X/n > high) for X ~ Bin(n, centre). */
export function outByChance(centre: number, of: number): number {
  if (centre <= 0 || centre >= 1) return 0
  const { low, high } = limitsAt(centre, of)
  // The same comparison of shares as the chart makes, so that a share that lies on a limit is in.
  let least = 0
  while (least <= of && least / of < low) least++
  let most = of
  while (most >= 0 && most / of > high) most--
  const below = least === 0 ? 0 : binomialAtMost(least - 1, of, centre)
  const above = most >= of ? 0 : 1 - binomialAtMost(most, of, centre)
  return below + above
}
