/** `carryover profile`: what the columns of tables hold, a schema that fits them, and the tables as plain CSV. */

import { type Command, Option } from 'commander'
import { counted } from '../../core/counted.ts'
import type { GroupColumns } from '../../core/data/columns/grouping.ts'
import { profileDocument } from '../../core/data/profile/document.ts'
import { type ProfileInput, type ProfileResult, profile } from '../../core/data/profile/profile.ts'
import { profileFormats } from '../../core/data/profile/report.ts'
import { proposeSchemas } from '../../core/data/validate/proposed.ts'
import type { Update } from '../../core/operation.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import {
  openInputs,
  type ReadingOptions,
  readingOf,
  readingOptions,
  type SourcesOption,
  sourcesOption,
} from '../inputs/data-inputs.ts'
import { assignSchemas } from '../inputs/schema-assignment.ts'
import { resultOf } from '../shell/interruptible.ts'
import { localDay } from '../shell/local-day.ts'
import { makeFolder, refuseUnwritable } from '../shell/out-files.ts'
import { type OutputFlag, outputOrder } from '../shell/output-order.ts'
import { deliver, isExactFormat, printAside } from '../shell/print.ts'
import { type Output, outputsOf } from '../shell/report-outputs.ts'
import { UsageError } from '../shell/usage-error.ts'
import type { WordTakers } from '../shell/word-takers.ts'
import { schemaChanges } from './schema-changes.ts'
import { writeClean } from './write-clean.ts'

declare const __VERSION__: string

export interface ProfileOptions extends ReadingOptions, SourcesOption {
  readonly schema: readonly string[]
  readonly suggestSchema?: string
  readonly compareSchema?: string
  readonly clean?: string
  readonly bySite?: string
  readonly bySource?: string
  readonly byDate?: string
  readonly null: readonly string[]
  readonly format: readonly string[]
  readonly out: readonly string[]
  readonly reveal?: boolean
  readonly numberColumns?: boolean
  readonly quiet?: boolean
  readonly jobs?: number
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

export function addProfile(command: Command): void {
  const order = outputOrder()
  command
    .argument('[inputs...]', 'files, folders, patterns, or "-" for standard input')
    .option(
      '--schema <file>',
      'Table Schema or datapackage.json that declares nulls, sites and dates; can be repeated',
      collect,
      [],
    )
    .option('--suggest-schema <file>', 'write a data package with a Table Schema per table; it lists values of the data')
    .option('--compare-schema <file>', 'say what is stricter, looser or renamed in these files since this schema')
    .option('--clean <dir>', 'write each table as UTF-8 CSV with exactly the cells that were read')
    .option('--by-site <column>', 'completeness by site; the names of sites are shown')
    .option('--by-source <column>', 'completeness by source system; their names are shown')
    .option('--by-date <column>', 'completeness by year and month of this date')
    .option('--null <text>', 'a spelling of "nothing recorded", such as N/A; can be repeated', collect, [])
    .option(
      '--format <name>',
      `one of ${[...profileFormats.keys()].join(', ')}; can be repeated, each with its --out`,
      order.collect('format'),
      [],
    )
    .option('--out <file>', 'write the format given before it to a file', order.collect('out'), [])
    .addOption(new Option('--mask', 'hide values (default)'))
    .option('--reveal', 'show values; they may be those of patients')
    .option('--number-columns', 'number the columns that no schema declares: a first line may be a record')
  readingOptions(sourcesOption(command))
    .addHelpText(
      'after',
      `
Examples:
  carryover profile samples/data/*.csv
  carryover profile samples/data/*.csv --suggest-schema schema.json --clean cleaned
  carryover profile samples/data/*.csv --compare-schema samples/data/datapackage.json

On many processes or machines, with the same report:
  carryover run profile samples/data/*.csv --engine local:2 --work profile-run`,
    )
    .action(async (names: readonly string[], options: ProfileOptions) => {
      process.exitCode = await (profileTakers.get(command) ?? runProfile)(names, options, order.flags)
    })
}

/** Who takes the words of the verb as they were read, in place of its own run; by command. */
export const profileTakers: WordTakers<[readonly string[], ProfileOptions, readonly OutputFlag[]]> = new WeakMap()

export interface OpenedProfile {
  readonly input: ProfileInput
  readonly paths: readonly string[]
}

/** The tables that the words name, with what is said of schemas that fit none of them. */
export async function openProfile(
  names: readonly string[],
  options: ProfileOptions,
): Promise<OpenedProfile & { readonly said: readonly string[] }> {
  if (names.length === 0) throw new UsageError('No input was given; name files, folders or "-" for standard input.')
  const nulls = options.null
  const reading = { ...readingOf(options), ...(nulls.length > 0 ? { nulls } : {}) }
  const { inputs: given, paths } = await openInputs(names, reading, options.sources)
  const { inputs, said } = await assignSchemas(given, options.schema)
  return { input: { inputs, groups: groupsOf(options) }, paths, said }
}

/** @param spread makes the result where the work was done elsewhere; left out, it is done here */
export async function runProfile(
  names: readonly string[],
  options: ProfileOptions,
  order: readonly OutputFlag[],
  spread?: (input: ProfileInput, signal: AbortSignal) => AsyncIterable<Update<never, ProfileResult>>,
): Promise<number> {
  const quiet = options.quiet === true
  const outputs = outputsOf(options, order, profileFormats)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  await refuseUnwritable('--suggest-schema', [options.suggestSchema])
  if (options.clean !== undefined) await makeFolder('--clean', options.clean)
  const { input, paths, said } = await openProfile(names, options)
  for (const line of said) printAside(`${line}\n`)
  const proposes = options.suggestSchema !== undefined || options.compareSchema !== undefined
  const asOf = localDay()
  const make = spread ?? ((given: ProfileInput, signal: AbortSignal) => profile(given, signal, true))
  const done = await resultOf(
    (signal) => (proposes ? proposeSchemas({ ...input, asOf }, signal, true) : make(input, signal)),
    quiet,
  )
  if (done === null) {
    printAside('Interrupted before anything could be told.\n')
    return 130
  }
  const result = done.value
  if (options.compareSchema !== undefined && !result.partial)
    printAside(await schemaChanges(options.compareSchema, result.suggested))
  const isWritten = result.partial || (await writeFiles(result, input.inputs, paths, options))
  const code = await show(result, paths, outputs, options)
  return isWritten ? code : 130
}

/** Writes the report in all formats asked for; gives the exit code. */
async function show(
  result: ProfileResult,
  paths: readonly string[],
  outputs: readonly Output[],
  options: ProfileOptions,
): Promise<number> {
  const { reveal = false, numberColumns = false } = options
  const document = profileDocument(result, { version: __VERSION__, paths, reveal, numberColumns })
  for (const { format, file } of outputs) {
    const text = profileFormats.get(format)?.(document) ?? ''
    await deliver(file, text, { isPrivate: true, isExact: isExactFormat(format) })
  }
  if (result.partial) {
    printAside('Interrupted; the profile covers what was read so far, and nothing is suggested.\n')
    return 130
  }
  return result.inputs.some((input) => input.status === 'unreadable') ? 3 : 0
}

async function writeSchema(file: string, result: ProfileResult): Promise<void> {
  await writeWhole(file, `${JSON.stringify(result.suggested, null, 2)}\n`, true)
}

/** False where it was interrupted. */
async function writeFiles(
  result: ProfileResult,
  inputs: Parameters<typeof writeClean>[0],
  paths: readonly string[],
  options: ProfileOptions,
): Promise<boolean> {
  if (options.suggestSchema !== undefined) await writeSchema(options.suggestSchema, result)
  const { clean } = options
  if (clean === undefined) return true
  const tables = inputs.filter((_, i) => result.inputs[i]?.structure != null)
  const cleaned = await resultOf((signal) => writeClean(tables, paths, clean, signal), options.quiet === true)
  if (cleaned === null) {
    printAside('Interrupted; of a table that is not complete nothing was written.\n')
    return false
  }
  if (options.quiet !== true)
    for (const { path, records } of cleaned.value) printAside(`${path}: ${counted(records, 'record')}\n`)
  return true
}

function groupsOf({ bySite, bySource, byDate }: ProfileOptions): GroupColumns {
  return {
    ...(bySite === undefined ? {} : { site: bySite }),
    ...(bySource === undefined ? {} : { sourceSystem: bySource }),
    ...(byDate === undefined ? {} : { date: byDate }),
  }
}
