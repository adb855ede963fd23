/** Waiving a separation of duties with a signature, and whether a waiver in the ledger holds. */
import { digestOf } from '../canonical.ts'
import { appendEntries, type LedgerEntry, latestMoment, nextMoment } from './ledger.ts'
import type { Project } from './project.ts'
import { type Hand, refuse, type Step } from './review-steps.ts'
import { jsonOf } from './save.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from './signature.ts'
import { type Duty, dutyWaived, isWaived, type SignedWaiver, signedWaiver } from './waivers.ts'

/** The first waiver that does not hold, by index and with the reason; null where all do. */
export async function waiverFault(
  projectId: string,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<{ readonly at: number; readonly why: string } | null> {
  for (const [at, entry] of entries.entries()) {
    if (entry.action !== dutyWaived) continue
    const waiver = signedWaiver(entry)
    const enrolled = entries
      .slice(0, at)
      .some(
        ({ action, actor, digest }) =>
          action === 'key-enrolled' &&
          actor === entry.actor &&
          entry.publicKey !== undefined &&
          digest === digestOf(entry.publicKey),
      )
    if (!waiver || waiver.project !== projectId || entry.digest !== digestOf(waiver) || waiver.reason.trim() === '')
      return { at, why: 'it waives nothing that can be read' }
    if (!enrolled) return { at, why: 'its key was not enrolled by that person before' }
    if (!(await signatureHolds(entry, verifier))) return { at, why: 'its signature is not valid' }
  }
  return null
}

/** Adds the waiver; who may give it where roles are granted is asked when it is kept. */
export async function waiveDuty(project: Project, duty: Duty, reason: string, signer: Signer, hand: Hand): Promise<Step> {
  if (hand.actor === 'unnamed') return refuse('Say who waives this: the certificate prints the name.')
  if (reason.trim() === '') return refuse('Say why it can not be kept apart; the certificate prints the reason.')
  if (isWaived(project.ledger, duty)) return refuse(`${duty} is waived already.`)
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
