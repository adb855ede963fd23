/** Item 60: each area was last loaded with at least the peak hour that the clinic had, the 99th percentile of its bookings by the clock on its wall. */

import { counted } from '../../../counted.ts'
import { testAreas } from '../../input-files/files.ts'
import { fileCell, held, lineCell } from '../../measures/lines.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { beyondLimits, testStandings } from '../shared/test-results.ts'

const minute = 60_000
const hour = 60 * minute

/** What a visit passes through; an exercise of downtime has no cases per hour. */
export const loadedAreas = testAreas.filter((area) => area !== 'downtime')

export const peakLoad: Criterion<'bookings' | 'tests'> = {
  code: 'readiness/peak-load',
  items: [60],
  phase: 'pre-launch',
  severity: 'error',
  title: 'The peak hour was not tested',
  why: '"Running it at maximum capacity during peak hours" is the only test that answers whether it holds on a Monday in winter.',
  remedy: 'Repeat the load test with at least the cases per hour named, and bring its result.',
  needs: ['bookings', 'tests'],
  thresholds: { factor: 1, leastWeeks: 4, mostErrorPercent: 1, mostP95Ms: 5000 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds) {
    const { counts, weeks } = perHour(given.value('bookings').rows)
    if (counts.length === 0) return nothingToJudge('No booking is listed')
    const leastWeeks = thresholds.leastWeeks ?? 4
    if (weeks < leastWeeks)
      return nothingToJudge(`Bookings of ${counted(weeks, 'week')} are listed; a peak is that of at least ${leastWeeks} weeks`)
    const peak = counts[Math.max(0, Math.ceil(counts.length * 0.99) - 1)] ?? 0
    const most = counts.at(-1) ?? 0
    const needed = Math.ceil(peak * (thresholds.factor ?? 1))
    const load = testStandings(
      given.value('tests').rows.filter((row) => row.level === 'load'),
      thresholds,
    )
    const areas = loadedAreas.map((area) => {
      const own = load.filter(({ row }) => row.area === area)
      const passed = own.flatMap(({ row, state }) => (state === 'pass' ? [row.per_hour ?? 0] : []))
      // A load that broke the system above the peak says where its limit is.
      const broke = own.filter(({ row, state }) => state === 'fail' && (row.per_hour === null || row.per_hour <= needed))
      return { area, reached: passed.reduce((held, each) => Math.max(held, each), 0), broke, tested: own.length > 0 }
    })
    const cells = areas.flatMap(({ area, reached, broke, tested }): readonly Cell[] => {
      const [first] = broke
      if (first)
        return [
          lineCell(
            'tests',
            first.row.line,
            `${area}: the last load test failed at ${first.row.per_hour ?? 'an unnamed load'}${beyondLimits(first.row, thresholds) ? ', with too many errors or too slow' : ''}`,
          ),
        ]
      if (reached >= needed) return []
      return [fileCell('tests', tested ? `${area}: ${reached} of ${needed} cases per hour` : `${area}: no load test`)]
    })
    const value = areas.reduce((least, { reached }) => Math.min(least, reached), Number.POSITIVE_INFINITY)
    const words = `a load of ${value} cases per hour passed in every area; the peak hour of the bookings is ${peak} (99th percentile of ${counts.length} open hours, at most ${most})`
    return held(cells.length === 0, { value, of: most, threshold: needed, words, cells })
  },
}

/** Bookings of each hour that had any, fewest first, and in how many weeks they lie. Hours begin where the clocks of the clinic say so; most of them decide. */
function perHour(rows: EvidenceOf['bookings']['rows']): { readonly counts: readonly number[]; readonly weeks: number } {
  const kept = rows.filter((row) => row.status !== 'cancelled')
  const offsets = new Map<number, number>()
  for (const { start } of kept) {
    const past = minutesPast(start.text)
    offsets.set(past, (offsets.get(past) ?? 0) + 1)
  }
  const [[past = 0] = []] = [...offsets].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const hours = new Map<number, number>()
  for (const { start } of kept) {
    const at = Math.floor((start.at + past * minute) / hour)
    hours.set(at, (hours.get(at) ?? 0) + 1)
  }
  const weeks = new Set([...hours.keys()].map((at) => Math.floor(at / (7 * 24))))
  return { counts: [...hours.values()].sort((a, b) => a - b), weeks: weeks.size }
}

/** By how many minutes the clock that wrote this stands apart from the full hours of UTC: 30 for `+05:30`, 45 for `+05:45`, 30 for `-03:30`. */
function minutesPast(text: string): number {
  const offset = /([+-])\d{2}:?(\d{2})$/.exec(text)
  const past = Number(offset?.[2] ?? 0)
  return offset?.[1] === '-' ? (60 - past) % 60 : past
}
