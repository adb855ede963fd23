/** `carryover profile`: what the columns of tables hold, a schema that fits them, and the tables as plain CSV. */

import { type Command, Option } from 'commander'
import { counted } from '../../core/counted.ts'
import type { GroupColumns } from '../../core/data/columns/grouping.ts'
import { profileDocument } from '../../core/data/profile/document.ts'
import { type ProfileResult, profile } from '../../core/data/profile/profile.ts'
import { profileFormats } from '../../core/data/profile/report.ts'
import { proposeSchemas } from '../../core/data/validate/proposed.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { openInputs, type ReadingOptions, readingOf, readingOptions } from '../inputs/data-inputs.ts'
import { assignSchemas } from '../inputs/schema-assignment.ts'
import { aShard } from '../shell/flag-values.ts'
import { resultOf } from '../shell/interruptible.ts'
import { localDay } from '../shell/local-day.ts'
import { makeFolder, refuseUnwritable } from '../shell/out-files.ts'
import { type OutputFlag, outputOrder } from '../shell/output-order.ts'
import { deliver, isExactFormat, printAside } from '../shell/print.ts'
import { type Output, outputsOf } from '../shell/report-outputs.ts'
import { UsageError } from '../shell/usage-error.ts'
import { schemaChanges } from './schema-changes.ts'
import { merged, runPart, type ShardOptions, writePlan } from './shards.ts'
import { writeClean } from './write-clean.ts'

declare const __VERSION__: string

export interface ProfileOptions extends ReadingOptions, ShardOptions {
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
  readonly quiet?: boolean
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
    .option('--plan <file>', 'write a plan of the inputs for many machines')
    .option('--run <plan>', 'run one shard of a plan; needs --shard and --out')
    .option('--shard <i/K>', 'which shard of how many, such as 3/8', aShard)
    .option('--merge <parts...>', 'make the report of all parts; it is that of a single run')
  readingOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  carryover profile samples/data/*.csv
  carryover profile samples/data/*.csv --suggest-schema schema.json --clean cleaned
  carryover profile samples/data/*.csv --compare-schema samples/data/datapackage.json
  carryover profile samples/data/*.csv --plan plan.json
  carryover profile --run plan.json --shard 1/2 --out part-1.json    (and 2/2, on any machine, in any order)
  carryover profile --merge part-1.json part-2.json`,
    )
    .action(async (names: readonly string[], options: ProfileOptions) => {
      process.exitCode = await runProfile(names, options, order.flags)
    })
}

async function runProfile(names: readonly string[], options: ProfileOptions, order: readonly OutputFlag[]): Promise<number> {
  const quiet = options.quiet === true
  refuseBesidePlan(names, options)
  if (options.run !== undefined) return await runPart(options, options.out[0])
  if (options.shard !== undefined) throw new UsageError('--shard goes with --run, which names the plan.')
  const outputs = outputsOf(options, order, profileFormats)
  await refuseUnwritable(
    '--out',
    outputs.map(({ file }) => file),
  )
  await refuseUnwritable('--suggest-schema', [options.suggestSchema])
  if (options.clean !== undefined) await makeFolder('--clean', options.clean)
  if (options.merge !== undefined) {
    const whole = await merged(options.merge, quiet)
    if (whole === null) return interrupted()
    if (options.suggestSchema !== undefined) await writeSchema(options.suggestSchema, whole.result)
    return await show(whole.result, whole.paths, outputs, options)
  }
  if (names.length === 0) throw new UsageError('No input was given; name files, folders or "-" for standard input.')
  const nulls = options.null
  const reading = { ...readingOf(options), ...(nulls.length > 0 ? { nulls } : {}) }
  const opened = await openInputs(names, reading)
  const { inputs, said } = await assignSchemas(opened.inputs, options.schema)
  for (const line of said) printAside(`${line}\n`)
  const groups = groupsOf(options)
  if (options.plan !== undefined) return await writePlan(options.plan, inputs, opened.paths, groups, quiet)
  const proposes = options.suggestSchema !== undefined || options.compareSchema !== undefined
  const asOf = localDay()
  const done = await resultOf(
    (signal) => (proposes ? proposeSchemas({ inputs, groups, asOf }, signal, true) : profile({ inputs, groups }, signal, true)),
    quiet,
  )
  if (done === null) return interrupted()
  const result = done.value
  if (options.compareSchema !== undefined && !result.partial)
    printAside(await schemaChanges(options.compareSchema, result.suggested))
  const isWritten = result.partial || (await writeFiles(result, inputs, opened.paths, options))
  const code = await show(result, opened.paths, outputs, options)
  return isWritten ? code : 130
}

/** Shards take what decides their result from the plan: an option that would be passed over is refused. */
function refuseBesidePlan(names: readonly string[], options: ProfileOptions): void {
  const { run, merge, schema, null: nulls, compareSchema, clean, bySite, bySource, byDate, suggestSchema } = options
  const flag = run === undefined ? (merge === undefined ? null : '--merge') : '--run'
  if (flag === null) return
  const { encoding, delimiter, quote, headerRows, skipRows, sheet, entry, table, oneTable, layout, dateOrder, decimal } = options
  const reading = { encoding, delimiter, quote, headerRows, skipRows, sheet, entry, table, oneTable, layout, dateOrder, decimal }
  const always = { ...reading, compareSchema, clean, bySite, bySource, byDate, plan: options.plan }
  const alone = run === undefined ? { shard: options.shard } : { suggestSchema, merge, reveal: options.reveal }
  const given = [
    ...names.slice(0, 1),
    ...(schema.length > 0 ? ['--schema'] : []),
    ...(nulls.length > 0 ? ['--null'] : []),
    ...(run !== undefined && options.format.length > 0 ? ['--format'] : []),
    ...Object.entries({ ...always, ...alone }).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`],
    ),
  ]
  if (given.length > 0) throw new UsageError(`${flag} takes inputs and choices from its plan; leave out ${given.join(', ')}.`)
}

function interrupted(): number {
  printAside('Interrupted before anything could be told.\n')
  return 130
}

/** Writes the report in all formats asked for; gives the exit code. */
async function show(
  result: ProfileResult,
  paths: readonly string[],
  outputs: readonly Output[],
  options: ProfileOptions,
): Promise<number> {
  const document = profileDocument(result, { version: __VERSION__, paths, reveal: options.reveal === true })
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
