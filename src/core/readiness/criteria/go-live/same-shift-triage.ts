/** Item 69: problems are solved within the shift they come up in; those that are not, and those that no shift is listed for, by name. */
import { compareText } from '../../../finding.ts'
import { lineCell } from '../../measures/lines.ts'
import { departmentKey, type Shift } from '../../measures/shifts.ts'
import { isClosedBy, placeTickets, type Ticket } from '../../measures/triage.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

const hour = 3_600_000
const day = 24 * hour

export const sameShiftTriage: Criterion<'tickets' | 'shifts'> = {
  code: 'readiness/same-shift-triage',
  items: [69],
  phase: 'go-live',
  severity: 'error',
  title: 'Problems are carried into the next shift',
  why: '"Resolve all problems in the same shift": what is carried over comes back as a workaround.',
  remedy: 'Put the tickets listed before the shift leads, P1 first, and close them before the shift ends.',
  needs: ['tickets', 'shifts'],
  // A shift of days would hold every ticket; of the last two weeks the roster must say who was there.
  thresholds: { leastPercent: 80, openP1: 0, mostUnplacedPercent: 10, mostShiftHours: 36, windowDays: 14 },
  maxAgeDays: 14,
  claimable: false,
  compute(given, thresholds, asOf) {
    const longest = (thresholds.mostShiftHours ?? 36) * hour
    const shifts = given.value('shifts').rows.filter(({ start, end }) => end.at - start.at <= longest)
    const overlong = given.value('shifts').rows.length - shifts.length
    const lately = Math.floor(Date.parse(`${asOf}T00:00:00Z`) / day) - (thresholds.windowDays ?? 14)
    const { rows } = given.value('tickets')
    const placed = placeTickets(rows, shifts)
    const judged = placed.filter(({ shift }) => shift !== null)
    if (judged.length === 0)
      return nothingToJudge(`No ticket was opened during a listed shift of at most ${thresholds.mostShiftHours ?? 36} hours`)
    const late = judged.filter(({ inTime }) => !inTime)
    const rostered = daysOf(shifts)
    const isAsked = (opened: number): boolean => opened >= lately || rostered.has(opened)
    const loose = placed.flatMap(({ ticket, shift }) => (shift === null ? [ticket] : []))
    const unplaced = loose.filter(({ opened_at }) => isAsked(Math.floor(opened_at.at / day)))
    // Nobody knows by when an urgent one should have been solved: while it is open, it is too late.
    const looseUrgent = loose.filter((ticket) => isUrgent(ticket) && !isClosedBy(ticket, Number.POSITIVE_INFINITY))
    const urgent = late.filter(({ ticket }) => isUrgent(ticket))
    const value = judged.length - late.length
    const least = thresholds.leastPercent ?? 80
    const tooMany = unplaced.length * 100 > (thresholds.mostUnplacedPercent ?? 10) * (judged.length + unplaced.length)
    const holds =
      value * 100 >= least * judged.length && urgent.length + looseUrgent.length <= (thresholds.openP1 ?? 0) && !tooMany
    const first = [...urgent, ...late.filter(({ ticket }) => !isUrgent(ticket))]
    const nameOf = ({ ticket_id, department, priority }: Ticket): string =>
      `${ticket_id}, ${department}${priority === null ? '' : `, ${priority}`}`
    const cells: readonly Cell[] = holds
      ? []
      : [
          ...looseUrgent.map((ticket) =>
            lineCell('tickets', ticket.line, `${nameOf(ticket)}: open, and no shift is listed for it`),
          ),
          ...first.map(({ ticket }) => lineCell('tickets', ticket.line, nameOf(ticket))),
          ...(tooMany ? byDepartment(unplaced) : []),
        ]
    const outside = loose.length - unplaced.length
    const words = [
      `${value} of ${judged.length} tickets closed within their shift, ${urgent.length + looseUrgent.length} P1 or without a priority carried over`,
      ...(unplaced.length > 0
        ? [
            `no shift is listed for ${unplaced.length} tickets of rostered or of the last ${thresholds.windowDays ?? 14} days (${departmentsOf(unplaced).join(', ')})`,
          ]
        : []),
      ...(outside > 0 ? [`${outside} are of earlier days without a roster`] : []),
      ...(overlong > 0 ? [`${overlong} shifts longer than ${thresholds.mostShiftHours ?? 36} hours are not counted`] : []),
    ].join('; ')
    return { state: holds ? 'proven' : 'failed', value, of: judged.length, threshold: least, words, cells }
  },
}

/** What says no priority may be the worst. */
function isUrgent({ priority }: Ticket): boolean {
  return priority === 'P1' || priority === null
}

/** Days, counted in UTC, on which the roster lists any shift at all: of other days it says nothing. */
function daysOf(shifts: readonly Shift[]): ReadonlySet<number> {
  return new Set(shifts.flatMap(({ start, end }) => [Math.floor(start.at / day), Math.floor((end.at - 1) / day)]))
}

function byDepartment(tickets: readonly Ticket[]): readonly Cell[] {
  return departmentsOf(tickets).map(
    (name): Cell => ({ name: `${name}: no shift is listed`, route: '/readiness/inputs?kind=shifts' }),
  )
}

/** "Laboratory 3", the most first. */
function departmentsOf(tickets: readonly Ticket[]): readonly string[] {
  const counts = new Map<string, { readonly name: string; readonly n: number }>()
  for (const { department } of tickets) {
    const held = counts.get(departmentKey(department))
    counts.set(departmentKey(department), { name: held?.name ?? department, n: (held?.n ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || compareText(a.name, b.name)).map(({ name, n }) => `${name} ${n}`)
}
