/** A child process that does tasks one after the other, as its parent holds it: replaced when it ends or grows too large. */
import { type ChildProcess, fork } from 'node:child_process'
import { Cancelled } from '../core/operation.ts'
import { keyVariable } from './run-key.ts'
import { NotAsPlanned } from './spread-verb.ts'
import type { Task, TaskDone } from './tasks.ts'

/** Does tasks somewhere: in a child process, or in this one in a test. */
export interface TaskWorker {
  /** As `runTask`; an error, too, where the process ended meanwhile. */
  run(task: Task): Promise<TaskDone>
  /** Ends it at once; what it was at counts as a failed attempt. */
  end(): Promise<void>
}

/**
 * Starts of processes for one task before its parent gives up. `runTask` counts the starts of the task itself, which are fewer: a process
 * that is killed while it opens the run has begun none.
 */
export const mostProcesses = 12

/** What the child answers. */
export type TaskAnswer =
  | { readonly kind: 'done'; readonly done: TaskDone; readonly residentBytes: number }
  | { readonly kind: 'failed'; readonly how: 'again' | 'not-as-planned' | 'cancelled'; readonly why: string }

export interface TaskProcessOptions {
  /** Path of the built module that calls `serveTasks`. */
  readonly script: string
  /** The work folder, as the child opens it. */
  readonly work: string
  /** A child that is larger after a task is replaced before the next one. */
  readonly mostBytes: number
  /** Key of the run, where it stands in no file; hexadecimal. */
  readonly key?: string
}

export class TaskProcess implements TaskWorker {
  private child: ChildProcess | null = null
  private readonly options: TaskProcessOptions

  constructor(options: TaskProcessOptions) {
    this.options = options
  }

  async run(task: Task): Promise<TaskDone> {
    const kept = this.child
    // One that ended between two tasks is no failure of the next.
    const child = kept?.connected && kept.exitCode === null && kept.signalCode === null ? kept : this.start()
    const answer = await new Promise<TaskAnswer>((resolve, reject) => {
      const heard = (message: TaskAnswer): void => settle(() => resolve(message))
      const ended = (code: number | null, signal: string | null): void =>
        settle(() => reject(new Error(`The process of the task ended with ${signal ?? `code ${code}`}.`)))
      const broken = (error: Error): void => settle(() => reject(error))
      const settle = (act: () => void): void => {
        child.off('message', heard)
        child.off('exit', ended)
        child.off('error', broken)
        act()
      }
      child.on('message', heard)
      child.on('exit', ended)
      child.on('error', broken)
      child.send(task, (error) => error && broken(error))
    }).catch(async (error) => {
      await this.end()
      throw error
    })
    if (answer.kind === 'failed') {
      if (answer.how === 'cancelled') throw new Cancelled()
      throw answer.how === 'not-as-planned' ? new NotAsPlanned(answer.why) : new Error(answer.why)
    }
    if (answer.residentBytes > this.options.mostBytes) await this.end()
    return answer.done
  }

  async end(): Promise<void> {
    const { child } = this
    this.child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  private start(): ChildProcess {
    const { script, work, key } = this.options
    const env = key === undefined ? process.env : { ...process.env, [keyVariable]: key }
    // What the program says of a task goes to standard error, never into the report.
    this.child = fork(script, [work], { stdio: ['ignore', 2, 'inherit', 'ipc'], execArgv: [], env })
    return this.child
  }
}
