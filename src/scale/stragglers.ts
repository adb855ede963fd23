/** Tasks that take so much longer than the others of their stage that a second copy is worth its while. */
import type { StageSeen } from './follow-folder.ts'
import type { ActiveTask } from './run-queue.ts'
import { nameOf } from './tasks.ts'

/** Of a stage, before anybody looks for stragglers. */
const mostlyDone = 0.95
/** Times the median of the stage. */
const tooLong = 2
/** Below it a copy costs more than it saves. Milliseconds. */
const worthwhile = 2_000

/** Names of tasks that still run; the first copy that ends counts. */
export function stragglersOf({ stage, tasks, ended }: StageSeen, active: readonly ActiveTask[]): ActiveTask[] {
  if (ended.length === 0 || ended.length < tasks * mostlyDone) return []
  const over = new Set(ended.map(({ task }) => task))
  const times = ended.map(({ seconds }) => seconds * 1000).sort((a, b) => a - b)
  const limit = Math.max(worthwhile, tooLong * (times[times.length >> 1] ?? 0))
  return active.filter(({ task, forMilliseconds }) => task.stage === stage && !over.has(nameOf(task)) && forMilliseconds > limit)
}
