/** Threads of Node that index a file of the disk ahead of the one that reads it. */
import { Worker } from 'node:worker_threads'
import { AheadBlocks, type OpenAhead } from '../../core/data/read/records/ahead-blocks.ts'
import { pathOf } from '../files/files-node.ts'
import { mostUsualJobs, usualJobs } from './usual-jobs.ts'

/** Of smaller files the thread would be ready when the reader is through. */
const leastBytes = 32 << 20
/** Questions are looked up by column: wider tables are read by one thread. */
const mostColumns = 256

/**
 * Opens helpers for files of the disk; sources of other kinds have none.
 * @param script path of a module that calls `indexAhead` with its worker data
 * @param jobs threads in all, the reader among them
 */
export function nodeAhead(script: string, jobs: number = usualJobs()): OpenAhead {
  return (source, form) => {
    const path = pathOf(source)
    if (jobs < 2 || path === null || form.size < leastBytes || form.width > mostColumns) return null
    const blocks = new AheadBlocks(form, Math.min(mostUsualJobs, jobs) - 1)
    // What no thread indexes, the reader indexes itself: a thread that fails or never starts costs time and nothing else.
    const workers = blocks.memories.flatMap((ring) => startOrNull(script, { path, form, ring, common: blocks.common }) ?? [])
    for (const worker of workers) worker.on('error', () => undefined).unref()
    return {
      blocks,
      async close() {
        blocks.stop()
        await Promise.all(workers.map((worker) => worker.terminate()))
      },
    }
  }
}

/** Null where the machine gives this process no more threads. */
function startOrNull(script: string, workerData: object): Worker | null {
  try {
    return new Worker(script, { workerData, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 4 } })
  } catch {
    return null
  }
}
