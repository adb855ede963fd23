/** What a verb gives so that `carryover run` can spread it: its plan, its tasks and its report. */
import { digestBlock } from '../../core/file-hash.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { RunPlan } from '../../scale/plan.ts'
import type { RunKey } from '../../scale/run-key.ts'
import { checkKey } from '../../scale/settle-key.ts'
import { NotAsPlanned, type SpreadJob } from '../../scale/spread-verb.ts'
import { usualBlock } from '../../scale/stretches/block-size.ts'
import type { BlocksAsked } from '../../scale/stretches/opened.ts'
import type { TaskDone } from '../../scale/tasks.ts'
import { readJson, type WorkFolder, writeJson } from '../../scale/work-folder.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import type { BuildProgram } from '../shell/word-takers.ts'

declare const __VERSION__: string

export interface SpreadSizes {
  /** Both are left out where nobody chose. */
  readonly blockBytes?: number
  readonly partitions?: number
}

export interface SpreadCommand {
  /** @param build makes a program with the flags of the verb  @param words as they stand behind the verb */
  plan(build: BuildProgram, words: readonly string[], sizes: SpreadSizes): Promise<RunPlan>
  /** Opens the work of a plan in a process that does tasks. Throws `NotAsPlanned` where an input is not there. */
  open(plan: RunPlan, build: BuildProgram): Promise<SpreadJob>
  /** The report of a run whose tasks ended, some of them set aside perhaps; gives the exit code of the verb alone. */
  report(folder: WorkFolder, plan: RunPlan, build: BuildProgram): Promise<number>
  /** Stages on which all others rest: without one of their tasks there is no report. */
  readonly groundwork: readonly string[]
}

/** The plan of a verb: what is asked of which bytes, and stages with as many tasks. */
export function planOf(verb: string, words: readonly string[], asked: BlocksAsked, stages: RunPlan['stages']): RunPlan {
  return {
    ...{ kind: 'carryover-run', format: 1, tool: __VERSION__, verb, bytes: bytesOf(asked) },
    command: { folder: process.cwd(), words },
    asked: JSON.parse(JSON.stringify(asked)),
    stages,
  }
}

export function inputsAsked(sources: readonly ByteSource[]): BlocksAsked['inputs'] {
  return sources.map(({ name, size, version }) => ({ ...{ name, bytes: size }, ...(version === undefined ? {} : { version }) }))
}

/** The blocks of a run over some sources. @param blockBytes left out where nobody chose */
export function blocksAsked(sources: readonly ByteSource[], blockBytes?: number): BlocksAsked {
  const inputs = inputsAsked(sources)
  const own = blockBytes ?? usualBlock(bytesOf({ inputs }))
  if (own >= digestBlock) return { blockBytes: own, inputs }
  // Whole blocks make up one of the digest, so that it is that of the verb alone.
  return { blockBytes: 2 ** Math.floor(Math.log2(own)), scanBytes: digestBlock, inputs }
}

export function bytesOf({ inputs }: Pick<BlocksAsked, 'inputs'>): number {
  return inputs.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** What opens the inputs of a plan again; a name that is not there any more ends the run. */
export async function asPlanned<T>(open: () => Promise<T>): Promise<T> {
  return await open().catch((error: unknown) => {
    if (error instanceof InputError || error instanceof UsageError) throw new NotAsPlanned(error.message)
    throw error
  })
}

/** The inputs must be those of the plan: by name, size and state. */
export function refuseOthers({ inputs }: BlocksAsked, given: readonly ByteSource[]): void {
  for (const [i, { name, bytes, version }] of inputs.entries()) {
    const source = given[i]
    if (source?.name !== name)
      throw new NotAsPlanned(`${name} of the plan is not among the inputs any more. Put it there, or begin the run again.`)
    if (source.size !== bytes)
      throw new NotAsPlanned(`${name} has ${source.size} bytes, and had ${bytes} when the run began. Begin it again.`)
    if (source.version !== version)
      throw new NotAsPlanned(`${name} is not in the state in which it was when the run began. Begin it again.`)
  }
  const more = given[inputs.length]
  if (more) throw new NotAsPlanned(`${more.name} was not there when the run began. Begin it again.`)
}

/** Makes a report with the key of the run, and notes how many bytes of inputs that took. */
export async function reported(
  folder: WorkFolder,
  make: (key: RunKey, read: (bytes: number) => void) => Promise<number>,
): Promise<number> {
  const key = await checkKey(folder)
  await refuseTornParts(folder)
  let bytesRead = 0
  const code = await make(key, (bytes) => {
    bytesRead += bytes
  })
  await writeJson(folder, 'done/report.json', { bytesRead })
  return code
}

/** A part that was written and can not be read is not taken for a stretch without records. Strays write none where there are none. */
async function refuseTornParts(folder: WorkFolder): Promise<void> {
  const decoder = new TextDecoder()
  const files = await folder.list('parts/')
  const has = new Set(files.map((file) => /^parts\/([a-z]+\d*-\d+)/.exec(file)?.[1]))
  const torn = (what: string): InputError =>
    new InputError(`${what} in ${folder.where} can not be read any more. Begin the run again in an empty folder.`)
  for (const file of await folder.list('done/')) {
    const [, task] = /^done\/([a-z]+\d*-\d+)\.json$/.exec(file) ?? []
    const done = task === undefined ? null : ((await readJson(folder, file)) as TaskDone | null)
    if (task !== undefined && (done === null || (done.outcome === 'done' && !has.has(task) && !task.startsWith('strays-'))))
      throw torn(`What task ${task} found`)
  }
  for (const file of files.filter((name) => name.endsWith('.json')))
    try {
      JSON.parse(decoder.decode((await folder.read(file)) ?? undefined))
    } catch {
      throw torn(file)
    }
}
