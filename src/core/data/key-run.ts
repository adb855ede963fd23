/** Keys of all tables of a run: uniqueness while reading, references as soon as the other table is known, the rest in a second pass. */

import { type KeyBudget, KeyHash, KeyIndex } from './keys.ts'
import { type CellTexts, textOf } from './read/cell-text.ts'
import { ESCAPED, HIGH, type RecordView } from './read/record-view.ts'
import { cellPlace } from './read/table-body.ts'
import type { ReportSink } from './report-sink.ts'
import type { Constraint } from './schema/constraint.ts'

const encoder = new TextEncoder()
const space = 32

/** Columns of a key in one file, and how its cells become bytes that compare across encodings. */
export class KeyColumns {
  readonly fields: readonly string[]
  private readonly columns: readonly number[]
  private readonly isNull: (view: RecordView, column: number) => boolean
  private readonly texts: CellTexts

  constructor(
    fields: readonly string[],
    columns: readonly number[],
    isNull: (view: RecordView, column: number) => boolean,
    texts: CellTexts,
  ) {
    this.fields = fields
    this.columns = columns
    this.isNull = isNull
    this.texts = texts
  }

  get first(): number {
    return this.columns[0] ?? 0
  }

  /** Fills the hash; false where a part is null (SQL semantics: such a key neither repeats nor refers). */
  read(view: RecordView, hash: KeyHash): boolean {
    hash.start()
    for (const column of this.columns) {
      if (column >= view.count || this.isNull(view, column)) return false
      const flags = view.flags[column] ?? 0
      let bytes = view.bytes
      let start = view.starts[column] ?? 0
      let end = view.ends[column] ?? 0
      if ((flags & (HIGH | ESCAPED)) !== 0) {
        bytes = encoder.encode(textOf(this.texts, view, column))
        start = 0
        end = bytes.length
      }
      while (start < end && bytes[start] === space) start++
      while (end > start && bytes[end - 1] === space) end--
      hash.part(bytes, start, end)
    }
    hash.finish()
    return true
  }
}

interface Unique {
  readonly constraint: Constraint
  readonly index: KeyIndex
  readonly report: boolean
}

export interface TableKeys {
  readonly input: number
  readonly table: string
  readonly side: string | null
  columnsOf(fields: readonly string[]): KeyColumns | null
}

/** Key of a table under which its index is found. */
function indexName(input: number, fields: readonly string[]): string {
  return JSON.stringify([input, fields])
}

export class KeyRun {
  private readonly uniques = new Map<string, Unique>()
  private readonly read = new Set<number>()
  private readonly budget: KeyBudget
  private readonly sink: ReportSink

  constructor(budget: KeyBudget, sink: ReportSink) {
    this.budget = budget
    this.sink = sink
  }

  /** Announces a key that is to be indexed: declared unique, or referred to. */
  announce(input: number, constraint: Constraint, fields: readonly string[], report: boolean): void {
    const name = indexName(input, fields)
    const known = this.uniques.get(name)
    if (known && (known.report || !report)) return
    this.uniques.set(name, { constraint, index: known?.index ?? new KeyIndex(this.budget), report })
  }

  complete(input: number): void {
    this.read.add(input)
    for (const [name, { index, constraint, report }] of this.uniques)
      if (index.full && JSON.parse(name)[0] === input && report)
        this.sink.notEvaluated({
          what: `Uniqueness of ${constraint.on.fields.join(' + ')} in ${constraint.on.table}`,
          why: 'The keys of this run need more memory than its budget; raise the budget or check this table alone.',
        })
  }

  isComplete(input: number): boolean {
    return this.read.has(input)
  }

  uniquesOf(keys: TableKeys): UniqueReader[] {
    const list: UniqueReader[] = []
    for (const [name, unique] of this.uniques) {
      const [input, fields] = JSON.parse(name) as [number, string[]]
      const columns = input === keys.input ? keys.columnsOf(fields) : null
      if (columns) list.push(new UniqueReader(columns, unique.index, unique.report, this.sink, input))
    }
    return list
  }

  /** The probe of a reference; null where the table referred to is no part of the run. */
  foreign(keys: TableKeys, constraint: Constraint, target: number, targetFields: readonly string[]): ForeignReader | null {
    const columns = keys.columnsOf(constraint.on.fields)
    const parents = this.uniques.get(indexName(target, targetFields))
    return columns && parents ? new ForeignReader(columns, parents.index, constraint, this.budget, this.sink, keys.input) : null
  }
}

export class UniqueReader {
  private readonly hash = new KeyHash()
  private tested = 0
  private readonly columns: KeyColumns
  private readonly index: KeyIndex
  private readonly report: boolean
  private readonly sink: ReportSink
  private readonly input: number

  constructor(columns: KeyColumns, index: KeyIndex, report: boolean, sink: ReportSink, input: number) {
    this.columns = columns
    this.index = index
    this.report = report
    this.sink = sink
    this.input = input
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    if (!this.columns.read(view, this.hash)) return
    this.tested++
    const before = this.index.add(this.hash, view.record)
    if (before === 0 || !this.report) return
    const place = this.columns.fields.join(' + ')
    const at = cellPlace(view, this.columns.first, this.input, this.columns.fields[0] ?? '', byteOf)
    this.sink.add({ code: 'data/unique-key', at, evidence: { facts: [{ name: 'same key as record', value: before }] } }, place)
  }

  finish(): void {
    if (this.report && !this.index.full)
      this.sink.denominator('data/unique-key', this.columns.fields.join(' + '), this.input, this.tested)
  }
}

export class ForeignReader {
  private readonly hash = new KeyHash()
  private readonly orphans: KeyIndex
  private tested = 0
  private rows = 0
  private readonly columns: KeyColumns
  private readonly parents: KeyIndex
  private readonly constraint: Constraint
  private readonly sink: ReportSink
  private readonly input: number

  constructor(
    columns: KeyColumns,
    parents: KeyIndex,
    constraint: Constraint,
    budget: KeyBudget,
    sink: ReportSink,
    input: number,
  ) {
    this.columns = columns
    this.parents = parents
    this.constraint = constraint
    this.sink = sink
    this.input = input
    this.orphans = new KeyIndex(budget)
  }

  see(view: RecordView, byteOf: (index: number) => number, texts: CellTexts): void {
    if (this.parents.full || !this.columns.read(view, this.hash)) return
    this.tested++
    if (this.parents.has(this.hash)) return
    this.rows++
    this.orphans.add(this.hash, view.record)
    const at = cellPlace(view, this.columns.first, this.input, this.columns.fields[0] ?? '', byteOf)
    const facts = [{ name: 'table referred to', value: String(this.constraint.params.table ?? '') }]
    this.sink.add(
      { code: 'data/foreign-key', at, evidence: { facts, excerpt: textOf(texts, view, this.columns.first) } },
      this.place,
    )
  }

  private get place(): string {
    return this.columns.fields.join(' + ')
  }

  finish(): void {
    if (this.parents.full)
      this.sink.notEvaluated({
        what: `References from ${this.constraint.on.table}.${this.place} to ${String(this.constraint.params.table)}`,
        why: 'The keys of this run need more memory than its budget; raise the budget or check these two tables alone.',
      })
    else {
      this.sink.denominator('data/foreign-key', this.place, this.input, this.tested)
      if (!this.orphans.full && this.rows > 0)
        this.sink.note('data/foreign-key', this.place, this.input, [
          { name: 'rows', value: this.rows },
          { name: 'distinct values', value: this.orphans.size },
        ])
    }
  }
}
