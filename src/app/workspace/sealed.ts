/** The private part under a passphrase: sealed into a `.carryover` file, and asked for when such a file is opened. */

import { finish } from '../../core/operation.ts'
import { packProject } from '../../core/project/bundle.ts'
import type { ProjectFiles } from '../../core/project/project.ts'
import { saveProject as projectFiles } from '../../core/project/save.ts'
import { jobs } from '../jobs.ts'
import { download } from './download.ts'
import { begin } from './jobs-under-way.ts'
import { wallNow } from './ledger.ts'
import { askSecret } from './question.ts'
import { openProject, setWorkspace } from './state.ts'

/** Where a bundle holds its sealed private part. */
const sealedPath = 'private.sealed'

/** Shorter passphrases are refused: the file leaves this machine, and whoever has it may try for years. */
export const leastPassphrase = 12

/** Hands the project over as a file with its private part sealed; gives the recovery key, which is shown once and kept nowhere. */
export async function saveSealedFile(passphrase: string): Promise<string> {
  const project = openProject()
  const files = projectFiles(project)
  const hidden = new Map([...files].filter(([path]) => path.startsWith('private/')))
  const job = begin('Sealing the private part')
  try {
    const done = await finish(jobs.seal({ kind: 'seal', files: hidden, passphrase }, job.signal))
    if (done.kind !== 'sealed') throw new Error('The private part was not sealed.')
    const name = project.manifest.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
    const bundle = packProject(new Map(files).set(sealedPath, done.bytes))
    download(`${name === '' ? 'project' : name}-sealed.carryover`, bundle, 'application/zip')
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
