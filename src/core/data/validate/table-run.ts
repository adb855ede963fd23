/** One table of a validation run: opened, read once under its checks and keys, and again where records have to be looked up. */

import type { Location } from '../../finding.ts'
import type { Hash64 } from '../../hash64.ts'
import { keyHash, type RecordPatient } from '../blast-radius/record-patient.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { BindRecord } from '../checks/record/json-schema.ts'
import { KeyColumns } from '../keys/key-columns.ts'
import type { KeyRun } from '../keys/key-run.ts'
import { type KeyedTable, type KeyReader, type SeeRecord, told } from '../keys/source-table.ts'
import { type CompiledSchema, type Constraint, noSchema } from '../model/constraint.ts'
import type { ReadStatus, Structure } from '../model/events.ts'
import type { JsonObject } from '../model/record.ts'
import type { Side } from '../model/source.ts'
import type { FieldQuality, ValidateSource } from '../model/validation.ts'
import { TableGauges } from '../quality/table-gauges.ts'
import { columnIn } from '../read/column-in.ts'
import { type Landmark, Landmarks } from '../read/landmarks.ts'
import type { OpenAhead } from '../read/records/ahead-blocks.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import type { StretchPlace } from '../read/stretches/stretch-gate.ts'
import { type OpenTable, openTable, type TableOrigin } from '../read/table.ts'
import { cellPlace, type TableSink } from '../read/table-body.ts'
import { RecordView } from '../read/text/record-view.ts'
import { visitRecords } from '../read/visit-records.ts'
import type { RuleContext } from '../rules/context.ts'
import { RulesOfTable } from '../rules/of-table.ts'
import type { RuledTable } from '../rules/ruled-table.ts'
import { wholeRecords } from '../rules/sample.ts'
import { watched } from '../rules/watch-block.ts'
import { undeclaredColumns } from '../schema/undeclared-columns.ts'
import type { EventWriter } from '../spread/told-events.ts'
import { DeclaredKeys } from './declared-keys.ts'
import { readTold, visitTold } from './table-back.ts'
import { type StretchWatch, TableFront } from './table-front.ts'
import { TableJudge } from './table-judge.ts'
import type { ToldTable } from './told.ts'
import { eachToldKeys } from './told-keys.ts'

export class TableRun implements KeyedTable {
  records = 0
  status: ReadStatus = 'unreadable'
  quality: readonly FieldQuality[] = []
  private readonly judge: TableJudge
  /** One record of a block, and which of its records are to be looked at alone. */
  private readonly view = new RecordView()
  private readonly marks = new Uint8Array(mostRecords)
  private readonly landmarks = new Landmarks()
  private readonly declaredKeys: DeclaredKeys
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
    origin?: TableOrigin,
  ): Promise<TableRun> {
    // Most schemas do without it, and it is larger than the other checks together.
    const needsJson = schema.constraints.some(({ check }) => check === 'data/json-schema')
    const bind = needsJson ? (await import('../checks/record/json-schema-judge.ts')).bindJsonSchema : null
    return new TableRun(
      given,
      input,
      await openTable(given.source, given.reading, input, signal, origin),
      schema,
      keys,
      sink,
      bind,
    )
  }

  private constructor(
    given: ValidateSource,
    input: number,
    open: OpenTable,
    schema: CompiledSchema,
    keys: KeyRun,
    sink: ReportSink,
    bindJsonSchema: BindRecord | null,
  ) {
    this.given = given
    this.input = input
    this.open = open
    this.schema = schema
    this.keys = keys
    this.declaredKeys = new DeclaredKeys(this, keys, (constraint, why) => this.miss(constraint, why))
    this.sink = sink
    const { isGuess } = this
    const { header } = open.structure
    const undeclared = undeclaredColumns(header, isGuess ? noSchema : schema, given.reading)
    sink.numberColumns(input, new Map(undeclared.map((number) => [header[number - 1] ?? '', `column ${number}`])))
    for (const entry of schema.notEvaluated) sink.notEvaluated(entry)
    for (const word of schema.unknownKeywords ?? [])
      sink.add(
        {
          code: 'data/schema-keyword',
          at: { kind: 'input', input, line: null, byte: null },
          evidence: { facts: [{ name: 'in the schema at', value: word }] },
        },
        '',
      )
    for (const { check, on, origin } of schema.constraints)
      if (isGuess) sink.guess(check, input, on.fields.join(' + '), 'proposed')
      else sink.origin(check, check === 'data/header' || check === 'data/json-schema' ? '' : on.fields.join(' + '), input, origin)
    for (const problem of open.problems) sink.problem(problem)
    this.judge = new TableJudge(
      open.structure,
      open.texts,
      schema,
      given.reading,
      sink,
      input,
      given.table,
      isGuess,
      bindJsonSchema,
    )
  }

  /** Its schema was read off the data by the run itself. */
  private get isGuess(): boolean {
    return this.given.schema === null && this.given.guess != null
  }

  get name(): string {
    return this.given.source.name
  }

  get size(): number {
    return this.given.source.size
  }

  /** Where the next table of the same file begins; known once this one was read. */
  get next(): TableOrigin | null {
    return this.given.reading.tableNumber === undefined ? this.open.next() : null
  }

  get table(): string {
    return this.given.table
  }

  get side(): Side | null {
    return this.given.side
  }

  get structure(): Structure {
    return this.open.structure
  }

  get rulesRun(): number {
    return this.judge.rulesRun + this.declaredKeys.announced + (this.rules?.rulesRun ?? 0)
  }

  /** Inputs that this table refers to. */
  get targets(): readonly number[] {
    return [...this.declaredKeys.targets, ...(this.rules?.targets ?? [])]
  }

  /** A record has at least a delimiter or line break per column. */
  get mostRecords(): number {
    return Math.ceil(this.size / Math.max(1, this.header.length)) + 1
  }

  /** What is measured of the columns beside the checks: their profile, groups and timeliness. */
  gauges: TableGauges | null = null

  /** Asks for the gauges; `withProfile` where every column is profiled. */
  gauge(withProfile: boolean): void {
    this.gauges = TableGauges.of(this.given, this.open, this.input, withProfile)
  }

  private patient: RecordPatient | null = null
  private rules: RulesOfTable | null = null

  get ruled(): RuledTable {
    const { input, table, side, header, schema, isGuess, judge } = this
    return {
      input,
      table,
      side,
      header,
      schema,
      isGuess,
      texts: this.open.texts,
      isNull: (view, column) => judge.isNull(view, column),
      isNullCell: (...cell) => judge.isNullCell(...cell),
      nullStarts: (column) => judge.nullStarts(column),
      silentCells: (column) => judge.silentCells(column),
      excludesSuspects: (column) => judge.excludesSuspects(column),
    }
  }

  /** Binds what looks at whole records and columns, once all tables are open. */
  rule(tables: readonly TableRun[], context: RuleContext): void {
    this.rules = new RulesOfTable(
      this.ruled,
      tables.map((table) => table.ruled),
      context,
      this.sink,
    )
  }

  /** For a table that follows in a file: rules are bound as for any other, keys wait until all such tables are known. */
  follow(tables: readonly TableRun[], context: RuleContext): void {
    this.declaredKeys.wait()
    this.rule(tables, context)
  }

  /** True where rules ask tables that were not read before this one. */
  get rulesWait(): boolean {
    return this.rules?.waits ?? false
  }

  /** Reads the table once more, for those rules only. */
  async *ruleAgain(signal: AbortSignal): AsyncGenerator<number> {
    const see: SeeRecord = (view, byteOf) => this.rules?.seeAgain(view, byteOf)
    // Where a table has rules, tasks hand on all of its records.
    if (this.told === null) yield* this.visit(see, signal)
    else yield* visitTold(this.told, 'events', this.view, this.patient, see, () => 0, signal)
    this.patient?.flush()
    this.rules?.finishAgain()
  }

  get header(): readonly string[] {
    return this.structure.header
  }

  get constraints(): readonly Constraint[] {
    return this.schema.constraints
  }

  get declared(): JsonObject | null {
    return this.schema.carryover ?? null
  }

  /** Every record and problem passes by the one who knows its patient. */
  accompany(patient: RecordPatient): void {
    this.patient = patient
  }

  keyOf(view: RecordView, columns: readonly number[]): Hash64 | null {
    return keyHash(view, columns, this.open.texts, (seen, column) => this.judge.isNull(seen, column))
  }

  /** Keys of each whole record, by list of columns; the table is read once more for them. */
  async *eachKeys(
    fields: readonly (readonly string[])[],
    signal: AbortSignal,
    see: (keys: readonly (Hash64 | null)[]) => void,
  ): AsyncGenerator<number> {
    if (this.told !== null) {
      yield* eachToldKeys(this.told, this.patientKeys(), fields, see)
      return
    }
    const columns = fields.map((list) => list.map((field) => columnIn(this.header, field)))
    const keys = (view: RecordView): void => see(columns.map((list) => this.keyOf(view, list)))
    yield* this.open.read({ record: (view, whole) => whole && keys(view), problem() {}, end() {} }, signal)
  }

  /** Lists of columns whose keys tasks note, because they may be asked for; set by whoever knows the ways to patients. */
  patientKeys: () => readonly (readonly string[])[] = () => []

  columnsOf(fields: readonly string[]): KeyColumns | null {
    const columns = fields.map((field) => columnIn(this.structure.header, field))
    if (fields.length === 0 || columns.includes(-1)) return null
    return new KeyColumns(fields, columns, (...cell) => this.judge.isNullCell(...cell), this.open.texts)
  }

  /** Says which keys of which tables must be indexed, once all tables are open. */
  announce(tables: readonly TableRun[]): void {
    this.declaredKeys.announce(tables)
  }

  /** Announces the keys that had to wait, once every table was read; how many there are. */
  announceLate(tables: readonly TableRun[]): number {
    return this.declaredKeys.announceLate(tables)
  }

  private miss(constraint: Constraint, why: string): void {
    if (this.isGuess) return
    this.sink.notEvaluated({ what: `${constraint.check} of ${this.table}.${constraint.on.fields.join(' + ')}`, why })
  }

  /** Threads of the host that index the table ahead. */
  openAhead: OpenAhead | null = null

  /** What tasks found of it. */
  told: ToldTable | null = null

  /** The first half of judging a stretch of it. @param seeks the stretch begins at the first cut behind the place where reading begins */
  front(events: EventWriter, watches: readonly StretchWatch[], seeks: boolean, until: number): TableFront {
    this.rules?.start()
    const { judge, rules, gauges, landmarks } = this
    landmarks.clear()
    return new TableFront({ judge, rules, gauges, events, watches, landmarks }, seeks, until)
  }

  /** Reads from a record on whose place is known, or all of it. */
  readBy(sink: TableSink, place: StretchPlace | null, signal: AbortSignal): AsyncIterable<number> {
    return place !== null && this.open.readFrom
      ? this.open.readFrom(place.byte, sink, signal, place)
      : this.open.read(sink, signal)
  }

  /** True where a stretch of it can be read alone. */
  get canBeCut(): boolean {
    return this.open.readFrom !== null
  }

  /** Where some of its records begin, as they were read last. */
  get places(): readonly Landmark[] {
    return this.canBeCut ? this.landmarks.all : []
  }

  /** Reads the whole records alone, for what the watches settle on: by column their numbers. */
  async settleWatches(signal: AbortSignal): Promise<readonly (readonly number[])[]> {
    const watch = this.rules?.columns
    let isOver = false
    const sink: TableSink = {
      record: (view, whole, byteOf) => {
        isOver ||= view.record > wholeRecords
        if (!isOver && whole) watch?.see(view, byteOf)
      },
      problem() {},
      end() {},
    }
    for await (const _ of this.open.read(sink, signal)) if (isOver) break
    watch?.settle()
    return watch?.settled ?? []
  }

  /** What watches its columns, as another one settled. */
  settleAs(settled: readonly (readonly number[])[]): void {
    this.rules?.columns.settleAs(settled)
  }

  async *read(signal: AbortSignal, hashed: (chunk: Uint8Array) => void): AsyncGenerator<number> {
    const { judge } = this
    if (this.told !== null) {
      const { rules, gauges, view, size, patient, sink } = this
      const end = yield* readTold({ judge, rules, gauges, view, size, patient, sink }, this.told, signal)
      this.records = end.records
      this.status = end.status
      this.quality = judge.finish(this.records)
      gauges?.finish()
      rules?.finish()
      return
    }
    const keys = this.keys.readerOf(this)
    const { rules, gauges } = this
    rules?.start()
    this.landmarks.clear()
    yield* this.open.read(
      {
        bytes: hashed,
        ahead: this.openAhead && {
          open: (form) => this.openAhead?.(this.given.source, form) ?? null,
          asks: [...judge.asks, ...(rules?.asks ?? [])],
        },
        block: (block, byteOf) => this.seeBlock(block, byteOf, keys),
        record: (view, whole, byteOf, placed) => {
          this.patient?.see(view, placed)
          if (whole) judge.see(view, byteOf)
          if (whole) rules?.see(view, byteOf)
          if (whole) gauges?.see(view, byteOf)
          keys?.record(view, byteOf)
        },
        problem: (problem) => (this.patient ?? this.sink).problem(problem),
        end: (totals) => {
          this.records = totals.records
          this.status = totals.status
        },
      },
      signal,
    )
    this.patient?.flush()
    this.quality = judge.finish(this.records)
    gauges?.finish()
    rules?.finish()
  }

  /** Shows a run of records to all: together where they only count, one by one and in order to those who may speak. */
  private seeBlock(block: RecordBlock, byteOf: (index: number) => number, keys: KeyReader | null): void {
    const { judge, rules, gauges, patient, marks, view } = this
    if (this.open.readFrom !== null)
      this.landmarks.note(
        block.record,
        byteOf(block.from[block.first] as number),
        block.line + (block.breaks[block.first] as number),
      )
    judge.seeBlock(block, marks)
    keys?.block(block, marks)
    rules?.seeBlock(block, marks)
    gauges?.seeBlock(block, byteOf)
    for (let record = block.first; record < block.last; record++) {
      const mark = marks[record - block.first] as number
      if (mark === 0) continue
      block.show(record, view)
      patient?.see(view, view.count)
      if ((mark & 1) !== 0) judge.see(view, byteOf)
      if ((mark & watched) !== 0) rules?.seeInBlock(view, byteOf)
      if ((mark & told) !== 0) keys?.tell(view, byteOf)
    }
  }

  visit(see: SeeRecord, signal: AbortSignal, wanted: () => number = () => 0): AsyncIterable<number> {
    if (this.told !== null) return visitTold(this.told, 'strays', this.view, this.patient, see, wanted, signal)
    return this.visitBy(this.landmarks, see, wanted, signal)
  }

  /** Reads some records again. @param landmarks of records whose places are known */
  visitBy(
    landmarks: Landmarks,
    see: (view: RecordView, byteOf: (index: number) => number, placed: number) => void,
    wanted: () => number,
    signal: AbortSignal,
  ): AsyncIterable<number> {
    const { view, patient } = this
    const sink: TableSink = {
      block: (block, byteOf) => {
        const behind = block.record + block.last - block.first
        for (let number = Math.max(block.record, wanted()); number < behind; number = Math.max(number + 1, wanted())) {
          block.show(block.first + number - block.record, view)
          patient?.see(view, view.count)
          see(view, byteOf, view.count)
        }
      },
      record: (view, _whole, byteOf, placed) => {
        if (view.record < wanted()) return
        patient?.see(view, placed)
        see(view, byteOf, placed)
      },
      problem() {},
      end() {},
    }
    return visitRecords(this.open, landmarks, sink, wanted, signal)
  }

  cellAt(view: RecordView, columns: KeyColumns, byteOf: (index: number) => number): Location {
    return cellPlace(view, columns.first, this.input, columns.fields[0] ?? '', byteOf)
  }
}
