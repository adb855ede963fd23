/** Bundles for readers on both sides: written and sealed here, opened on a tablet, answers sealed there and joined here. */

import { bytesToHex } from '@noble/hashes/utils.js'
import { finish } from '../../../../core/operation.ts'
import { record } from '../../../../core/project/acts/hand.ts'
import type { MergeOutcome } from '../../../../core/project/exchange/merge-projects.ts'
import { answerFiles, mergeAnswers, readAnswers } from '../../../../core/project/exchange/reader-answers.ts'
import {
  type BundleReading,
  issueBundle,
  type ReaderRecord,
  readBundle,
  sealedBundlePath,
} from '../../../../core/project/exchange/reader-bundle.ts'
import { packProject } from '../../../../core/project/format/bundle.ts'
import type { Project, ProjectFiles } from '../../../../core/project/format/project.ts'
import { headOf } from '../../../../core/project/ledger/head.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { burstsInBundle, sessionsBefore } from '../../../../core/project/sample/lent-sessions.ts'
import { trapsOfReader } from '../../../../core/project/sample/trap-list.ts'
import type { PreparedRecord } from '../../../../core/review/decision/calibration.ts'
import { doubleReadingOf } from '../../../../core/review/result/double-reading.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { makeBundleKey } from '../../../../io/keys/key-text.ts'
import { webVerifier } from '../../../../io/keys/signature-web.ts'
import { mergeWords } from '../../../keeping/merge.ts'
import { openPrivate } from '../../../keeping/sealed.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { withSignedHead } from '../../../session/device-key.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { slugOf, wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace } from '../../../session/state.ts'
import { unlock } from '../../../session/unlocked-bundle.ts'
import { download } from '../../../window/download.ts'
import { burstOfProject, bursts } from './prepared-records.ts'
import { type BundlePart, bundleOrder } from './reading.ts'
import { recordPair } from './record-pairs.ts'
import { keyOfRecord } from './review.ts'
/** The one entry of each kind of file: a sealed part and nothing beside it. */
export const sealedEntries = { bundle: 'reader.sealed', answers: 'answers.sealed' } as const

export interface BundleOrder {
  readonly name: string
  readonly role: string
  readonly part: BundlePart
  readonly passphrase: string
}

/** How many records would go into a bundle; the seeded defects among them are not told apart. */
export function recordsForBundle(project: Project, name: string, part: BundlePart): number {
  return orderFor(project, slugOf(name), part).length
}

/** Bundles written before for this reader, and sessions here, have taken along all prepared records that the plan asks for. */
export function withoutPrepared(project: Project, name: string): boolean {
  if (!project.review.plan?.calibration) return false
  return (sessionsBefore(project, slugOf(name), wallNow())?.session ?? 1) > bursts
}

function orderFor(project: Project, reader: string, part: BundlePart): ReturnType<typeof bundleOrder> {
  const { draw, plan } = project.review
  return bundleOrder(draw?.records ?? [], trapsOfReader(project, reader), eventsOfDraw(project), {
    reader,
    part,
    double: doubleReadingOf(draw, plan),
    stopping: plan?.stopping ?? null,
  })
}

export type Written = { readonly ok: true; readonly recoveryKey: string } | { readonly ok: false; readonly problem: string }

/** Writes, seals and hands over a bundle. The ledger names it before the file exists; a bundle nobody got is harmless, one nobody named is not. */
export async function writeBundle({ name, role, part, passphrase }: BundleOrder): Promise<Written> {
  const project = openProject()
  const reader = slugOf(name)
  const job = begin('Writing the bundle')
  try {
    const records = await pairsOf(
      orderFor(project, reader, part).map(({ id }) => id),
      (done, total) => job.show({ done, total, unit: 'records' }),
    )
    if (job.signal.aborted) return { ok: false, problem: 'Cancelled: no bundle was written.' }
    const prepared: PreparedRecord[] = []
    const first = sessionsBefore(project, reader, wallNow())?.session ?? 1
    if (project.review.plan?.calibration)
      for (let session = first; session < first + burstsInBundle; session++)
        prepared.push(...(await burstOfProject(reader, session)))
    const id = `${reader}-${bytesToHex(crypto.getRandomValues(new Uint8Array(5)))}`
    const key = await makeBundleKey()
    let files: ProjectFiles = new Map()
    const refusal = await act((now, hand) => {
      const step = issueBundle(now, { id, reader, name: name.trim(), role: role.trim(), records, prepared, key }, hand)
      if (step.ok) files = step.files
      return step
    })
    if (refusal !== null) return { ok: false, problem: refusal }
    const { bytes, recoveryKey } = await sealed(files, passphrase, job.signal)
    download(`${id}.carryover`, packProject(new Map([[sealedEntries.bundle, bytes]])), 'application/zip')
    return { ok: true, recoveryKey }
  } catch (error) {
    return { ok: false, problem: errorWords(error) }
  } finally {
    job.end()
  }
}

async function pairsOf(ids: readonly string[], show: (done: number, total: number) => void): Promise<readonly ReaderRecord[]> {
  const keys = ids.map((id) => keyOfRecord(id))
  if (keys.some((key) => key === null))
    throw new Error('Some records are known here only by their keyed names. Run all checks on the source files first.')
  const records: ReaderRecord[] = []
  for (const [index, id] of ids.entries()) {
    const key = keys[index] ?? ''
    records.push({
      id,
      pair: await recordPair(
        key,
        keys.slice(index + 1).flatMap((each) => each ?? []),
      ),
    })
    if (index % 20 === 0) show(index, ids.length)
  }
  return records
}

async function sealed(files: ProjectFiles, passphrase: string, signal: AbortSignal) {
  const done = await finish(jobs.seal({ kind: 'seal', files, passphrase }, signal))
  if (done.kind !== 'sealed') throw new Error('The file was not sealed.')
  return done
}

/** Opens a sealed bundle with its passphrase; nothing of it is shown unless all of it stands. */
export async function readSealedBundle(bytes: Uint8Array<ArrayBuffer>, secret: string): Promise<BundleReading> {
  const opened = await openPrivate(bytes, secret)
  return opened.ok ? readBundle(opened.files) : opened
}

/** Unlocks the bundle of the open project; null when its records can be read, else why not. */
export async function unlockBundle(secret: string): Promise<Refusal> {
  const project = openProject()
  const bytes = project.private.get(sealedBundlePath)
  if (!bytes) return 'The sealed records are missing here. Open the bundle again from its file.'
  const read = await readSealedBundle(bytes, secret)
  if (!read.ok) return read.problem
  unlock(read.bundle)
  return null
}

/** Hands the answers back, sealed with the passphrase of the bundle; what was recorded stays here as well. */
export async function saveAnswers(passphrase: string): Promise<Refusal> {
  const wrong = await unlockBundle(passphrase)
  if (wrong !== null) return wrong
  const project = openProject()
  const job = begin('Sealing the answers')
  try {
    const { bytes } = await sealed(answerFiles(await withSignedHead(project)), passphrase, job.signal)
    const name = project.manifest.reader?.bundle ?? 'reader'
    download(`${name}-answers.carryover`, packProject(new Map([[sealedEntries.answers, bytes]])), 'application/zip')
    return null
  } catch (error) {
    return `Nothing was saved: ${errorWords(error)}`
  } finally {
    job.end()
  }
}

export type OpenedAnswers = { readonly ok: true; readonly answers: Project } | { readonly ok: false; readonly problem: string }

export async function openAnswers(bytes: Uint8Array<ArrayBuffer>, secret: string): Promise<OpenedAnswers> {
  const opened = await openPrivate(bytes, secret)
  return opened.ok ? readAnswers(opened.files) : opened
}

/** Joins answers with the open project, kept for good before it is said. */
export async function joinAnswers(answers: Project, name: string): Promise<void> {
  let merged: Extract<MergeOutcome, { readonly ok: true }> | null = null
  const refusal = await act(async (project, hand) => {
    const outcome = await mergeAnswers(project, answers, webVerifier)
    if (!outcome.ok) return outcome
    merged = outcome
    if (outcome.added.entries === 0) return { ok: true, project: outcome.project }
    const entry = { action: 'merged', object: 'ledger.jsonl', digest: headOf(answers.ledger).digest }
    // Whoever wanted to look further at a seeded defect could not be told on the tablet; the entry that says so is in the ledger now.
    return { ok: true, project: record(outcome.project, [entry], hand) }
  })
  setWorkspace(refusal === null && merged ? mergeWords(merged, name) : { problem: refusal })
}
