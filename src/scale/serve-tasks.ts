/** The inside of a task process: opens the run once, then does what its parent sends. */
import { Cancelled } from '../core/operation.ts'
import { errorWords } from '../core/values/error-words.ts'
import { openRun } from './open-run.ts'
import { type OpenedRun, runTask } from './run-task.ts'
import { NotAsPlanned, type OpenJob } from './spread-verb.ts'
import type { TaskAnswer } from './task-process.ts'
import { taskOf } from './tasks.ts'
import type { WorkFolder } from './work-folder.ts'

/** Answers until the parent is gone. `jobs`: how each verb opens its work. */
export function serveTasks(folder: WorkFolder, jobs: ReadonlyMap<string, OpenJob>, tool: string): void {
  const { signal } = new AbortController()
  let opened: Promise<OpenedRun> | null = null
  const answer = async (message: unknown): Promise<TaskAnswer> => {
    try {
      const task = taskOf(message)
      if (task === null) throw new NotAsPlanned('What was sent is no task.')
      opened ??= openRun(folder, jobs, tool)
      const done = await runTask(await opened, task, signal)
      return { kind: 'done', done, residentBytes: process.memoryUsage.rss() }
    } catch (error) {
      const how = error instanceof Cancelled ? 'cancelled' : error instanceof NotAsPlanned ? 'not-as-planned' : 'again'
      if (how === 'again') opened = null
      return { kind: 'failed', how, why: errorWords(error) }
    }
  }
  process.on('message', (message) => {
    void answer(message).then((said) => process.send?.(said))
  })
  process.on('disconnect', () => process.exit())
}
