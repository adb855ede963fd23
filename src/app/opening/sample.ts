/** Opens the sample clinic: written by its seeded generator in a worker, then treated like any other project. */

import type { SampleChunk } from '../../../samples/riverside/generate.ts'
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
import { openProject, type Running, setWorkspace } from '../session/state.ts'
import { beginSampleBoard } from './sample-board.ts'
import { beginSampleReview } from './sample-review.ts'
import { takeProject } from './take-project.ts'

/** A clinic small enough that its three facts are there within seconds; `npm run sample` writes larger ones. */
const patients = 800

/** One click: generate, open, check, show the board. `stay` keeps the address, for a page that was reloaded. */
export async function openSample(stay = false): Promise<void> {
  const label = 'Writing the sample clinic'
  const job = begin(label)
  const progress = (done: number, total: number): Running => ({
    label,
    done,
    total,
    unit: 'bytes',
    bytes: null,
    started: performance.now(),
    cancel: job.cancel,
  })
  setWorkspace({ running: progress(0, 1), problem: null })
  try {
    const parts = new Map<string, Uint8Array<ArrayBuffer>[]>()
    for await (const update of jobs.sample({ patients, boardDay: wallNow().slice(0, 10) }, job.signal)) {
      if (update.kind === 'partial') {
        // The workflows come first and alone: they are simulated while the rest is still being written.
        if (parts.size === 0) judgeEarly(update.value, job.signal)
        for (const chunk of update.value) append(parts, chunk)
      }
      if (update.kind === 'progress') setWorkspace({ running: progress(update.done, update.total) })
    }
    const files = new Map([...parts].map(([path, chunks]) => [path, new Blob(chunks)]))
    // Work done on the sample earlier in this browser is gone on with; only its source files are written anew.
    const kept = await (await browserStore()).open(sampleId)
    for (const [path, bytes] of kept ?? []) files.set(path, new Blob([bytes]))
    // Opening a project waits for all work under way; writing the files has ended here.
    job.end()
    const opened = await takeProject(files, stay ? null : '/readiness')
    setWorkspace({ running: null })
    if (!opened) return
    await checkAndReview()
  } catch (error) {
    job.end()
    setWorkspace({
      running: null,
      problem: error instanceof Cancelled ? null : `The sample could not be opened: ${errorWords(error)}`,
    })
  }
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

async function checkAndReview(): Promise<void> {
  const job = begin('Preparing the half-finished review')
  try {
    await runAllChecks()
    if (!job.stillHere()) return
    await beginSampleBoard()
    if (!job.stillHere() || openProject().ledger.some((entry) => entry.action === 'plan-locked')) return
    job.show({ done: 0, total: 1, unit: 'records' })
    await beginSampleReview(job)
  } finally {
    job.end()
  }
}

function append(parts: Map<string, Uint8Array<ArrayBuffer>[]>, chunk: SampleChunk): void {
  const list = parts.get(chunk.path)
  const bytes = new Uint8Array(chunk.bytes)
  if (list) list.push(bytes)
  else parts.set(chunk.path, [bytes])
}
