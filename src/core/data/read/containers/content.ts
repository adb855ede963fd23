/** What is inside a file: itself, or what gzip, zip or a workbook hold. A container is looked into, never guessed at: several tables need a choice. */
import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import type { ReadProblem, Within } from '../../model/events.ts'
import { problemIn } from '../../model/read-problem.ts'
import type { ReadingChoices } from '../../model/source.ts'
import { take } from '../text/stretches.ts'
import { isGzip, openGzip } from './gzip.ts'
import { isParquet } from './parquet/magic.ts'
import { type SheetFacts, sheetText } from './sheet-text.ts'
import { dialectNames } from './sql/dialect.ts'
import { type Dump, openDump } from './sql/dump.ts'
import type { StatedEncoding } from './sql/stated-encoding.ts'
import { Damaged } from './unpacked/damaged.ts'
import { unpackedSource } from './unpacked/unpacked-source.ts'
import { isWorkbook, readSharedTexts, readWorkbook, type Sheet } from './workbook.ts'
import { isZip, readZipDirectory, refusal, type ZipDirectory, type ZipEntry, zipEntrySource } from './zip.ts'

export interface Content {
  readonly source: ByteSource
  /** The choices, with what the container settles. */
  readonly reading: ReadingChoices
  readonly within: Within | null
  /** The encoding that the container states; null where it states none. */
  readonly encoding: StatedEncoding | null
  /** What the container itself tells, e.g. a hidden sheet. */
  readonly problems: (input: number) => readonly ReadProblem[]
  /** Row of a sheet for a line of its text; null where lines are lines of the file. */
  readonly rowOf: ((line: number) => number) | null
  /** Why the end could not be unpacked; known once everything was read. Completes "it can not be unpacked whole: …". */
  damage(): string | null
}

export type OpenedContent =
  | { readonly kind: 'content'; readonly content: Content }
  /** `words` complete the sentence "The file is …". */
  | { readonly kind: 'other'; readonly words: string; readonly advice: string }

/** One table inside a container; `reading` is the choice that leads to it. */
export interface Member {
  /** `archive.zip/entry.csv`, `book.xlsx/Sheet`. */
  readonly name: string
  /** Name for mappings and schemas. */
  readonly table: string
  readonly reading: ReadingChoices
  readonly hidden: boolean
}

/** Archives in archives: a workbook in a zip is looked into, a zip in that is not. */
const deepest = 2

export async function openContent(
  source: ByteSource,
  reading: ReadingChoices,
  signal: AbortSignal,
  depth = 0,
): Promise<OpenedContent> {
  const known = contents.get(source)
  if (known) return opened(known)
  const head = await take(source, 0, 4, signal)
  try {
    if (isGzip(head)) return depth < deepest ? await ofGzip(source, reading, signal, depth) : tooDeep
    if (isZip(head)) return depth < deepest ? await ofZip(source, reading, signal, depth) : tooDeep
    if (isParquet(head)) return depth === 0 ? await ofParquet(source, reading, signal) : packedParquet
    const dump = await openDump(source, signal)
    if (dump) return ofDump(dump, reading)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    return other(`a container that can not be unpacked: ${error.message}`, 'Copy it again, or unpack it and choose the tables.')
  }
  return opened({ source, reading, within: null, encoding: null, problems: () => [], rowOf: null, damage: () => null })
}

/** The tables inside a container, hidden sheets included; empty for a plain file, and for a container that can not be read. */
export async function membersOf(source: ByteSource, signal: AbortSignal): Promise<readonly Member[]> {
  const head = await take(source, 0, 4, signal)
  if (isGzip(head)) return /\.sql\.(gz|gzip)$/i.test(source.name) ? gzipMembers(source, signal) : []
  if (!isZip(head)) return tablesOf(source, await openDump(source, signal))
  const directory = await readZipDirectory(source, signal)
  if (typeof directory === 'string') return []
  try {
    if (!isWorkbook(directory)) return await entryMembers(source, directory, signal)
    const { sheets } = await readWorkbook(source, directory, signal)
    return sheets.map(({ name, hidden }) => ({ name: `${source.name}/${name}`, table: name, reading: { sheet: name }, hidden }))
  } catch (error) {
    if (error instanceof Damaged) return []
    throw error
  }
}

function tablesOf(source: ByteSource, dump: Dump | null): Member[] {
  return (dump?.tables ?? []).map(({ name }) => ({
    name: `${source.name}/${name}`,
    table: name,
    reading: { sheet: name },
    hidden: false,
  }))
}

async function gzipMembers(packed: ByteSource, signal: AbortSignal): Promise<Member[]> {
  try {
    const { source } = await openGzip(packed, signal)
    return tablesOf(packed, await openDump(source, signal))
  } catch (error) {
    if (error instanceof Damaged) return []
    throw error
  }
}

async function entryMembers(source: ByteSource, directory: ZipDirectory, signal: AbortSignal): Promise<Member[]> {
  const members: Member[] = []
  for (const entry of dataEntries(directory)) {
    const name = `${source.name}/${entry.name}`
    const table = entry.name
      .replace(/^.*[/\\]/, '')
      .replace(/\.(gz|gzip)$/i, '')
      .replace(/\.[^.]+$/, '')
    const inner =
      refusal(entry) === null && /\.(xls[xm]|sql)$/i.test(entry.name)
        ? await membersOf(zipEntrySource(source, entry), signal)
        : []
    if (inner.length === 0) members.push({ name, table, reading: { entry: entry.name }, hidden: false })
    for (const sheet of inner)
      members.push({ ...sheet, table: `${table}/${sheet.table}`, reading: { ...sheet.reading, entry: entry.name } })
  }
  return members
}

/** Entries that may be tables; what programs add for themselves is left out. */
function dataEntries(directory: ZipDirectory): readonly ZipEntry[] {
  return directory.entries.filter(({ name }) => !/(^|[/\\])(__MACOSX|\.[^/\\.][^/\\]*|Thumbs\.db)([/\\]|$)/i.test(name))
}

async function ofGzip(packed: ByteSource, reading: ReadingChoices, signal: AbortSignal, depth: number): Promise<OpenedContent> {
  const { source, damage } = await openGzip(packed, signal)
  if (damage !== null && source.size === 0) throw new Damaged(damage)
  const inner = await openContent(source, reading, signal, depth + 1)
  if (inner.kind === 'other') return inner
  const places = 'Bytes and lines are counted in the unpacked text.'
  const within = inner.content.within ?? { kind: 'gzip', name: null, places }
  return opened({ ...inner.content, within, damage: () => damage ?? inner.content.damage() })
}

async function ofZip(archive: ByteSource, reading: ReadingChoices, signal: AbortSignal, depth: number): Promise<OpenedContent> {
  const directory = await readZipDirectory(archive, signal)
  if (typeof directory === 'string') return other('an archive that can not be read', directory)
  if (isWorkbook(directory)) return ofWorkbook(archive, directory, reading, signal)
  if (directory.entries.some(({ name }) => /^xl\/workbook\.bin$/i.test(name)))
    return other('a binary workbook (xlsb)', 'Save it as an Excel workbook (xlsx) or as CSV (UTF-8).')
  if (directory.entries.some(({ name }) => /^(word\/document|ppt\/presentation|content)\.xml$/i.test(name)))
    return other('an Office document, not a workbook', 'Choose the file with the data instead.')
  const entries = dataEntries(directory)
  const entry =
    reading.entry === undefined
      ? entries.length === 1
        ? entries[0]
        : undefined
      : entries.find(({ name }) => name === reading.entry)
  if (!entry) return other(missingEntry(entries, reading.entry), 'Choose the file inside, or unpack the archive.')
  const refused = refusal(entry)
  if (refused !== null) return other(`a zip archive whose file ${entry.name} is not unpacked`, refused)
  const source = zipEntrySource(archive, entry)
  const { entry: _entry, ...rest } = reading
  const inner = await openContent(source, rest, signal, depth + 1)
  if (inner.kind === 'other') return inner
  const within: Within = { kind: 'zip', name: entry.name, places: `Bytes and lines are counted in ${entry.name} as unpacked.` }
  return opened({
    ...inner.content,
    within: inner.content.within ?? within,
    damage: () => inner.content.damage() ?? source.damage(),
  })
}

function missingEntry(entries: readonly ZipEntry[], wanted: string | undefined): string {
  if (wanted !== undefined) return `a zip archive without ${wanted}`
  if (entries.length === 0) return 'a zip archive without files'
  return `a zip archive of ${entries.length} files (${listed(entries.map(({ name }) => name))})`
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
}

async function ofWorkbook(
  archive: ByteSource,
  directory: ZipDirectory,
  reading: ReadingChoices,
  signal: AbortSignal,
): Promise<OpenedContent> {
  const workbook = await readWorkbook(archive, directory, signal)
  const shown = workbook.sheets.filter(({ hidden }) => !hidden)
  const sheet =
    reading.sheet === undefined
      ? shown.length === 1
        ? shown[0]
        : undefined
      : workbook.sheets.find(({ name }) => name === reading.sheet)
  if (!sheet) {
    const names = listed(workbook.sheets.map(({ name }) => name))
    const what =
      reading.sheet === undefined
        ? `a workbook of ${workbook.sheets.length} sheets (${names})`
        : `a workbook without a sheet "${reading.sheet}" (it has ${names})`
    return other(what, 'Choose the sheet to read.')
  }
  const refused = refusal(sheet.entry)
  if (refused !== null) return other(`a workbook whose sheet ${sheet.name} is not unpacked`, refused)
  const texts = await readSharedTexts(archive, directory, signal)
  const open = (facts: SheetFacts): AsyncIterable<Uint8Array> => sheetText(archive, sheet.entry, workbook, texts, facts)
  const facts = noFacts()
  let size = 0
  let damage: string | null = null
  try {
    for await (const chunk of open(facts)) {
      stopIfAborted(signal)
      size += chunk.length
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    damage = error.message
  }
  const hidden = reading.sheet === undefined ? workbook.sheets.filter((other) => other.hidden) : sheet.hidden ? [sheet] : []
  return opened({
    source: unpackedSource(`${archive.name}/${sheet.name}`, size, () => open(noFacts())),
    reading: { ...reading, encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"' },
    within: {
      kind: 'xlsx',
      name: sheet.name,
      places: `Lines are rows of the sheet ${sheet.name}; bytes are counted in its text.`,
    },
    encoding: null,
    problems: (input) => workbookProblems(input, facts, hidden),
    rowOf: (line) => rowOf(facts.shifts, line),
    damage: () => damage,
  })
}

function ofDump(dump: Dump, reading: ReadingChoices): OpenedContent {
  const table =
    reading.sheet === undefined
      ? dump.tables.length === 1
        ? dump.tables[0]
        : undefined
      : dump.tables.find(({ name }) => name === reading.sheet)
  if (!table) {
    const names = listed(dump.tables.map(({ name }) => name))
    if (dump.tables.length === 0)
      return dump.damage === null
        ? other('an SQL script without tables', 'Choose the script that holds the data.')
        : other(`an SQL dump that can not be read: ${dump.damage}`, 'Export its tables again, or as CSV.')
    return reading.sheet === undefined
      ? other(`an SQL dump of ${dump.tables.length} tables (${names})`, 'Choose the table to read.')
      : other(`an SQL dump without a table "${reading.sheet}" (it has ${names})`, 'Choose the table to read.')
  }
  const missing = table.elsewhere && `rows of ${table.name} are not in it, for ${table.elsewhere}`
  return opened({
    source: dump.source(table),
    reading: { ...reading, delimiter: ',', quote: '"', escape: '"' },
    within: {
      kind: 'sql',
      name: table.name,
      places: `The dump is read as one of ${dialectNames[dump.dialect]}. Lines and bytes are counted in the table ${table.name} as CSV.`,
    },
    encoding: dump.encoding,
    problems: () => [],
    rowOf: null,
    damage: () => dump.damage ?? missing,
  })
}

/** Its reader is loaded where a file needs it: pages that never see one do without. */
async function ofParquet(packed: ByteSource, reading: ReadingChoices, signal: AbortSignal): Promise<OpenedContent> {
  const { openParquet } = await import('./parquet/parquet.ts')
  const { source, columns, leftOut, damage } = await openParquet(packed, signal)
  const lists = `${leftOut.length === 1 ? 'the column' : 'the columns'} ${listed(leftOut)}`
  if (columns === 0) return other('a Parquet file without a column of single values', 'Export its lists as tables of their own.')
  return opened({
    source,
    reading: { ...reading, encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"' },
    within: {
      kind: 'parquet',
      name: null,
      places: `Lines and bytes are counted in the table as CSV.${leftOut.length === 0 ? '' : ` Lists are no cells: ${lists} stayed out.`}`,
    },
    encoding: null,
    problems: () => [],
    rowOf: null,
    damage: () => damage,
  })
}

const packedParquet = other('a Parquet file inside an archive', 'Unpack it first: its columns are read side by side.')

function noFacts(): SheetFacts {
  return { rows: 0, hiddenRows: 0, emptyFormulas: 0, shifts: [] }
}

function workbookProblems(input: number, facts: SheetFacts, hidden: readonly Sheet[]): ReadProblem[] {
  const place = { input, header: [] }
  const list: ReadProblem[] = []
  if (hidden.length > 0)
    list.push(
      problemIn('data/hidden-cells', place, null, [{ name: 'hidden sheets', value: listed(hidden.map(({ name }) => name)) }]),
    )
  if (facts.hiddenRows > 0)
    list.push(
      problemIn('data/hidden-cells', place, null, [{ name: 'hidden rows, read like the others', value: facts.hiddenRows }]),
    )
  if (facts.emptyFormulas > 0)
    list.push(
      problemIn('data/formula-without-value', place, null, [
        { name: 'formulas without a stored value', value: facts.emptyFormulas },
      ]),
    )
  return list
}

/** Line breaks inside cells make the text longer than the sheet: each pair says at which line which row ended. */
function rowOf(shifts: readonly (readonly [number, number])[], line: number): number {
  let low = 0
  let high = shifts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((shifts[middle]?.[0] ?? 0) < line) low = middle + 1
    else high = middle
  }
  const before = shifts[low - 1]
  const at = shifts[low]
  const row = before ? before[1] + (line - before[0]) : line
  return at ? Math.min(row, at[1]) : row
}

/** What came out of a container leads back to it: whoever opens it again learns the same. */
const contents = new WeakMap<ByteSource, Content>()

function opened(content: Content): OpenedContent {
  if (content.within !== null) contents.set(content.source, content)
  return { kind: 'content', content }
}

function other(words: string, advice: string): OpenedContent {
  return { kind: 'other', words, advice }
}

const tooDeep = other('an archive inside an archive inside an archive', 'Unpack it and choose the tables.')
