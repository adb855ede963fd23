/** A worker without a queue: does its share of every stage, then what others left; for Slurm arrays and indexed jobs. */
import { Cancelled } from '../core/operation.ts'
import { missingOf, type Run } from './engine.ts'
import { pause } from './pause.ts'
import { isOver } from './queue-worker.ts'
import { refuse } from './refused.ts'
import { NotAsPlanned } from './spread-verb.ts'
import { mostProcesses, type TaskWorker } from './task-process.ts'
import { nameOf, type Task } from './tasks.ts'

export interface Share {
  /** From 0. */
  readonly index: number
  readonly of: number
  /** Of one stage alone, where the stages follow each other by other means; null for all of them. */
  readonly stage: string | null
}

const lookEvery = 1_000
/** With nothing new in the folder for so long, tasks that others began are done again. Milliseconds. */
const patience = 120_000

/** Ends when every task of its stages has an entry, or with the signal. Throws `NotAsPlanned` and `Cancelled` as `Engine.follow`. */
export async function workOnShare(run: Run, share: Share, worker: TaskWorker, signal: AbortSignal): Promise<void> {
  const watching = new AbortController()
  const stopped = watch(run, worker, AbortSignal.any([watching.signal, signal]))
  try {
    for (const { name } of run.plan.stages)
      if (share.stage === null) await wholeStage(run, name, share, worker, signal)
      else if (share.stage === name) await own(run, name, share, worker, signal)
  } catch (error) {
    if (error instanceof NotAsPlanned) await refuse(run.folder, error.message)
    throw error
  } finally {
    watching.abort()
    await stopped
    await worker.end()
  }
}

/** Ends the process of a run that was called off while its task goes on. */
async function watch(run: Run, worker: TaskWorker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await isOver(run)) {
      await worker.end()
      return
    }
    await pause(lookEvery, signal)
  }
}

/** Neighbouring tasks: they read neighbouring blocks. */
async function own(run: Run, stage: string, { index, of }: Share, worker: TaskWorker, signal: AbortSignal): Promise<void> {
  const { tasks = 0 } = run.plan.stages.find(({ name }) => name === stage) ?? {}
  const from = Math.floor((tasks * index) / of)
  const to = Math.floor((tasks * (index + 1)) / of)
  for (const task of await missingOf(run, stage))
    if (task.index >= from && task.index < to) await untilDone(run, worker, task, signal)
}

/** The own share, then what nobody began, then, if nothing happens any more, what others began. */
async function wholeStage(run: Run, stage: string, share: Share, worker: TaskWorker, signal: AbortSignal): Promise<void> {
  await own(run, stage, share, worker, signal)
  let waited = 0
  let before = -1
  for (;;) {
    const missing = await missingOf(run, stage)
    if (missing.length === 0) return
    waited = missing.length === before ? waited + lookEvery : 0
    before = missing.length
    const begun = await run.folder.list(`attempts/${stage}-`)
    const isBegun = (task: Task): boolean => begun.some((file) => file.startsWith(`attempts/${nameOf(task)}-`))
    const next = missing.find((task) => !isBegun(task)) ?? (waited > patience ? missing[0] : undefined)
    if (next === undefined) await pause(lookEvery, signal)
    else await untilDone(run, worker, next, signal)
    if (signal.aborted) throw new Cancelled()
  }
}

/** `runTask` counts the attempts, and sets the task aside after the last. */
async function untilDone({ folder }: Run, worker: TaskWorker, task: Task, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await worker.run(task)
      return
    } catch (error) {
      if (signal.aborted || (await folder.read('cancelled')) !== null) throw new Cancelled()
      if (error instanceof Cancelled || error instanceof NotAsPlanned || attempt >= mostProcesses) throw error
    }
}
