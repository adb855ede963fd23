/** The tables of an SQL dump, each as delimited text: one pass finds them, and each is read from the stretches that hold its rows. */
import { type ByteSource, stopIfAborted } from '../../../../operation.ts'
import { take } from '../../text/stretches.ts'
import { Transcoder } from '../../text/transcode.ts'
import { type Cells, headerLine } from '../unpacked/cells.ts'
import { Damaged } from '../unpacked/damaged.ts'
import { type UnpackedSource, unpackedSource } from '../unpacked/unpacked-source.ts'
import { dialectOf, looksLikeDump, type SqlDialect } from './dialect.ts'
import { DumpScanner, type DumpSink } from './dump-scanner.ts'
import { type StatedEncoding, statedEncoding } from './stated-encoding.ts'

export interface DumpTable {
  readonly name: string
  /** In the order of the dump; what only later rows name comes last. */
  readonly columns: string[]
  rows: number
  /** Why rows of the table are missing in the dump; null where none are known to be. */
  elsewhere: string | null
}

export interface Dump {
  readonly dialect: SqlDialect
  /** Of its tables; null where the dump does not say it. */
  readonly encoding: StatedEncoding | null
  readonly tables: readonly DumpTable[]
  /** Why the dump could not be read to its end; completes "it can not be unpacked whole: …". */
  readonly damage: string | null
  source(table: DumpTable): UnpackedSource
}

/** Looked at to know a dump, and to know whose. */
const firstBytes = 4 << 10
const headBytes = 64 << 10
/** Further stretches of one table join what lies between them: a list of all single rows would not fit into memory. */
const mostStretches = 20_000

/** Null where the bytes are no SQL dump. The result is remembered with the source. */
export async function openDump(source: ByteSource, signal: AbortSignal): Promise<Dump | null> {
  const known = dumps.get(source)
  if (known) return known
  if (!looksLikeDump(headText(await take(source, 0, firstBytes, signal)))) return null
  const head = await take(source, 0, headBytes, signal)
  const dump = await readDump(source, headText(head), formOf(head), signal)
  dumps.set(source, dump)
  return dump
}

const dumps = new WeakMap<ByteSource, Dump>()

function headText(head: Uint8Array): string {
  return Array.from(head, (byte) => (byte === 0 ? '' : String.fromCharCode(byte)))
    .join('')
    .replace(/^(ÿþ|þÿ|ï»¿)/, '')
}

interface Form {
  /** SQL Server writes UTF-16; every other encoding keeps ASCII as it is, and is settled later. */
  readonly wide: 'utf-16le' | 'utf-16be' | null
  /** Bytes of the byte order mark. */
  readonly mark: number
}

function formOf([first, second, third]: Uint8Array): Form {
  if (first === 0xff && second === 0xfe) return { wide: 'utf-16le', mark: 2 }
  if (first === 0xfe && second === 0xff) return { wide: 'utf-16be', mark: 2 }
  return { wide: null, mark: first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0 }
}

/** Where the first statement begins, in bytes of what `textOf` gives. */
const startOf = ({ wide, mark }: Form): number => (wide === null ? mark : 0)

async function* textOf(source: ByteSource, { wide, mark }: Form, from: number, to: number): AsyncGenerator<Uint8Array> {
  if (wide === null) {
    yield* source.stream(from, Math.min(to, source.size))
    return
  }
  const transcoder = new Transcoder(wide, mark)
  let at = 0
  const part = (bytes: Uint8Array): Uint8Array => {
    const start = Math.max(0, from - at)
    const end = Math.min(bytes.length, to - at)
    at += bytes.length
    return bytes.subarray(start, Math.max(start, end))
  }
  // Stretches are counted in UTF-8: the way there is read, too.
  for await (const chunk of source.stream(mark)) {
    yield part(transcoder.push(chunk))
    if (at >= to) return
  }
  yield part(transcoder.end())
}

interface Found extends DumpTable {
  /** Bytes of all cells with their marks, and of what stands apart from the number of columns. */
  bytes: number
  /** Rows of statements that name their columns, with a value for each; the others are written as they are. */
  fitting: number
  nulls: number
  /** Rows of statements that name none, and those of a missing value alone, by their number of values: later statements may add columns. */
  readonly unnamed: Map<number, { rows: number; nulls: number }>
  readonly stretches: [number, number][]
}

async function readDump(source: ByteSource, head: string, form: Form, signal: AbortSignal): Promise<Dump> {
  const dialect = dialectOf(head)
  const index = new Index()
  const scanner = new DumpScanner(dialect, index, startOf(form))
  let damage: string | null = null
  try {
    for await (const chunk of textOf(source, form, startOf(form), Number.MAX_SAFE_INTEGER)) {
      stopIfAborted(signal)
      scanner.push(chunk)
    }
    scanner.end()
    damage = await missingEnd(source, signal)
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    damage = error.message
    index.cutOff()
  }
  const tables = [...index.tables.values()]
  const found = new Map<DumpTable, Found>(tables.map((table) => [table, table]))
  return {
    dialect,
    // What is wide was made UTF-8 already.
    encoding: form.wide === null ? statedEncoding(head) : null,
    tables,
    damage,
    source: (table) => {
      const one = found.get(table)
      if (!one) throw new Error('A table of another dump')
      return unpackedSource(`${source.name}/${one.name}`, sizeOf(one), () => rowsOf(source, dialect, form, one))
    },
  }
}

/** Two programs say at the end of a dump that it is one: where that is missing, tables may be, too. */
async function missingEnd(source: ByteSource, signal: AbortSignal): Promise<string | null> {
  const head = headText(await take(source, 0, firstBytes, signal))
  const writer = /^-- (MySQL dump|MariaDB dump|PostgreSQL database dump)/m.exec(head)?.[1]
  if (writer === undefined) return null
  const tail = headText(await take(source, Math.max(0, source.size - firstBytes), source.size, signal))
  if (/^-- (Dump completed|PostgreSQL database dump complete)/m.test(tail)) return null
  return `the last line of a ${writer} is missing, so tables or rows may be`
}

class Index implements DumpSink {
  readonly tables = new Map<string, Found>()
  private now: {
    readonly table: Found
    readonly names: readonly string[] | null
    readonly isOnce: boolean
    readonly from: number
  } | null = null

  columns(name: string, names: readonly string[]): void {
    const table = this.table(name)
    if (table.columns.length === 0) table.columns.push(...new Set(names))
  }

  rows(name: string, names: readonly string[] | null, at: number): void {
    const table = this.table(name)
    for (const column of names ?? []) if (!table.columns.includes(column)) table.columns.push(column)
    this.now = { table, names, isOnce: namesOnce(names), from: at }
  }

  row(cells: Cells): void {
    if (!this.now) return
    const { table, names, isOnce } = this.now
    // Nothing said the columns: they are numbered by the first row.
    if (names === null && table.columns.length === 0) for (let n = 1; n <= cells.count; n++) table.columns.push(`column ${n}`)
    table.rows++
    for (let cell = 0; cell < cells.count; cell++) table.bytes += cells.widthOf(cell)
    const isNull = cells.count === 1 && cells.isNull(0)
    if (names === null) {
      const like = table.unnamed.get(cells.count) ?? { rows: 0, nulls: 0 }
      like.rows++
      if (isNull) like.nulls++
      table.unnamed.set(cells.count, like)
    } else if (isOnce && cells.count === names.length) {
      table.fitting++
      if (isNull) table.nulls++
    } else table.bytes += Math.max(1, cells.count)
  }

  rowsEnd(at: number): void {
    if (!this.now) return
    const { table, from } = this.now
    this.now = null
    const last = table.stretches.at(-1)
    if (last && (last[1] === from || table.stretches.length >= mostStretches || this.lastRows === table)) last[1] = at
    else table.stretches.push([from, at])
    this.lastRows = table
  }

  private lastRows: Found | null = null

  elsewhere(name: string, why: string): void {
    this.table(name).elsewhere ??= why
  }

  /** The dump breaks off: what was read of the last statement stays. */
  cutOff(): void {
    this.rowsEnd(Number.MAX_SAFE_INTEGER)
  }

  private table(name: string): Found {
    let table = this.tables.get(name)
    if (!table) {
      table = { name, columns: [], rows: 0, elsewhere: null, bytes: 0, fitting: 0, nulls: 0, unnamed: new Map(), stretches: [] }
      this.tables.set(name, table)
    }
    return table
  }
}

function sizeOf({ columns, bytes, fitting, nulls, unnamed }: Found): number {
  const width = columns.length
  // A separator or the end of the line behind each cell; quotes mark a line of one missing value.
  let size = headerLine(columns).length + bytes + fitting * Math.max(1, width) + (width === 1 ? 2 * nulls : 0)
  for (const [count, like] of unnamed) size += like.rows * Math.max(1, count) + (width === 1 && count === 1 ? 2 * like.nulls : 0)
  return size
}

/** A statement that names a column twice says of none of its values where it belongs. */
function namesOnce(names: readonly string[] | null): boolean {
  return names === null || new Set(names).size === names.length
}

const flushBytes = 256 << 10

async function* rowsOf(source: ByteSource, dialect: SqlDialect, form: Form, table: Found): AsyncGenerator<Uint8Array> {
  const writer = new RowWriter(table)
  yield headerLine(table.columns)
  for (const [from, to] of table.stretches) {
    const scanner = new DumpScanner(dialect, writer, from)
    for await (const chunk of textOf(source, form, from, to)) {
      scanner.push(chunk)
      if (writer.length >= flushBytes) yield writer.taken()
    }
    // Where the dump breaks off its rows end as well; who opened it was told.
    try {
      scanner.end()
    } catch (error) {
      if (!(error instanceof Damaged)) throw error
    }
    if (writer.length > 0) yield writer.taken()
  }
}

/** Rows of one table, in the order of its columns. */
class RowWriter implements DumpSink {
  length = 0
  private out = new Uint8Array(flushBytes * 2)
  private wanted = false
  private names: readonly string[] | null = null
  private isOnce = true
  /** Which value of a row stands in which column; null where they stand as they come. */
  private order: readonly number[] | null = null
  private readonly table: Found

  constructor(table: Found) {
    this.table = table
  }

  taken(): Uint8Array {
    const bytes = this.out.slice(0, this.length)
    this.length = 0
    return bytes
  }

  columns(): void {}
  rowsEnd(): void {}
  elsewhere(): void {}

  rows(table: string, names: readonly string[] | null): void {
    this.wanted = table === this.table.name
    if (!this.wanted) return
    const { columns } = this.table
    this.names = names
    this.isOnce = namesOnce(names)
    const same = names === null || (names.length === columns.length && names.every((name, at) => name === columns[at]))
    this.order = same ? null : columns.map((column) => names.indexOf(column))
  }

  row(cells: Cells): void {
    if (!this.wanted) return
    const width = this.table.columns.length
    let needed = width + cells.count + 2
    for (let cell = 0; cell < cells.count; cell++) needed += cells.widthOf(cell)
    if (this.length + needed > this.out.length) this.grow(this.length + needed)
    const { out } = this
    let at = this.length
    const fits = this.isOnce && cells.count === (this.names ?? this.table.columns).length
    const order = fits ? this.order : null
    const count = fits ? width : cells.count
    for (let column = 0; column < count; column++) {
      if (column > 0) out[at++] = 44
      const cell = order === null ? column : (order[column] ?? -1)
      if (cell < 0 || cell >= cells.count) continue
      // A row of nothing but a missing value would be an empty line.
      if (width === 1 && fits && cells.isNull(cell)) {
        out[at++] = 34
        out[at++] = 34
      } else at = cells.write(cell, out, at)
    }
    out[at++] = 10
    this.length = at
  }

  private grow(least: number): void {
    const grown = new Uint8Array(Math.max(least, this.out.length * 2))
    grown.set(this.out.subarray(0, this.length))
    this.out = grown
  }
}
