/** The generator as a long-running operation: chunks as they are written, so that a worker can hand them over. */
import { fileHash } from '../../src/core/file-hash.ts'
import { stopIfAborted, type Update } from '../../src/core/operation.ts'
import {
  generateData,
  generateProject,
  type RiversideOptions,
  riversideDefaults,
  type SampleChunk,
  workflowChunks,
} from './generate.ts'
import type { FinishedFile } from './project.ts'

/** Bytes handed over at once: small enough to show progress, large enough that crossing to the page costs nothing. */
const batchBytes = 1 << 20

/** Roughly what one patient takes in all files together; only the progress bar depends on it. */
const bytesPerPatient = 7_800

/** `data` are data files that are at hand already: only the files around them are written. */
export type SampleOptions = RiversideOptions & { readonly data?: readonly FinishedFile[] }

export async function* writeRiverside(
  { data: finished, ...options }: SampleOptions,
  signal: AbortSignal,
): AsyncGenerator<Update<readonly SampleChunk[], { readonly files: number }>> {
  const total = (options.patients ?? riversideDefaults.patients) * bytesPerPatient
  const paths = new Set<string>()
  let done = 0
  let size = 0
  let batch: SampleChunk[] = []
  const take = (chunk: SampleChunk): void => {
    paths.add(chunk.path)
    batch.push(chunk)
    size += chunk.bytes.length
  }
  for (const chunk of workflowChunks()) take(chunk)
  yield { kind: 'partial', value: batch }
  batch = []
  if (finished !== undefined) {
    for (const chunk of generateProject(options, finished)) take(chunk)
    yield { kind: 'partial', value: batch }
    yield { kind: 'result', value: { files: paths.size } }
    return
  }
  const data = generateData(options, () => fileHash(0))
  let step = data.next()
  for (; !step.done; step = data.next()) {
    take(step.value)
    if (size < batchBytes) continue
    done += size
    yield { kind: 'partial', value: batch }
    yield { kind: 'progress', done: Math.min(done, total), total, unit: 'bytes', label: 'Writing the sample clinic' }
    batch = []
    size = 0
    stopIfAborted(signal)
  }
  const files = await Promise.all(step.value.map(async (file) => ({ ...file, sha256: await file.hash.digest() })))
  for (const chunk of generateProject(options, files)) take(chunk)
  yield { kind: 'partial', value: batch }
  yield { kind: 'result', value: { files: paths.size } }
}
