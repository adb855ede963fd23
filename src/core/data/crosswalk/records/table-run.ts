/** One legacy table, or a stretch of it, on its way: each row is read, made and written, or rejected with its reasons. */
import { stopIfAborted } from '../../../operation.ts'
import { csvText } from '../../../values/csv-text.ts'
import type { ReadEnd, ReadProblem, TableEvent } from '../../model/events.ts'
import type { CellCoverage } from '../plan/coverage.ts'
import type { OpenSide } from '../plan/open-sides.ts'
import type { BoundTable } from '../plan/plan.ts'
import { type KeyNotes, keysOfRow, type Links } from './links.ts'
import type { MadeRecord, MadeRow } from './made-row.ts'
import type { Rejected } from './rejects.ts'
import { type JoinCounts, type JoinedRow, type RowPlace, rowJoiner } from './row-joiner.ts'
import { type BoundLines, bindLines, fateOf, type RecordMaker } from './row-maker.ts'

/** Rows by what became of them: what is read is written less splits, or became part of another record, or was left out or rejected. */
export interface RowCounts {
  read: number
  written: number
  splits: number
  merged: number
  filtered: number
  rejected: number
}

/** Where a run writes what it makes of its rows. */
export interface RunSink {
  readonly files: { add(record: MadeRecord, source: string, rows: readonly RowPlace[]): void }
  readonly coverage: CellCoverage
  /** Told of the fate of every row that others may link to. */
  readonly notes: KeyNotes
  reason(field: string, why: string): void
  problem(problem: ReadProblem): void
  end(end: ReadEnd): void
}

export const reasonColumns = ['record', 'line', 'byte', 'field', 'target', 'why']

export class TableRun {
  /** Columns that the field map names and the file does not have. */
  missing: readonly string[] = []
  bodyByte = 0
  readonly counts: RowCounts = { read: 0, written: 0, splits: 0, merged: 0, filtered: 0, rejected: 0 }
  /** Places of rejected rows. */
  readonly rejected: Rejected[] = []
  /** A line for each reason of a rejected row, as its file has them. */
  private why = ''
  private readonly one: OpenSide
  private readonly bound: readonly BoundTable[]
  private readonly maker: RecordMaker
  private readonly links: Links
  private readonly joins: JoinCounts | null
  private readonly sink: RunSink
  private lines: readonly BoundLines[] = []

  /** @param links what became of rows of other tables  @param joins null for a table whose rows are records each */
  constructor(
    one: OpenSide,
    bound: readonly BoundTable[],
    maker: RecordMaker,
    links: Links,
    joins: JoinCounts | null,
    sink: RunSink,
  ) {
    this.one = one
    this.bound = bound
    this.maker = maker
    this.links = links
    this.joins = joins
    this.sink = sink
  }

  /** @param each is called after each row  Yields bytes done. */
  async *read(events: AsyncIterable<TableEvent>, signal: AbortSignal, each: () => void = nothing): AsyncGenerator<number> {
    const { reading, table } = this.one
    const nulls = new Set(reading.nulls ?? [])
    let joiner = rowJoiner(this.lines, nulls, this.joins)
    const write = (joined: JoinedRow): void => this.write(joined)
    for await (const event of events) {
      if (event.kind === 'structure') {
        const { header, bodyByte } = event.structure
        this.lines = this.bound.map((one) => bindLines(one, header))
        joiner = rowJoiner(this.lines, nulls, this.joins)
        this.missing = [...new Set(this.lines.flatMap(({ missing }) => missing))]
        this.bodyByte = bodyByte
        this.sink.coverage.header(table, header, reading.nulls ?? [])
      }
      if (event.kind === 'problem') this.sink.problem(event.problem)
      if (event.kind === 'end') this.sink.end(event)
      if (event.kind !== 'rows') continue
      for (const row of event.rows) {
        this.sink.coverage.row(row)
        this.counts.read++
        joiner.add(row, write)
        each()
      }
      stopIfAborted(signal)
      yield event.done
    }
    joiner.end(write)
    // Rows of one record are told together; the file of rejects follows the extract.
    if (this.joins !== null) this.rejected.sort((a, b) => a.byte - b.byte)
  }

  /** Lines of reasons so far, where they are more than so many characters; from then on they are kept anew. */
  takeReasons(least: number): string {
    if (this.why.length <= least) return ''
    const taken = this.why
    this.why = ''
    return taken
  }

  private write({ read, rows, refused }: JoinedRow): void {
    const { table } = this.one
    const all = this.maker.make(read, this.links)
    const made: MadeRow = refused === null ? all : { ...all, records: [], problems: [refused] }
    if (this.links.isLinked(table)) this.sink.notes.note(table, keysOfRow(made), fateOf(made, this.lines))
    if (made.problems.length > 0) for (const row of rows) this.reject(row, made)
    else if (made.records.length === 0) this.counts.filtered += rows.length
    else {
      this.counts.written += made.records.length
      this.counts.splits += made.records.length - 1
      this.counts.merged += rows.length - 1
      for (const record of made.records) this.sink.files.add(record, table, rows)
    }
  }

  private reject(row: RowPlace, { problems }: MadeRow): void {
    this.counts.rejected++
    this.rejected.push({ byte: row.byte, length: row.length })
    for (const { field, target, why } of problems) {
      this.sink.reason(field, why)
      this.why += csvText([[String(row.record), String(row.line), String(row.byte), field, target, why]])
    }
  }
}

function nothing(): void {}
