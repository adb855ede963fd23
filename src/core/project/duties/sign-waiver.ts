/** Waiving a separation of duties with a signature, and whether a waiver in the ledger holds. */

import { digestOf } from '../../canonical.ts'
import type { Hand, Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from '../signing/signature.ts'
import { isWaived, waiverFault } from './separation-in-force.ts'
import { type Duty, dutyWaived, type SignedWaiver } from './waivers.ts'
/** Waivers that do not hold, by index, with the reason. */
export async function waiverFaults(
  projectId: string,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>()
  for (const [at, entry] of entries.entries()) {
    if (entry.action !== dutyWaived) continue
    const why = waiverFault(projectId, entries.slice(0, at), entry)
    if (why !== null) faults.set(at, why)
    else if (!(await signatureHolds(entry, verifier))) faults.set(at, 'its signature is not valid')
  }
  return faults
}

/** Adds the waiver; who may give it where roles are granted is asked when it is kept. */
export async function waiveDuty(project: Project, duty: Duty, reason: string, signer: Signer, hand: Hand): Promise<Step> {
  if (hand.actor === 'unnamed') return refuse('Say who waives this: the certificate prints the name.')
  if (reason.trim() === '') return refuse('Say why it can not be kept apart; the certificate prints the reason.')
  if (isWaived(project, duty)) return refuse(`${duty} is waived already.`)
  const waiver: SignedWaiver = { format: 'carryover-waiver/1', project: project.manifest.id, duty, reason: reason.trim() }
  const entry = {
    device: hand.device,
    time: nextMoment(latestMoment(project.ledger), hand.wall),
    actor: hand.actor,
    action: dutyWaived,
    object: `duties/${duty}`,
    digest: digestOf(waiver),
    signature: await signJson(jsonOf(waiver), signer),
  }
  return { ok: true, project: { ...project, ledger: appendEntries(project.ledger, [entry]) } }
}
