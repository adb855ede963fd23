/** Accepting work that was held back: signed by an owner or administrator. The copy it came from is merged again, and then it counts. */

import { digestOf } from '../../canonical.ts'
import type { Hand, Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { acceptableOf, type HeldAcceptance, heldAccepted } from '../duties/held-work.ts'
import { judgeRoles } from '../duties/roles.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { type Signer, signJson, type Verifier } from '../signing/signature.ts'
import { quarantinedIn } from './quarantine.ts'
/** What is held back of one device, in the order of its chain. */
export interface HeldWork {
  readonly device: string
  readonly actors: readonly string[]
  readonly entries: readonly LedgerEntry[]
  /** Those of them that can be accepted now. */
  readonly acceptable: readonly LedgerEntry[]
}

/** By device; what is in the ledger meanwhile is not held back any more. */
export function heldWork(project: Pick<Project, 'other' | 'ledger'>): readonly HeldWork[] {
  const known = new Set(project.ledger.map(({ hash }) => hash))
  const held = quarantinedIn(project).filter(({ hash }) => !known.has(hash))
  return [...new Set(held.map(({ device }) => device))].sort().map((device) => {
    const entries = held.filter((entry) => entry.device === device).toSorted((a, b) => a.seq - b.seq)
    return { device, actors: [...new Set(entries.map(({ actor }) => actor))], entries, acceptable: acceptableOf(entries) }
  })
}

/** Adds the acceptance, or says in words why it would not hold. */
export async function acceptHeld(
  project: Project,
  device: string,
  reason: string,
  signer: Signer,
  verifier: Verifier,
  hand: Hand,
): Promise<Step> {
  const work = heldWork(project).find((each) => each.device === device)
  if (!work) return refuse(`Nothing of ${device} is held back.`)
  const last = work.acceptable.at(-1)
  if (!last)
    return refuse(
      'What is held back begins with a grant, a signature, a waiver or an acceptance: nobody accepts these for another. Whoever gave it gives it again here, with the role for it.',
    )
  if (reason.trim() === '') return refuse('Say why this work is accepted; the reason is signed and stays in the ledger.')
  const acceptance: HeldAcceptance = {
    format: 'carryover-held/1',
    project: project.manifest.id,
    device,
    last: last.hash,
    entries: work.acceptable.length,
    reason: reason.trim(),
  }
  const signature = await signJson(jsonOf(acceptance), signer)
  const time = nextMoment(latestMoment(project.ledger), hand.wall)
  const entry = { device: hand.device, time, actor: hand.actor, action: heldAccepted, digest: digestOf(acceptance), signature }
  const ledger = appendEntries(project.ledger, [{ ...entry, object: `${paths.quarantined}#${device}` }])
  const { refused } = await judgeRoles(project, ledger, verifier, { writing: hand.device })
  const why = refused.get(ledger.length - 1)
  return why === undefined ? { ok: true, project: { ...project, ledger } } : refuse(`This can not be accepted: ${why}.`)
}
