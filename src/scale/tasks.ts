/** A task of a spread run, as a queue carries it: a stage, a number and the digest of the plan. */
import { digestOfPlan, type RunPlan } from './plan.ts'

export interface Task {
  readonly stage: string
  /** From 0. */
  readonly index: number
  /** Digest of the plan. */
  readonly plan: string
}

/** How a task ended; kept in `done/`. Counts and sentences of the program, no cell. */
export interface TaskDone {
  readonly task: string
  readonly plan: string
  /** `set-aside`: it failed too often, and the run goes on without what it would have judged. */
  readonly outcome: 'done' | 'set-aside'
  /** From 1. */
  readonly attempt: number
  readonly seconds: number
  /** Of the process that did it, user and system. */
  readonly cpuSeconds: number
  /** The largest resident size of that process until then, bytes. */
  readonly peakBytes: number
  /** Bytes of inputs that were read, and bytes of parts and shuffle files that were written. */
  readonly bytesRead: number
  readonly bytesWritten: number
  /** Why it was set aside; null where it was done. */
  readonly why: string | null
}

/** `map-000012`: the name of its files. */
export function nameOf({ stage, index }: Pick<Task, 'stage' | 'index'>): string {
  return `${stage}-${String(index).padStart(6, '0')}`
}

/** The stage of a task by the name of its files. */
export function stageOf(name: string): string {
  return name.split('-')[0] ?? ''
}

/** Every task of a stage. */
export function tasksOf(plan: RunPlan, stage: string): Task[] {
  const digest = digestOfPlan(plan)
  const { tasks = 0 } = plan.stages.find(({ name }) => name === stage) ?? {}
  return Array.from({ length: tasks }, (_, index) => ({ stage, index, plan: digest }))
}

/** A message of a queue as a task; null where it is none. */
export function taskOf(value: unknown): Task | null {
  if (typeof value !== 'object' || value === null) return null
  const { stage, index, plan } = value as Partial<Task>
  return typeof stage === 'string' && Number.isSafeInteger(index) && typeof plan === 'string' ? (value as Task) : null
}
