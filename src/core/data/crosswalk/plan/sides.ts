/** The two sides of a migration as they are read: files, domains, classes of a difference and places. */
import type { ByteSource } from '../../../operation.ts'
import type { ReadingChoices, Side, SourceFormat } from '../../model/source.ts'

/** One file of one side; the index in the list is the `input` of every location. */
export interface PairSource {
  readonly source: ByteSource
  readonly side: Side | null
  readonly format: SourceFormat | null
  /** Legacy table name as the field map writes it; a hint only on the target side. */
  readonly table: string
  readonly reading: ReadingChoices
}

/** Clinical order of review.md §12; `other` holds visits, bookings, referrals and staff. */
export const domains = [
  'allergies',
  'problems',
  'medicines',
  'immunisations',
  'results',
  'notes',
  'demographics',
  'other',
] as const
export type Domain = (typeof domains)[number]

/** review.md §7. `resurrected` is the part of `appeared` that legacy knows as no longer current. */
export type PairClass = 'same' | 'same-after-rule' | 'changed' | 'lost' | 'appeared' | 'resurrected'

/** review.md §8. */
export type AllergyState = 'known' | 'none' | 'not-recorded' | 'unavailable'

/** Where an item stands in its file. */
export interface ItemPlace {
  readonly input: number
  readonly record: number
  readonly line: number
  readonly byte: number
  readonly length: number
  /** `Type/id`; null for rows. */
  readonly id: string | null
}
