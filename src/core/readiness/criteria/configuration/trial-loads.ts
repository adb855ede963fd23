/** Item 44: the share of records with errors falls from trial load to trial load, fast enough for the day of go-live. */
import { studentQuantile } from '../../../student-quantile.ts'
import { addDays, daysBetween, dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const trialLoads: Criterion<'trial-loads' | 'milestones'> = {
  code: 'readiness/trial-loads',
  items: [44],
  phase: 'configuration',
  severity: 'warning',
  title: 'Trial loads do not become clean in time',
  why: '"Budget months — not weeks — for data migration": the last errors take as long as the first ones.',
  remedy: 'Find the largest class of errors before the next load, or move the day of go-live past the late end of the forecast.',
  needs: ['trial-loads', 'milestones'],
  thresholds: { perMille: 5, leastLoads: 3 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const rows = given
      .value('trial-loads')
      .rows.filter((row) => row.records > 0)
      .toSorted((a, b) => (a.loaded_on < b.loaded_on ? -1 : 1))
    const least = thresholds.leastLoads ?? 3
    if (rows.length < least) return nothingToJudge(`${rows.length} of ${least} trial loads that a forecast takes`)
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    if (rows.some((row) => row.errors > row.records)) return nothingToJudge('A trial load has more errors than records')
    const goal = (thresholds.perMille ?? 5) / 1000
    const clean = forecast(rows, goal, day)
    const last = rows[rows.length - 1]
    const now = last ? last.errors / last.records : 1
    // The late end of the band decides: a forecast that is met half of the time is no plan.
    const holds = now <= goal || clean.highAtLive <= goal
    const when = clean.on === null ? 'never at this pace' : dayText(clean.on)
    const pace =
      now <= goal
        ? `${goal * 1000} in 1,000 are allowed`
        : `${goal * 1000} in 1,000 are forecast for ${when}, at go-live at most ${Math.round(clean.highAtLive * 10000) / 10}`
    const words = `${Math.round(now * 10000) / 10} in 1,000 records have errors; ${pace}`
    return held(holds, {
      value: Math.round(now * 10000) / 10,
      of: last?.records ?? null,
      threshold: goal * 1000,
      words,
      cells: [fileCell('trial-loads', `go-live on ${dayText(day)} comes before clean loads`)],
    })
  },
}

interface Load {
  readonly loaded_on: string
  readonly records: number
  readonly errors: number
}

/** A straight line through the logarithm of the error share (half an error stands for none), with the prediction band of 95 % at go-live. */
function forecast(
  rows: readonly Load[],
  goal: number,
  live: string,
): { readonly on: string | null; readonly highAtLive: number } {
  const first = rows[0]?.loaded_on ?? live
  const points = rows.map((row) => ({
    x: daysBetween(first, row.loaded_on),
    y: Math.log(Math.max(row.errors, 0.5) / row.records),
  }))
  const n = points.length
  const mx = points.reduce((sum, { x }) => sum + x, 0) / n
  const my = points.reduce((sum, { y }) => sum + y, 0) / n
  const sxx = points.reduce((sum, { x }) => sum + (x - mx) * (x - mx), 0)
  if (sxx === 0) return { on: null, highAtLive: Math.exp(my) }
  const slope = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / sxx
  const residual = points.reduce((sum, { x, y }) => sum + (y - my - slope * (x - mx)) ** 2, 0) / Math.max(1, n - 2)
  const at = daysBetween(first, live)
  const reach = studentQuantile(Math.max(1, n - 2), 0.95) * Math.sqrt(residual * (1 + 1 / n + ((at - mx) * (at - mx)) / sxx))
  const highAtLive = Math.min(1, Math.exp(my + slope * (at - mx) + reach))
  const on = slope >= 0 ? null : addDays(first, Math.ceil(mx + (Math.log(goal) - my) / slope))
  return { on, highAtLive }
}
