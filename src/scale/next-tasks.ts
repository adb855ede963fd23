/** What is to be done next of a run: the tasks of the first stage that is not over. */
import { missingOf, type Run } from './engine.ts'
import type { Task } from './tasks.ts'

/** Empty once every task of every stage ended. */
export async function nextTasks(run: Run): Promise<Task[]> {
  for (const { name } of run.plan.stages) {
    const missing = await missingOf(run, name)
    if (missing.length > 0) return missing
  }
  return []
}
