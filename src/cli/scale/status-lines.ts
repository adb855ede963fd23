/** How far a spread run is, in lines for a person. */
import { counted } from '../../core/counted.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { RunStatus } from '../../scale/status.ts'
import { blocksOf } from '../../scale/stretches/blocks.ts'
import type { BlocksAsked } from '../../scale/stretches/opened.ts'
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
    ...shown.map(({ task, why }) => `  Not judged: ${task}${placeOf(plan, task)}: ${why}`),
    ...(more > 0 ? [`  ${counted(more, 'task', 'tasks')} behind them failed, too.`] : []),
    `Mend what the reasons name, then try these tasks again: carryover run --resume ${work}, with --engine. Rows stay until then; carryover run --cancel ${work} removes them, or the next command that looks here after 24 hours.`,
    '',
  ].join('\n')
}

const stageOf = (task: string): string => task.split('-')[0] ?? ''

/** Stages whose tasks are blocks; in some of them inputs that are read whole follow. */
const ofBlocks: readonly string[] = ['census', 'map', 'patients', 'strays']
/** Stages whose tasks are shares of the keys, pairs or patients. */
const ofShares: readonly string[] = ['reduce', 'learn', 'weigh']

/** What a task reads: bytes of an input, a whole input, or a share. */
function placeOf({ asked, stages }: RunPlan, task: string): string {
  const { blockBytes, inputs } = asked as Partial<BlocksAsked>
  const stage = stageOf(task)
  const index = Number(task.split('-')[1])
  if (ofShares.includes(stage)) return `, share ${index + 1} of ${stages.find(({ name }) => name === stage)?.tasks}`
  if (blockBytes === undefined || inputs === undefined) return ''
  const blocks = ofBlocks.includes(stage) ? blocksOf({ blockBytes, inputs }) : []
  const block = blocks[index]
  if (block !== undefined)
    return `, bytes ${block.from.toLocaleString('en')} to ${block.to.toLocaleString('en')} of ${inputs[block.input]?.name}`
  const whole = stage === 'whole' || blocks.length > 0 ? inputs[index - blocks.length] : undefined
  return whole === undefined ? '' : `, ${whole.name}`
}
