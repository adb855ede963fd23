/** Rows that become one record together: each is kept until the last row of its record was read. */
import { DenseKeys } from '../../../dense-keys.ts'
import { hash64 } from '../../../hash64.ts'
import { stopIfAborted } from '../../../operation.ts'
import type { Row } from '../../model/record.ts'
import { readTable } from '../../read/table.ts'
import type { OpenSide } from '../plan/open-sides.ts'
import type { BoundTable } from '../plan/plan.ts'
import { selectorText } from '../plan/plan-rows.ts'
import { recordName } from '../plan/row-lines.ts'
import type { ReadRow, RecordProblem } from './made-row.ts'
import { type BoundLines, bindLines, joinedRows, readRow } from './row-maker.ts'

export type RowPlace = Pick<Row, 'record' | 'line' | 'byte' | 'length'>

/** One record to be: what its rows say together, or why they can not be one. `Kept` is what is kept of each row. */
export interface JoinedRow<Kept = RowPlace> {
  readonly read: ReadRow
  /** The row that names the place of the record. */
  readonly first: Row
  /** All rows in the order of the file, the first one among them. */
  readonly rows: readonly Kept[]
  /** How many rows there are, kept or not. */
  readonly count: number
  readonly refused: RecordProblem | null
}

/** Slots for the records of one table: 96 MB, about 5.6 million records. */
const mostSlots = 1 << 23
/** Records that may wait for a further row at the same time: about 100 MB. */
const mostOpen = 40_000
/** Stands for a record that was refused: all of its rows are. */
const refusedMark = 0xffff_ffff

/** How many rows each record has, so that none is kept longer than it must be. */
export class JoinCounts {
  private readonly numbers: DenseKeys
  private counts = new Uint32Array(256)

  constructor(slots = mostSlots) {
    this.numbers = new DenseKeys(slots)
  }

  add(name: string): void {
    const number = this.numbers.number(hash64(name))
    if (number >= this.counts.length) {
      const longer = new Uint32Array(this.counts.length * 2)
      longer.set(this.counts)
      this.counts = longer
    }
    this.counts[number] = (this.counts[number] ?? 0) + 1
  }

  /** Null for a record that was refused, and where there were too many of them to be counted. */
  of(name: string): number | null {
    const number = this.numbers.find(hash64(name))
    const count = this.counts[number] ?? 0
    return number === 0 || count === refusedMark ? null : count
  }

  refuse(name: string): void {
    const number = this.numbers.find(hash64(name))
    if (number !== 0) this.counts[number] = refusedMark
  }
}

/** One more reading of a table whose rows are joined. Yields bytes done. */
export async function* countJoins(
  { source, reading }: OpenSide,
  bound: readonly BoundTable[],
  into: JoinCounts,
  signal: AbortSignal,
): AsyncGenerator<number> {
  const nulls = new Set(reading.nulls ?? [])
  let lines: readonly BoundLines[] = []
  for await (const event of readTable(source, reading, signal)) {
    if (event.kind === 'structure') lines = bound.map((one) => bindLines(one, event.structure.header))
    if (event.kind !== 'rows') continue
    for (const row of event.rows) {
      const name = nameOf(readRow(row, lines, nulls), row, lines, nulls)
      if (name !== null) into.add(name)
    }
    stopIfAborted(signal)
    yield event.done
  }
}

/** Null for a row that is a record of its own, or none at all. */
function nameOf(read: ReadRow, row: Row, lines: readonly BoundLines[], nulls: ReadonlySet<string>): string | null {
  if (read.lost.length > 0) return null
  const taking = lines.filter((_, i) => read.targets[i]?.without === null)
  if (isInTwo(taking)) return null
  const one = taking.find(({ table }) => table.join !== null)
  if (one === undefined) return null
  // Rows of a group of the whole table have one name in all its targets.
  const named = one.table.join?.isOfTable ? (lines.find(({ table }) => table.patient !== null) ?? one) : one
  const name = recordName(row, named, nulls)
  return name === undefined ? null : one.table.join?.isOfTable ? name : `${one.table.index}\n${name}`
}

/** A row that is one record with others in one target, and something else in another one. */
function isInTwo(taking: readonly BoundLines[]): boolean {
  return taking.length > 1 && taking.some(({ table }) => table.join?.isOfTable === false)
}

/** Enough to find a row again, without its cells. */
function placeOf({ record, line, byte, length }: Row): RowPlace {
  return { record, line, byte, length }
}

interface Open<Kept> {
  read: ReadRow
  readonly first: Row
  readonly rows: Kept[]
  count: number
  left: number
  /** Columns in which its rows contradict each other; then none of them can be told to be right. */
  against: string | null
}

/** Joins rows and keeps the place of each. */
export function rowJoiner(
  bound: readonly BoundLines[],
  nulls: ReadonlySet<string>,
  counts: JoinCounts | null,
  most?: number,
): RowJoiner<RowPlace> {
  return new RowJoiner(bound, nulls, counts, placeOf, most)
}

/** `counts` are null for a table whose rows are records each: they pass straight through. */
export class RowJoiner<Kept> {
  private readonly open = new Map<string, Open<Kept>>()
  private readonly bound: readonly BoundLines[]
  private readonly nulls: ReadonlySet<string>
  private readonly counts: JoinCounts | null
  private readonly keep: (row: Row, before: number) => Kept | null
  private readonly mostOpen: number

  constructor(
    bound: readonly BoundLines[],
    nulls: ReadonlySet<string>,
    counts: JoinCounts | null,
    keep: (row: Row, before: number) => Kept | null,
    most = mostOpen,
  ) {
    this.bound = bound
    this.nulls = nulls
    this.counts = counts
    this.keep = keep
    this.mostOpen = most
  }

  add(row: Row, each: (joined: JoinedRow<Kept>) => void): void {
    const read = readRow(row, this.bound, this.nulls)
    const name = this.counts === null ? null : nameOf(read, row, this.bound, this.nulls)
    if (name === null || this.counts === null) {
      each({ read, first: row, rows: this.kept(row, 0), count: 1, refused: this.inTwo(read) })
      return
    }
    const held = this.open.get(name)
    const count = this.counts.of(name)
    if (!held && (count === null || this.open.size >= this.mostOpen)) {
      // A record is refused whole: its later rows must not become one without it.
      this.counts.refuse(name)
      const columns = this.bound[0]?.table.join?.columns.join(' + ') ?? ''
      const why = 'too many records wait for further rows at once; sort the extract by these columns'
      each({ read, first: row, rows: this.kept(row, 0), count: 1, refused: this.refusal(columns, why) })
      return
    }
    const open = held ?? { read, first: row, rows: this.kept(row, 0), count: 1, left: count ?? 1, against: null }
    if (!held) this.open.set(name, open)
    else {
      open.rows.push(...this.kept(row, open.rows.length))
      open.count++
      const joined = joinedRows(open.read, read)
      if ('against' in joined) open.against ??= joined.against
      else open.read = joined
    }
    if (--open.left > 0) return
    this.open.delete(name)
    each(this.settled(open))
  }

  /** Which targets a row can not be in together; null where there are none. */
  private inTwo(read: ReadRow): RecordProblem | null {
    const taking = this.bound.filter((_, i) => read.targets[i]?.without === null)
    if (!isInTwo(taking)) return null
    const names = taking.map(({ table }) => selectorText(table.selector)).join(' and ')
    return this.refusal('', `the row becomes ${names}, and only one of them joins it with others; keep it out of one by a filter`)
  }

  /** The file has ended: nothing more will come. */
  end(each: (joined: JoinedRow<Kept>) => void): void {
    for (const open of this.open.values()) each(this.settled(open))
    this.open.clear()
  }

  private kept(row: Row, before: number): Kept[] {
    const kept = this.keep(row, before)
    return kept === null ? [] : [kept]
  }

  private settled({ read, first, rows, count, against }: Open<Kept>): JoinedRow<Kept> {
    const refused = against === null ? null : this.refusal(against, 'rows of one record say different things')
    return { read, first, rows, count, refused }
  }

  private refusal(field: string, why: string): RecordProblem {
    return { field, target: this.bound[0]?.table.type ?? '', why }
  }
}
