/** Prepared records that bundles took along: an answer that is known measures nothing, so no second bundle takes them, and nobody reads them here. */
import { type EarlierSessions, earlierSessions } from '../../review/decision/calibration.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { eventsOfDraw } from './draw-events.ts'

export const bundleLent = 'bundle-lent'

/** Action of the ledger: the key that signs what is read from this bundle. */
export const bundleKeyed = 'bundle-keyed'

/** Bursts of prepared records in a bundle: that of the session it is opened in, and two more. */
export const burstsInBundle = 3

/** Bursts that bundles of the present sample took along for this reader, whether they were read or not. */
export function burstsLent(ledger: readonly LedgerEntry[], reader: string): number {
  const drawn = ledger.findLastIndex(({ action }) => action === 'sample-drawn')
  const lent = ledger.filter(
    ({ action, object }, index) => index > drawn && action === bundleLent && object.endsWith(`/${reader}`),
  )
  return lent.length * burstsInBundle
}

/**
 * Where a reader stands with prepared records in the project a bundle is written from at `wall` (RFC 3339): the session counts what earlier
 * bundles took along as begun. Null where no session was begun, here or in a bundle.
 */
export function sessionsBefore(
  project: Pick<Project, 'review' | 'ledger'>,
  reader: string,
  wall: string,
): EarlierSessions | null {
  const { plan, calibration = [] } = project.review
  const size = plan?.calibration ?? 0
  const begun = earlierSessions(size, eventsOfDraw(project), calibration, reader)
  const lent = burstsLent(project.ledger, reader)
  if (size === 0 || lent === 0) return begun
  return begun ? { ...begun, session: begun.session + lent } : { session: 1 + lent, left: size, last: wall }
}
