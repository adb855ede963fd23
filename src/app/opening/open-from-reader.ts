/** Sealed files of readers that were dropped or chosen: a bundle becomes a project of its own here, answers join the project they belong to. */

import { type ReaderBundle, readerProject, readerProjectId } from '../../core/project/exchange/reader-bundle.ts'
import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { saveProject as projectFiles } from '../../core/project/format/save.ts'
import { joinAnswers, openAnswers, readSealedBundle, sealedEntries } from '../routes/review/acts/reader-bundle.ts'
import { browserStore } from '../session/browser-store.ts'
import { newDeviceId } from '../session/device.ts'
import { wallNow } from '../session/ledger.ts'
import { askSecret } from '../session/question.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { unlock } from '../session/unlocked-bundle.ts'
import { blobsOf, openKept, takeProject } from './take-project.ts'

declare const __VERSION__: string

/** False where the files are neither; then they are opened as a project. */
export async function openFromReader(files: ProjectFiles, name: string): Promise<boolean> {
  const bundle = files.get(sealedEntries.bundle)
  const answers = files.get(sealedEntries.answers)
  if (bundle) await openBundle(bundle, name)
  else if (answers) await openReturned(answers, name)
  return bundle !== undefined || answers !== undefined
}

async function openBundle(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> {
  const read = await asked(
    {
      title: `${name} is a bundle for one reader`,
      text: 'It holds the records that this person reads. Enter the passphrase that came by another way than the file.',
    },
    (secret) => readSealedBundle(bytes, secret),
  )
  if (!read) return
  await takeBundle(read.bundle, bytes)
}

/** What was read of this bundle before goes on; a bundle is never begun twice on one device. */
async function takeBundle(bundle: ReaderBundle, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const id = readerProjectId(bundle.contents.id)
  const kept = await (await browserStore()).open(id)
  if (kept) await openKept(id)
  else {
    const words = { device: newDeviceId(), wall: wallNow(), tool: `carryover ${__VERSION__}` }
    // Before the first save: the chain that is kept here is signed with the key of the bundle.
    unlock(bundle)
    await takeProject(blobsOf(projectFiles(readerProject(bundle, bytes, words))), '/review/records')
  }
  if (workspace().project?.manifest.id === id) unlock(bundle)
}

async function openReturned(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<void> {
  const read = await asked(
    { title: `${name} holds the answers of a reader`, text: 'Enter the passphrase of the bundle that they belong to.' },
    (secret) => openAnswers(bytes, secret),
  )
  const mark = read?.answers.manifest.reader
  if (!read || !mark) return
  if (workspace().project?.manifest.id !== mark.project && !(await openOwner(mark.project, read.answers))) return
  await joinAnswers(read.answers, name)
}

/** The project that answers belong to, where this browser keeps it. */
async function openOwner(id: string, answers: Project): Promise<boolean> {
  const kept = await (await browserStore()).open(id)
  if (kept) await openKept(id)
  else
    setWorkspace({
      problem: `These answers belong to ${answers.manifest.name}, which is not kept in this browser. Open that project first, then this file again. Nothing was merged.`,
    })
  return kept !== null
}

/** Asks until the secret opens it, or the person gives up. */
async function asked<T extends { readonly ok: true }>(
  words: { readonly title: string; readonly text: string },
  open: (secret: string) => Promise<T | { readonly ok: false; readonly problem: string }>,
): Promise<T | null> {
  let problem: string | null = null
  for (;;) {
    const answer = await askSecret({ ...words, problem, without: false })
    if (answer.kind !== 'secret') return null
    const outcome = await open(answer.secret)
    if (outcome.ok) return outcome
    problem = outcome.problem
  }
}
