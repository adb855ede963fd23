/**
 * Waived separations (trust.md §9): a very small team may give up S1 or S3 by name and reason, signed by an owner. Verification then states
 * what was not kept apart instead of failing, the certificate prints it, and the board reads claimed, not proven. S2 can not be given up: a
 * second reading by the same person measures memory, not agreement, and would pass the gate by itself. Who reads alone plans with one
 * reader, and the certificate says that agreement was not measured.
 */

import * as v from 'valibot'
import { fits, type Kept, object } from '../../values/document.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { Waiver } from '../signing/signature-page.ts'

export const duties = ['S1', 'S3'] as const
export type Duty = (typeof duties)[number]

export const dutyWords: Readonly<Record<Duty, string>> = {
  S1: 'who confirmed the mapping may read records',
  S3: 'one of two readers who differ may decide between them',
}

export const dutyWaived = 'duty-waived'

/** A waiver of something that can not be waived is read and printed; it excuses nothing. */
const signedWaiverPage = object({
  format: v.literal('carryover-waiver/1'),
  project: v.string(),
  duty: v.string(),
  reason: v.string(),
})
/** What is signed. */
export type SignedWaiver = Kept<typeof signedWaiverPage>

export function signedWaiver({ payload }: LedgerEntry): SignedWaiver | null {
  return fits(payload, signedWaiverPage) ? payload : null
}

/** A waiver and where in the ledger it holds. */
export interface Given {
  readonly entry: LedgerEntry
  readonly signed: SignedWaiver
  /** Where it was given. */
  readonly at: number
  /** Where the plan was given up that it was given for; nothing after that is excused. Null while it holds. */
  readonly end: number | null
  /** Whether a sample was drawn since it ended: nothing that was done under it counts any more. */
  readonly past: boolean
}

/**
 * A waiver is given for one plan: the one that is locked, or where none is, the one locked next. It ends when that plan is opened again, so
 * that who plans and draws anew, perhaps with more people, says again what can not be kept apart.
 */
export function givenIn(entries: readonly LedgerEntry[]): readonly Given[] {
  let given: Given[] = []
  let locked = false
  for (const [index, entry] of entries.entries()) {
    const { action } = entry
    if (action === 'plan-reopened' || (action === 'plan-locked' && locked))
      given = given.map((each) => (each.end === null ? { ...each, end: index } : each))
    if (action === 'plan-reopened' || action === 'plan-locked') locked = action === 'plan-locked'
    if (action === 'sample-drawn') given = given.map((each) => (each.end === null ? each : { ...each, past: true }))
    const signed = action === dutyWaived ? signedWaiver(entry) : null
    if (signed) given.push({ entry, signed, at: index, end: null, past: false })
  }
  return given
}

/** In the order of the ledger, those of plans given up included. Whether each was signed, and by whom it may be, is the business of V6. */
export function waiversIn(entries: readonly LedgerEntry[]): readonly Waiver[] {
  return givenIn(entries).map(printed)
}

/** Those under which the sample drawn last was read, or may be. */
export function waiversOfDraw(entries: readonly LedgerEntry[]): readonly Waiver[] {
  return givenIn(entries).flatMap((each) => (each.past ? [] : [printed(each)]))
}

function printed({ entry, signed }: Given): Waiver {
  return { duty: signed.duty, by: entry.actor, reason: signed.reason, at: entry.time.wall }
}

export const waivedLate = 'It was waived afterwards, which excuses nothing that was done before.'

/** Whether what was done at this place of the ledger was excused before: a waiver given afterwards excuses nothing. */
export type Excused = (duty: Duty, at: number) => boolean

/** `counts` says of a waiver whether whoever gave it may. */
export function excusedBy(entries: readonly LedgerEntry[], counts: (waiver: LedgerEntry) => boolean): Excused {
  const given = givenIn(entries).filter(({ entry }) => counts(entry))
  return (duty, place) =>
    given.some(({ signed, at, end }) => signed.duty === duty && at < place && place < (end ?? Number.POSITIVE_INFINITY))
}
