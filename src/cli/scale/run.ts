/** `carryover run <verb> …`: one run in tasks, done by processes of this machine or by an engine that a hospital has. */

import type { Command } from 'commander'
import { counted } from '../../core/counted.ts'
import { Cancelled } from '../../core/operation.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { StoreError } from '../../io/s3/s3-store.ts'
import { markNotWhole, tryAgain } from '../../scale/again.ts'
import type { Engine, Run } from '../../scale/engine.ts'
import { renewRows, sweepRows } from '../../scale/expiry.ts'
import { kubernetesJob } from '../../scale/kubernetes-job.ts'
import { beginRun, callOff, cancelRun, dropRows, keptPlan, keyIfUnbegun } from '../../scale/open-run.ts'
import { pause } from '../../scale/pause.ts'
import type { RunPlan } from '../../scale/plan.ts'
import { forgetRefusal } from '../../scale/refused.ts'
import { hasKey } from '../../scale/settle-key.ts'
import { NotAsPlanned } from '../../scale/spread-verb.ts'
import { setAsideOf, statusOf } from '../../scale/status.ts'
import { usualMemory } from '../../scale/stretches/block-size.ts'
import { wholeNumber } from '../inputs/data-inputs.ts'
import { exitCode } from '../shell/exit-codes.ts'
import { onInterrupt } from '../shell/interruptible.ts'
import { printAside, printOut } from '../shell/print.ts'
import { progressLine } from '../shell/progress-line.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import type { BuildProgram } from '../shell/word-takers.ts'
import { engineOf, engineVariable } from './engines.ts'
import { sizeOf } from './size-of.ts'
import { spreadCommand, spreadVerbs } from './spread-jobs.ts'
import { canReport, setAsideLines, statusLines } from './status-lines.ts'
import { checkPlace, placeOfWork, workFolder } from './work-place.ts'

declare const __VERSION__: string

interface RunOptions {
  readonly engine?: string
  readonly work?: string
  readonly block?: number
  readonly partitions?: number
  readonly memory: number
  readonly printJob?: string
  readonly pods: number
  readonly image: string
  readonly status?: string
  readonly resume?: string
  readonly cancel?: string
  readonly quiet?: boolean
}

export function addRun(command: Command, build: BuildProgram): void {
  command
    .argument('[verb]', `one of ${spreadVerbs.join(', ')}; other verbs are not spread yet`)
    .argument('[words...]', 'inputs and flags of the verb')
    .option('--engine <name>', 'local:N (N processes of this machine), postgres://…, redis://…, slurm[:partition]')
    .option('--work <dir>', 'folder of the run, or s3://bucket/folder: plan, parts, attempts; every worker needs it')
    .option('--block <size>', 'bytes that one task reads, such as 64M; else 32M to 256M, by the size of all inputs', sizeOf)
    .option('--partitions <n>', 'shares of the keys, or of the patients, that are compared apart', wholeNumber)
    .option('--memory <size>', 'a process that is larger after a task is replaced', sizeOf, usualMemory)
    .option('--print-job <system>', 'kubernetes: print a job whose pods do the tasks, instead of an engine')
    .option('--pods <n>', 'with --print-job: pods at once', podsOf, 8)
    .option('--image <name>', 'with --print-job: image with the program', `carryover:${__VERSION__}`)
    .option('--status <dir>', 'how far a run is')
    .option('--resume <dir>', 'do what is missing of a run, and write its report; needs --engine')
    .option(
      '--cancel <dir>',
      'call a run off; rows on their way are removed, parts stay; with --engine its queue is emptied, too',
    )
    .allowUnknownOption()
    .addHelpText(
      'after',
      `
Example:
  carryover run validate samples/data/patients.csv --schema samples/data/datapackage.json --engine local:2 --work riverside-run

The report is that of the verb alone. What is done stands in the folder: after a fault, go on with what is missing.
  carryover run --status riverside-run
  carryover run --resume riverside-run --engine local:4
  carryover run --cancel riverside-run
`,
    )
    .action(async (verb: string | undefined, words: readonly string[], options: RunOptions) => {
      process.exitCode = await act(build, verb, words, options)
    })
}

async function act(
  build: BuildProgram,
  verb: string | undefined,
  words: readonly string[],
  options: RunOptions,
): Promise<number> {
  try {
    if (options.status !== undefined) return await showStatus(options.status)
    if (options.cancel !== undefined) return await cancel(options.cancel, options)
    if (options.resume !== undefined) return await resume(build, options.resume, options)
    return await begin(build, verb, words, options)
  } catch (error) {
    if (error instanceof NotAsPlanned || error instanceof StoreError) throw new InputError(error.message)
    if (!(error instanceof Cancelled)) throw error
    printAside('Interrupted; what was done is kept. Go on with carryover run --resume and the folder.\n')
    return exitCode.interrupted
  }
}

async function begin(
  build: BuildProgram,
  verb: string | undefined,
  given: readonly string[],
  options: RunOptions,
): Promise<number> {
  if (verb === undefined) throw new UsageError(`run takes a verb: ${spreadVerbs.join(', ')}; or --status, --resume, --cancel.`)
  // Flags of the verb are taken unseen, so one in its place is told here.
  if (verb.startsWith('-')) throw new UsageError(`carryover run has no option ${verb}.`)
  if (!spreadVerbs.includes(verb))
    throw new UsageError(`run got "${verb}", which is not spread over processes yet; it takes ${spreadVerbs.join(', ')}.`)
  if (options.work === undefined) throw new UsageError('run needs --work: the folder in which parts are kept.')
  if (options.printJob !== undefined && options.printJob !== 'kubernetes')
    throw new UsageError(`--print-job got "${options.printJob}"; it takes kubernetes.`)
  const engine = options.printJob === undefined ? engineOf(options.engine, placeOfWork(options.work), options.memory) : null
  const { block: blockBytes, partitions } = options
  const spread = await spreadCommand(verb)
  const sizes = { ...(blockBytes === undefined ? {} : { blockBytes }), ...(partitions === undefined ? {} : { partitions }) }
  const plan = await spread.plan(build, given, sizes)
  const folder = workFolder(placeOfWork(options.work))
  await checkPlace(folder)
  await sweepRows(folder)
  await beginRun(folder, plan)
  await takeUp({ folder, plan }, options.work)
  if (engine === null) {
    const { pods, image, memory: mostBytes } = options
    const job = kubernetesJob(plan, { ...{ work: placeOfWork(options.work), pods, mostBytes, image }, program: imageProgram })
    printOut(`${JSON.stringify(job, null, 2)}\n`)
    return 0
  }
  return await complete(build, engine, options.work, plan, options)
}

async function resume(build: BuildProgram, work: string, options: RunOptions): Promise<number> {
  const at = placeOfWork(work)
  const folder = workFolder(at)
  const plan = await keptPlan(folder, __VERSION__)
  if ((await folder.read('cancelled')) !== null)
    throw new UsageError(`The run in ${work} was cancelled, and its key is gone. Begin it again in an empty folder.`)
  await sweepRows(folder)
  await takeUp({ folder, plan }, work)
  process.chdir(plan.command.folder)
  const engine = engineOf(options.engine, at, options.memory)
  return await complete(build, engine, at, plan, options)
}

/** What stood in the way of a run before is tried again. */
async function takeUp(run: Run, work: string): Promise<void> {
  await keyIfUnbegun(run.folder)
  if (await renewRows(run.folder)) printAside(renewed(work))
  const tasks = await tryAgain(run)
  if (tasks > 0)
    printAside(`${counted(tasks, 'task was', 'tasks were')} set aside before; they and what rests on them are done again.\n`)
  await forgetRefusal(run.folder)
}

/** Does what is missing, and writes the report. */
async function complete(
  build: BuildProgram,
  engine: Engine,
  work: string,
  plan: RunPlan,
  { quiet = false }: RunOptions,
): Promise<number> {
  const folder = workFolder(placeOfWork(work))
  const run = { folder, plan }
  const { signal, done } = onInterrupt()
  const progress = progressLine(quiet)
  try {
    await engine.submit(run, signal)
    const total = plan.stages.reduce((sum, { tasks }) => sum + tasks, 0)
    // Counted here: to ask the folder after each task would cost the square of their number.
    const ended = new Set(await folder.list('done/'))
    for await (const { done: task } of engine.follow(run, signal)) {
      if (task !== null) ended.add(`done/${task.task}.json`)
      progress.show({ kind: 'progress', done: Math.min(ended.size, total), total, unit: 'records', label: engine.name })
    }
  } finally {
    progress.end()
    done()
  }
  const aside = await setAsideOf(run)
  const spread = await spreadCommand(plan.verb)
  if (aside.length === 0) {
    const code = await spread.report(folder, plan, build)
    // An interrupted report is made again from the same rows.
    if (code !== exitCode.interrupted) await dropRows(folder)
    return code
  }
  printAside(setAsideLines(plan, aside, spread.groundwork, work))
  // Rows stay, so that only what is missing has to be done again: also where the report can not be written.
  await markNotWhole(folder)
  const code = canReport(aside, spread.groundwork) ? await spread.report(folder, plan, build) : exitCode.unreadable
  return code === exitCode.interrupted ? code : exitCode.unreadable
}

async function showStatus(work: string): Promise<number> {
  const folder = workFolder(placeOfWork(work))
  const plan = await keptPlan(folder, __VERSION__)
  await sweepRows(folder)
  printOut(statusLines(plan, await statusOf({ folder, plan })))
  return 0
}

/** Milliseconds in which an engine takes the tasks of a run out of its queue. */
const patience = 10_000

/** Takes what waits out of the queue; false where the engine does not answer, or the key of the run is not at hand. */
async function emptied(engine: string, run: Run, work: string, memory: number): Promise<boolean> {
  const late = new AbortController()
  try {
    await Promise.race([
      engineOf(engine, placeOfWork(work), memory).cancel(run),
      pause(patience, late.signal).then(() => {
        if (!late.signal.aborted) throw new Error(`it did not answer within ${patience / 1000} seconds.`)
      }),
    ])
    return true
  } catch (error) {
    printAside(`The queue was not emptied: ${errorWords(error)} Whoever takes a task of it sees that the run was cancelled.\n`)
    return false
  } finally {
    late.abort()
  }
}

async function cancel(work: string, { engine = process.env[engineVariable], memory }: RunOptions): Promise<number> {
  const folder = workFolder(placeOfWork(work))
  const plan = await keptPlan(folder, __VERSION__)
  // Whoever does its tasks looks for this first.
  await callOff(folder)
  const isReached = engine === undefined || !(await hasKey(folder)) || (await emptied(engine, { folder, plan }, work, memory))
  await cancelRun(folder)
  printAside(`The run in ${work} was cancelled. Its parts stay; remove the folder when nobody needs them.\n`)
  // A connection that is tried again and again would hold this process.
  if (!isReached) process.exit(0)
  return 0
}

function renewed(work: string): string {
  return `The rows of the run in ${work} expired after 24 hours without work and were removed. All tasks are done anew.\n`
}

/** Where docs/deploy/Dockerfile has the program. */
const imageProgram = '/opt/carryover/dist/cli/carryover.js'

function podsOf(text: string): number {
  const found = /^[1-9]\d{0,4}$/.test(text)
  if (!found) throw new UsageError(`--pods got "${text}"; it takes a number from 1 on.`)
  return Number(text)
}
