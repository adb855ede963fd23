/** Waiving a separation of duties with a signature, and whether a waiver in the ledger holds. */
import { digestOf } from '../canonical.ts'
import { appendEntries, type LedgerEntry, latestMoment, nextMoment } from './ledger.ts'
import type { Project } from './project.ts'
import { type Hand, refuse, type Step } from './review-steps.ts'
import { jsonOf } from './save.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from './signature.ts'
import { type Duty, dutyWaived, type SignedWaiver, signedWaiver, waiversSinceRoles } from './waivers.ts'

/** Waivers that do not hold, by index, with the reason. */
export async function waiverFaults(
  projectId: string,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>()
  const enrolled = new Set<string>()
  for (const [at, entry] of entries.entries()) {
    if (entry.action === 'key-enrolled') enrolled.add(`${entry.actor} ${entry.digest}`)
    const why = entry.action === dutyWaived ? await faultOf(projectId, entry, enrolled, verifier) : null
    if (why !== null) faults.set(at, why)
  }
  return faults
}

async function faultOf(
  projectId: string,
  entry: LedgerEntry,
  enrolled: ReadonlySet<string>,
  verifier: Verifier,
): Promise<string | null> {
  const waiver = signedWaiver(entry)
  if (!waiver || waiver.project !== projectId || entry.digest !== digestOf(waiver) || waiver.reason.trim() === '')
    return 'it waives nothing that can be read'
  if (entry.publicKey === undefined || !enrolled.has(`${entry.actor} ${digestOf(entry.publicKey)}`))
    return 'its key was not enrolled by that person before'
  return (await signatureHolds(entry, verifier)) ? null : 'its signature is not valid'
}

/** Adds the waiver; who may give it where roles are granted is asked when it is kept. */
export async function waiveDuty(project: Project, duty: Duty, reason: string, signer: Signer, hand: Hand): Promise<Step> {
  if (hand.actor === 'unnamed') return refuse('Say who waives this: the certificate prints the name.')
  if (reason.trim() === '') return refuse('Say why it can not be kept apart; the certificate prints the reason.')
  if (waiversSinceRoles(project.ledger).some((waiver) => waiver.duty === duty)) return refuse(`${duty} is waived already.`)
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
