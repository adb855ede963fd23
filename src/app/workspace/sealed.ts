/** The private part under a passphrase: sealed into a `.carryover` file, and asked for when such a file is opened. */

import { digestOfBytes } from '../../core/canonical.ts'
import { finish } from '../../core/operation.ts'
import { packSealed, sealedPath } from '../../core/project/bundle.ts'
import type { ProjectFiles } from '../../core/project/project.ts'
import { record } from '../../core/project/review-steps.ts'
import { saveProject as projectFiles } from '../../core/project/save.ts'
import { jobs } from '../jobs.ts'
import { download } from './download.ts'
import { begin } from './jobs-under-way.ts'
import { wallNow } from './ledger.ts'
import { askSecret } from './question.ts'
import { type Refusal, take } from './review.ts'
import { openProject, setWorkspace } from './state.ts'

/** Shorter passphrases are refused: the file leaves this machine, and whoever has it may try for years. */
export const leastPassphrase = 12

/** Files of the open project that never leave unsealed. */
export function hiddenFiles(): ProjectFiles {
  return new Map([...projectFiles(openProject())].filter(([path]) => path.startsWith('private/')))
}

/** Names in the ledger, for good, that the private part leaves this browser sealed: the file's name, and the digest of what is sealed. */
export function recordExport(name: string, sealed: Uint8Array<ArrayBuffer>): Promise<Refusal> {
  const act = { action: 'exported', object: name, digest: digestOfBytes(sealed) }
  return take((project, hand) => ({ ok: true, project: record(project, [act], hand) }))
}

/** Hands the project over as a file with its private part sealed; gives the recovery key, which is shown once and kept nowhere. */
export async function saveSealedFile(passphrase: string): Promise<string> {
  const { name } = openProject().manifest
  const job = begin('Sealing the private part')
  try {
    const done = await finish(jobs.seal({ kind: 'seal', files: hiddenFiles(), passphrase }, job.signal))
    if (done.kind !== 'sealed') throw new Error('The private part was not sealed.')
    const stem = name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
    const file = `${stem === '' ? 'project' : stem}-sealed.carryover`
    const refusal = await recordExport(file, done.bytes)
    if (refusal !== null) throw new Error(refusal)
    download(file, packSealed(projectFiles(openProject()), done.bytes), 'application/zip')
    setWorkspace({ kept: { where: 'file', at: wallNow() } })
    return done.recoveryKey
  } finally {
    job.end()
  }
}

/** The files with their private part opened; without it where the person goes on without, null where they cancel. */
export async function withOpenedPrivate(
  files: ReadonlyMap<string, Blob>,
  name: string,
): Promise<ReadonlyMap<string, Blob> | null> {
  const sealed = files.get(sealedPath)
  const rest = new Map([...files].filter(([path]) => path !== sealedPath))
  if (!sealed) return files
  const bytes = new Uint8Array(await sealed.arrayBuffer())
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
