/** Accepted findings: an acceptance counts with a name, a reason and an expiry that has not passed. */
import { whyNotAccepted } from '../../data/baseline/acceptance.ts'
import { type Accepted, fingerprintsOf } from '../../data/baseline/former-fingerprints.ts'
import type { AcceptedFinding } from '../format/project.ts'

/** `asOf` is a day or an RFC 3339 moment, which counts by its own local date. */
export function isAccepted(finding: Accepted, baseline: readonly AcceptedFinding[], asOf: string): boolean {
  if (baseline.length === 0) return false
  const names = fingerprintsOf(finding)
  return baseline.some((each) => names.includes(each.fingerprint) && whyNotAccepted(each, asOf) === null)
}
