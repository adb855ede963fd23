/** Item 3: overtime and open tickets run ahead of rework and cancelled visits; the chain is named with its lag before its end is reached. */

import { beside, fileCell, held, medianOf, percent } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

const leading = ['overtime_hours', 'open_tickets'] as const
const lagging = ['rework', 'cancelled'] as const

export const failureChain: Criterion<'strain'> = {
  code: 'readiness/failure-chain',
  items: [3],
  phase: 'go-live',
  severity: 'warning',
  title: 'Strain is rising ahead of failures',
  why: '"Staff exhaustion, then the failure of processes": what rises first can still be stopped.',
  remedy: 'Relieve the teams behind the series listed within the lag named: cut bookings, add support, close tickets.',
  needs: ['strain'],
  thresholds: { mostRisePercent: 25, weeks: 2, leastWeeks: 8 },
  maxAgeDays: 28,
  claimable: false,
  compute(given, thresholds) {
    const rows = given.value('strain').rows.toSorted((a, b) => (a.week < b.week ? -1 : 1))
    const least = thresholds.leastWeeks ?? 8
    if (rows.length < least) return nothingToJudge(`${rows.length} of ${least} weeks that a rise is judged on`)
    const recent = thresholds.weeks ?? 2
    const rises = leading.map((name) => {
      const values = rows.map((row) => row[name])
      const before = medianOf(values.slice(0, -recent))
      const now = values.slice(-recent).reduce((sum, value) => sum + value, 0) / recent
      return { name, before, now, rise: before === 0 ? (now > 0 ? 100 : 0) : percent(now - before, before) }
    })
    const most = thresholds.mostRisePercent ?? 25
    const risen = rises.filter(({ rise }) => rise > most)
    const cells = risen.map(({ name, before, now }): Cell => {
      const followers = lagging
        .map((late) => ({
          late,
          ...lagOf(
            rows.map((row) => row[name]),
            rows.map((row) => row[late]),
          ),
        }))
        .filter(({ strength }) => strength >= 0.5)
        .map(({ late, lag }) => `${late} follows after ${lag} weeks`)
      return fileCell(
        'strain',
        [`${name.replaceAll('_', ' ')}: ${toTenth(now)} a week, ${toTenth(before)} before`, ...followers].join('; '),
      )
    })
    const value = beside(Math.max(...rises.map(({ rise }) => rise)), most)
    const words = `overtime and open tickets are at most ${value} % above the weeks before, ${most} % are tolerated`
    return held(cells.length === 0, { value, of: rows.length, threshold: most, words, cells })
  },
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** The number of weeks (0 to 6) by which the second series follows the first best, with the correlation at it. */
export function lagOf(first: readonly number[], second: readonly number[]): { readonly lag: number; readonly strength: number } {
  let best = { lag: 0, strength: -1 }
  for (let lag = 0; lag <= 6 && first.length - lag >= 4; lag++) {
    const strength = correlation(first.slice(0, first.length - lag), second.slice(lag))
    if (strength > best.strength) best = { lag, strength }
  }
  return best
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const n = a.length
  const [ma, mb] = [a.reduce((sum, x) => sum + x, 0) / n, b.reduce((sum, x) => sum + x, 0) / n]
  let [ab, aa, bb] = [0, 0, 0]
  for (let index = 0; index < n; index++) {
    const [x, y] = [(a[index] ?? 0) - ma, (b[index] ?? 0) - mb]
    ab += x * y
    aa += x * x
    bb += y * y
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}
