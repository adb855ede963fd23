/**
 * Accepting what is left of a risk, and closing a hazard, are a named person's to answer for: each is signed with that person's own key, as a
 * review is. What is signed names the act by digest, the grades in words, and how far this person had seen the chains.
 */
import * as v from 'valibot'
import { fits, type Kept, object } from '../../values/document.ts'
import { ownKeyFault } from '../duties/own-key.ts'
import type { HazardAct } from '../format/hazard-acts.ts'
import { type ChainEnd, chainEnd, type Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { signatureHolds, type Verifier } from '../signing/signature.ts'
import { hazardEntry, residualRisk, riskWords } from './log/hazard-log.ts'

export const settlingActions = ['hazard-accepted', 'hazard-closed'] as const

export function isSettling({ action }: Pick<LedgerEntry, 'action'>): boolean {
  return settlingActions.some((each) => each === action)
}

const settledHazard = object({
  format: v.literal('carryover-hazard/1'),
  project: v.string(),
  /** Digest of the act, as the ledger names it. */
  act: v.string(),
  statement: v.string(),
  name: v.string(),
  role: v.string(),
  seen: v.array(chainEnd),
})
/** What is signed. */
export type SettledHazard = Kept<typeof settledHazard>

export function settledHazardOf(entry: Pick<LedgerEntry, 'action' | 'payload'>): SettledHazard | null {
  const { payload } = entry
  return isSettling(entry) && fits(payload, settledHazard) ? payload : null
}

export function settlingPayload(
  project: string,
  act: HazardAct,
  { name, role }: { readonly name: string; readonly role: string },
  seen: readonly ChainEnd[],
): SettledHazard {
  const statement = settlingStatement(act)
  return { format: 'carryover-hazard/1', project, act: hazardEntry(act).digest ?? '', statement, name, role, seen }
}

/** Made of grades and numbers alone: what people wrote stays in the private part. */
export function settlingStatement({ action, after, evidence }: Pick<HazardAct, 'action' | 'after' | 'evidence'>): string {
  if (action === 'hazard-accepted') {
    const risk = residualRisk(after)
    return `I accept the residual risk of ${after.id}: ${risk ?? 0}, ${riskWords[(risk ?? 5) - 1]}.`
  }
  return evidence?.run == null
    ? `I close ${after.id}: its residual risk was accepted, and the log signed.`
    : `I close ${after.id}: its cause is gone as of run #${evidence.run}.`
}

/** Why the entry at this place is signed by nobody who may, its signed bytes aside, as the rest of a sentence; null where it is. */
export function settlingFault(
  { manifest, keys }: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  at: number,
): string | null {
  const entry = entries[at]
  const settled = entry ? settledHazardOf(entry) : null
  if (!entry || !settled) return 'it is signed with nobody’s own key'
  if (settled.project !== manifest.id || settled.act !== entry.digest) return 'it signs another act, or one of another project'
  if (settled.name.trim() === '' || settled.role.trim() === '') return 'it names no person or no role'
  const before = entries.slice(0, at).findLast(({ device }) => device === entry.device)
  const own = settled.seen.find(({ device }) => device === entry.device)
  if (before && own?.hash !== before.hash) return 'it does not go on from what its own device had recorded'
  return ownKeyFault({ keys }, entries, at, settled.name)
}

/** Acts of this kind that do not hold, by index, with the reason. */
export async function settlingFaults(
  project: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>()
  for (const [at, entry] of entries.entries()) {
    if (!isSettling(entry)) continue
    const why = settlingFault(project, entries, at)
    if (why !== null) faults.set(at, why)
    else if (!(await signatureHolds(entry, verifier))) faults.set(at, 'its signature is not valid')
  }
  return faults
}
