/** `validate --plan`, `--run … --shard i/K` and `--merge`: one validation on many machines, carried by whatever runs commands. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Json } from '../../../core/canonical.ts'
import type { ValidatePartial, ValidateResult } from '../../../core/data/model/validation.ts'
import { judgeShard } from '../../../core/data/shards/judge-shard.ts'
import { mergeValidation } from '../../../core/data/shards/merge-validation.ts'
import { isObject, otherFormat } from '../../../core/data/shards/part.ts'
import { planDigest } from '../../../core/data/shards/plan.ts'
import { type ValidationPart, validationPartOf } from '../../../core/data/shards/validation-part.ts'
import { planValidation, type ValidationPlan, validationPlanOf } from '../../../core/data/shards/validation-plan.ts'
import type { CreateJudge } from '../../../core/data/validate/validate.ts'
import type { ValidateInput } from '../../../core/data/validate/validate-input.ts'
import type { Update } from '../../../core/operation.ts'
import { aShard } from '../../shell/flag-values.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { printAside } from '../../shell/print.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'
import { json, keyOfPlan, needPlannable, readPart, writePart, writePlanFile } from '../part-files.ts'
import { interrupted, nextCommands, type ShardOptions, shardOf } from '../shards.ts'
import { openValidation, type ValidateChoices } from './validate-input.ts'

declare const __VERSION__: string

/** How the plan was asked for, so that every shard opens the same inputs and rules. */
interface PlannedCommand {
  /** Where names that are not absolute begin. */
  readonly folder: string
  readonly names: readonly string[]
  readonly choices: ValidateChoices
}

export function shardOptions(command: Command): Command {
  return command
    .option('--plan <file>', 'write a plan of the run for many machines')
    .option('--run <plan>', 'judge one shard of a plan; needs --shard and --out')
    .option('--shard <i/K>', 'which shard of how many, such as 3/8', aShard)
    .option('--merge <parts...>', 'make the report of all parts; it is that of a single run')
}

/** Writes the plan; gives the exit code. */
export async function writeValidationPlan(
  file: string,
  names: readonly string[],
  options: ValidateChoices & ShardOptions,
  input: ValidateInput,
): Promise<number> {
  needPlannable(names)
  const command: PlannedCommand = { folder: process.cwd(), names, choices: choicesOf(options, input.asOf) }
  const given = { input, command: JSON.parse(JSON.stringify(command)) as Json, tool: __VERSION__ }
  const done = await resultOf((signal) => planValidation(given, signal), options.quiet === true)
  if (done === null) return interrupted('no plan was written')
  await writePlanFile(file, done.value)
  for (const { name, cuts } of done.value.inputs)
    if (cuts.length === 0) printAside(`${name} can not be cut; the merge judges it whole.\n`)
  if (options.quiet !== true) printAside(nextCommands('validate', file))
  return 0
}

/** Judges one shard and writes its part; gives the exit code. */
export async function runValidationPart(
  names: readonly string[],
  options: ValidateChoices & ShardOptions,
  out: string | undefined,
): Promise<number> {
  const { run = '', shard = '', quiet } = options
  const { index, count } = shardOf(shard)
  if (out === undefined) throw new UsageError('--run needs --out: the file for the part of this shard.')
  const plan = validationPlanOf(await json(run, '--run'))
  if (!plan) throw new UsageError(`--run got "${run}", which is no plan of validate; it takes a file that validate --plan wrote.`)
  refuseChoices('--run', names, options)
  const key = await keyOfPlan(run)
  const command = commandOf(plan)
  const { input } = await openValidation(command.names, command.choices, '')
  const done = await resultOf((signal) => judgeShard(plan, input, index, count, __VERSION__, signal), quiet === true)
  if (done === null) return interrupted('no part was written; run this shard again')
  if (typeof done.value === 'string') throw new InputError(done.value)
  await writePart(out, done.value, key)
  return 0
}

/** The parts of a run, with what their plan asked for. */
export interface OpenedParts {
  readonly names: readonly string[]
  readonly choices: ValidateChoices
  readonly merge: BeginValidation
}

/** As `validate`. */
export type BeginValidation = (
  input: ValidateInput,
  signal: AbortSignal,
  createJudge: CreateJudge,
) => AsyncIterable<Update<ValidatePartial, ValidateResult>>

export async function openParts(
  files: readonly string[],
  names: readonly string[],
  options: ValidateChoices,
): Promise<OpenedParts> {
  refuseChoices('--merge', names, options)
  const parts: ValidationPart[] = []
  for (const file of files) {
    const read = await readPart(file)
    const part = validationPartOf(read)
    const why = otherFormat(read) ?? 'no part; it takes the files that validate --run wrote.'
    if (!part) throw new UsageError(`--merge got "${file}", which is ${why}`)
    parts.push(part)
  }
  const plan = validationPlanOf(parts[0]?.planned)
  if (!plan || planDigest(plan) !== parts[0]?.plan)
    throw new UsageError(`--merge got "${files[0] ?? ''}", whose plan was changed; run its shard again.`)
  const command = commandOf(plan)
  return {
    names: command.names,
    choices: command.choices,
    async *merge(input, signal, createJudge) {
      for await (const update of mergeValidation(plan, parts, input, __VERSION__, signal, createJudge))
        if (update.kind !== 'result') yield update
        else if ('result' in update.value) {
          for (const name of update.value.judgedWhole)
            if (plan.inputs.some((one) => one.name === name && one.cuts.length > 0))
              printAside(`Parts of ${name} do not add up to its records; the merge judged it whole.\n`)
          yield { kind: 'result', value: update.value.result }
        } else if (update.value.refused === 'parts') throw new UsageError(`--merge: ${update.value.says}`)
        else throw new InputError(update.value.says)
    },
  }
}

/** Only what decides the findings, with the day that was chosen or is that of the plan. */
function choicesOf(options: ValidateChoices, asOf: string | null | undefined): ValidateChoices {
  const { schema, checks, severity, ig, profile, encoding, delimiter, quote, headerRows, skipRows } = options
  const { sheet, entry, table, oneTable, layout, dateOrder, decimal } = options
  const all = { schema, checks, severity, ig, profile, encoding, delimiter, quote, headerRows, skipRows }
  return JSON.parse(
    JSON.stringify({ ...all, sheet, entry, table, oneTable, layout, dateOrder, decimal, asOf }),
  ) as ValidateChoices
}

/** Names as they were given where the command runs in the same folder, so that reports name them the same way. */
function commandOf({ command }: ValidationPlan): PlannedCommand {
  if (!isObject(command)) throw new UsageError('The plan does not say which inputs it is of. Make a new plan.')
  const { folder, names, choices } = command as object as PlannedCommand
  const here = (name: string): string => (folder === process.cwd() ? name : resolve(folder, name))
  const severity = choices.severity === undefined ? {} : { severity: here(choices.severity) }
  const files = { schema: choices.schema.map(here), checks: choices.checks.map(here), ig: choices.ig.map(here) }
  return { folder, names: names.map(here), choices: { ...choices, ...files, ...severity } }
}

function refuseChoices(flag: string, names: readonly string[], options: ValidateChoices): void {
  const { schema, checks, ig, profile, asOf: _day, ...rest } = choicesOf(options, undefined)
  const lists = { schema, checks, ig, profile }
  const given = [
    ...names.slice(0, 1),
    ...Object.entries(lists).flatMap(([name, list]) => (list.length > 0 ? [`--${name}`] : [])),
    ...Object.keys(rest).map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
    ...(options.asOf === undefined ? [] : ['--as-of']),
  ]
  if (given.length > 0) throw new UsageError(`${flag} takes inputs and rules from its plan; leave out ${given.join(', ')}.`)
}
