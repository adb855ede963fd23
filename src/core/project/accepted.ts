/** Accepted findings: an acceptance counts with a name, a reason and an expiry that has not passed. */
import type { AcceptedFinding } from './project.ts'
import type { RunFinding } from './run.ts'

/** `asOf` is a day or an RFC 3339 moment, which counts by its own local date. */
export function isAccepted(
  finding: Pick<RunFinding, 'fingerprint'>,
  baseline: readonly AcceptedFinding[],
  asOf: string,
): boolean {
  return baseline.some((each) => each.fingerprint === finding.fingerprint && whyNotAccepted(each, asOf) === null)
}

/** Why an acceptance does not count, in words; null when it does. */
export function whyNotAccepted({ by, reason, expires }: AcceptedFinding, asOf: string): string | null {
  if (by.trim() === '') return 'no name'
  if (reason.trim() === '') return 'no reason'
  if (expires === null || !/^\d{4}-\d{2}-\d{2}/.test(expires)) return 'no expiry'
  return expires.slice(0, 10) < asOf.slice(0, 10) ? 'expired' : null
}
