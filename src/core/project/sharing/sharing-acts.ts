/** Sharing the private part, going on without somebody who was removed, and taking it back: each a signed entry of the ledger. */
import { digestOf, type Json } from '../../canonical.ts'
import type { Hand, Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { appendEntries } from '../ledger/chain.ts'
import { latestMoment, nextMoment } from '../ledger/ledger.ts'
import { type Signer, signJson, type Verifier } from '../signing/signature.ts'
import { signedIn } from '../signing/signed-heads.ts'
import {
  epochBegun,
  privateShared,
  privateWithdrawn,
  type Recipient,
  type SharedPage,
  sharingIn,
  type WithdrawnPage,
} from './sharing.ts'

export type SharingWish = Omit<SharedPage, 'format' | 'project'>

/** Shares, or says in words why that would not hold. */
export async function sharePrivate(
  project: Project,
  wish: SharingWish,
  signer: Signer,
  verifier: Verifier,
  by: Hand,
): Promise<Step> {
  const page: SharedPage = { format: 'carryover-private-shared/1', project: signedIn(project), ...wish }
  return await entered(project, privateShared, wish.epoch, jsonOf(page), signer, verifier, by)
}

/** A new epoch for those who stay, signed by the device: nobody types a passphrase for it. */
export async function beginEpoch(
  project: Project,
  next: { readonly epoch: number; readonly key: string; readonly stays: (recipient: Recipient) => boolean },
  deviceSigner: Signer,
  verifier: Verifier,
  by: Hand,
): Promise<Step> {
  const { sharing } = await sharingIn(project, project.ledger, verifier, { writing: by.device })
  if (!sharing) return refuse('Nothing is shared yet.')
  // The commitment of a key is bound to its epoch.
  if (next.epoch !== sharing.page.epoch + 1) return refuse('A new key began meanwhile.')
  const page: SharedPage = {
    ...sharing.page,
    epoch: next.epoch,
    key: next.key,
    recipients: sharing.page.recipients.filter(next.stays),
  }
  return await entered(project, epochBegun, page.epoch, jsonOf(page), deviceSigner, verifier, by)
}

/** From here on nothing more is sent. What was sent stays on the server as it is, sealed. */
export async function withdrawPrivate(project: Project, signer: Signer, verifier: Verifier, by: Hand): Promise<Step> {
  const { sharing } = await sharingIn(project, project.ledger, verifier, { writing: by.device })
  if (!sharing?.isOn) return refuse('The private part is not shared.')
  const page: WithdrawnPage = {
    format: 'carryover-private-withdrawn/1',
    project: signedIn(project),
    epoch: sharing.page.epoch,
  }
  return await entered(project, privateWithdrawn, page.epoch, jsonOf(page), signer, verifier, by)
}

async function entered(
  project: Project,
  action: string,
  epoch: number,
  page: Json,
  signer: Signer,
  verifier: Verifier,
  { device, actor, wall }: Hand,
): Promise<Step> {
  const ledger = appendEntries(project.ledger, [
    {
      device,
      time: nextMoment(latestMoment(project.ledger), wall),
      actor,
      action,
      object: `private/epoch-${epoch}`,
      digest: digestOf(page),
      signature: await signJson(page, signer),
    },
  ])
  const { faults, late } = await sharingIn(project, ledger, verifier, { writing: device })
  const at = ledger.length - 1
  if (late.has(at)) return refuse('Somebody changed the sharing meanwhile. Look at it again, then decide.')
  const why = faults.get(at)
  return why === undefined ? { ok: true, project: { ...project, ledger } } : refuse(`This can not be recorded: ${why}.`)
}
