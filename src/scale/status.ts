/** How far a run is, read off its work folder alone. */
import type { Run } from './engine.ts'
import { isExpired } from './expiry.ts'
import { roundOf } from './round.ts'
import { doneOf } from './run-task.ts'
import { nameOf, type Task, type TaskDone, tasksOf } from './tasks.ts'

export interface StageStatus {
  readonly stage: string
  readonly tasks: number
  readonly done: number
  readonly setAside: number
}

export interface RunStatus {
  readonly stages: readonly StageStatus[]
  /** Tasks that were begun and have not ended, as many as there are workers at them. */
  readonly atWork: number
  /** Starts that came to no end. */
  readonly failedAttempts: number
  /** Bytes of inputs that were read so far, and bytes that were written. */
  readonly bytesRead: number
  readonly bytesWritten: number
  readonly cpuSeconds: number
  /** Null while too little was measured to say. */
  readonly secondsLeft: number | null
  /** Tasks that failed too often, with the reason. */
  readonly aside: readonly TaskDone[]
  readonly cancelled: boolean
  /** Nobody worked at it for a day, so that its rows were removed: it begins anew with `--resume`. */
  readonly expired: boolean
}

/** Asked again and again, it reads only the entries that came since. */
export class StatusReader {
  private readonly run: Run
  private readonly ended = new Map<string, TaskDone>()
  private round = 0

  constructor(run: Run) {
    this.run = run
  }

  async read(): Promise<RunStatus> {
    const { folder, plan } = this.run
    const round = await roundOf(folder)
    // Tasks that are done again have the names that they had before.
    if (round !== this.round) this.ended.clear()
    this.round = round
    const stages: StageStatus[] = []
    for (const { name, tasks } of plan.stages) {
      const done = await this.endedOf(tasksOf(plan, name))
      const setAside = done.filter(({ outcome }) => outcome === 'set-aside').length
      stages.push({ stage: name, tasks, done: done.length - setAside, setAside })
    }
    const ended = [...this.ended.values()]
    const sum = (of: (done: TaskDone) => number): number => ended.reduce((total, done) => total + of(done), 0)
    const atWork = await this.begun()
    return {
      stages,
      atWork,
      failedAttempts: sum(({ attempt }) => attempt - 1),
      bytesRead: sum(({ bytesRead }) => bytesRead),
      bytesWritten: sum(({ bytesWritten }) => bytesWritten),
      cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
      secondsLeft: secondsLeft(stages, ended, atWork),
      aside: ended.filter(({ outcome }) => outcome === 'set-aside'),
      cancelled: (await folder.read('cancelled')) !== null,
      expired: await isExpired(folder),
    }
  }

  private async endedOf(tasks: readonly Task[]): Promise<readonly TaskDone[]> {
    const { folder } = this.run
    const [first] = tasks
    const there = new Set(first === undefined ? [] : await folder.list(`done/${first.stage}-`))
    const found: TaskDone[] = []
    for (const task of tasks) {
      const name = nameOf(task)
      const done = there.has(`done/${name}.json`) ? (this.ended.get(name) ?? (await doneOf(folder, task))) : null
      if (done === null) this.ended.delete(name)
      else this.ended.set(name, done)
      if (done !== null) found.push(done)
    }
    return found
  }

  private async begun(): Promise<number> {
    const attempts = (await this.run.folder.list('attempts/')).map((file) => file.slice('attempts/'.length, -'.json'.length))
    const failed = new Set(attempts.filter((name) => name.endsWith('-failed')).map((name) => name.slice(0, -'-failed'.length)))
    const open = attempts.filter((name) => !name.endsWith('-failed') && !failed.has(name))
    // Of a task that was killed and begun again two attempts are open.
    const tasks = new Set(open.map((name) => name.replace(/-\d+$/, '')))
    return [...tasks].filter((task) => !this.ended.has(task)).length
  }
}

/** A task takes what those of its stage took so far; of a stage that has not begun, what all took. */
function secondsLeft(stages: readonly StageStatus[], ended: readonly TaskDone[], atWork: number): number | null {
  const missing = stages.map(({ tasks, done, setAside }) => tasks - done - setAside)
  const left = missing.reduce((sum, count) => sum + count, 0)
  if (left === 0) return 0
  if (ended.length === 0 || ended.length / (ended.length + left) < leastShare) return null
  const mean = (tasks: readonly TaskDone[]): number => tasks.reduce((sum, { seconds }) => sum + seconds, 0) / tasks.length
  const work = stages.reduce((sum, { stage }, i) => {
    const own = ended.filter(({ task }) => task.startsWith(`${stage}-`))
    return sum + (missing[i] ?? 0) * mean(own.length > 0 ? own : ended)
  }, 0)
  return work / Math.max(1, atWork)
}

/** Of all tasks: before it, their times say nothing. */
const leastShare = 0.05

export async function statusOf(run: Run): Promise<RunStatus> {
  return await new StatusReader(run).read()
}

/** Tasks that failed too often, with the reason. */
export async function setAsideOf(run: Run): Promise<readonly TaskDone[]> {
  return (await statusOf(run)).aside
}
