/** What a verb gives so that its work can be done in tasks. */

import type { RunPlan } from './plan.ts'
import type { RunKey } from './run-key.ts'
import type { Task } from './tasks.ts'
import type { WorkFolder } from './work-folder.ts'

/** What a task works with, beside the inputs. */
export interface TaskWork {
  readonly folder: WorkFolder
  /** Encrypts what goes into `shuffle/`. */
  readonly key: RunKey
  /** To be told of every byte of an input that is read. */
  read(bytes: number): void
  /** As `folder.write`, counted. */
  write(name: string, bytes: Uint8Array): Promise<boolean>
}

/** The work of one plan, opened once in a process that does many tasks of it. */
export interface SpreadJob {
  /**
   * Does one task: whatever it writes is the same bytes whoever does it. Throws `NotAsPlanned` where an input is not the one of the plan,
   * another error where the task failed and may be tried again.
   */
  run(task: Task, work: TaskWork, signal: AbortSignal): Promise<void>
}

/** Opens the work of a plan; by verb. Throws `NotAsPlanned` where an input is not there. */
export type OpenJob = (plan: RunPlan) => Promise<SpreadJob>

/** No repetition helps: an input, a setting or the program is another than that of the plan. The message names it. */
export class NotAsPlanned extends Error {
  readonly code = 'not-as-planned'
}
