/** `carryover map`: runs the crosswalk over the legacy files and writes target records, rejects and origins. */

import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Command, Option } from 'commander'
import type { Mapping } from '../../../core/data/crosswalk/mapping/mapping.ts'
import type { MapInput, MapResult, OutputChunk } from '../../../core/data/crosswalk/plan/crosswalk.ts'
import { mapRecords } from '../../../core/data/crosswalk/records/map-records.ts'
import { mappingSummary } from '../../../core/data/crosswalk/records/required.ts'
import { type Severity, severities } from '../../../core/finding.ts'
import type { Update } from '../../../core/operation.ts'
import { shareText } from '../../../core/share-text.ts'
import { WholeFile, writeWhole } from '../../../io/files/whole-file.ts'
import { openInputs, type ReadingOptions, readingOf, readingOptions } from '../../inputs/data-inputs.ts'
import { isProject } from '../../inputs/project-inputs.ts'
import { resultOf } from '../../shell/interruptible.ts'
import { printAside, printOut } from '../../shell/print.ts'
import { UsageError } from '../../shell/usage-error.ts'
import type { WordTakers } from '../../shell/word-takers.ts'
import { crosswalkInputs, openMapping, sideInputs } from './crosswalk-inputs.ts'
import { writeSuggestions } from './suggest-mapping.ts'

export interface MapOptions extends ReadingOptions {
  readonly mapping?: string
  readonly out?: string
  readonly format: string
  readonly quiet?: boolean
  readonly suggest?: string
  readonly target?: readonly string[]
  readonly schema?: readonly string[]
  readonly shapes: boolean
}

const rowHelp = `
Rows of the legacy table, in fields.csv:
  filter   in="A|B", not-in="A|B", only="COLUMN=A|B", except="COLUMN=A and VALUE is text" or rest=yes (what no other filter takes):
           only such rows become this target, or any target where none is named; the others are left out, with reason and name
  group    rows of one patient and file that are equal in these columns are one record of this target; rows that contradict
           each other are all rejected
  when     on any line, when="ITEM=SYS|S": the line holds for such rows only (rows to columns); a target with such lines takes only
           rows that one of them holds for, and a row with a filled cell that no line carries is rejected
  {COLUMN} in a target, component.where(code.coding.code={ITEM}): one line for each value that the filter or when names
  A line without a legacy table and with the status not-carried says which target resources are not made of legacy records.
`

export function addMap(command: Command): void {
  command
    .argument('<inputs...>', 'legacy files, folders or patterns; or a project folder or .carryover file')
    .option('--mapping <path>', 'field map: a project, a folder with fields.csv and values/, or fields.csv itself')
    .option('--out <folder>', 'empty or new folder for target files, rejects and origins; without it only the counts are shown')
    .option('--suggest <file>', 'propose a field map and write it to this file; nothing is run and nothing is confirmed')
    .option('--target <path...>', 'with --suggest: files of the target, whose values are the best evidence')
    .option(
      '--schema <file...>',
      'with --suggest: a schema of the target tables (Table Schema, datapackage.json, definitions of OMOP)',
    )
    .option('--no-shapes', 'with --suggest: recognise no known system by its columns')
    .addOption(new Option('--format <name>', 'how the result is written').choices(['text', 'json']).default('text'))
  readingOptions(command)
    .addHelpText(
      'after',
      `${rowHelp}\nExample:\n  carryover example --out riverside\n  carryover map riverside\n  carryover map old/*.csv --target new --suggest mapping/fields.csv\n`,
    )
    .action(async (names: readonly string[], options: MapOptions) => {
      process.exitCode = await (mapTakers.get(command) ?? runMap)(names, options)
    })
}

/** Who takes the words of the verb as they were read, in place of its own run; by command. */
export const mapTakers: WordTakers<[readonly string[], MapOptions]> = new WeakMap()

/** A mapping that was done elsewhere. */
export interface SpreadMap {
  /** False where something is missing: then no file is written, so that none looks whole. */
  readonly isWhole: boolean
  make(input: MapInput, signal: AbortSignal): AsyncIterable<Update<OutputChunk, MapResult>>
}

export async function runMap(names: readonly string[], options: MapOptions, spread?: SpreadMap): Promise<number> {
  refuseTaken(options)
  if (options.suggest !== undefined) return await suggested(names, options, options.suggest)
  if (options.target !== undefined || options.schema !== undefined)
    throw new UsageError('--target and --schema go with --suggest: map reads legacy files alone.')
  const { inputs, mapping } = await openMap(names, options)
  const out = spread?.isWhole === false ? undefined : options.out
  if (out !== options.out) printAside(`Nothing is written to ${options.out}: the mapping is not whole.\n`)
  const files = new OutputFolder(out ?? null)
  const make = spread === undefined ? mapRecords : (input: MapInput, signal: AbortSignal) => spread.make(input, signal)
  const done = await resultOf((signal) => files.take(make({ inputs, mapping }, signal)), options.quiet === true).catch(
    async (error) => {
      await files.drop()
      throw error
    },
  )
  if (done === null) {
    await files.drop()
    printAside('Interrupted; nothing was written.\n')
    return 130
  }
  await files.keep()
  if (out !== undefined) await writeWhole(join(out, 'map.json'), `${JSON.stringify(done.value, null, 2)}\n`, true)
  printOut(options.format === 'json' ? `${JSON.stringify(done.value, null, 2)}\n` : textOf(done.value, mapping))
  const { inputs: read, missingKeys } = done.value
  // Without its keys a table is not mapped, whatever was written of it.
  if (missingKeys.length > 0 || read.some(({ status }) => status === 'unreadable')) return 3
  return done.value.tables.some(({ rejected }) => rejected > 0) ? 1 : 0
}

/** @throws UsageError where files can not be written to `--out` */
export function refuseTaken({ out }: MapOptions): void {
  if (out === undefined) return
  if (statSync(out, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`--out got "${out}", which is a file; name a new folder.`)
  if (existsSync(out) && readdirSync(out).length > 0)
    throw new UsageError(`--out got "${out}", which is not empty; name a new folder.`)
}

async function suggested(names: readonly string[], options: MapOptions, suggest: string): Promise<number> {
  const [only = ''] = names
  const given = {
    suggest,
    shapes: options.shapes,
    schema: options.schema ?? [],
    format: options.format,
    quiet: options.quiet === true,
  }
  if (names.length === 1 && (await isProject(only))) {
    const { inputs, mapping } = await openMap(names, options)
    return await writeSuggestions(inputs, mapping, given)
  }
  const inputs = [
    ...(await sideInputs(names, 'legacy', readingOf(options))).inputs,
    ...(await sideInputs(options.target ?? [], 'target', readingOf(options))).inputs,
  ]
  return await writeSuggestions(inputs, options.mapping === undefined ? null : await openMapping(options.mapping), given)
}

/** The legacy files and the field map that the words name. */
export async function openMap(names: readonly string[], options: MapOptions) {
  const [only = ''] = names
  if (names.length === 1 && (await isProject(only)))
    return crosswalkInputs(
      { project: only, legacy: [], target: [], key: [], ...(options.mapping === undefined ? {} : { mapping: options.mapping }) },
      readingOf(options),
    )
  if (options.mapping === undefined) throw new UsageError('No field map was given; name one with --mapping, or give a project.')
  const { inputs } = await openInputs(names, readingOf(options))
  return { inputs, mapping: await openMapping(options.mapping) }
}

/** Writes chunks to their files as they come; the files have their names once the whole run has ended. */
class OutputFolder {
  private readonly open = new Map<string, WholeFile>()
  private readonly made = new Set<string>()
  private readonly folder: string | null

  constructor(folder: string | null) {
    this.folder = folder
  }

  async *take(updates: AsyncIterable<Update<OutputChunk, MapResult>>): AsyncGenerator<Update<OutputChunk, MapResult>> {
    for await (const update of updates) {
      if (update.kind === 'partial') await this.write(update.value)
      yield update
    }
  }

  private async write({ path, bytes }: OutputChunk): Promise<void> {
    if (this.folder === null) return
    const full = join(this.folder, ...path.split('/'))
    let file = this.open.get(path)
    if (file === undefined) {
      const first = await mkdir(dirname(full), { recursive: true })
      if (first !== undefined) this.made.add(dirname(full)).add(first)
      file = await WholeFile.open(full, true)
      this.open.set(path, file)
    }
    await file.write(bytes)
  }

  async keep(): Promise<void> {
    for (const file of this.open.values()) await file.keep()
  }

  async drop(): Promise<void> {
    for (const file of this.open.values()) await file.drop()
    // Empty folders of its own go, too: what is begun again wants an empty place.
    for (const path of [...this.made].sort((a, b) => b.length - a.length)) await rmdir(path).catch(() => undefined)
  }
}

function textOf(
  { inputs, missingKeys, tables, coverage, columns, reasons, findings, notEvaluated }: MapResult,
  mapping: Mapping,
): string {
  const share = coverage.filled === 0 ? 'no' : shareText(coverage.carried / coverage.filled)
  const cut = inputs.filter(({ status }) => status === 'partial' || status === 'unreadable')
  const told = findings.filter(({ severity }) => severity !== 'info').sort((a, b) => rank(a.severity) - rank(b.severity))
  const lines = [
    mappingSummary(mapping, findings, columns),
    ...(cut.length === 0
      ? []
      : [`Partial: ${cut.length} of ${inputs.length} legacy files were not read whole; see "Not mapped".`]),
    ...missingKeys.map((name) => `Key missing: the field map joins records by ${name}, and the file has no such column.`),
    ...tables.map(
      ({ table, read, written, merged, filtered, rejected }) =>
        `${table}: ${read} read, ${written} written${merged > 0 ? `, ${merged} joined with another row` : ''}${filtered > 0 ? `, ${filtered} left out by a filter` : ''}${rejected > 0 ? `, ${rejected} rejected` : ''}`,
    ),
    `Coverage: ${share} of ${coverage.filled} filled cells are carried, ${coverage.notCarried} left behind with a reason.`,
    ...reasons.map(({ table, field, why, count }) => `Rejected: ${table}.${field}: ${why} (${count})`),
    ...told.map(({ severity, words }) => `${severity}: ${words}`),
    ...notEvaluated.map(({ what, why }) => `Not mapped: ${what}: ${why}.`),
  ]
  return `${lines.join('\n')}\n`
}

const rank = (severity: Severity): number => severities.indexOf(severity)
