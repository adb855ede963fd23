/** Item 70: signs of collapse, shift by shift: people go back to paper, and tickets are carried over, more often than in the first shifts. */

import { addDays } from '../../../values/day.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { isClosedBy, type Ticket } from '../../measures/triage.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { limitFor, poissonCusum } from '../../statistics/control-chart.ts'

/** A count that doubles matters; a quiet month may raise a false alarm once in twenty. */
const factor = 2
const falseAlarms = 0.05
const shiftsOfMonth = 60
/** Below it a single ticket would be an alarm. */
const leastMean = 0.5

export const collapseSigns: Criterion<'tickets' | 'shifts'> = {
  code: 'readiness/collapse-signs',
  items: [70],
  phase: 'go-live',
  severity: 'error',
  title: 'People return to paper, or problems pile up',
  why: 'When "staff turns to paperwork again", two shifts are left to act before it is the way of working.',
  remedy: 'Send support to the shifts listed, solve what made people go back to paper, and cut bookings until the count falls.',
  needs: ['tickets', 'shifts'],
  thresholds: { baselineShifts: 14 },
  maxAgeDays: 14,
  claimable: false,
  compute(given, thresholds, asOf) {
    const until = Date.parse(`${addDays(asOf, 1)}T00:00:00Z`)
    const windows = endedWindows(given.value('shifts').rows, until)
    const least = thresholds.baselineShifts ?? 14
    if (windows.length <= least) return nothingToJudge(`${windows.length} clinical shifts have ended; ${least} are compared with`)
    const { rows } = given.value('tickets')
    const untold = rows.every(({ paper_fallback }) => paper_fallback === null)
    if (untold) return nothingToJudge('No ticket says whether people went back to paper (column paper_fallback)')
    const signs = [
      {
        name: 'back to paper',
        counts: countsOf(
          windows,
          rows.filter(({ paper_fallback }) => paper_fallback === true),
        ),
      },
      { name: 'carried into the next shift', counts: countsOf(windows, rows, true) },
    ]
    const limits = signs.map(({ name, counts }) => {
      const mean = Math.max(leastMean, counts.slice(0, least).reduce((sum, count) => sum + count, 0) / least)
      const { sums, signal, limit } = poissonCusum(
        counts.slice(least),
        mean,
        factor,
        limitFor(mean, factor, shiftsOfMonth, falseAlarms),
      )
      return { name, mean, counts, signal, limit, now: sums.at(-1) ?? 0 }
    })
    const cells = limits.flatMap(({ name, now, limit, signal, counts }): readonly Cell[] => {
      // An alarm lasts until the sum has come down again.
      if (now < limit || signal === null) return []
      const since = windows[least + signal]?.text ?? ''
      return [fileCell('tickets', `${name}: ${counts.at(-1)} in the last shift, sum above its limit since ${since}`)]
    })
    const value = signs.length - cells.length
    const words = `${value} of ${signs.length} signs stay where they were in the first ${least} shifts, over ${windows.length - least} shifts since`
    return held(cells.length === 0, { value, of: signs.length, threshold: signs.length, words, cells })
  },
}

interface Window {
  readonly from: number
  readonly until: number
  readonly text: string
}

/** Clinical shifts by begin, those of all departments that begin together as one that ends with the last of them. */
function endedWindows(shifts: EvidenceOf['shifts']['rows'], until: number): readonly Window[] {
  const byStart = new Map<number, Window>()
  for (const { function: task, start, end } of shifts) {
    if (task !== 'clinical' || end.at > until) continue
    const known = byStart.get(start.at)
    byStart.set(start.at, { from: start.at, until: Math.max(known?.until ?? 0, end.at), text: start.text })
  }
  return [...byStart.values()].sort((a, b) => a.from - b.from)
}

/** Tickets opened in each window; where asked, only those that were still open when it ended. */
function countsOf(windows: readonly Window[], tickets: readonly Ticket[], carried = false): readonly number[] {
  const counts = windows.map(() => 0)
  for (const ticket of tickets) {
    const { opened_at } = ticket
    let [low, high] = [0, windows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((windows[middle]?.from ?? 0) <= opened_at.at) low = middle + 1
      else high = middle
    }
    const at = windows[low - 1]
    if (!at || opened_at.at >= at.until) continue
    if (!carried || !isClosedBy(ticket, at.until)) counts[low - 1] = (counts[low - 1] ?? 0) + 1
  }
  return counts
}
