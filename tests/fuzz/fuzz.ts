/** Builds the readers with counters once, and fuzzes one of them: a reader that never ends or takes too much memory is stopped from outside. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'vite'
import { counters } from './counters.ts'
import type { FuzzDefect, FuzzFound, FuzzWork } from './fuzz-worker.ts'
import { longest } from './mutate.ts'

/** One input of a few kilobytes takes milliseconds; a busy machine may let a thread wait for seconds. */
const mostSeconds = 20
/** Heap of the thread, corpus and tables of the reader included; beyond it V8 ends the thread. */
const mostHeap = 256
/** Bytes of the whole process beyond those at the start: memory outside the heap. */
const mostBytes = 512 << 20

/** The built worker. */
export async function builtReaders(): Promise<string> {
  const outDir = join(process.cwd(), '.cache', 'fuzz', 'built')
  mkdirSync(outDir, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    define: { __VERSION__: '"0"' },
    plugins: [counters()],
    ssr: { noExternal: true },
    build: {
      ssr: join(process.cwd(), 'tests', 'fuzz', 'fuzz-worker.ts'),
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'fuzz-worker.mjs', codeSplitting: false } },
    },
  })
  return join(outDir, 'fuzz-worker.mjs')
}

export async function fuzz(worker: string, work: Omit<FuzzWork, 'hand'>): Promise<FuzzFound> {
  const hand = new SharedArrayBuffer(8 + (longest << 3))
  const turn = new Int32Array(hand, 0, 2)
  const thread = new Worker(worker, {
    workerData: { ...work, hand } satisfies FuzzWork,
    resourceLimits: { maxOldGenerationSizeMb: mostHeap },
  })
  const start = process.memoryUsage().rss
  const stopped = (what: string): FuzzFound => {
    const input = new Uint8Array(hand, 8, turn[1]).slice()
    const defect: FuzzDefect = { what, input: Uint8Array.from(input) }
    return { executions: turn[0] ?? 0, reached: 0, blocks: 0, corpus: [], defects: [defect] }
  }
  return await new Promise<FuzzFound>((resolve, reject) => {
    let last = -1
    let since = performance.now()
    const watch = setInterval(() => {
      const now = Atomics.load(turn, 0)
      if (now !== last) [last, since] = [now, performance.now()]
      else if (now > 0 && performance.now() - since > mostSeconds * 1000)
        end(stopped(`It does not end within ${mostSeconds} seconds.`))
      if (process.memoryUsage().rss - start > mostBytes + (mostHeap << 20))
        end(stopped(`It takes more than ${mostBytes >> 20} MiB outside the heap.`))
    }, 100)
    const end = (found: FuzzFound): void => {
      clearInterval(watch)
      void thread.terminate().then(() => resolve(found))
    }
    thread.once('message', end)
    thread.once('error', (error) => {
      if (Reflect.get(error, 'code') === 'ERR_WORKER_OUT_OF_MEMORY') end(stopped(`It takes more than ${mostHeap} MiB of heap.`))
      else {
        clearInterval(watch)
        reject(error)
      }
    })
  })
}
