/** What strata are made of, read from the legacy side of one patient (review.md §2). */

import type { JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import { isCurrent, type LegacyItem } from '../../data/reconcile/entries/items.ts'
import type { FrameUnit } from '../model/pair-types.ts'

/** `until` is 30 days after `asOf`; both as `YYYY-MM-DD`. */
export function frameUnit(patient: JudgedPatient, legacy: readonly LegacyItem[], asOf: string, until: string): FrameUnit {
  return {
    key: patient.key,
    site: siteOf(patient.own.legacy),
    allergies: patient.states.legacy === 'known',
    fiveMedicines: legacy.filter((item) => item.table.domain === 'medicines' && isCurrent(item)).length >= 5,
    bookedSoon: legacy.some((item) => item.table.type === 'Appointment' && startsBetween(item, asOf, until)),
    critical: false,
  }
}

function siteOf(own: LegacyItem | null): string {
  const at = own?.table.fields.findIndex(({ role }) => role === 'site') ?? -1
  return own?.raw[at] ?? ''
}

function startsBetween(item: LegacyItem, from: string, until: string): boolean {
  return item.table.fields.some(({ path }, i) => {
    const carried = item.carried[i]
    const day = path.plain === 'Appointment.start' && carried?.kind === 'date' ? carried.text.slice(0, 10) : ''
    return day >= from && day <= until
  })
}

export function daysAfter(day: string, days: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}
