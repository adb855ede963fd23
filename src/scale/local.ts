/** The engine `local:N`: processes of this machine, stage after stage. */
import { Cancelled } from '../core/operation.ts'
import { type Engine, type EngineNews, missingOf, type Run } from './engine.ts'
import { pause } from './pause.ts'
import { NotAsPlanned } from './spread-verb.ts'
import { mostProcesses, type TaskWorker } from './task-process.ts'
import type { Task, TaskDone } from './tasks.ts'

/** How often the folder is asked whether the run was called off. Milliseconds. */
const lookEvery = 1_000

export class LocalEngine implements Engine {
  readonly name: string
  private readonly workers: readonly TaskWorker[]

  /** @param workers each does one task at a time */
  constructor(workers: readonly TaskWorker[]) {
    this.name = `local:${workers.length}`
    this.workers = workers
  }

  async submit(): Promise<void> {
    // Its processes live as long as somebody follows them: the folder says what is missing.
  }

  async *follow(run: Run, given: AbortSignal): AsyncGenerator<EngineNews> {
    const over = new AbortController()
    const signal = AbortSignal.any([given, over.signal])
    const abort = (): void => void this.end()
    signal.addEventListener('abort', abort)
    const watching = untilCalledOff(run, signal).then((is) => (is ? over.abort() : undefined))
    try {
      for (const { name } of run.plan.stages) yield* this.stage(await missingOf(run, name), signal)
    } finally {
      // Before the processes end: what they were at is not tried again.
      over.abort()
      await watching
      signal.removeEventListener('abort', abort)
      await this.end()
    }
  }

  async cancel(): Promise<void> {
    await this.end()
  }

  private async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.end()))
  }

  private async *stage(tasks: readonly Task[], signal: AbortSignal): AsyncGenerator<EngineNews> {
    const waiting = [...tasks]
    const busy = new Map<TaskWorker, Promise<{ readonly worker: TaskWorker; readonly done: TaskDone }>>()
    const free = [...this.workers]
    for (;;) {
      for (let task = waiting.shift(); task !== undefined; task = free.length > 0 ? waiting.shift() : undefined) {
        const worker = free.pop()
        if (worker === undefined) {
          waiting.unshift(task)
          break
        }
        busy.set(
          worker,
          untilDone(worker, task, signal).then((done) => ({ worker, done })),
        )
      }
      if (busy.size === 0) return
      const { worker, done } = await Promise.race(busy.values())
      busy.delete(worker)
      free.push(worker)
      yield { done, workers: this.workers.length }
    }
  }
}

/** True once somebody calls the run off; false with the signal. */
async function untilCalledOff({ folder }: Run, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if ((await folder.read('cancelled')) !== null) return true
    await pause(lookEvery, signal)
  }
  return false
}

/** A failed attempt is followed by another one: `runTask` counts them, and sets the task aside. */
async function untilDone(worker: TaskWorker, task: Task, signal: AbortSignal): Promise<TaskDone> {
  for (let attempt = 1; ; attempt++)
    try {
      return await worker.run(task)
    } catch (error) {
      if (signal.aborted) throw new Cancelled()
      if (error instanceof Cancelled || error instanceof NotAsPlanned || attempt >= mostProcesses) throw error
    }
}
