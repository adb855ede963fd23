/** A person's word that a finding may stay: with a reason, a name and a day after which it counts again. */

import * as v from 'valibot'
import { type Kept, listBy, object } from '../../values/document.ts'

const acceptanceEntry = object({
  fingerprint: v.string(),
  reason: v.string(),
  /** Name of the person who accepts. */
  by: v.string(),
  /** Day (YYYY-MM-DD) after which the finding counts again; null never counts as accepted. */
  expires: v.nullable(v.string()),
  code: v.exactOptional(v.string()),
  place: v.exactOptional(v.string()),
  /** RFC 3339 moment or day of the acceptance. */
  at: v.exactOptional(v.string()),
  /** Who is to mend it, where that is somebody else. */
  owner: v.exactOptional(v.string()),
  /** Day by which it is to be mended. */
  due: v.exactOptional(v.string()),
})
/** What every entry has, old or new: those of early projects have only the first four members. */
export type AcceptanceEntry = Kept<typeof acceptanceEntry>

/** An entry as it is written now. */
export type Acceptance = AcceptanceEntry & Required<Pick<AcceptanceEntry, 'code' | 'place' | 'at'>>

/** `baseline.json`. */
export const baselineDocument = listBy('fingerprint', acceptanceEntry)

/** Why an acceptance does not count on the day `asOf` (a day, or an RFC 3339 moment by its own local date); null when it does. */
export function whyNotAccepted({ by, reason, expires }: AcceptanceEntry, asOf: string): string | null {
  if (by.trim() === '') return 'no name'
  if (reason.trim() === '') return 'no reason'
  if (expires === null) return 'no expiry'
  if (!isDay(expires)) return 'its expiry is no day'
  return expires < asOf.slice(0, 10) ? 'expired' : null
}

/** True for an entry that only says who is to mend a finding and by when: nobody accepted it, so it counts as new. */
export function isAssignment({ reason, expires, owner, due }: AcceptanceEntry): boolean {
  return reason.trim() === '' && expires === null && (owner !== undefined || due !== undefined)
}

/** What is said about a finding: accepted and counting, accepted once but no longer (with the reason), or not accepted. */
export type AcceptanceState =
  /** `assigned` says who is to mend it, where somebody was named. */
  | { readonly kind: 'none'; readonly assigned?: AcceptanceEntry }
  | { readonly kind: 'accepted'; readonly acceptance: AcceptanceEntry }
  | { readonly kind: 'lapsed'; readonly acceptance: AcceptanceEntry; readonly why: string }

/** Looks a finding up by any of its fingerprints; of several entries one that counts wins, else the last one written is named with why it does not count. */
export function acceptanceOf(
  fingerprint: string | readonly string[],
  entries: readonly AcceptanceEntry[],
  asOf: string,
): AcceptanceState {
  const all = entries.filter((entry) => entry.fingerprint === fingerprint || fingerprint.includes(entry.fingerprint))
  const counting = all.find((entry) => whyNotAccepted(entry, asOf) === null)
  if (counting) return { kind: 'accepted', acceptance: counting }
  const last = all.at(-1)
  if (last && isAssignment(last)) return { kind: 'none', assigned: last }
  return last ? { kind: 'lapsed', acceptance: last, why: whyNotAccepted(last, asOf) ?? '' } : { kind: 'none' }
}

/** The entry with everything a person must give, or the sentence that says what is missing or wrong. */
export function newAcceptance(given: Acceptance, today: string): Acceptance | string {
  if (!/^[0-9a-f]{64}$/.test(given.fingerprint))
    return `"${given.fingerprint}" is no fingerprint of a finding; it has 64 hexadecimal digits.`
  if (given.by.trim() === '') return 'An acceptance needs the name of the person who answers for it.'
  if (given.reason.trim() === '') return 'An acceptance needs a reason that a reader can understand in a year.'
  for (const [name, day] of [
    ['expiry', given.expires],
    ['due date', given.due ?? null],
  ] as const)
    if (day !== null && !isDay(day)) return `The ${name} "${day}" is no day of the calendar; write it as YYYY-MM-DD.`
  if (given.expires === null) return 'An acceptance needs an expiry: a day after which the finding counts again.'
  if (given.expires < today.slice(0, 10)) return `The expiry ${given.expires} has already passed.`
  return given
}

/** Entries with one more; a former entry for the same finding gives way to it. */
export function withAcceptance<E extends AcceptanceEntry>(entries: readonly E[], entry: E): readonly E[] {
  return [...entries.filter((each) => each.fingerprint !== entry.fingerprint), entry]
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (days[month - 1] ?? 0)
}
