/** Names on the command line to inputs of a validation or profile: paths, folders, globs, projects, standard input, schemas. */
import { basename } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type FixedLayout, type ReadingChoices, tableName } from '../../core/data/model/source.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import { membersOf } from '../../core/data/read/containers/content.ts'
import { encodingName } from '../../core/data/read/text/encoding.ts'
import type { ByteSource } from '../../core/operation.ts'
import { pathSource } from '../../io/files/files-node.ts'
import { namedInputs } from '../../io/files/named-inputs.ts'
import { isStoreAddress, namedObjects } from '../../io/s3/s3-names.ts'
import { StoreError } from '../../io/s3/s3-store.ts'
import { printAside } from '../shell/print.ts'
import { stdinSource, twice } from '../shell/stdin.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { layoutIn } from './layout-file.ts'
import { isProject, type OpenedProject, openProjectAt, projectInputs } from './project-inputs.ts'

export interface ReadingOptions {
  readonly encoding?: string
  readonly delimiter?: string
  readonly quote?: string
  readonly headerRows?: number
  readonly skipRows?: number
  readonly sheet?: string
  readonly entry?: string
  readonly table?: number
  readonly oneTable?: boolean
  readonly layout?: FixedLayout
  readonly dateOrder?: 'day-first' | 'month-first' | 'year-first'
  readonly decimal?: 'point' | 'comma'
}

/** What projects among the inputs name as `<side>/<name>` lies here. */
export interface SourcesOption {
  readonly sources?: string
}

export function sourcesOption(command: Command): Command {
  return command.option(
    '--sources <place>',
    'folder or s3:// address where the files of a project lie, as legacy/NAME and target/NAME',
  )
}

/** Adds the choices of reading that `validate` and `profile` share. */
export function readingOptions(command: Command): Command {
  return command
    .option('--encoding <label>', 'encoding of the tables, such as windows-1252; guessed and reported when left out', encodingOf)
    .option('--delimiter <text>', 'what separates cells; "tab" for a tabulator', delimiterOf)
    .option('--quote <char>', 'quotation mark; "none" where the file has none', quoteOf)
    .option('--header-rows <n>', 'rows of column names; 0 for none', wholeNumber)
    .option('--skip-rows <n>', 'lines above the header to pass over', wholeNumber)
    .option('--entry <path>', 'the file to read inside a zip archive; all of them when left out')
    .option('--sheet <name>', 'the sheet of a workbook, or the table of an SQL dump; all of them when left out')
    .option('--table <n>', 'which table to read of a file that holds several; all of them when left out', countedFromOne)
    .option('--one-table', 'read a file that looks like several tables as one')
    .addOption(
      new Option(
        '--date-order <order>',
        'which part of dates such as 03/04/1990 comes first, where the cells do not prove it',
      ).choices(['day-first', 'month-first', 'year-first']),
    )
    .addOption(
      new Option('--decimal <mark>', 'how fractions are written where neither schema nor field map names a mark').choices([
        'point',
        'comma',
      ]),
    )
    .option(
      '--layout <file>',
      'columns of a fixed-width file: JSON, or CSV with name,start,width (start counted from 0)',
      layoutIn,
    )
    .addHelpText(
      'after',
      () =>
        `\nChoices of reading, by example:\n  carryover ${command.name()} export.zip --entry patients.txt --encoding cp850 --layout patients-layout.csv`,
    )
}

function delimiterOf(text: string): string {
  if (text === '') throw new InvalidArgumentError('It takes at least one character, or "tab".')
  return text === 'tab' || text === '\\t' ? '\t' : text
}

function quoteOf(text: string): string {
  if (text === 'none') return ''
  if ([...text].length !== 1) throw new InvalidArgumentError('It takes one character, or "none".')
  return text
}

function countedFromOne(text: string): number {
  const number = wholeNumber(text)
  if (number === 0) throw new InvalidArgumentError('Tables are counted from 1.')
  return number
}

function encodingOf(label: string): string {
  const name = encodingName(label)
  if (name === null)
    throw new InvalidArgumentError('It takes a label such as utf-8, windows-1252, cp850, ebcdic-037 or utf-16le.')
  return name
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It takes a whole number.')
  return Number(text)
}

export function readingOf(options: ReadingOptions): ReadingChoices {
  const { encoding, delimiter, quote, headerRows, skipRows, sheet, entry, table, oneTable, layout, dateOrder, decimal } = options
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(headerRows === undefined ? {} : { headerRows }),
    ...(skipRows === undefined ? {} : { skipRows }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(entry === undefined ? {} : { entry }),
    ...(table === undefined ? {} : { tableNumber: table }),
    ...(oneTable === true ? { tables: 'one' as const } : {}),
    ...(layout === undefined ? {} : { layout }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimal === undefined ? {} : { decimal }),
  }
}

export interface OpenedInputs {
  readonly inputs: ValidateSource[]
  /** Of each input, as it was given. */
  readonly paths: string[]
  readonly projects: readonly OpenedProject[]
}

/**
 * Opens the inputs; a name that matches nothing ends the run with its sentence.
 * @param place where sources of projects lie, where that is not the project
 */
export async function openInputs(names: readonly string[], reading: ReadingChoices, place?: string): Promise<OpenedInputs> {
  if (names.filter((name) => name === '-').length > 1) throw new UsageError(twice)
  const projects: string[] = []
  const plain: string[] = []
  const stored = names.filter(isStoreAddress)
  for (const name of names.filter((one) => one !== '-' && !isStoreAddress(one)))
    ((await isProject(name)) ? projects : plain).push(name)
  const paths: string[] = []
  const inputs: ValidateSource[] = []
  for (const { path, source } of [...(await filesOf(plain)), ...(await objectsOf(stored))]) {
    const members = (await membersOf(source, neverAborted)).filter((member) => isChosen(member.reading, reading))
    const given = { source, side: null, format: null, schema: null }
    for (const member of members) {
      inputs.push({ ...given, table: member.table, reading: { ...reading, ...member.reading } })
      paths.push(path + member.name.slice(source.name.length))
    }
    if (members.length > 0) continue
    inputs.push({ ...given, table: tableName(basename(path)), reading })
    paths.push(path)
  }
  const opened: OpenedProject[] = []
  for (const path of projects) {
    const project = await openProjectAt(path)
    const found = await projectInputs(project, reading, place)
    opened.push(project)
    inputs.push(...found.inputs)
    paths.push(...found.paths)
  }
  if (names.includes('-')) {
    const source = await stdinSource()
    inputs.push({ source, side: null, format: null, table: 'stdin', reading, schema: null })
    paths.push('-')
  }
  if (inputs.length === 0) throw new UsageError('No input was given; name files, folders or "-" for standard input.')
  return { inputs, paths, projects: opened }
}

interface NamedSource {
  readonly path: string
  readonly source: ByteSource
}

async function filesOf(names: readonly string[]): Promise<NamedSource[]> {
  const { paths, missing, passedOver } = await namedInputs(names)
  if (missing.length > 0) throw new InputError(missing.join('\n'))
  if (passedOver.length > 0) printAside(`Passed over, as it is no data: ${passedOver.join(', ')}. Name a file to have it read.\n`)
  const files: NamedSource[] = []
  for (const path of paths) {
    const source = await pathSource(path).catch((error: Error) => {
      throw new InputError(`${path} can not be read: ${error.message}.`)
    })
    files.push({ path, source })
  }
  return files
}

/** Objects of a store behind files of the disk. */
async function objectsOf(names: readonly string[]): Promise<readonly NamedSource[]> {
  if (names.length === 0) return []
  return await namedObjects(names, process.env, neverAborted).catch((error: unknown) => {
    throw error instanceof StoreError ? new InputError(error.message) : error
  })
}

const neverAborted = new AbortController().signal

/** Whether a table inside a container is among those that were asked for. */
function isChosen(member: ReadingChoices, wanted: ReadingChoices): boolean {
  return (
    (wanted.entry === undefined || wanted.entry === member.entry) && (wanted.sheet === undefined || wanted.sheet === member.sheet)
  )
}
