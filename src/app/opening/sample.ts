/** Opens the sample clinic, from the files and answers of the build or from its seeded generator, then treats it like any other project. */

import type { SampleChunk } from '../../../samples/riverside/generate.ts'
import { preparedPatients } from '../../../samples/riverside/prepared.ts'
import { Cancelled } from '../../core/operation.ts'
import { sampleId } from '../../core/project/format/sample-name.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { readWorkflow } from '../../core/workflow/map/files.ts'
import { runAllChecks } from '../routes/data/acts/run.ts'
import { judgeAhead } from '../routes/workflow/acts/workflow-results.ts'
import { browserStore } from '../session/browser-store.ts'
import { jobs } from '../session/jobs.ts'
import { begin } from '../session/jobs-under-way.ts'
import { wallNow } from '../session/ledger.ts'
import { knowDigest, withPrepared } from '../session/prepared.ts'
import { openProject, type Running, setWorkspace, workspace } from '../session/state.ts'
import { navigate } from '../window/hash-location.ts'
import { fetchPrepared, type PreparedSample } from './prepared-sample.ts'
import { beginSampleBoard } from './sample-board.ts'
import { beginSampleReview } from './sample-review.ts'
import { takeProject } from './take-project.ts'

/** One click: fetch or generate, open, check, show the board. `stay` keeps the address, for a page that was reloaded. */
export async function openSample(stay = false): Promise<void> {
  const label = 'Opening the sample clinic'
  const job = begin(label)
  const show = (done: number, total: number): void => {
    const shown: Running = { label, done, total, unit: 'bytes', bytes: null, started: performance.now(), cancel: job.cancel }
    setWorkspace({ running: shown })
  }
  show(0, 1)
  setWorkspace({ problem: null })
  try {
    const prepared = await fetchPrepared(job.signal)
    await withPrepared(prepared?.answers ?? null, async () => {
      const files = await filesOfSample(prepared, show, job.signal)
      // Work done on the sample earlier in this browser is gone on with; only its source files are written anew.
      const kept = await (await browserStore()).open(sampleId)
      for (const [path, bytes] of kept ?? []) files.set(path, new Blob([bytes]))
      // Opening a project waits for all work under way; writing the files has ended here.
      job.end()
      // With prepared answers everything is there within a moment: the board is shown once, when it is whole.
      const board = stay ? null : '/readiness'
      const opened = await takeProject(files, prepared === null ? board : null)
      setWorkspace({ running: null })
      if (!opened) return
      for (const { id, side, name } of openProject().sources) {
        const [file, sha256] = [workspace().files.get(id), prepared?.digests.get(`private/${side}/${name}`)]
        if (file && sha256 !== undefined) knowDigest(file, sha256)
      }
      await checkAndReview(prepared !== null)
      if (prepared !== null && board !== null && workspace().project?.manifest.id === sampleId) navigate(board)
    })
  } catch (error) {
    job.end()
    setWorkspace({
      running: null,
      problem: error instanceof Cancelled ? null : `The sample could not be opened: ${errorWords(error)}`,
    })
  }
}

/** The files that came with the build, or all of them from the generator; those of the board are always dated from today. */
async function filesOfSample(
  prepared: PreparedSample | null,
  show: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Map<string, Blob>> {
  const parts = new Map<string, (Uint8Array<ArrayBuffer> | Blob)[]>(
    [...(prepared?.files ?? [])].map(([path, file]) => [path, [file]]),
  )
  const options = { patients: preparedPatients, boardDay: wallNow().slice(0, 10), ...(prepared ? { data: prepared.data } : {}) }
  let begun = false
  for await (const update of jobs.sample(options, signal)) {
    if (update.kind === 'partial') {
      // The workflows come first and alone: they are simulated while the rest is still being written.
      if (!begun) judgeEarly(update.value, signal)
      begun = true
      for (const chunk of update.value) append(parts, chunk)
    }
    if (update.kind === 'progress') show(update.done, update.total)
  }
  return new Map([...parts].map(([path, chunks]) => [path, new Blob(chunks)]))
}

function judgeEarly(chunks: readonly SampleChunk[], signal: AbortSignal): void {
  const documents = new Map(chunks.map(({ path, bytes }) => [path, JSON.parse(new TextDecoder().decode(bytes))]))
  const ids = new Set([...documents.keys()].map((path) => path.split('/')[1] ?? ''))
  for (const id of ids) {
    const part = (name: string): unknown => documents.get(`workflows/${id}/${name}.json`) ?? null
    const files = { current: part('current'), future: part('future'), trace: part('trace'), scenario: part('scenario') }
    judgeAhead(readWorkflow(id, files).value, signal)
  }
}

async function checkAndReview(prepared: boolean): Promise<void> {
  const job = begin('Preparing the half-finished review')
  try {
    await runAllChecks({ prepared })
    if (!job.stillHere()) return
    await beginSampleBoard()
    if (!job.stillHere() || openProject().ledger.some((entry) => entry.action === 'plan-locked')) return
    job.show({ done: 0, total: 1, unit: 'records' })
    await beginSampleReview(job)
  } finally {
    job.end()
  }
}

function append(parts: Map<string, (Uint8Array<ArrayBuffer> | Blob)[]>, chunk: SampleChunk): void {
  const list = parts.get(chunk.path)
  const bytes = new Uint8Array(chunk.bytes)
  if (list) list.push(bytes)
  else parts.set(chunk.path, [bytes])
}
