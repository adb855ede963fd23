/** `--plan`, `--run … --shard i/K` and `--merge`: one run on many machines, carried by whatever runs commands. */
import { resolve } from 'node:path'
import type { GroupColumns } from '../../core/data/columns/grouping.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import type { ProfileResult } from '../../core/data/profile/profile.ts'
import { mergeParts } from '../../core/data/shards/merge-parts.ts'
import { mostShards, otherFormat, partOf, planOf, type ShardPart } from '../../core/data/shards/part.ts'
import { planDigest, planShards, type ShardPlan } from '../../core/data/shards/plan.ts'
import { runShard } from '../../core/data/shards/run-shard.ts'
import { pathSource } from '../../io/files/files-node.ts'
import { resultOf } from '../shell/interruptible.ts'
import { printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { json, keyOfPlan, needPlannable, readPart, writePart, writePlanFile } from './part-files.ts'

declare const __VERSION__: string

export interface ShardOptions {
  readonly plan?: string
  readonly run?: string
  readonly shard?: string
  readonly merge?: readonly string[]
  readonly quiet?: boolean
}

/** Writes the plan of the inputs; gives the exit code. */
export async function writePlan(
  file: string,
  inputs: readonly ValidateSource[],
  paths: readonly string[],
  groups: GroupColumns,
  quiet: boolean,
): Promise<number> {
  needPlannable(paths)
  const given = { inputs, paths: paths.map((path) => resolve(path)), groups, tool: __VERSION__ }
  const done = await resultOf((signal) => planShards(given, signal), quiet)
  if (done === null) return interrupted('no plan was written')
  await writePlanFile(file, done.value)
  const whole = done.value.inputs.filter(({ cuts }) => cuts.length === 0)
  for (const { name } of whole) printAside(`${name} can not be cut; the merge reads it whole.\n`)
  if (!quiet) printAside(nextCommands('profile', file))
  return 0
}

/** Runs one shard and writes its part; gives the exit code. */
export async function runPart(options: ShardOptions, out: string | undefined): Promise<number> {
  const { run = '', shard = '' } = options
  const { index, count } = shardOf(shard)
  if (out === undefined) throw new UsageError('--run needs --out: the file for the part of this shard.')
  const plan = planOf(await json(run, '--run'))
  if (!plan) throw new UsageError(`--run got "${run}", which is no plan; it takes a file that --plan wrote.`)
  const key = await keyOfPlan(run)
  const inputs = await plannedInputs(plan)
  const done = await resultOf((signal) => runShard(plan, inputs, index, count, __VERSION__, signal), options.quiet === true)
  if (done === null) return interrupted('no part was written; run this shard again')
  if (typeof done.value === 'string') throw new InputError(done.value)
  await writePart(out, done.value, key)
  return 0
}

/** `3/8`: shard 3 of 8. */
export function shardOf(shard: string): { readonly index: number; readonly count: number } {
  const found = /^(\d+)\/(\d+)$/.exec(shard)
  const [index, count] = [Number(found?.[1]), Number(found?.[2])]
  if (found && index > count)
    throw new UsageError(
      `--shard got "${shard}", and ${index} is more than ${count}; shards go from 1/${count} to ${count}/${count}.`,
    )
  if (!found || index < 1) throw new UsageError(`--shard got "${shard}"; it takes i/K, such as 3/8: shard 3 of 8.`)
  if (count > mostShards) throw new UsageError(`--shard got "${shard}"; a run has at most ${mostShards} shards.`)
  return { index, count }
}

/** The result of all parts; null where it was interrupted. */
export async function merged(
  files: readonly string[],
  quiet: boolean,
): Promise<{ readonly result: ProfileResult; readonly paths: readonly string[] } | null> {
  const parts: ShardPart[] = []
  for (const file of files) {
    const read = await readPart(file)
    const part = partOf(read)
    const why = otherFormat(read) ?? 'no part; it takes the files that --run wrote.'
    if (!part) throw new UsageError(`--merge got "${file}", which is ${why}`)
    parts.push(part)
  }
  const plan = planOf(parts[0]?.planned)
  if (!plan || planDigest(plan) !== parts[0]?.plan)
    throw new UsageError(`--merge got "${files[0] ?? ''}", whose plan was changed; run its shard again.`)
  const inputs = await plannedInputs(plan)
  const done = await resultOf((signal) => mergeParts(plan, parts, inputs, __VERSION__, signal), quiet)
  if (done === null) return null
  if (typeof done.value === 'string') throw new UsageError(`--merge: ${done.value}`)
  return { result: done.value.result, paths: plan.inputs.map(({ path }) => path) }
}

/** The files of a plan; one that is not what it was ends the run. */
async function plannedInputs(plan: ShardPlan): Promise<ValidateSource[]> {
  return await Promise.all(
    plan.inputs.map(async ({ path, name, bytes, table, reading, schema }) => {
      const source = await pathSource(path).catch(() => null)
      if (!source) throw new InputError(`${path} of the plan can not be read here. Put it there, or make a new plan.`)
      if (source.size !== bytes)
        throw new InputError(`${name} has ${source.size} bytes, and had ${bytes} when the plan was made. Make a new plan.`)
      return { source, side: null, format: null, table, reading, schema }
    }),
  )
}

/** For standard error: the commands that come after a plan. */
export function nextCommands(verb: string, plan: string): string {
  const command = `  carryover ${verb}`
  return [
    `${plan} was written, and its key beside it. Next, with as many shards as you like, in any order and on any machine that has the same files:`,
    `${command} --run ${plan} --shard 1/2 --out part-1.json`,
    `${command} --run ${plan} --shard 2/2 --out part-2.json`,
    `${command} --merge part-1.json part-2.json`,
    'Parts are sealed: whoever has the key can open them. Send the key by another way, or give its digits as CARRYOVER_RUN_KEY.',
    '',
  ].join('\n')
}

export function interrupted(what: string): number {
  printAside(`Interrupted; ${what}.\n`)
  return 130
}
