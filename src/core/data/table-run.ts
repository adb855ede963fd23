/** One table of a validation run: opened, read once under its checks and keys, and once more where references lead back into it. */
import { type ForeignReader, KeyColumns, type KeyRun, type TableKeys, type UniqueReader } from './key-run.ts'
import type { ReadStatus, Structure } from './read/events.ts'
import type { RecordView } from './read/record-view.ts'
import { type OpenTable, openTable } from './read/table.ts'
import type { TableSink } from './read/table-body.ts'
import type { ReportSink } from './report-sink.ts'
import type { CompiledSchema, Constraint } from './schema/constraint.ts'
import type { ReadingChoices } from './source.ts'
import { TableJudge } from './table-judge.ts'
import type { FieldQuality, ValidateSource } from './validation.ts'

interface Reference {
  readonly constraint: Constraint
  readonly target: number
  readonly fields: readonly string[]
}

export class TableRun implements TableKeys {
  records = 0
  status: ReadStatus = 'unreadable'
  quality: readonly FieldQuality[] = []
  private readonly judge: TableJudge
  private references: Reference[] = []
  private keyRules = 0
  readonly given: ValidateSource
  readonly input: number
  private readonly open: OpenTable
  private readonly schema: CompiledSchema
  private readonly keys: KeyRun
  private readonly sink: ReportSink

  static async open(
    given: ValidateSource,
    input: number,
    schema: CompiledSchema,
    keys: KeyRun,
    sink: ReportSink,
    signal: AbortSignal,
  ): Promise<TableRun> {
    return new TableRun(given, input, await openTable(given.source, given.reading, input, signal), schema, keys, sink)
  }

  private constructor(
    given: ValidateSource,
    input: number,
    open: OpenTable,
    schema: CompiledSchema,
    keys: KeyRun,
    sink: ReportSink,
  ) {
    this.given = given
    this.input = input
    this.open = open
    this.schema = schema
    this.keys = keys
    this.sink = sink
    sink.numberColumns(input, undeclaredColumns(open.structure.header, schema, given.reading))
    for (const entry of schema.notEvaluated) sink.notEvaluated(entry)
    for (const problem of open.problems) sink.problem(problem)
    this.judge = new TableJudge(open.structure, open.texts, schema, given.reading, sink, input, given.table)
  }

  get name(): string {
    return this.given.source.name
  }

  get size(): number {
    return this.given.source.size
  }

  get table(): string {
    return this.given.table
  }

  get side(): string | null {
    return this.given.side
  }

  get structure(): Structure {
    return this.open.structure
  }

  get rulesRun(): number {
    return this.judge.rulesRun + this.keyRules
  }

  /** Inputs that this table refers to. */
  get targets(): readonly number[] {
    return this.references.map((reference) => reference.target)
  }

  /** True where references could not be probed while reading. */
  get waits(): boolean {
    return this.deferred.length > 0
  }

  private deferred: Reference[] = []

  columnsOf(fields: readonly string[]): KeyColumns | null {
    const columns = fields.map((field) => this.structure.header.indexOf(field))
    if (fields.length === 0 || columns.includes(-1)) return null
    return new KeyColumns(fields, columns, (view, column) => this.judge.isNull(view, column), this.open.texts)
  }

  /** Says which keys of which tables must be indexed, once all tables are open. */
  announce(tables: readonly TableRun[]): void {
    for (const constraint of this.schema.constraints) {
      if (constraint.check === 'data/unique-key') this.announceUnique(constraint)
      if (constraint.check === 'data/foreign-key') this.announceForeign(constraint, tables)
    }
  }

  private announceUnique(constraint: Constraint): void {
    if (this.columnsOf(constraint.on.fields)) {
      this.keys.announce(this.input, constraint, constraint.on.fields, true)
      this.keyRules++
    } else this.miss(constraint, 'The file has no such column.')
  }

  private announceForeign(constraint: Constraint, tables: readonly TableRun[]): void {
    const wanted = String(constraint.params.table)
    const fields = Array.isArray(constraint.params.fields) ? constraint.params.fields.map(String) : []
    const named = tables.filter((table) => table.table === wanted)
    const target = named.find((table) => table.side === this.side) ?? named[0]
    if (!target) this.miss(constraint, `The table ${wanted} is not part of this run.`)
    else if (!this.columnsOf(constraint.on.fields)) this.miss(constraint, 'The file has no such column.')
    else if (!target.columnsOf(fields)) this.miss(constraint, `The table ${wanted} has no column ${fields.join(' + ')}.`)
    else this.refer(constraint, target, fields)
  }

  private refer(constraint: Constraint, target: TableRun, fields: readonly string[]): void {
    this.keys.announce(target.input, constraint, fields, false)
    this.references.push({ constraint, target: target.input, fields })
    this.keyRules++
  }

  private miss(constraint: Constraint, why: string): void {
    this.sink.notEvaluated({ what: `${constraint.check} of ${this.table}.${constraint.on.fields.join(' + ')}`, why })
  }

  async *read(signal: AbortSignal, bytes: (chunk: Uint8Array) => void): AsyncGenerator<number> {
    const { judge } = this
    const uniques = this.keys.uniquesOf(this)
    const ready = this.references.filter((reference) => this.keys.isComplete(reference.target))
    this.deferred = this.references.filter((reference) => !ready.includes(reference))
    const foreign = this.probes(ready)
    yield* this.open.read(
      {
        bytes,
        record: (view, whole, byteOf) => {
          if (whole) judge.see(view, byteOf)
          probe(view, byteOf, uniques, foreign, this.open)
        },
        problem: (problem) => this.sink.problem(problem),
        end: (totals) => {
          this.records = totals.records
          this.status = totals.status
        },
      },
      signal,
    )
    this.quality = judge.finish(this.records)
    for (const reader of [...uniques, ...foreign]) reader.finish()
    this.keys.complete(this.input)
  }

  /** Reads the table again, for its deferred references only. */
  async *follow(signal: AbortSignal): AsyncGenerator<number> {
    const foreign = this.probes(this.deferred)
    const sink: TableSink = {
      record: (view, _whole, byteOf) => probe(view, byteOf, [], foreign, this.open),
      problem() {},
      end() {},
    }
    yield* this.open.read(sink, signal)
    for (const reader of foreign) reader.finish()
  }

  private probes(references: readonly Reference[]): ForeignReader[] {
    return references
      .map(({ constraint, target, fields }) => this.keys.foreign(this, constraint, target, fields))
      .filter((reader) => reader !== null)
  }
}

/** `column 3` for each column that neither the schema nor a person who chose the header rows vouches for. */
function undeclaredColumns(header: readonly string[], schema: CompiledSchema, reading: ReadingChoices): Map<string, string> {
  if (reading.headerRows !== undefined) return new Map()
  const declared = new Set([...schema.nulls.keys(), ...schema.constraints.flatMap(({ on }) => on.fields)])
  for (const { check, params } of schema.constraints)
    if (check === 'data/header' && Array.isArray(params.names)) for (const name of params.names) declared.add(String(name))
  return new Map(header.map((field, index) => [field, `column ${index + 1}`] as const).filter(([field]) => !declared.has(field)))
}

function probe(
  view: RecordView,
  byteOf: (index: number) => number,
  uniques: readonly UniqueReader[],
  foreign: readonly ForeignReader[],
  open: OpenTable,
): void {
  for (const reader of uniques) reader.see(view, byteOf)
  for (const reader of foreign) reader.see(view, byteOf, open.texts)
}
