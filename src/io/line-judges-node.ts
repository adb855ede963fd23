/** Threads of Node that judge lines beside the one that reads. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { OpenHelpers } from '../core/data/fhir/spread-lines.ts'
import { helpersFor, WiredHelper } from './line-judges.ts'

/**
 * Helpers for a run over so many bytes of resources; none where they do not pay.
 * @param script path of a module that calls `answerBlocks` with its parent
 */
export function nodeHelpers(script: string, bytes: number, cores: number = availableParallelism()): OpenHelpers | null {
  const count = helpersFor(bytes, cores)
  return count === 0 ? null : (context) => Array.from({ length: count }, () => helper(script, context))
}

function helper(script: string, context: Parameters<OpenHelpers>[0]): WiredHelper {
  const worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } })
  const wired = new WiredHelper(
    {
      send: (message, transfer) => worker.postMessage(message, transfer),
      hear: (told) => {
        worker.on('message', told)
      },
      close: () => {
        worker.terminate().catch(() => undefined)
      },
    },
    context,
    () => new Promise((resolve) => setImmediate(resolve)),
  )
  worker.on('error', (error) => wired.fail(error))
  return wired
}

/** What one block leaves behind is gone before the next; more only makes the process larger. */
const youngMegabytes = 16
