/** How far a spread run is, in lines for a person. */
import type { RunPlan } from '../../scale/plan.ts'
import type { RunStatus } from '../../scale/status.ts'
import type { TaskDone } from '../../scale/tasks.ts'

const expiredWords = 'its rows expired after 24 hours without work and were removed; --resume makes them anew'

export function statusLines({ verb, bytes }: RunPlan, status: RunStatus): string {
  const { stages, failedAttempts, bytesRead, bytesWritten, cancelled, expired } = status
  const isOver = stages.every(({ tasks, done, setAside }) => done + setAside === tasks)
  const megabytes = (count: number): string => (count / 2 ** 20).toFixed(1)
  const state = cancelled ? 'cancelled' : expired ? expiredWords : isOver ? 'every task ended' : 'not finished'
  return [
    `${verb} over ${megabytes(bytes)} MB: ${state}`,
    ...stages.map(
      ({ stage, tasks, done, setAside }) =>
        `${stage.padEnd(8)} ${done} of ${tasks}${setAside > 0 ? `, ${setAside} set aside` : ''}`,
    ),
    `read ${megabytes(bytesRead)} MB, written ${megabytes(bytesWritten)} MB, ${failedAttempts} failed attempts`,
    '',
  ].join('\n')
}

/** Without these nobody knows what the inputs are, or where their records begin. */
const groundwork = /^(open|cuts)-/

/** False where a task is missing on which all others rest. */
export function canReport(aside: readonly TaskDone[]): boolean {
  return !aside.some(({ task }) => groundwork.test(task))
}

/** What was not judged, each task with the bytes of its block and the reason. */
export function setAsideLines(plan: RunPlan, aside: readonly TaskDone[], isReported: boolean): string {
  const total = plan.stages.reduce((sum, { tasks }) => sum + tasks, 0)
  return [
    `Not whole: ${aside.length} of ${total} tasks failed too often and were set aside. ${isReported ? 'The report lists what was not judged.' : 'There is no report.'}`,
    ...aside.map(({ task, why }) => `  Not judged: ${task}${bytesOf(plan, task)}: ${why}`),
    '',
  ].join('\n')
}

/** Where tasks of a stage are blocks of an input that is not packed: its bytes. */
function bytesOf({ asked, bytes, stages }: RunPlan, task: string): string {
  const { blockBytes, inputs } = asked as {
    readonly blockBytes?: number
    readonly inputs?: readonly { name: string; bytes: number }[]
  }
  const [stage, number] = task.split('-')
  const blocks =
    blockBytes === undefined
      ? 0
      : (inputs ?? [{ name: '', bytes }]).reduce((sum, one) => sum + Math.ceil(one.bytes / blockBytes), 0)
  if (blockBytes === undefined || stages.find(({ name }) => name === stage)?.tasks !== blocks) return ''
  let block = Number(number)
  for (const one of inputs ?? [{ name: '', bytes }]) {
    const own = Math.ceil(one.bytes / blockBytes)
    if (block < own) {
      const to = Math.min(one.bytes, (block + 1) * blockBytes)
      return `, bytes ${(block * blockBytes).toLocaleString('en')} to ${to.toLocaleString('en')}${one.name === '' ? '' : ` of ${one.name}`}`
    }
    block -= own
  }
  return ''
}
