/**
 * Waived separations (trust.md §9): a very small team may give up S1 or S3 by name and reason, signed by an owner. Verification then states
 * what was not kept apart instead of failing, the certificate prints it, and the board reads claimed, not proven. S2 can not be given up: a
 * second reading by the same person measures memory, not agreement, and would pass the gate by itself. Who reads alone plans with one
 * reader, and the certificate says that agreement was not measured.
 */

import type { Json } from '../canonical.ts'
import { type DoubleReading, doubleReadingOf } from '../review/double-reading.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'
import { type Field, list, misfit, object } from './shape.ts'

export const duties = ['S1', 'S3'] as const
export type Duty = (typeof duties)[number]

export const dutyWords: Readonly<Record<Duty, string>> = {
  S1: 'who confirmed the mapping may read records',
  S3: 'one of two readers who differ may decide between them',
}

export const dutyWaived = 'duty-waived'

/** What is signed. */
export type SignedWaiver = {
  readonly format: 'carryover-waiver/1'
  readonly project: string
  readonly duty: string
  readonly reason: string
}

/** As pages print it. */
export type Waiver = {
  readonly duty: string
  readonly by: string
  readonly reason: string
  /** RFC 3339. */
  readonly at: string
}

const signedShape: Field = object(['format', 'text'], ['project', 'text'], ['duty', 'text'], ['reason', 'text'])

/** Of the payload of a signed page. */
export const waiversShape: Field = list(object(['duty', 'text'], ['by', 'text'], ['reason', 'text'], ['at', 'text']))

export function signedWaiver({ payload }: LedgerEntry): SignedWaiver | null {
  return payload !== undefined && isWaiver(payload) ? payload : null
}

/** A waiver of something that can not be waived is read and printed; it excuses nothing. */
function isWaiver(value: Json): value is Json & SignedWaiver {
  return misfit(value, signedShape) === null
}

/** In the order of the ledger. Whether each was signed, and by whom it may be, is the business of V6. */
export function waiversIn(entries: readonly LedgerEntry[]): readonly Waiver[] {
  return entries.flatMap((entry) => {
    const waiver = entry.action === dutyWaived ? signedWaiver(entry) : null
    return waiver ? [{ duty: waiver.duty, by: entry.actor, reason: waiver.reason, at: entry.time.wall }] : []
  })
}

/** Those given since roles are in force; all where no role is granted. */
export function waiversSinceRoles(entries: readonly LedgerEntry[]): readonly Waiver[] {
  return waiversIn(entries.slice(entries.findIndex(({ action }) => action === 'role-granted') + 1))
}

/** Whether this may be left undone from now on. Whether the waiver holds is the business of V6. */
export function isWaived(entries: readonly LedgerEntry[], duty: Duty): boolean {
  return entries.some(({ action }) => action === dutyWaived) && waiversSinceRoles(entries).some((waiver) => waiver.duty === duty)
}

/** Which readings the plan of a project asks for, and who may decide between readers; the same object while neither changes. */
export function doubleReadingIn({ review, ledger }: Pick<Project, 'review' | 'ledger'>): DoubleReading | null {
  const double = doubleReadingOf(review.draw, review.plan)
  if (!double || !isWaived(ledger, 'S3')) return double
  const among = amongReaders.get(double) ?? { ...double, readersDecide: true }
  amongReaders.set(double, among)
  return among
}

const amongReaders = new WeakMap<DoubleReading, DoubleReading>()

export const waivedLate = 'It was waived afterwards, which excuses nothing that was done before.'

/** Whether what was done at this place of the ledger was excused before: a waiver given afterwards excuses nothing. */
export type Excused = (duty: Duty, at: number) => boolean

/** `counts` says of a waiver whether whoever gave it may. */
export function excusedBy(entries: readonly LedgerEntry[], counts: (waiver: LedgerEntry) => boolean): Excused {
  const given = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    const duty = entry.action === dutyWaived ? signedWaiver(entry)?.duty : undefined
    if (duty !== undefined && !given.has(duty) && counts(entry)) given.set(duty, index)
  }
  return (duty, at) => (given.get(duty) ?? Number.POSITIVE_INFINITY) < at
}
