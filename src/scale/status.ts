/** How far a run is, read off its work folder alone. */
import type { Run } from './engine.ts'
import { isExpired } from './expiry.ts'
import { doneOf } from './run-task.ts'
import { type TaskDone, tasksOf } from './tasks.ts'

export interface StageStatus {
  readonly stage: string
  readonly tasks: number
  readonly done: number
  readonly setAside: number
}

export interface RunStatus {
  readonly stages: readonly StageStatus[]
  /** Starts that came to no end. */
  readonly failedAttempts: number
  /** Bytes of inputs that were read so far, and bytes that were written. */
  readonly bytesRead: number
  readonly bytesWritten: number
  readonly cpuSeconds: number
  readonly cancelled: boolean
  /** Nobody worked at it for a day, so that its rows were removed: it begins anew with `--resume`. */
  readonly expired: boolean
}

export async function statusOf({ folder, plan }: Run): Promise<RunStatus> {
  const ended: TaskDone[] = []
  const stages: StageStatus[] = []
  for (const { name, tasks } of plan.stages) {
    const done = (await Promise.all(tasksOf(plan, name).map((task) => doneOf(folder, task)))).filter((one) => one !== null)
    ended.push(...done)
    const setAside = done.filter(({ outcome }) => outcome === 'set-aside').length
    stages.push({ stage: name, tasks, done: done.length - setAside, setAside })
  }
  const sum = (of: (done: TaskDone) => number): number => ended.reduce((total, done) => total + of(done), 0)
  return {
    stages,
    failedAttempts: sum(({ attempt }) => attempt - 1),
    bytesRead: sum(({ bytesRead }) => bytesRead),
    bytesWritten: sum(({ bytesWritten }) => bytesWritten),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    cancelled: (await folder.read('cancelled')) !== null,
    expired: await isExpired(folder),
  }
}

/** Tasks that failed too often, with the reason. */
export async function setAsideOf({ folder, plan }: Run): Promise<TaskDone[]> {
  const ended = await Promise.all(plan.stages.flatMap(({ name }) => tasksOf(plan, name).map((task) => doneOf(folder, task))))
  return ended.filter((done) => done?.outcome === 'set-aside').filter((done) => done !== null)
}
