/** The private part under a passphrase: sealed into a `.carryover` file, and asked for when such a file is opened. */

import { digestOfBytes } from '../../core/canonical.ts'
import { finish } from '../../core/operation.ts'
import { record } from '../../core/project/acts/hand.ts'
import { refuse } from '../../core/project/acts/refusal.ts'
import { packSealed, sealedPath } from '../../core/project/format/bundle.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { saveProject as projectFiles } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { exported, sealedTrouble } from '../../core/project/verify/sealed-part.ts'
import type { KeptSeal } from '../../io/keys/seal.ts'
import { act } from '../session/act.ts'
import { withSignedHead } from '../session/device-key.ts'
import { jobs } from '../session/jobs.ts'
import { begin } from '../session/jobs-under-way.ts'
import { wallNow } from '../session/ledger.ts'
import { ask, askSecret } from '../session/question.ts'
import { openProject, setWorkspace } from '../session/state.ts'
import { download } from '../window/download.ts'

/** A project, and the file that holds it with its private part sealed. */
export interface SealedProject {
  readonly project: Project
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * The open project with its private part sealed; its ledger names the file and the digest of what is sealed, for good, before the file exists.
 * It is one act: nothing is recorded between what is sealed and what stands beside it.
 * @throws Error with a sentence where it is not sealed, or may not be named
 */
export async function sealProject(id: string, file: string, seal: KeptSeal, signal: AbortSignal): Promise<SealedProject> {
  const made: (Omit<SealedProject, 'bytes'> & { readonly sealed: Uint8Array<ArrayBuffer> })[] = []
  const refusal = await act(async (project, hand) => {
    if (project.manifest.id !== id) return refuse('Another project was opened meanwhile.')
    // The chain of a bundle's reader holds what a reader may do, and nothing else.
    if (project.manifest.reader) return refuse('This is a bundle for one reader; hand the answers back instead.')
    const files = new Map([...projectFiles(project)].filter(([path]) => path.startsWith('private/')))
    const done = await finish(jobs.seal({ kind: 'seal-with', files, seal }, signal))
    if (done.kind !== 'sealed-with') return refuse('The private part was not sealed.')
    const named = record(project, [{ action: exported, object: file, digest: digestOfBytes(done.bytes) }], hand)
    made.push({ project: named, sealed: done.bytes })
    return { ok: true, project: named }
  })
  const [last] = made
  if (refusal !== null || !last) throw new Error(refusal ?? 'The private part was not sealed.')
  return { project: last.project, bytes: packSealed(projectFiles(await withSignedHead(last.project)), last.sealed) }
}

/** Hands the project over as a file with its private part sealed; gives the recovery key, which is shown once and kept nowhere. */
export async function saveSealedFile(passphrase: string): Promise<string> {
  const { name, id } = openProject().manifest
  const job = begin('Sealing the private part')
  try {
    const made = await finish(jobs.seal({ kind: 'make-seal', passphrase }, job.signal))
    if (made.kind !== 'seal') throw new Error('The private part was not sealed.')
    const stem = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
    const file = `${stem === '' ? 'project' : stem}-sealed.carryover`
    const { bytes } = await sealProject(id, file, made.seal, job.signal)
    download(file, bytes, 'application/zip')
    setWorkspace({ kept: { where: 'file', at: wallNow() } })
    return made.recoveryKey
  } finally {
    job.end()
  }
}

/** The files with their private part opened; without it where the person goes on without, null where they cancel. One that was swapped is not opened. */
export async function withOpenedPrivate(
  files: ReadonlyMap<string, Blob>,
  name: string,
): Promise<ReadonlyMap<string, Blob> | null> {
  const sealed = files.get(sealedPath)
  const rest = new Map([...files].filter(([path]) => path !== sealedPath))
  if (!sealed) return files
  const bytes = new Uint8Array(await sealed.arrayBuffer())
  const swapped = sealedTrouble(await ledgerOf(files), bytes)
  if (swapped !== null) return (await ask(withoutIt(name, swapped))) === 'without' ? rest : null
  let problem: string | null = null
  for (;;) {
    const answer = await askSecret({
      title: `${name} has a sealed private part`,
      text: 'It names the drawn records and holds the comments of readers. Enter the passphrase, or the recovery key that was printed with it.',
      problem,
    })
    if (answer.kind === 'cancel') return null
    if (answer.kind === 'without') return rest
    const opened = await openPrivate(bytes, answer.secret)
    if (opened.ok) return new Map([...rest, ...[...opened.files].map(([path, content]) => [path, new Blob([content])] as const)])
    problem = opened.problem
  }
}

async function ledgerOf(files: ReadonlyMap<string, Blob>): Promise<readonly LedgerEntry[]> {
  return readLedger((await files.get(paths.ledger)?.text()) ?? '').entries
}

function withoutIt(name: string, why: string) {
  return {
    title: `The private part of ${name} was swapped`,
    text: `${why} It is not opened. Use the file as it was written, or go on without the names of drawn records and the comments of readers.`,
    choices: [
      { value: 'none', label: 'Cancel' },
      { value: 'without', label: 'Open without the private part' },
    ],
  } as const
}

/** Opens what is sealed; a wrong passphrase and a torn file give a sentence and nothing else. */
export async function openPrivate(
  bytes: Uint8Array<ArrayBuffer>,
  secret: string,
): Promise<{ readonly ok: true; readonly files: ProjectFiles } | { readonly ok: false; readonly problem: string }> {
  const job = begin('Opening the private part')
  try {
    const done = await finish(jobs.seal({ kind: 'open', bytes, secret }, job.signal))
    return done.kind === 'opened' ? done.outcome : { ok: false, problem: 'The private part was not opened.' }
  } finally {
    job.end()
  }
}
