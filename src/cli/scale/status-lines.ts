/** How far a spread run is, in lines for a person. */
import { counted } from '../../core/counted.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { RunStatus } from '../../scale/status.ts'
import { placeOf } from '../../scale/stretches/task-place.ts'
import { stageOf, type TaskDone } from '../../scale/tasks.ts'

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

/** False where a task is missing on which all others rest. @param groundwork their stages */
export function canReport(aside: readonly TaskDone[], groundwork: readonly string[]): boolean {
  return !aside.some(({ task }) => groundwork.includes(stageOf(task)))
}

/**
 * What was not done, each task with what it would have read and the reason, and what helps. Without a report only the tasks of the first
 * stage are listed: all others failed for want of them. @param groundwork stages without which there is no report
 */
export function setAsideLines(plan: RunPlan, aside: readonly TaskDone[], groundwork: readonly string[], work: string): string {
  const total = plan.stages.reduce((sum, { tasks }) => sum + tasks, 0)
  const first = plan.stages.map(({ name }) => name).find((stage) => aside.some(({ task }) => stageOf(task) === stage))
  const isReported = canReport(aside, groundwork)
  const shown = isReported ? aside : aside.filter(({ task }) => stageOf(task) === first)
  const more = aside.length - shown.length
  return [
    `Not whole: ${aside.length} of ${total} tasks failed too often and were set aside. ${isReported ? 'The report lists what was not judged; CSV has no place for it.' : 'There is no report: the other tasks rest on these.'}`,
    ...shown.map(({ task, why }) => `  Not judged: ${placed(task, placeOf(plan, task))}: ${why}`),
    ...(more > 0 ? [`  ${counted(more, 'task', 'tasks')} behind them failed, too.`] : []),
    `Mend what the reasons name, then try these tasks again: carryover run --resume ${work}, with --engine. Rows stay until then; carryover run --cancel ${work} removes them, or the next command that looks here after 24 hours.`,
    '',
  ].join('\n')
}

function placed(task: string, place: string): string {
  return place === '' ? task : `${task}, ${place}`
}
