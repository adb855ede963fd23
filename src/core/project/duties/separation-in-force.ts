/** Whether a separation of duties is waived now, for the plan that is locked or the next one: asked before something is done that rests on it. */
import { digestOf } from '../../canonical.ts'
import { type DoubleReading, doubleReadingOf } from '../../review/result/double-reading.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { whyNotAllowed } from './roles.ts'
import { type Duty, dutyWaived, givenIn, signedWaiver } from './waivers.ts'

/**
 * Whether this may be left undone from now on. It asks what V6 asks of a waiver but for its signed bytes: given for this project with a key
 * that its person had enrolled, and since roles are in force by an owner.
 */
export function isWaived({ ledger, manifest }: Pick<Project, 'ledger' | 'manifest'>, duty: Duty): boolean {
  // Every verdict asks, and hardly any project waives anything.
  if (!ledger.some(({ action }) => action === dutyWaived)) return false
  const roles = ledger.findIndex(({ action }) => action === 'role-granted')
  return givenIn(ledger).some(
    ({ entry, signed, at, end }) =>
      signed.duty === duty &&
      end === null &&
      at > roles &&
      waiverFault(manifest.id, ledger.slice(0, at), entry) === null &&
      whyNotAllowed(ledger.slice(0, at), entry, dutyWaived) === null,
  )
}

/** Why this waiver does not count, its signature aside; null where it does. */
export function waiverFault(projectId: string, before: readonly LedgerEntry[], entry: LedgerEntry): string | null {
  const waiver = signedWaiver(entry)
  if (!waiver || waiver.project !== projectId || entry.digest !== digestOf(waiver) || waiver.reason.trim() === '')
    return 'it waives nothing that can be read'
  const { publicKey } = entry
  const key = publicKey === undefined ? null : digestOf(publicKey)
  const enrolled = before.some(
    ({ action, actor, digest }) => action === 'key-enrolled' && actor === entry.actor && digest === key,
  )
  return key !== null && enrolled ? null : 'its key was not enrolled by that person before'
}

/** Which readings the plan of a project asks for, and who may decide between readers; the same object while neither changes. */
export function doubleReadingIn({ review, ...project }: Pick<Project, 'review' | 'ledger' | 'manifest'>): DoubleReading | null {
  const double = doubleReadingOf(review.draw, review.plan)
  if (!double || !isWaived(project, 'S3')) return double
  const among = amongReaders.get(double) ?? { ...double, readersDecide: true }
  amongReaders.set(double, among)
  return among
}

const amongReaders = new WeakMap<DoubleReading, DoubleReading>()
