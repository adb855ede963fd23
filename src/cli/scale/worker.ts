/** `carryover worker`: does tasks of spread runs, on any machine that sees the work folder and the inputs. */

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Cancelled } from '../../core/operation.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { StoreError } from '../../io/s3/s3-store.ts'
import { isCode } from '../../scale/disk-folder.ts'
import type { Run } from '../../scale/engine.ts'
import { sweepRows } from '../../scale/expiry.ts'
import { keptPlan } from '../../scale/open-run.ts'
import { pause } from '../../scale/pause.ts'
import { isOver, workOn } from '../../scale/queue-worker.ts'
import { isQueueAddress } from '../../scale/run-queue.ts'
import { checkKey, hasKey } from '../../scale/settle-key.ts'
import { type Share, workOnShare } from '../../scale/share-worker.ts'
import { NotAsPlanned } from '../../scale/spread-verb.ts'
import { usualMemory } from '../../scale/stretches/block-size.ts'
import { exitCode } from '../shell/exit-codes.ts'
import { printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { engineVariable, taskProcess } from './engines.ts'
import { sizeOf } from './size-of.ts'
import { placeOfWork, workFolder } from './work-place.ts'

declare const __VERSION__: string

interface WorkerOptions {
  readonly engine?: string
  readonly work?: string
  readonly memory: number
  readonly share?: Omit<Share, 'stage'>
  readonly stage?: string
}

const lookEvery = 2_000
/** How often expired rows are looked for. Milliseconds. */
const sweepEvery = 10 * 60_000

export function addWorker(command: Command): void {
  command
    .option('--engine <address>', `postgres://… or redis://…, as the run was begun with; else ${engineVariable}`)
    .option('--work <dir>', 'folder of a run, or a folder with folders of runs; s3://bucket/folder, too')
    .option('--memory <size>', 'a process that is larger after a task is replaced', sizeOf, usualMemory)
    .option('--share <i/n>', 'no queue: the tasks that fall to worker i of n, from 0', shareOf)
    .option('--stage <name>', 'with --share: the tasks of one stage alone')
    .addHelpText(
      'after',
      `
Example:
  carryover worker --engine postgres://queue@db/carryover --work /shared/runs --memory 4G

With the folder of one run it ends with the run; with a folder of runs it takes what comes, until it is stopped.
The folder holds the key of the run. Where workers are not to find it there, give it as CARRYOVER_RUN_KEY.
`,
    )
    .action(async (options: WorkerOptions) => {
      process.exitCode = await work(options)
    })
}

async function work({ engine = process.env[engineVariable], work, memory, share, stage }: WorkerOptions): Promise<number> {
  if (work === undefined) throw new UsageError('worker needs --work: the folder of a run, or of several runs.')
  if (share === undefined && stage !== undefined) throw new UsageError('--stage goes with --share.')
  if (share === undefined && (engine === undefined || !isQueueAddress(engine)))
    throw new UsageError('worker needs --engine postgres://… or redis://…; a worker without a queue needs --share.')
  const ending = new AbortController()
  const end = (): void => ending.abort()
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  const serve = async (path: string): Promise<void> => {
    const folder = workFolder(path)
    const run = { folder, plan: await keptPlan(folder, __VERSION__) }
    await sweepRows(folder)
    // Whoever has another key ends here: the run goes on without them.
    await checkKey(folder)
    const worker = taskProcess(path, memory)
    if (share !== undefined) return await workOnShare(run, { ...share, stage: stage ?? null }, worker, ending.signal)
    const say = (line: string): void => void printAside(`${line}\n`)
    await workOn(run, { address: engine ?? '', worker, say }, ending.signal)
  }
  try {
    await serveAll(placeOfWork(work), serve, ending.signal)
  } catch (error) {
    if (error instanceof NotAsPlanned || error instanceof StoreError) throw new InputError(error.message)
    if (!(error instanceof Cancelled)) throw error
    return exitCode.interrupted
  }
  return 0
}

/** The run of the folder; else those of the folders in it as they come, several at a time: one of another version is left to others. */
export async function serveAll(path: string, serve: (path: string) => Promise<void>, signal: AbortSignal): Promise<void> {
  const served = new Map<string, Promise<void>>()
  const sweeper = new Sweeper()
  const passedOver = new Set<string>()
  let isWaiting = false
  while (!signal.aborted) {
    if (await isBegun(path)) return await serve(path)
    for (const [name, one] of await foldersIn(path)) {
      if (served.has(one)) continue
      const isServed = await lookedAt(one, sweeper).catch((error: unknown) => {
        // A plain file beside the runs is nothing to speak of.
        if (!passedOver.has(one) && !isCode(error, 'ENOTDIR')) printAside(`${name} is passed over: ${errorWords(error)}\n`)
        passedOver.add(one)
        return false
      })
      if (!isServed) continue
      const work = serve(one).catch(
        (error: unknown) => void printAside(`${name}: ${error instanceof Error ? error.message : ''}\n`),
      )
      served.set(
        one,
        work.finally(() => served.delete(one)),
      )
    }
    // Nothing tells a folder that comes later from one that was misspelt.
    if (served.size === 0 && !isWaiting) printAside(`Waiting for runs in ${workFolder(path).where}; there is none to work at.\n`)
    isWaiting = served.size === 0
    await pause(lookEvery, signal)
  }
  await Promise.all(served.values())
}

/** True for the folder of a run; not before it has its key, which comes right behind its plan. */
async function isBegun(path: string): Promise<boolean> {
  const folder = workFolder(path)
  if ((await folder.read('plan.json')) === null) return false
  return (await hasKey(folder)) || (await folder.list('attempts/')).length > 0
}

/** Entries of a folder of runs: of each its name and its place. */
async function foldersIn(path: string): Promise<(readonly [name: string, place: string])[]> {
  const folder = workFolder(path)
  if ('folders' in folder) return (await folder.folders()).map((name) => [name, `${path}/${name}`] as const)
  return (await readdir(path).catch(() => [])).map((name) => [name, join(path, name)] as const)
}

/** True for a run that can be worked at. Throws where the entry can not be read. */
async function lookedAt(path: string, sweeper: Sweeper): Promise<boolean> {
  await sweeper.look(path)
  return await isOpen(path)
}

/** A run that nobody serves is looked at now and then. */
class Sweeper {
  private readonly looked = new Map<string, number>()

  async look(path: string): Promise<void> {
    const now = Date.now()
    if (now - (this.looked.get(path) ?? Number.NEGATIVE_INFINITY) < sweepEvery) return
    this.looked.set(path, now)
    await sweepRows(workFolder(path), now)
  }
}

async function isOpen(path: string): Promise<boolean> {
  const folder = workFolder(path)
  const plan: Run['plan'] | null = await keptPlan(folder, __VERSION__).catch(() => null)
  if (plan === null || !(await hasKey(folder)) || (await isOver({ folder, plan }))) return false
  await checkKey(folder)
  return true
}

function shareOf(text: string): Omit<Share, 'stage'> {
  const found = /^(\d+)\/([1-9]\d*)$/.exec(text)
  const [index, of] = [Number(found?.[1]), Number(found?.[2])]
  if (!found || index >= of) throw new UsageError(`--share got "${text}"; it takes i/n with i from 0 to n - 1, such as 0/4.`)
  return { index, of }
}
