/** What the appointment book says of each clinic: its usual week, its busiest one, who does not come, and what is booked from go-live on. */
import { compareText } from '../finding.ts'
import type { EvidenceOf } from './artifact.ts'
import type { ClinicWeeks } from './booking-cut.ts'
import { daysBetween } from './day.ts'

type Booking = EvidenceOf['bookings']['rows'][number]

export interface BookedClinic extends ClinicWeeks {
  /** Visits booked in the seven days from go-live, and by how much less than usual that is, in percent. */
  readonly first: number
  readonly cut: number
  /** Lines of the file with a booking of the first week. */
  readonly firstLines: readonly number[]
}

/** Clinics with bookings in the weeks before go-live, by name; cancelled bookings count nowhere. */
export function bookedClinics(bookings: readonly Booking[], goLive: string, weeksBefore: number): readonly BookedClinic[] {
  const rows = bookings.filter(({ status }) => status !== 'cancelled')
  const clinics = [...new Set(rows.map(({ clinic }) => clinic))].sort(compareText)
  return clinics.flatMap((clinic) => {
    const own = rows.filter((row) => row.clinic === clinic).map((row) => ({ row, days: daysBetween(goLive, row.start.text) }))
    const before = own.filter(({ days }) => days < 0 && days >= -7 * weeksBefore)
    if (before.length === 0) return []
    const after = own.filter(({ days }) => days >= 0 && days < 7)
    const usual = before.length / weeksBefore
    const done = before.filter(({ row }) => row.status === 'completed' || row.status === 'arrived' || row.status === 'no-show')
    const missed = done.filter(({ row }) => row.status === 'no-show').length
    const byWeek = new Map<number, number>()
    for (const { row, days } of before) {
      if (row.status === 'no-show') continue
      const week = Math.floor(days / 7)
      byWeek.set(week, (byWeek.get(week) ?? 0) + row.minutes)
    }
    return [
      {
        clinic,
        visits: usual,
        minutes: before.reduce((sum, { row }) => sum + row.minutes, 0) / before.length,
        noShow: done.length === 0 ? 0 : missed / done.length,
        capacity: Math.max(0, ...byWeek.values()),
        first: after.length,
        cut: Math.round((1 - after.length / usual) * 1000) / 10,
        firstLines: after.map(({ row }) => row.line),
      },
    ]
  })
}
