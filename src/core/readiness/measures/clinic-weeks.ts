/** What the appointment book says of each clinic: its usual week, its busiest one, who does not come, and what is booked from go-live on. */
import { compareText } from '../../finding.ts'
import { addDays, daysBetween, dayText } from '../../values/day.ts'
import type { EvidenceOf } from '../model/artifact.ts'
import type { CountedLine } from '../model/counted-line.ts'
import type { ClinicWeeks } from '../statistics/booking-cut.ts'
import { exact, percent } from './lines.ts'

type Booking = EvidenceOf['bookings']['rows'][number]

export interface BookedClinic extends ClinicWeeks {
  /** Visits booked in the seven days from go-live. */
  readonly first: number
  /** Visits that a usual week had at the same distance in time; all of them once go-live is here. Null where nobody knows. */
  readonly comparable: number | null
  /** By how much less that is, in percent of the visits or of their minutes, whichever is less; where nothing is comparable, less than a whole usual week: the cut is at most this. */
  readonly cut: number
  /** Lines of the file with a booking of the first week. */
  readonly firstLines: readonly CountedLine[]
}

/** A week of which less than this share was booked by now says nothing about the cut. */
const leastBooked = 0.5

/**
 * Clinics with bookings in the last whole weeks before go-live that lie behind, by name; cancelled bookings count nowhere. An appointment book
 * thins into the future: until go-live its first week is compared with what earlier weeks held as long before they began.
 * @param asOf the day of the appointment book
 */
export function bookedClinics(
  bookings: readonly Booking[],
  goLive: string,
  weeksBefore: number,
  asOf: string,
): readonly BookedClinic[] {
  const ahead = Math.max(0, daysBetween(asOf, goLive))
  const last = -7 * Math.ceil(ahead / 7)
  const rows = bookings.filter(({ status }) => status !== 'cancelled')
  const clinics = [...new Set(rows.map(({ clinic }) => clinic))].sort(compareText)
  return clinics.flatMap((clinic) => {
    const own = rows.filter((row) => row.clinic === clinic).map((row) => ({ row, days: daysBetween(goLive, row.start.text) }))
    const before = own.filter(({ days }) => days < last && days >= last - 7 * weeksBefore)
    if (before.length === 0) return []
    const after = own.filter(({ days }) => days >= 0 && days < 7)
    const usual: Amount = amountOf(before, weeksBefore)
    const done = before.filter(({ row }) => row.status === 'completed' || row.status === 'arrived' || row.status === 'no-show')
    const missed = done.filter(({ row }) => row.status === 'no-show').length
    const byWeek = new Map<number, number>()
    for (const { row, days } of before) {
      if (row.status === 'no-show') continue
      const week = Math.floor(days / 7)
      byWeek.set(week, (byWeek.get(week) ?? 0) + row.minutes)
    }
    const comparable = ahead === 0 ? usual : seenByNow(before, asOf, weeksBefore, usual)
    return [
      {
        clinic,
        visits: usual.visits,
        minutes: usual.minutes / usual.visits,
        noShow: done.length === 0 ? 0 : missed / done.length,
        capacity: Math.max(0, ...byWeek.values()),
        first: after.length,
        comparable: comparable?.visits ?? null,
        cut: cutOf(amountOf(after, 1), comparable ?? usual),
        firstLines: after.map(({ row }) => ({
          kind: 'bookings',
          line: row.line,
          words: `${dayText(row.start.text)}, ${row.minutes} minutes, ${row.status}`,
        })),
      },
    ]
  })
}

/** Clinics with bookings in the seven days from go-live and none in the weeks that count as usual, by name: nobody knows what a cut of theirs would be. */
export function newClinics(bookings: readonly Booking[], goLive: string, known: readonly BookedClinic[]): readonly string[] {
  const names = new Set(known.map(({ clinic }) => clinic))
  const first = bookings.filter(({ status, start }) => {
    const days = daysBetween(goLive, start.text)
    return status !== 'cancelled' && days >= 0 && days < 7
  })
  return [...new Set(first.map(({ clinic }) => clinic))].filter((clinic) => !names.has(clinic)).sort(compareText)
}

interface Amount {
  readonly visits: number
  readonly minutes: number
}

function amountOf(rows: readonly { readonly row: Booking }[], weeks: number): Amount {
  return { visits: rows.length / weeks, minutes: rows.reduce((sum, { row }) => sum + row.minutes, 0) / weeks }
}

/** Fewer but longer visits are no cut. */
function cutOf(first: Amount, usual: Amount): number {
  return exact(100 - Math.max(percent(first.visits, usual.visits), percent(first.minutes, usual.minutes)))
}

/** Bookings of a usual week that had been made as long before it as this day is before go-live; null where that is not said, or too few. */
function seenByNow(
  before: readonly { readonly row: Booking; readonly days: number }[],
  asOf: string,
  weeks: number,
  usual: Amount,
): Amount | null {
  const seen: { readonly row: Booking }[] = []
  for (const { row, days } of before) {
    if (row.created_at === null) return null
    if (row.created_at.text.slice(0, 10) <= addDays(asOf, 7 * Math.floor(days / 7))) seen.push({ row })
  }
  return seen.length / weeks < leastBooked * usual.visits ? null : amountOf(seen, weeks)
}
