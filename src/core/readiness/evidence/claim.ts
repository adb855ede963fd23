/** A claim: a named person states what nothing can compute. It shows apart from proof, ends within 90 days and stands in the ledger. */

import type { BoardStatement, Project } from '../../project/format/project.ts'
import { isNameOf } from '../../project/ledger/actor-slug.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { addDays, daysBetween, isDay } from '../../values/day.ts'
import { digestOfRecord } from '../model/artifact.ts'

/** Longest life of a claim in days. */
export const longestClaim = 90

/** A statement taken back by a named person: the criterion stands as if nobody had said anything. */
export const statementWithdrawn = 'statement-withdrawn'

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

/**
 * The statement about a criterion that the ledger names last, with whether it counts on this date: an earlier one never counts again, not when
 * the last has expired, was changed or is gone.
 */
export function standingClaim(
  criterion: string,
  { board, ledger, keys }: Pick<Project, 'board' | 'ledger' | 'keys'>,
  asOf: string,
): ClaimStanding | null {
  const entry = ledger.findLast(
    ({ action, object }) => (action === 'statement' || action === statementWithdrawn) && object === criterion,
  )
  if (entry?.action === statementWithdrawn) return null
  const about = board.statements.filter((each) => each.criterion === criterion).toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const entered = entry && about.find((statement) => statementDigest(statement) === entry.digest)
  const statement = entered ?? about[0]
  if (!statement) return null
  const unknown = entered ? null : 'the ledger holds no entry for it as it stands'
  return { statement, void: whyVoid(statement, asOf) ?? unknown ?? otherHand(statement.by.trim(), entry, keys) }
}

function whyVoid({ by, role, reason, at, expires }: BoardStatement, asOf: string): string | null {
  if (by.trim() === '' || role.trim() === '') return 'it names no person and role'
  if (reason.trim() === '') return 'it gives no reason'
  if (expires === null) return 'it has no expiry'
  if (!isDay(expires) || !isDay(at.slice(0, 10))) return 'it was made, or ends, on a day that can not be read'
  if (daysBetween(at, expires) > longestClaim) return `it runs for more than ${longestClaim} days`
  if (daysBetween(at, asOf) < 0) return 'it was made after this date'
  return daysBetween(expires, asOf) > 0 ? 'it has expired' : null
}

/** A claim is stated by whoever acts: nobody's name is lent. */
function otherHand(name: string, entry: LedgerEntry | undefined, keys: Project['keys']): string | null {
  const actor = entry?.actor ?? 'unnamed'
  return isNameOf(name, actor, keys) ? null : `${actor} entered it under the name of ${name}`
}
