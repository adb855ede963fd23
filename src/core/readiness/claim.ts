/** A claim: a named person states what nothing can compute. It shows apart from proof, ends within 90 days and stands in the ledger. */
import type { LedgerEntry } from '../project/ledger.ts'
import type { BoardStatement } from '../project/project.ts'
import { digestOfRecord } from './artifact.ts'
import { addDays, daysBetween } from './day.ts'

/** Longest life of a claim in days. */
export const longestClaim = 90

export interface ClaimStanding {
  readonly statement: BoardStatement
  /** Why it does not count, in words; null while it does. */
  readonly void: string | null
}

/** `sha256:…` of a statement as the ledger entry `statement` names it. */
export function statementDigest(statement: BoardStatement): string {
  return digestOfRecord(statement)
}

/** The latest day a claim made on this day may run to. */
export function lastDayOf(madeOn: string): string {
  return addDays(madeOn, longestClaim)
}

/** The statement about a criterion that was made last, with whether it counts on this date. */
export function standingClaim(
  criterion: string,
  statements: readonly BoardStatement[],
  ledger: readonly LedgerEntry[],
  asOf: string,
): ClaimStanding | null {
  const about = statements
    .filter((each) => each.criterion === criterion)
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1))
  const standings = about.map((statement) => ({ statement, void: whyVoid(statement, ledger, asOf) }))
  return standings.find((each) => each.void === null) ?? standings[0] ?? null
}

function whyVoid(statement: BoardStatement, ledger: readonly LedgerEntry[], asOf: string): string | null {
  if (statement.by.trim() === '' || statement.role.trim() === '') return 'it names no person and role'
  if (statement.reason.trim() === '') return 'it gives no reason'
  if (statement.expires === null) return 'it has no expiry'
  if (daysBetween(statement.at, statement.expires) > longestClaim) return `it runs for more than ${longestClaim} days`
  if (daysBetween(statement.at, asOf) < 0) return 'it was made after this date'
  if (daysBetween(statement.expires, asOf) > 0) return 'it has expired'
  const digest = statementDigest(statement)
  const entered = ledger.some((entry) => entry.action === 'statement' && entry.digest === digest)
  return entered ? null : 'the ledger holds no entry for it as it stands'
}
