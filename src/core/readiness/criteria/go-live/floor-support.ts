/** Item 68: somebody stands at the elbow in every clinical shift of the two weeks from go-live, and goes by the rate of tickets, not by date. */

import { addDays, daysBetween, dayText } from '../../../values/day.ts'
import { goLiveOf } from '../../kept-files/go-live.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { rosterPeople, supportOf } from '../../measures/roster-people.ts'
import { departmentKey, isCovered, type Shift, shiftName } from '../../measures/shifts.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

const week = 7 * 86_400_000

export const floorSupport: Criterion<'shifts' | 'milestones' | 'tickets' | 'roster'> = {
  code: 'readiness/floor-support',
  items: [68],
  phase: 'go-live',
  severity: 'error',
  title: 'Clinical shifts stand without support at the elbow',
  why: 'Support "right next to the clinicians" for "at least two weeks" decides whether the first bad hour ends on paper.',
  remedy:
    'Roster a supporter by number for each shift listed; release one only once tickets per shift stay below the agreed rate.',
  needs: ['shifts', 'milestones', 'tickets', 'roster'],
  // A clinic may rest on the days around a weekend: so many days at either end may have no clinical shift.
  thresholds: { weeks: 2, restDays: 2, mostTicketsPerShift: 1 },
  maxAgeDays: 30,
  claimable: false,
  compute(given, thresholds, asOf) {
    const day = goLiveOf(given.value('milestones').rows)
    if (day === null) return nothingToJudge('Go-live has no day')
    const { rows } = given.value('shifts')
    const clinical = rows.filter((row) => row.function === 'clinical')
    const { support, strangers } = supportOf(rows, rosterPeople(given.value('roster').rows, asOf))
    const days = 7 * (thresholds.weeks ?? 2)
    // By the clock of the ward: a night shift belongs to the day on which it begins.
    const known = new Map<string, number>()
    const since = ({ start }: Shift): number => {
      const date = start.text.slice(0, 10)
      const days = known.get(date) ?? daysBetween(day, date)
      known.set(date, days)
      return days
    }
    const inside = clinical.filter((shift) => since(shift) >= 0 && since(shift) < days)
    const [first, last] = range(inside.map(since))
    const rest = thresholds.restDays ?? 2
    const bare = [...new Set(inside.filter((shift) => !isCovered(shift, support)).map(shiftName))]
    const cells: readonly Cell[] = [
      ...(first <= rest
        ? []
        : [fileCell('shifts', `no clinical shift is listed before ${dayText(addDays(day, Math.min(first, days)))}`)]),
      ...(last >= days - 1 - rest || inside.length === 0
        ? []
        : [fileCell('shifts', `no clinical shift is listed after ${dayText(addDays(day, last))}`)]),
      ...bare.map((name) => fileCell('shifts', name)),
      ...earlyReleases(
        clinical.filter((shift) => since(shift) >= days && !isCovered(shift, support)),
        clinical,
        given.value('tickets').rows,
        thresholds.mostTicketsPerShift ?? 1,
      ),
    ]
    const of = new Set(inside.map(shiftName)).size
    const words = `${counted(bare.length, 'shift')} of ${of} without support in the first ${days} days from ${dayText(day)}${strangers.length === 0 ? '' : `; ${counted(strangers.length, 'shift')} of supporters not counted, because the roster has nobody of their number`}`
    return held(cells.length === 0, { value: cells.length, of, threshold: 0, words, cells })
  },
}

function range(values: readonly number[]): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

/** Departments whose first shift without support came while more tickets than agreed were opened in the seven days up to its end. */
function earlyReleases(
  bare: readonly Shift[],
  clinical: readonly Shift[],
  tickets: readonly EvidenceOf['tickets']['rows'][number][],
  most: number,
): readonly Cell[] {
  const first = new Map<string, Shift>()
  for (const shift of bare) {
    const key = departmentKey(shift.department)
    const held = first.get(key)
    if (!held || shift.start.at < held.start.at) first.set(key, shift)
  }
  return [...first].flatMap(([key, shift]): readonly Cell[] => {
    const [from, until] = [shift.end.at - week, shift.end.at]
    const asked = tickets.filter(
      ({ department, opened_at }) => departmentKey(department) === key && opened_at.at >= from && opened_at.at < until,
    ).length
    const worked = clinical.filter(
      ({ department, end }) => departmentKey(department) === key && end.at > from && end.at <= until,
    ).length
    const rate = Math.round((10 * asked) / Math.max(1, worked)) / 10
    if (asked <= most * Math.max(1, worked)) return []
    return [fileCell('tickets', `${shiftName(shift)}: released at ${rate} tickets a shift, at most ${most}`)]
  })
}
