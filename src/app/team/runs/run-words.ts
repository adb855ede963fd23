/** Runs of a server in words. */

import { counted } from '../../../core/counted.ts'
import { durationText } from '../../../core/duration-text.ts'
import type { ServerRun, ServerRunState, ServerVerb } from '../../../core/team/server-runs.ts'
import { formatBytes, formatNumber } from '../../components/format.ts'

export const verbWords: Readonly<Record<ServerVerb, { readonly name: string; readonly open: string }>> = {
  validate: { name: 'Check the files', open: 'Open the findings' },
  reconcile: { name: 'Reconcile both sides', open: 'Open the reconciliation' },
  profile: { name: 'Profile the tables', open: 'Save the profile' },
}

const stages: Readonly<Record<string, string>> = {
  open: 'Recognise the files',
  census: 'Find where records begin',
  cuts: 'Cut the files',
  map: 'Read each block',
  whole: 'Read files that can not be cut',
  reduce: 'Compare across blocks',
  strays: 'Read records again',
  patients: 'Find the patients',
  known: 'Match the patients',
  assume: 'Settle what is assumed',
}

export function stageWords(stage: string): string {
  return stages[stage] ?? stage
}

export const endWords = {
  done: 'Done',
  'not-whole': 'Not whole',
  cancelled: 'Cancelled',
  failed: 'Failed',
} as const

export function tasksOf({ stages: all }: ServerRunState): { readonly tasks: number; readonly ended: number } {
  return all.reduce((sum, { tasks, done, setAside }) => ({ tasks: sum.tasks + tasks, ended: sum.ended + done + setAside }), {
    tasks: 0,
    ended: 0,
  })
}

/** What is going on, in one line. */
export function stateWords({ state, bytes }: ServerRun): string {
  if (state === null || bytes === null) return 'The run is being planned.'
  const { tasks, ended } = tasksOf(state)
  if (ended === tasks) return 'Every task ended; the report is made.'
  const left = state.secondsLeft === null ? '' : `, about ${durationText(Math.max(1, state.secondsLeft))} left`
  return `${formatNumber(ended)} of ${counted(tasks, 'task')} ended, ${formatNumber(state.atWork)} at work${left}.`
}

export function amountWords({ state, bytes }: ServerRun): string {
  if (state === null || bytes === null) return ''
  const failed = state.failedAttempts === 0 ? 'no failed attempt' : counted(state.failedAttempts, 'failed attempt')
  return `Files of ${formatBytes(bytes)}: ${formatBytes(state.bytesRead)} read by all tasks, ${formatBytes(state.bytesWritten)} written, ${failed}.`
}
