/** Item 69: problems are solved within the shift they come up in; those that are not, and those that no shift is listed for, by name. */
import { compareText } from '../../../finding.ts'
import { lineCell } from '../../measures/lines.ts'
import { departmentKey, type Shift } from '../../measures/shifts.ts'
import { isClosedBy, placeTickets, type Ticket } from '../../measures/triage.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
  examples: {
    flags: [
      {
        name: 'a P1 of the night is closed after breakfast',
        // The other one was closed at one o'clock.
        value: 1,

        evidence: {
          tickets: exampleFile(
            'tickets',
            'ticket_id,opened_at,status,department,closed_at,priority\nT1,2026-11-02T23:30:00Z,closed,Ward,2026-11-03T08:00:00Z,P1\nT2,2026-11-02T23:40:00Z,closed,Ward,2026-11-03T01:00:00Z,P3\n',
          ),
          shifts: exampleFile(
            'shifts',
            'shift_id,department,start,end,function\nN,Ward,2026-11-02T23:00:00Z,2026-11-03T07:00:00Z,clinical\n',
          ),
        },
      },
      {
        name: 'an open P1 of a department that no shift is listed for',
        // The one of the ward was solved in its shift.
        value: 1,
        evidence: aDay(['T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3', 'T2,2026-11-05T10:00:00Z,open,Lab,,P1']),
      },
      {
        name: 'eight of nine tickets are of days of the last two weeks that no shift is listed for',
        value: 1,
        asOf: '2026-11-10',
        evidence: aDay([
          'T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3',
          ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `T${n},2026-11-0${Math.max(3, n)}T10:00:00Z,open,Ward,,P2`),
        ]),
      },
      {
        name: 'a shift of ten years holds no ticket, one of the day holds one of two',
        value: 1,
        asOf: '2026-11-10',
        evidence: aDay(
          [
            'T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3',
            'T2,2026-11-03T10:00:00Z,closed,Ward,2026-11-09T11:00:00Z,P3',
          ],
          'X,Ward,2020-01-01T07:00:00Z,2030-01-01T07:00:00Z,clinical\n',
        ),
      },
      {
        name: 'half of the tickets come from a department without shifts',
        value: 1,
        evidence: aDay(['T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3', 'T2,2026-11-02T10:00:00Z,open,Lab,,P3']),
      },
    ],
    passes: [
      {
        name: 'the department is written otherwise',
        value: 2,
        evidence: aDay([
          'T1,2026-11-02T10:00:00Z,closed,ward ,2026-11-02T11:00:00Z,P3',
          'T2,2026-11-02T10:00:00Z,closed,WARD,2026-11-02T11:00:00Z,P1',
        ]),
      },
      {
        name: 'over the night when the clock goes back an hour',
        value: 1,

        evidence: {
          tickets: exampleFile(
            'tickets',
            'ticket_id,opened_at,status,department,closed_at,priority\nT1,2026-10-25T02:30:00+02:00,closed,Ward,2026-10-25T05:50:00+01:00,P1\n',
          ),
          shifts: exampleFile(
            'shifts',
            'shift_id,department,start,end,function\nN,Ward,2026-10-24T22:00:00+02:00,2026-10-25T06:00:00+01:00,clinical\n',
          ),
        },
      },
    ],
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

function aDay(tickets: readonly string[], more = '') {
  return {
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at,priority\n${tickets.join('\n')}\n`),
    shifts: exampleFile(
      'shifts',
      `shift_id,department,start,end,function\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T19:00:00Z,clinical\n${more}`,
    ),
  }
}
