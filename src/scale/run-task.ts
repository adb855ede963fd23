/** One task from its start to its entry in `done/`: what every engine calls, in a process of its own. */
import { Cancelled } from '../core/operation.ts'
import { errorWords } from '../core/values/error-words.ts'
import { digestOfPlan, type RunPlan } from './plan.ts'
import { BegunAgain, roundOf } from './round.ts'
import type { RunKey } from './run-key.ts'
import { NotAsPlanned, type SpreadJob, type TaskWork } from './spread-verb.ts'
import { nameOf, type Task, type TaskDone } from './tasks.ts'
import { readJson, type WorkFolder, writeJson } from './work-folder.ts'

/** So many starts that came to no end, whatever ended them, and a task is set aside. */
export const mostAttempts = 3
/** End of the name of the file that says why an attempt failed. */
const failed = '-failed.json'
/** A task that lasts gives a sign so often, so that its rows do not expire under it. Milliseconds. */
export const signEvery = 60 * 60 * 1000

/** What a process keeps for many tasks of one plan. */
export interface OpenedRun {
  readonly folder: WorkFolder
  readonly plan: RunPlan
  readonly key: RunKey
  readonly job: SpreadJob
  /** How often the run was begun again before it was opened: what a process keeps is of that round. */
  readonly round: number
}

/**
 * Does a task, unless `done/` has it. Throws `NotAsPlanned` where the run can not go on at all, `Cancelled` where it was called off, and
 * any other error where the task failed and is to be tried again; after the third failure it is set aside instead, which is no error.
 * `BegunAgain` where what the process keeps of the run counts no more: the run is to be opened anew.
 */
export async function runTask(opened: OpenedRun, task: Task, signal: AbortSignal): Promise<TaskDone> {
  try {
    return await tried(opened, task, signal)
  } catch (error) {
    if (isRefused(error)) throw new NotAsPlanned(error.message)
    if (!isFull(error)) throw error
    throw new NotAsPlanned(`There is no space left in ${opened.folder.where}. Make room, and go on with --resume.`)
  }
}

/** A full disk is no fault of the task: trying again fills it again. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}

/** Keys of a store that expired, or that may not do this, are no fault of the task, either. */
function isRefused(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'store-refused'
}

async function tried({ folder, plan, key, job, round }: OpenedRun, task: Task, signal: AbortSignal): Promise<TaskDone> {
  const name = nameOf(task)
  if (task.plan !== digestOfPlan(plan)) throw new NotAsPlanned(`Task ${name} is of another plan than that of ${folder.where}.`)
  const stopIfBegunAgain = async (): Promise<void> => {
    if ((await roundOf(folder)) !== round) throw new BegunAgain('The run was begun again meanwhile.')
  }
  await stopIfBegunAgain()
  const before = await doneOf(folder, task)
  if (before !== null) return before
  if ((await folder.read('cancelled')) !== null) throw new Cancelled()
  const attempt = (await folder.list(`attempts/${name}-`)).filter((file) => !file.endsWith(failed)).length + 1
  const started = performance.now()
  const cpu = process.cpuUsage()
  let bytesRead = 0
  let bytesWritten = 0
  const end = async (outcome: TaskDone['outcome'], why: string | null): Promise<TaskDone> => {
    const { user, system } = process.cpuUsage(cpu)
    const done: TaskDone = {
      ...{ task: name, plan: task.plan, outcome, attempt },
      ...{ seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6, bytesRead, bytesWritten, why },
      peakBytes: process.resourceUsage().maxRSS * 1024,
    }
    await stopIfBegunAgain()
    // The first one counts: another worker may have been through before.
    return (await writeJson(folder, `done/${name}.json`, done)) ? done : ((await doneOf(folder, task)) ?? done)
  }
  if (attempt > mostAttempts) return await end('set-aside', await lastFailure(folder, name))
  await writeJson(folder, `attempts/${name}-${attempt}.json`, { pid: process.pid })
  const work: TaskWork = {
    folder,
    key,
    read: (bytes) => {
      bytesRead += bytes
    },
    write: async (file, bytes) => {
      await stopIfBegunAgain()
      bytesWritten += bytes.length
      const isOwn = await folder.write(file, bytes)
      try {
        // A large file takes its time: the run may have been begun again meanwhile.
        await stopIfBegunAgain()
      } catch (error) {
        if (isOwn) await folder.remove(file)
        throw error
      }
      return isOwn
    },
  }
  // A name of its own each time: a name that is taken stays as it is, with its time.
  const sign = (): void => void writeJson(folder, `alive/${name}-${Date.now()}.json`, {}).catch(() => undefined)
  const signs = setInterval(sign, signEvery)
  try {
    await job.run(task, work, signal)
  } catch (error) {
    // Its attempts are gone already.
    await stopIfBegunAgain()
    if (error instanceof Cancelled || error instanceof NotAsPlanned || isFull(error) || isRefused(error)) {
      // Called off or refused: that is no failure of the task.
      await folder.remove(`attempts/${name}-${attempt}.json`).catch(() => undefined)
      throw error
    }
    await writeJson(folder, `attempts/${name}-${attempt}${failed}`, { why: errorWords(error) })
    if (attempt >= mostAttempts) return await end('set-aside', errorWords(error))
    throw error
  } finally {
    clearInterval(signs)
  }
  return await end('done', null)
}

/** How a task ended; null where it did not yet. */
export async function doneOf(folder: WorkFolder, task: Task): Promise<TaskDone | null> {
  const done = (await readJson(folder, `done/${nameOf(task)}.json`)) as TaskDone | null
  return done?.plan === task.plan ? done : null
}

async function lastFailure(folder: WorkFolder, name: string): Promise<string> {
  const last = (await folder.list(`attempts/${name}-`)).filter((file) => file.endsWith(failed)).at(-1)
  const kept = last === undefined ? null : ((await readJson(folder, last)) as { readonly why?: string } | null)
  return kept?.why ?? 'The process that did it ended each time before it was through.'
}
