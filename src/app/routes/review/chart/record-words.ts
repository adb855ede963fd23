/** Words that pages of the review share: domains, columns and how an entry sounds. */

import { clinicalDate } from '../../../../core/review/display-rules/clinical-date.ts'
import type { ChartEntry } from '../../../../core/review/model/chart.ts'
import type { Domain } from '../../../../core/review/model/pair-types.ts'

const domainWords: Readonly<Record<Domain, string>> = {
  allergies: 'Allergies',
  problems: 'Problems',
  medicines: 'Medicines',
  immunisations: 'Immunisations',
  results: 'Results',
  notes: 'Notes and documents',
  demographics: 'Demographics',
  other: 'Visits, bookings, referrals',
}

/** Verdicts of later versions may name domains that this one does not know. */
export function domainLabel(domain: string): string {
  return new Map<string, string>(Object.entries(domainWords)).get(domain) ?? domain
}

/** `LAST_NM` → "Last nm"; names that are written with small letters stay as they are. */
export function columnWords(label: string): string {
  if (/[a-z]/.test(label)) return label
  const words = label.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** An entry for somebody who hears it: title and details, without what nobody reads. */
export function entryWords(entry: ChartEntry | null): string {
  if (!entry) return 'no such entry'
  const details = entry.details.map(({ label, text }) => `${label === null ? '' : `${columnWords(label)} `}${clinicalDate(text)}`)
  return [entry.title.text, ...details].join(', ')
}
