/** Shifts × departments: who stands at the elbow from go-live on, and which problems were solved in the shift they came up in. */
import { counted } from '../../counted.ts'
import { daysBetween, dayText } from '../../values/day.ts'
import { type RosterPeople, supportOf } from '../measures/roster-people.ts'
import { departmentKey, isCovered, type Shift } from '../measures/shifts.ts'
import { type PlacedTicket, placeTickets, type Ticket } from '../measures/triage.ts'
import type { CountedLine } from '../model/counted-line.ts'
import { departmentNames, type HeatCell, type HeatGrid, heatGrid } from './heat-grid.ts'

/** Rows drawn at once; the others are counted. */
const mostRows = 60

export interface ShiftGrid {
  readonly grid: HeatGrid
  /** Shifts that are not drawn, because there are more than can be read. */
  readonly left: number
}

/** "02-Nov-2026 07:00 to 19:00", by the clock of the place. */
function shiftTime({ start, end }: Shift): string {
  const [from, to] = [start.text.slice(0, 10), end.text.slice(0, 10)]
  return `${dayText(from)} ${start.text.slice(11, 16)} to ${from === to ? '' : `${dayText(to)} `}${end.text.slice(11, 16)}`
}

/** @param goLive the first day that counts; null shows all that is listed */
export function supportGrid(rows: readonly Shift[], people: RosterPeople, goLive: string | null): ShiftGrid {
  const clinical = rows.filter(
    (row) => row.function === 'clinical' && (goLive === null || daysBetween(goLive, row.start.text) >= 0),
  )
  const { support, strangers } = supportOf(rows, people)
  return gridOf('Shift', clinical, clinical, (own, department) => {
    const [first] = own
    if (!first) return null
    const during = (each: Shift): boolean =>
      departmentKey(each.department) === departmentKey(department) && each.start.at < first.end.at && each.end.at > first.start.at
    const [helpers, unknown] = [support.filter(during), strangers.filter(during)]
    const covered = isCovered(first, support)
    const text = helpers.length === 0 ? 'nobody' : covered ? String(helpers.length) : 'part of it'
    return {
      value: helpers.length,
      text,
      mark: covered ? 'ok' : helpers.length === 0 ? 'error' : 'warning',
      words: `${department}, ${shiftTime(first)}: ${counted(own.length, 'clinical shift')}, ${counted(helpers.length, 'supporter')}${covered ? '' : ', not covered for its whole length'}${unknown.length === 0 ? '' : `, ${unknown.length} listed who are not in the roster`}`,
      lines: [...own, ...helpers, ...unknown].map(
        (each): CountedLine => ({
          kind: 'shifts',
          line: each.line,
          words: `${each.shift_id}, ${each.function}, ${shiftTime(each)}`,
        }),
      ),
    }
  })
}

/** Tickets by the shift in which they were opened, the latest first; those without a listed shift are counted apart. */
export function triageGrid(
  tickets: readonly Ticket[],
  shifts: readonly Shift[],
): ShiftGrid & { readonly loose: readonly CountedLine[] } {
  const placed = placeTickets(tickets, shifts)
  const found = placed.flatMap((each) => (each.shift === null ? [] : [{ ...each, shift: each.shift }]))
  const cell = (
    own: readonly { readonly placed: PlacedTicket; readonly shift: Shift }[],
    department: string,
  ): HeatCell | null => {
    const [first] = own
    if (!first) return null
    const late = own.filter((each) => !each.placed.inTime)
    const urgent = late.filter((each) => each.placed.ticket.priority === 'P1').length
    return {
      value: own.length,
      text: `${own.length - late.length} of ${own.length}`,
      mark: urgent > 0 ? 'error' : late.length > 0 ? 'warning' : 'ok',
      words: `${department}, ${shiftTime(first.shift)}: ${own.length - late.length} of ${counted(own.length, 'ticket')} closed within the shift, ${late.length} carried over, ${urgent} of them P1`,
      lines: own.map(({ placed: each }) => ticketLine(each.ticket, each.inTime ? 'closed in the shift' : 'carried over')),
    }
  }
  const entries = found.map((each) => ({
    placed: each,
    shift: each.shift,
    start: each.shift.start,
    end: each.shift.end,
    department: each.ticket.department,
  }))
  const shown = gridOf(
    'Shift',
    entries,
    entries.map(({ shift }) => shift),
    cell,
    true,
  )
  return {
    ...shown,
    loose: placed.flatMap(({ ticket, shift }) => (shift === null ? [ticketLine(ticket, 'no shift is listed')] : [])),
  }
}

function ticketLine({ line, ticket_id, priority, category }: Ticket, what: string): CountedLine {
  return { kind: 'tickets', line, words: [ticket_id, priority, category, what].filter((part) => part !== null).join(', ') }
}

/** One row for each begin and end, one column for each department. */
function gridOf<Entry extends Pick<Shift, 'department' | 'start' | 'end'>>(
  corner: string,
  entries: readonly Entry[],
  named: readonly Shift[],
  cell: (own: readonly Entry[], department: string) => HeatCell | null,
  latestFirst = false,
): ShiftGrid {
  const departments = departmentNames(entries.map(({ department }) => department))
  const keyOf = ({ start, end }: Pick<Shift, 'start' | 'end'>): string => `${start.at} ${end.at}`
  const times = new Map(named.map((shift) => [keyOf(shift), shift]))
  const own = new Map<string, Entry[]>()
  for (const entry of entries) {
    const key = `${keyOf(entry)} ${departmentKey(entry.department)}`
    const list = own.get(key)
    if (list) list.push(entry)
    else own.set(key, [entry])
  }
  const order = [...times].sort(
    ([, a], [, b]) => (latestFirst ? b.start.at - a.start.at : a.start.at - b.start.at) || a.end.at - b.end.at,
  )
  const rows = order.slice(0, mostRows).map(([key, shift]) => ({
    name: shiftTime(shift),
    cells: departments.map((department) => cell(own.get(`${key} ${departmentKey(department)}`) ?? [], department)),
  }))
  return { grid: heatGrid(corner, departments, rows), left: Math.max(0, order.length - mostRows) }
}
