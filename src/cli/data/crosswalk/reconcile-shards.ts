/** `reconcile --plan`, `--run … --shard i/K` and `--merge`: one reconciliation on many machines, carried by whatever runs commands. */
import { resolve } from 'node:path'
import type { Json } from '../../../core/canonical.ts'
import type { ReconcileInput, ReconcilePartial, ReconcileResult } from '../../../core/data/reconcile/account/result.ts'
import { mergeReconciliation } from '../../../core/data/shards/merge-reconciliation.ts'
import { isObject } from '../../../core/data/shards/part.ts'
import { planDigest } from '../../../core/data/shards/plan.ts'
import { type ReconcilePart, reconcilePartOf } from '../../../core/data/shards/reconcile-part.ts'
import { planReconciliation, type ReconcilePlan, reconcilePlanOf } from '../../../core/data/shards/reconcile-plan.ts'
import { reconcileShard } from '../../../core/data/shards/reconcile-shard.ts'
import type { Update } from '../../../core/operation.ts'
import { nodeSpillStore } from '../../../io/files/spill-node.ts'
import type { ReadingOptions } from '../../inputs/data-inputs.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { printAside } from '../../shell/print.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'
import { json, keyOfPlan, needPlannable, type PlanKey, readPart, writePart, writePlanFile } from '../part-files.ts'
import { interrupted, nextCommands, type ShardOptions, shardOf } from '../shards.ts'

declare const __VERSION__: string

/** What decides the findings; the same members in the plan as on the command line. */
export interface ReconcileChoices {
  readonly project?: string
  readonly legacy: readonly string[]
  readonly target: readonly string[]
  readonly mapping?: string
  readonly key: readonly string[]
  readonly explained?: string
  readonly reading: ReadingOptions
}

/** How the plan was asked for, so that every shard opens the same files. */
interface PlannedCommand {
  /** Where names that are not absolute begin. */
  readonly folder: string
  readonly choices: ReconcileChoices
}

/** Writes the plan; gives the exit code. */
export async function writeReconcilePlan(
  file: string,
  choices: ReconcileChoices,
  input: ReconcileInput,
  quiet: boolean,
): Promise<number> {
  needPlannable([...choices.legacy, ...choices.target, ...(choices.mapping === undefined ? [] : [choices.mapping])])
  const command: PlannedCommand = { folder: process.cwd(), choices }
  const given = { input, command: JSON.parse(JSON.stringify(command)) as Json, tool: __VERSION__ }
  const done = await resultOf((signal) => planReconciliation(given, signal), quiet)
  if (done === null) return interrupted('no plan was written')
  await writePlanFile(file, done.value)
  if (!quiet) printAside(nextCommands('reconcile', file))
  return 0
}

/** The plan that `--run` names, with what it asked for. */
export async function openReconcilePlan(
  file: string,
): Promise<{ readonly plan: ReconcilePlan; readonly key: PlanKey; readonly choices: ReconcileChoices }> {
  const plan = reconcilePlanOf(await json(file, '--run'))
  if (!plan)
    throw new UsageError(`--run got "${file}", which is no plan of reconcile; it takes a file that reconcile --plan wrote.`)
  return { plan, key: await keyOfPlan(file), choices: choicesOf(plan) }
}

/** Judges one shard and writes its part; gives the exit code. */
export async function runReconcilePart(
  { plan, key }: { readonly plan: ReconcilePlan; readonly key: PlanKey },
  { shard = '', quiet }: ShardOptions,
  out: string | undefined,
  input: ReconcileInput,
): Promise<number> {
  const { index, count } = shardOf(shard)
  if (out === undefined) throw new UsageError('--run needs --out: the file for the part of this shard.')
  const done = await resultOf((signal) => reconcileShard(plan, input, index, count, __VERSION__, signal), quiet === true)
  if (done === null) return interrupted('no part was written; run this shard again')
  if (typeof done.value === 'string') throw new InputError(done.value)
  await writePart(out, done.value, key)
  return 0
}

/** The parts that `--merge` names, with what their plan asked for. */
export async function openReconcileParts(files: readonly string[]): Promise<{
  readonly choices: ReconcileChoices
  merge(input: ReconcileInput, signal: AbortSignal): AsyncIterable<Update<ReconcilePartial, ReconcileResult>>
}> {
  const parts: ReconcilePart[] = []
  for (const file of files) {
    const part = reconcilePartOf(await readPart(file))
    if (!part) throw new UsageError(`--merge got "${file}", which is no part; it takes the files that reconcile --run wrote.`)
    parts.push(part)
  }
  const plan = reconcilePlanOf(parts[0]?.planned)
  if (!plan || planDigest(plan) !== parts[0]?.plan)
    throw new UsageError(`--merge got "${files[0] ?? ''}", whose plan was changed; run its shard again.`)
  return {
    choices: choicesOf(plan),
    async *merge(input, signal) {
      for await (const update of mergeReconciliation(plan, parts, input, __VERSION__, signal, nodeSpillStore()))
        if (update.kind !== 'result') yield update
        else if ('result' in update.value) yield { kind: 'result', value: update.value.result }
        else if (update.value.refused === 'parts') throw new UsageError(`--merge: ${update.value.says}`)
        else throw new InputError(update.value.says)
    },
  }
}

/** Names as they were given where the command runs in the same folder, so that reports name them the same way. */
function choicesOf({ command }: ReconcilePlan): ReconcileChoices {
  if (!isObject(command)) throw new UsageError('The plan does not say which files it is of. Make a new plan.')
  const { folder, choices } = command as object as PlannedCommand
  const here = (name: string): string => (folder === process.cwd() ? name : resolve(folder, name))
  const { project, mapping, explained } = choices
  return {
    ...choices,
    legacy: choices.legacy.map(here),
    target: choices.target.map(here),
    ...(project === undefined ? {} : { project: here(project) }),
    ...(mapping === undefined ? {} : { mapping: here(mapping) }),
    ...(explained === undefined ? {} : { explained: here(explained) }),
  }
}

/** A shard and a merge take what decides the findings from their plan. */
export function refuseReconcileChoices(flag: string, { reading, ...choices }: ReconcileChoices, more: readonly string[]): void {
  const named = Object.entries({ ...choices, ...reading }).flatMap(([name, value]) =>
    Array.isArray(value) && value.length === 0
      ? []
      : [name === 'project' ? String(value) : `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`],
  )
  const given = [...named, ...more]
  if (given.length > 0) throw new UsageError(`${flag} takes its files and choices from the plan; leave out ${given.join(', ')}.`)
}
