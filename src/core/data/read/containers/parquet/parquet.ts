/** A Parquet file as delimited text, a row group after the other. */
import { type ByteSource, stopIfAborted } from '../../../../operation.ts'
import { Cells, headerLine } from '../unpacked/cells.ts'
import { Damaged } from '../unpacked/damaged.ts'
import { unpackedSource } from '../unpacked/unpacked-source.ts'
import { type ParquetFooter, type RowGroup, readFooter } from './footer.ts'
import { type PageValues, pagesOf } from './pages.ts'
import { type WriteValue, writerOf } from './value-text.ts'

export interface ParquetTable {
  readonly source: ByteSource
  readonly columns: number
  /** Names of columns that hold lists, maps or variants. */
  readonly leftOut: readonly string[]
  /** Why rows are missing; completes "it can not be unpacked whole: …". */
  readonly damage: string | null
}

const flushBytes = 256 << 10
/** Text beyond which a file that packs better than any table is not believed: a run of a few bytes can stand for millions of rows. */
const trustedBytes = 64 << 20
const trustedRatio = 5000

/** Reads the file once, to learn how long its text is and where it is damaged; remembered with the source. */
export async function openParquet(packed: ByteSource, signal: AbortSignal): Promise<ParquetTable> {
  const known = tables.get(packed)
  if (known) return known
  const footer = await readFooter(packed, signal)
  let size = 0
  let damage: string | null = null
  try {
    for await (const chunk of textOf(packed, footer)) {
      stopIfAborted(signal)
      size += chunk.length
    }
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    damage = error.message
    for (const part of error.rest) size += part.length
  }
  const source = unpackedSource(packed.name.replace(/\.parquet$/i, ''), size, () => textOf(packed, footer))
  const table = { source, columns: footer.columns.length, leftOut: footer.leftOut, damage }
  tables.set(packed, table)
  return table
}

const tables = new WeakMap<ByteSource, ParquetTable>()

async function* textOf(packed: ByteSource, footer: ParquetFooter): AsyncGenerator<Uint8Array> {
  const rows = new Rows(footer)
  let made = 0
  try {
    yield rows.head
    for (const group of footer.groups)
      for await (const chunk of rowsOf(packed, group, rows)) {
        made += chunk.length
        if (made > trustedBytes && made > packed.size * trustedRatio)
          throw new Damaged(`it unpacks to more than ${trustedRatio} times its size, which no table does`, [chunk])
        yield chunk
      }
    if (rows.length > 0) yield rows.taken()
  } catch (error) {
    if (!(error instanceof Damaged)) throw error
    throw new Damaged(error.message, [...error.rest, rows.taken()])
  }
}

/** Columns advance together, as far as the shortest of their pages reaches. */
async function* rowsOf(packed: ByteSource, group: RowGroup, rows: Rows): AsyncGenerator<Uint8Array> {
  const readers = group.chunks.map((chunk) => pagesOf(packed, chunk, group.rows))
  const pages: PageValues[] = group.chunks.map(() => [])
  const places = group.chunks.map(() => 0)
  for (let row = 0; row < group.rows; ) {
    let step = group.rows - row
    for (const [column, reader] of readers.entries()) {
      if ((places[column] ?? 0) >= (pages[column]?.length ?? 0)) {
        const next = await reader.next()
        pages[column] = next.done ? [] : next.value
        places[column] = 0
      }
      step = Math.min(step, (pages[column]?.length ?? 0) - (places[column] ?? 0))
    }
    for (let end = row + step; row < end; row++) {
      rows.add(pages, places)
      if (rows.length >= flushBytes) yield rows.taken()
    }
  }
}

/** Rows as text, until somebody takes them. */
class Rows {
  readonly head: Uint8Array
  length = 0
  private out = new Uint8Array(flushBytes * 2)
  private readonly cells = new Cells()
  private readonly writers: readonly WriteValue[]

  constructor({ columns }: ParquetFooter) {
    this.head = headerLine(columns.map(({ name }) => name))
    this.writers = columns.map(({ element }) => writerOf(element))
  }

  add(pages: readonly PageValues[], places: number[]): void {
    const { cells, writers } = this
    cells.clear()
    let needed = writers.length + 3
    for (const [column, write] of writers.entries()) {
      const at = places[column] ?? 0
      places[column] = at + 1
      const value = pages[column]?.[at]
      const isNull = value === null || value === undefined
      cells.begin()
      if (!isNull) write(value, cells)
      cells.end(isNull)
      needed += cells.widthOf(column)
    }
    this.write(needed)
  }

  taken(): Uint8Array {
    const bytes = this.out.slice(0, this.length)
    this.length = 0
    return bytes
  }

  private write(needed: number): void {
    if (this.length + needed > this.out.length) {
      const grown = new Uint8Array(Math.max(this.length + needed, this.out.length * 2))
      grown.set(this.out.subarray(0, this.length))
      this.out = grown
    }
    const { cells, out } = this
    let at = this.length
    // A row of nothing but a missing value would be an empty line.
    if (cells.count === 1 && cells.isNull(0)) {
      out[at++] = 34
      out[at++] = 34
    } else
      for (let column = 0; column < cells.count; column++) {
        if (column > 0) out[at++] = 44
        at = cells.write(column, out, at)
      }
    out[at++] = 10
    this.length = at
  }
}
