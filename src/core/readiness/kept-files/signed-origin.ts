/**
 * Where a file of the board comes from, said by a named person under a signature: it binds the file by digest, so that a cell changed later is
 * not covered. What somebody typed, or laid beside the ledger, proves nothing without it.
 */

import * as v from 'valibot'
import { digestOf } from '../../canonical.ts'
import type { Hand, Step } from '../../project/acts/hand.ts'
import { refuse } from '../../project/acts/refusal.ts'
import { ownKeyFault } from '../../project/duties/own-key.ts'
import type { Project } from '../../project/format/project.ts'
import { jsonOf } from '../../project/format/save.ts'
import { appendEntries } from '../../project/ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../../project/ledger/ledger.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from '../../project/signing/signature.ts'
import { fits, type Kept, object } from '../../values/document.ts'
import { type InputKind, inputPath } from '../input-files/files.ts'
import { isExample } from './examples.ts'
import { inputEdited } from './input-acts.ts'

export const originSigned = 'origin-signed'

const signedOrigin = object({
  format: v.literal('carryover-origin/1'),
  project: v.string(),
  path: v.string(),
  /** `sha256:…` of the text as it is kept. */
  file: v.string(),
  name: v.string(),
  role: v.string(),
  /** System, export or minutes that it was taken from, in the person's words. */
  from: v.string(),
  /** How often the file had been changed by hand before. */
  edits: v.number(),
})
/** What is signed. */
export type SignedOrigin = Kept<typeof signedOrigin>

export function originOf({ payload }: LedgerEntry): SignedOrigin | null {
  return fits(payload, signedOrigin) ? payload : null
}

/** Signs where the file comes from, as it is now; in words why not, where it can not be said. */
export async function signOrigin(
  project: Project,
  kind: InputKind,
  said: { readonly name: string; readonly role: string; readonly from: string },
  signer: Signer,
  hand: Hand,
): Promise<Step> {
  const path = inputPath(kind)
  const bytes = project.other.get(path)
  if (bytes === undefined) return refuse('There is no file to sign for.')
  if (isExample(project, kind)) return refuse('This is the example of a fictional clinic. Put your own file in its place first.')
  if (hand.actor === 'unnamed') return refuse('Say who signs: the board prints the name.')
  const [name, role, from] = [said.name.trim(), said.role.trim(), said.from.trim()]
  if (name === '' || role === '') return refuse('A signature names a person and a role.')
  if (from === '') return refuse('Say where the file comes from: a system and its export, or who kept the list.')
  const payload: SignedOrigin = {
    format: 'carryover-origin/1',
    project: project.manifest.id,
    path,
    file: digestOf(new TextDecoder().decode(bytes)),
    name,
    role,
    from,
    edits: editsOf(project.ledger, path),
  }
  const entry = {
    device: hand.device,
    time: nextMoment(latestMoment(project.ledger), hand.wall),
    actor: hand.actor,
    action: originSigned,
    object: path,
    digest: digestOf(payload),
    signature: await signJson(jsonOf(payload), signer),
  }
  const ledger = appendEntries(project.ledger, [entry])
  const fault = originFault(project, ledger, ledger.length - 1)
  return fault === null ? { ok: true, project: { ...project, ledger } } : refuse(`This can not be signed: ${fault}.`)
}

function editsOf(ledger: readonly LedgerEntry[], path: string): number {
  return ledger.filter(({ action, object }) => action === inputEdited && object === path).length
}

/** Why the entry at this place signs for nothing, its signed bytes aside; null where it does. */
export function originFault(
  { manifest, keys }: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  at: number,
): string | null {
  const entry = entries[at]
  const origin = entry ? originOf(entry) : null
  if (!entry || !origin || origin.project !== manifest.id || entry.digest !== digestOf(origin) || origin.path !== entry.object)
    return 'it names no file of this project that can be read'
  if (origin.from.trim() === '' || origin.name.trim() === '' || origin.role.trim() === '')
    return 'it says no person, no role or no origin'
  return ownKeyFault({ keys }, entries, at, origin.name)
}

/** Signed origins that do not hold, by index, with the reason. */
export async function originFaults(
  project: Pick<Project, 'manifest' | 'keys'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const faults = new Map<number, string>()
  for (const [at, entry] of entries.entries()) {
    if (entry.action !== originSigned) continue
    const why = originFault(project, entries, at)
    if (why !== null) faults.set(at, why)
    else if (!(await signatureHolds(entry, verifier))) faults.set(at, 'its signature is not valid')
  }
  return faults
}
