/** A run as its work folder shows it, whoever does its tasks: each task that ended, once, and how a run ends otherwise. */
import { Cancelled } from '../core/operation.ts'
import type { Run } from './engine.ts'
import { pause } from './pause.ts'
import { refusalOf } from './refused.ts'
import { NotAsPlanned } from './spread-verb.ts'
import { nameOf, type TaskDone, tasksOf } from './tasks.ts'
import { readJson } from './work-folder.ts'

export interface StageSeen {
  readonly stage: string
  readonly tasks: number
  /** Of the stage, done or set aside. */
  readonly ended: readonly TaskDone[]
}

const lookEvery = 500

/**
 * Ends once every task ended. Throws as `Engine.follow`.
 *
 * @param between is called after each look at the folder, with the stage that is not over yet
 */
export async function* followFolder(
  { folder, plan }: Run,
  signal: AbortSignal,
  between: (stage: StageSeen) => Promise<void>,
): AsyncGenerator<TaskDone> {
  for (const { name, tasks } of plan.stages) {
    const waiting = new Map(tasksOf(plan, name).map((task) => [`done/${nameOf(task)}.json`, task]))
    const ended: TaskDone[] = []
    for (;;) {
      if (signal.aborted || (await folder.read('cancelled')) !== null) throw new Cancelled()
      for (const file of await folder.list(`done/${name}-`)) {
        const task = waiting.get(file)
        const done = task && ((await readJson(folder, file)) as TaskDone | null)
        if (done?.plan !== task?.plan || !done) continue
        waiting.delete(file)
        ended.push(done)
        yield done
      }
      if (waiting.size === 0) break
      const why = await refusalOf(folder)
      if (why !== null) throw new NotAsPlanned(why)
      await between({ stage: name, tasks, ended })
      await pause(lookEvery, signal)
    }
  }
}
