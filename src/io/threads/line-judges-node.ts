/** Threads of Node that judge lines beside the one that reads. */
import { Worker } from 'node:worker_threads'
import type { OpenHelpers } from '../../core/data/fhir/spread-lines.ts'
import { helpersFor, unreadable, WiredHelper } from './line-judges.ts'
import { usualJobs } from './usual-jobs.ts'

/**
 * Helpers for a run over so many bytes of resources; none where they do not pay.
 * @param script path of a module that calls `answerBlocks` with its parent
 */
export function nodeHelpers(script: string, bytes: number, cores: number = usualJobs()): OpenHelpers | null {
  const count = helpersFor(bytes, cores)
  return count === 0 ? null : (context) => Array.from({ length: count }, () => helper(script, context))
}

function helper(script: string, context: Parameters<OpenHelpers>[0]): WiredHelper {
  const worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } })
  return new WiredHelper(
    {
      send: (message, transfer) => worker.postMessage(message, transfer),
      hear(told, lost) {
        worker.on('message', told)
        worker.on('messageerror', () => lost(unreadable()))
        worker.on('error', lost)
        worker.on('exit', (code) => lost(new Error(`A thread that judges records ended with code ${code}`)))
      },
      close: () => {
        worker.terminate().catch(() => undefined)
      },
    },
    context,
    () => new Promise((resolve) => setImmediate(resolve)),
  )
}

/** What one block leaves behind is gone before the next; more only makes the process larger. */
const youngMegabytes = 16
