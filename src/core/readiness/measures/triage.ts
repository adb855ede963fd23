/** Tickets beside the shift in which they were opened, and whether they were closed before it ended (readiness.md §4). */
import type { EvidenceOf } from '../model/artifact.ts'
import { type Shift, shiftsAt } from './shifts.ts'

export type Ticket = EvidenceOf['tickets']['rows'][number]

export interface PlacedTicket {
  readonly ticket: Ticket
  /** The shift that counts: among overlapping ones that with the latest end; null where none is listed. */
  readonly shift: Shift | null
  /** Closed by the end of that shift. */
  readonly inTime: boolean
}

export function placeTickets(tickets: readonly Ticket[], shifts: readonly Shift[]): readonly PlacedTicket[] {
  return tickets.map((ticket) => {
    const shift = shiftsAt(shifts, ticket.department, ticket.opened_at.at).reduce<Shift | null>(
      (held, each) => (held === null || each.end.at > held.end.at ? each : held),
      null,
    )
    return { ticket, shift, inTime: shift !== null && isClosedBy(ticket, shift.end.at) }
  })
}

/** A ticket closed before it was opened was closed at a time nobody knows. `end` in milliseconds since 1970. */
export function isClosedBy({ opened_at, closed_at }: Ticket, end: number): boolean {
  return closed_at !== null && closed_at.at >= opened_at.at && closed_at.at <= end
}
