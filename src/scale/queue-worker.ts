/** A worker of one run: takes tasks from its queue until the run is over, and does each in a process beside this one. */
import { Cancelled } from '../core/operation.ts'
import type { Run } from './engine.ts'
import { nextTasks } from './next-tasks.ts'
import { pause } from './pause.ts'
import { queueNameOf } from './queue-name.ts'
import { refusalOf, refuse } from './refused.ts'
import { openQueue, serveQueue } from './run-queue.ts'
import { NotAsPlanned } from './spread-verb.ts'
import type { TaskWorker } from './task-process.ts'
import type { Task } from './tasks.ts'

/** How often the folder is asked whether the run goes on: a cancelled run has no process after 5 seconds. Milliseconds. */
const lookEvery = 1_000

export interface QueueWorkerOptions {
  readonly address: string
  readonly worker: TaskWorker
  /** For the person who runs the worker; no word of a file. */
  readonly say: (line: string) => void
}

/** Ends with the run, or with the signal. */
export async function workOn(run: Run, { address, worker, say }: QueueWorkerOptions, signal: AbortSignal): Promise<void> {
  const name = await queueNameOf(run.folder)
  const task = async (one: Task): Promise<void> => {
    try {
      await worker.run(one)
    } catch (error) {
      if (error instanceof Cancelled) return
      if (!(error instanceof NotAsPlanned)) throw error
      await refuse(run.folder, error.message)
    }
  }
  const gate = async (): Promise<void> => {
    const queue = await openQueue(address, name, false)
    try {
      await queue.add(await nextTasks(run))
    } finally {
      await queue.close()
    }
  }
  const trouble = (error: Error): void => say(`The queue can not be reached: ${error.message}`)
  const server = await serveQueue(address, name, { task, gate, trouble }, signal)
  try {
    while (!signal.aborted && !(await isOver(run))) await pause(lookEvery, signal)
  } finally {
    await worker.end()
    await server?.close()
  }
}

/** Whether nothing is left to do: every task ended, or the run was called off or can not go on. */
export async function isOver(run: Run): Promise<boolean> {
  const { folder, plan } = run
  if ((await folder.read('cancelled')) !== null || (await refusalOf(folder)) !== null) return true
  const last = plan.stages.at(-1)
  return last === undefined || (await folder.list(`done/${last.name}-`)).length >= last.tasks
}
