/** Days and moments in cells that are edited: shown as `dd-MMM-yyyy`, kept in ISO 8601 as files have it. */

import type { Column } from '../../../../core/readiness/input-files/column.ts'
import { dayText } from '../../../../core/values/day.ts'

const monthNames = Array.from({ length: 12 }, (_, month) =>
  dayText(`2000-${String(month + 1).padStart(2, '0')}-01`)
    .slice(3, 6)
    .toLowerCase(),
)

const typedForm =
  /^(\d{1,2})[- ]([a-z]{3})[- ](\d{4})(?:[ T]+(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i
const keptForm = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/

function isDated(column: Column<unknown> | null): boolean {
  return column?.type === 'day' || column?.type === 'moment'
}

/** What is kept of what was typed: `02-Nov-2026 08:00 +01:00` as `2026-11-02T08:00+01:00`; anything else as it is. */
export function keptText(column: Column<unknown> | null, typed: string): string {
  const match = isDated(column) ? typedForm.exec(typed.trim()) : null
  const month = monthNames.indexOf((match?.[2] ?? '').toLowerCase()) + 1
  if (!match || month === 0) return typed
  const [, day = '', , year, time, zone = ''] = match
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
  return time === undefined ? date : `${date}T${time}${/^(utc|z)$/i.test(zone) ? 'Z' : zone}`
}

/** As it is kept where it could not be typed back without a difference. */
export function shownText(column: Column<unknown> | null, kept: string): string {
  const match = isDated(column) ? keptForm.exec(kept) : null
  if (!match) return kept
  const [, date = '', time, zone] = match
  const words = [dayText(date), time, zone === 'Z' ? 'UTC' : zone].filter((word) => word !== undefined)
  const shown = words.join(' ')
  return keptText(column, shown) === kept ? shown : kept
}
