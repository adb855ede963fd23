/** The vendor check, area by area: what somebody of the clinic has seen, and what only the vendor says. One source of criterion, view and report. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { dayText } from '../../values/day.ts'
import { vendorAreas } from '../input-files/governance-files.ts'
import type { EvidenceOf } from '../model/artifact.ts'

export type VendorRow = EvidenceOf['vendor-checks']['rows'][number]

export interface VendorArea {
  readonly area: (typeof vendorAreas)[number]
  readonly points: readonly VendorRow[]
  /** Met, and seen by somebody of the clinic. */
  readonly seen: number
  /** Met by the word of the vendor alone. */
  readonly claimed: number
  readonly open: number
}

/** Why a point does not count as met, in words; null where it does. */
export function pointWords({ answer, rests_on, evidence, file, file_date, checked_by, checked_on }: VendorRow): string | null {
  if (answer !== 'met') return answer === 'open' ? 'not answered' : answer === 'partly' ? 'met in part' : 'not met'
  if (rests_on === 'claim') return 'only the vendor says so'
  const empty = [
    ...(evidence === null ? ['no document, clause or test is named'] : []),
    ...(file === null || file_date === null ? ['nobody says in which file it stands, and of which day'] : []),
    ...(file_date !== null && checked_on !== null && file_date > checked_on ? ['the file is younger than the look at it'] : []),
    ...(checked_by === null || checked_on === null ? ['nobody says who saw it and when'] : []),
  ]
  return empty.length === 0 ? null : empty.join(', ')
}

export function vendorStanding(rows: readonly VendorRow[]): readonly VendorArea[] {
  return vendorAreas.map((area) => {
    const points = rows.filter((row) => row.area === area)
    const seen = points.filter((row) => pointWords(row) === null).length
    const claimed = points.filter((row) => row.answer === 'met' && pointWords(row) !== null).length
    return { area, points, seen, claimed, open: points.length - seen - claimed }
  })
}

/** True where something was seen and nothing is left open or only said. */
export function isMet({ points, seen }: VendorArea): boolean {
  return points.length > 0 && seen === points.length
}

/** "clinical safety". */
export function areaName(area: string): string {
  return area.replaceAll('-', ' ')
}

/** "8 files from 01-May-2025 to 12-Jun-2025": what the points that were seen rest on. */
export function restsOnWords(rows: readonly VendorRow[]): string {
  const seen = rows.filter((row) => pointWords(row) === null)
  const files = new Set(seen.map(({ file }) => file))
  const days = seen.flatMap(({ file_date }) => file_date ?? []).toSorted(compareText)
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return 'no file'
  return `${counted(files.size, 'file')} ${first === last ? `of ${dayText(first)}` : `from ${dayText(first)} to ${dayText(last)}`}`
}
