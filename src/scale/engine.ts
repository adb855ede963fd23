/** What every engine offers: it brings processes, queues and retries; what is to be done and what is done stands in the work folder. */
import type { RunPlan } from './plan.ts'
import { doneOf } from './run-task.ts'
import { type Task, type TaskDone, tasksOf } from './tasks.ts'
import type { WorkFolder } from './work-folder.ts'

/** A run as an engine is given it. */
export interface Run {
  readonly folder: WorkFolder
  readonly plan: RunPlan
}

/** Told after each task that ended, and whenever the engine has news of its workers. */
export interface EngineNews {
  readonly done: TaskDone | null
  readonly workers: number
}

export interface Engine {
  /** As it is named on the command line, such as `local:2`; without passwords. */
  readonly name: string
  /**
   * Takes over every task that is not done yet, in the order of the stages; a run that it has already is not taken twice. May return
   * before anything is done.
   */
  submit(run: Run, signal: AbortSignal): Promise<void>
  /**
   * Ends once every task of every stage is done or set aside. Throws `NotAsPlanned` where the run can not go on, `Cancelled` where it was
   * called off or the signal came.
   */
  follow(run: Run, signal: AbortSignal): AsyncIterable<EngineNews>
  /** Within 5 seconds none of its processes works on the run any more. Parts stay; `cancelRun` removes the rest. */
  cancel(run: Run): Promise<void>
}

/** The tasks of a stage that are neither done nor set aside. */
export async function missingOf({ folder, plan }: Run, stage: string): Promise<Task[]> {
  const ended = new Set(await folder.list(`done/${stage}-`))
  const missing: Task[] = []
  // An entry of another plan counts for nothing, so each is looked at.
  for (const task of tasksOf(plan, stage)) if (ended.size === 0 || (await doneOf(folder, task)) === null) missing.push(task)
  return missing
}
