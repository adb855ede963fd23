/** Timed workflow tests: tasks that people do in the old and in the new system, and one run of one task. */

import * as v from 'valibot'
import type { Kept } from '../../values/document.ts'
import { record } from '../../values/partial-document.ts'
import { from, text, texts } from '../map/members.ts'

export const systems = ['old', 'new'] as const
export type System = (typeof systems)[number]

export const testTask = v.pipe(
  record({
    id: v.pipe(v.string(), v.nonEmpty()),
    label: text,
    role: v.string(),
    /** Ids of steps of the current and of the future map; they give the estimate where nothing was measured. */
    current: v.nullish(texts, []),
    future: v.nullish(texts, []),
    /** How often one person of the role does it in a shift; null where nobody said. */
    perShift: v.nullish(from(0), null),
    /** Most clicks that are agreed for the new system; null where nobody said. */
    clickBudget: v.nullish(from(0), null),
  }),
  v.transform(({ id, label, current, future, ...rest }) => {
    const steps: Record<System, string[]> = { old: current, new: future }
    return { id, label: label ?? id, steps, ...rest }
  }),
)
/** What is timed: by one role, with the steps of both maps that it stands for. */
export type TestTask = Kept<typeof testTask>

/** One person doing one task once. Times in seconds, interruptions taken out. */
export interface TimedRun {
  /** Place in the list that it was read from; names it for corrections. */
  readonly at: number
  readonly task: string
  readonly role: string
  readonly system: System
  readonly startedAt: string
  readonly seconds: number
  readonly clicks: number | null
  readonly keys: number | null
  readonly screens: number | null
  /** Keyed hash or code of who did it: the same person in both systems makes a pair. */
  readonly person: string | null
  readonly interruptions: number | null
  readonly interruptedSeconds: number | null
  /** Why it does not count; null for runs that do. */
  readonly discarded: string | null
}

export function counts(run: TimedRun): boolean {
  return run.discarded === null
}

/** Names as people write them: case and spaces make no difference. */
export function sameName(a: string, b: string): boolean {
  return plain(a) === plain(b)
}

function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ')
}

/** The task that a run is of: by id, by label or by one of its steps, done by the role of the task. */
export function taskOf(run: TimedRun, tasks: readonly TestTask[]): TestTask | null {
  const own = tasks.filter((task) => sameName(task.role, run.role))
  return (
    own.find((task) => task.id === run.task || sameName(task.label, run.task)) ??
    own.find((task) => task.steps[run.system].includes(run.task)) ??
    null
  )
}
