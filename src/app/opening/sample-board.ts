/** The files of the sample's board as if its invented team had brought them: added, mostly signed for, one changed since, and the kit made of them. */
import { boardAnalyst, boardLead, changedFile, originOfFiles, unsignedFiles } from '../../../samples/riverside/board-people.ts'
import { digestOf } from '../../core/canonical.ts'
import { type Hand, record } from '../../core/project/acts/hand.ts'
import type { Project } from '../../core/project/format/project.ts'
import { enrolKey } from '../../core/project/review/review-steps.ts'
import type { Signer } from '../../core/project/signing/signature.ts'
import { kitMade, kitPath } from '../../core/readiness/downtime/kit-record.ts'
import { recordsOf, withCell } from '../../core/readiness/input-files/edit-input.ts'
import { type InputKind, inputKindNames, inputPath } from '../../core/readiness/input-files/files.ts'
import { inputAdded } from '../../core/readiness/kept-files/input-acts.ts'
import { withInput } from '../../core/readiness/kept-files/keep-input.ts'
import { signOrigin } from '../../core/readiness/kept-files/signed-origin.ts'
import { generateKeyPair, signerOf } from '../../io/keys/signature-web.ts'
import { actOrSay } from '../session/act.ts'
import { openProject } from '../session/state.ts'
export async function beginSampleBoard(): Promise<void> {
  const isBegun = (project: Project): boolean => project.ledger.some(({ action }) => action === inputAdded)
  if (isBegun(openProject())) return
  // The key is forgotten at once: nobody signs again in the name of somebody who does not exist.
  const signer = await signerOf(await generateKeyPair())
  const second = await signerOf(await generateKeyPair())
  await actOrSay(async (project, by) => ({
    ok: true,
    project: isBegun(project) ? project : await withSampleTeam(project, signer, second, by),
  }))
}

async function withSampleTeam(project: Project, signer: Signer, second: Signer, at: Hand): Promise<Project> {
  const { device, wall } = at
  const [lead, analyst] = [
    { ...at, actor: boardLead.actor },
    { ...at, actor: boardAnalyst.actor },
  ]
  const there = inputKindNames.filter((kind) => project.other.has(inputPath(kind)))
  const isUnsigned = (kind: InputKind): boolean => unsignedFiles.some((each) => each === kind)
  let held = project
  for (const by of [lead, analyst]) {
    const kinds = there.filter((kind) => isUnsigned(kind) === (by === analyst))
    const acts = kinds.map((kind) => ({
      action: inputAdded,
      object: inputPath(kind),
      digest: digestOf(textOf(held, inputPath(kind))),
    }))
    held = record(held, acts, by)
  }
  const key = { id: `${boardLead.actor}-${device}`, ...boardLead, device, created: wall, publicKey: signer.publicKey }
  held = enrolKey(held, key, lead)
  held = enrolKey(held, { ...key, id: `${boardAnalyst.actor}-${device}`, ...boardAnalyst, publicKey: second.publicKey }, analyst)
  for (const kind of there.filter((each) => !isUnsigned(each))) {
    const step = await signOrigin(held, kind, { ...boardLead, from: originOfFiles }, signer, lead)
    if (step.ok) held = step.project
  }
  if (held.other.has(kitPath))
    held = record(held, [{ action: kitMade, object: kitPath, digest: digestOf(textOf(held, kitPath)) }], lead)
  return withChange(held, analyst)
}

/** One number changed by hand after the signature: what was signed is no longer what lies here. */
function withChange(project: Project, by: Hand): Project {
  const { kind, column, reason } = changedFile
  const text = textOf(project, inputPath(kind))
  const was = Number(recordsOf(text)[0]?.get(column))
  if (!Number.isFinite(was)) return project
  const changed = withCell(text, 0, column, String(was + 1))
  return withInput(project, kind, changed, { whole: false, hide: (number) => number, hand: by, reason })
}

function textOf({ other }: Pick<Project, 'other'>, path: string): string {
  return new TextDecoder().decode(other.get(path))
}
