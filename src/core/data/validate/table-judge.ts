/** One table under its constraints: every record is shown once, cell by cell, to the judges of its columns. */

import type { Evidence } from '../../finding.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import { orderOfFormat } from '../checks/column/date-order.ts'
import { type BytesTest, Cell, type CellJudge, separators } from '../checks/contract/check.ts'
import { cellChecks } from '../checks/index.ts'
import { type HeaderFault, headerFaults } from '../checks/reading/header.ts'
import type { BindRecord, RecordJudge } from '../checks/record/json-schema.ts'
import type { CompiledSchema, Constraint } from '../model/constraint.ts'
import type { Structure } from '../model/events.ts'
import type { Measure } from '../model/measure.ts'
import type { JsonObject } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import type { FieldQuality } from '../model/validation.ts'
import { isStatement } from '../nulls/dictionary.ts'
import { type CellMeasure, cellMeasureOf, measureOf, strictest } from '../quality/measure.ts'
import { columnIn } from '../read/column-in.ts'
import type { AheadAsk } from '../read/records/ahead-slots.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import { cellPlace } from '../read/table-body.ts'
import { Blanks } from '../read/text/blanks.ts'
import { type CellTexts, textOf } from '../read/text/cell-text.ts'
import { HIGH, QUOTED, type RecordView } from '../read/text/record-view.ts'
import { BlockJudge, isNullIn, nullStartsOf } from './block-judge.ts'

interface BoundJudge {
  readonly code: string
  readonly decides: boolean
  readonly asked: boolean
  readonly judge: CellJudge
  /** Filled cells that it was not shown, because a check before it had decided. */
  missed: number
  /** What a cell that fails it takes away from; null where it is part of no measure. */
  readonly measure: CellMeasure | null
}

interface Column {
  readonly field: string
  readonly required: boolean
  readonly judges: BoundJudge[]
  /** The tests on bytes of all judges that are shown every cell: a cell that passes them is done with. */
  readonly tests: BytesTest[]
  /** Flags and traits of cells that other judges want to see. */
  watched: number
  watchesHigh: boolean
  /** What can tell, of bytes beyond ASCII, that no cell in them fails. */
  readonly highTests: NonNullable<CellJudge['mayFail']>[]
  /** Judges that are shown cells of a shape only to count them. */
  readonly counters: CellJudge[]
  /** Spellings of null other than the empty cell, as bytes. */
  readonly nulls: readonly Uint8Array[]
  readonly emptyIsNull: boolean
  readonly blanks: Blanks
  readonly nullStarts: Uint8Array
  empty: number
  /** Filled cells that failed at least one check that was asked for. */
  readonly failed: Record<CellMeasure, number>
}

interface BoundRecordJudge {
  readonly fields: readonly number[]
  readonly judge: RecordJudge
  tested: number
}

/** What is looked at in every column, whether or not a schema asks. */
const always = ['data/encoding-damage', 'data/date-order', 'data/date-order-undecided']

/** For checks that have no test on bytes. */
const never: BytesTest = () => false

export class TableJudge {
  private readonly columns: Column[]
  private readonly recordJudges: BoundRecordJudge[] = []
  private readonly cell: Cell
  private readonly blocks: BlockJudge
  private judged = 0
  rulesRun = 0
  private readonly structure: Structure
  private readonly texts: CellTexts
  private readonly sink: ReportSink
  private readonly input: number
  private readonly table: string
  private readonly isGuess: boolean
  private readonly bindJsonSchema: BindRecord | null

  /** `isGuess`: the schema was read off the data, so that nothing counts as asked for. `bindJsonSchema` is needed where it holds such a rule. */
  constructor(
    structure: Structure,
    texts: CellTexts,
    schema: CompiledSchema,
    reading: ReadingChoices,
    sink: ReportSink,
    input: number,
    table: string,
    isGuess = false,
    bindJsonSchema: BindRecord | null = null,
  ) {
    this.bindJsonSchema = bindJsonSchema
    this.structure = structure
    this.texts = texts
    this.sink = sink
    this.input = input
    this.table = table
    this.isGuess = isGuess
    this.cell = new Cell(texts)
    const required = new Set(schema.constraints.filter((c) => c.check === 'data/required').flatMap((c) => c.on.fields))
    const blanks = new Blanks((text) => texts.bytes(text))
    this.columns = structure.header.map((field) => {
      // "None" in a column of allergies is an answer, whatever was declared.
      const spellings = [...(schema.nulls.get(field) ?? schema.defaultNulls), ...(reading.nulls ?? [])].filter(
        (spelling) => !isStatement(spelling, `${table} ${field}`),
      )
      const nulls = spellings.flatMap((spelling) => (spelling === '' ? [] : (texts.bytes(spelling) ?? [])))
      const emptyIsNull = spellings.includes('')
      return {
        field,
        required: required.has(field),
        judges: [],
        tests: [],
        watched: 0,
        watchesHigh: false,
        highTests: [],
        counters: [],
        nulls,
        emptyIsNull,
        blanks,
        nullStarts: nullStartsOf({ emptyIsNull, blanks, nulls }),
        empty: 0,
        failed: { consistency: 0, plausibility: 0 },
      }
    })
    this.blocks = new BlockJudge(this.columns, texts)
    this.rulesRun += required.size
    this.header(schema)
    for (const constraint of schema.constraints) this.bind(constraint)
    for (const column of this.columns) {
      const formatted = isGuess
        ? undefined
        : schema.constraints.find(({ check, on }) => check === 'data/date-format' && on.fields[0] === column.field)
      const order = reading.dateOrder ?? orderOfFormat(formatted?.params.format)
      const params = { settled: formatted !== undefined || reading.dateOrder !== undefined, ...(order === null ? {} : { order }) }
      for (const code of always) this.attach(column, code, params, false)
    }
  }

  private header(schema: CompiledSchema): void {
    for (const constraint of schema.constraints) {
      if (constraint.check !== 'data/header' || this.isGuess) continue
      this.rulesRun++
      for (const fault of headerFaults(this.structure.header, constraint.params)) {
        const at = { kind: 'input', input: this.input, line: Math.max(1, this.structure.bodyLine - 1), byte: null } as const
        const severity = fault.declared ? {} : { severity: 'warning' as const }
        this.sink.add({ code: 'data/header', at, evidence: faultEvidence(fault), ...severity }, fault.field)
      }
    }
  }

  private bind(constraint: Constraint): void {
    if (['data/required', 'data/header', 'data/unique-key', 'data/foreign-key'].includes(constraint.check)) return
    if (constraint.check === 'data/json-schema') {
      this.bindRecord(constraint)
      return
    }
    const column = this.columns[columnIn(this.structure.header, constraint.on.fields[0] ?? '')]
    if (column) this.attach(column, constraint.check, constraint.params, !this.isGuess)
    else
      this.sink.notEvaluated({
        what: `${constraint.check} of ${this.table}.${constraint.on.fields.join(' + ')}`,
        why: 'The file has no such column.',
      })
  }

  private attach(column: Column, code: string, params: JsonObject, asked: boolean): void {
    const check = cellChecks.find((candidate) => candidate.code === code)
    const judge = check ? check.bind(params) : `There is no check ${code}.`
    if (typeof judge === 'string' || !check) {
      this.sink.notEvaluated({ what: `${code} of ${this.table}.${column.field}`, why: typeof judge === 'string' ? judge : '' })
      return
    }
    column.judges.push({ code, decides: check.decides, asked, judge, missed: 0, measure: asked ? cellMeasureOf(check) : null })
    if (judge.only === undefined) column.tests.push(judge.passes ?? never)
    else column.watched |= judge.only
    if (judge.isCounter === true) column.counters.push(judge)
    else if (judge.only === HIGH && judge.mayFail && this.texts.isUtf8) column.highTests.push(judge.mayFail)
    else if (judge.only === HIGH) column.watchesHigh = true
    else if (judge.only !== undefined) column.tests.push(never)
    if (judge.onText !== undefined) this.sink.fallback({ what: `${code} of ${this.table}.${column.field}`, why: judge.onText })
    this.rulesRun++
  }

  private bindRecord(constraint: Constraint): void {
    if (this.bindJsonSchema === null) throw new Error('What judges JSON Schemas was not loaded')
    const judge = this.bindJsonSchema(constraint.params)
    if (typeof judge === 'string') {
      this.sink.notEvaluated({
        what: `JSON Schema of ${this.table}, ${constraint.origin.pointer || 'what is left of it'}`,
        why: judge,
      })
      return
    }
    const fields = constraint.on.fields.map((field) => columnIn(this.structure.header, field)).filter((column) => column >= 0)
    this.sink.fallback({
      what: `data/json-schema of ${this.table}, ${constraint.origin.pointer || 'what is left of it'}`,
      why: 'Rules beyond the named checks are evaluated by ajv on the texts of the columns they name.',
    })
    this.recordJudges.push({ fields, judge, tested: 0 })
    this.rulesRun++
  }

  /** True where the cell says "nothing recorded". */
  isNull(view: RecordView, index: number): boolean {
    const column = this.columns[index]
    return column !== undefined && isNullIn(column, view.bytes, view.starts[index] as number, view.ends[index] as number)
  }

  /** As `isNull`, of a cell by its bytes. */
  isNullCell(bytes: Uint8Array, start: number, end: number, index: number): boolean {
    const column = this.columns[index]
    return column !== undefined && isNullIn(column, bytes, start, end)
  }

  /** By byte: 1 where a filled cell of the column that starts with it may still say "nothing recorded". */
  nullStarts(index: number): Uint8Array {
    return this.columns[index]?.nullStarts ?? new Uint8Array(256)
  }

  /** What the kernel will be asked of every block. */
  get asks(): AheadAsk[] {
    return this.blocks.asks
  }

  /** Empty and null cells of the column in the run of records that was judged last. */
  silentCells(index: number): number {
    return this.blocks.silent[index] as number
  }

  /** True where no cell of the column that passes its checks can be damaged by itself. */
  excludesSuspects(index: number): boolean {
    return (
      this.recordJudges.length === 0 && (this.columns[index]?.tests.some(({ excludesSuspects }) => excludesSuspects) ?? false)
    )
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    this.judged++
    const { columns } = this
    const { bytes, starts, ends, flags } = view
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as Column
      const start = starts[index] as number
      const end = ends[index] as number
      if (start === end || column.nullStarts[bytes[start] as number] !== 0) {
        if (isNullIn(column, bytes, start, end)) {
          column.empty++
          if (column.required) this.missing(view, index, byteOf)
          continue
        }
      }
      const { tests } = column
      const cellFlags = flags[index] as number
      let passed = 0
      while (passed < tests.length && (tests[passed] as BytesTest)(bytes, start, end, cellFlags)) passed++
      let traits = cellFlags
      // Shorter cells are no dates; the guard also keeps the look ahead inside the bytes.
      if (end - start >= 8)
        traits |= (separators[bytes[start + 1] as number] as number) | (separators[bytes[start + 2] as number] as number)
      if (passed < tests.length || (traits & column.watched) !== 0) this.look(view, index, traits, byteOf)
    }
    if (this.recordJudges.length > 0) this.seeRecord(view, byteOf)
  }

  /**
   * Judges a run of records; those that need to be looked at alone are marked and not seen: they have to be shown to `see`, in their
   * order. @param marks one per record of the run
   */
  seeBlock(block: RecordBlock, marks: Uint8Array): void {
    if (this.recordJudges.length > 0) {
      marks.fill(1, 0, block.last - block.first)
      this.blocks.count(block, marks)
      return
    }
    this.blocks.mark(block, marks)
    this.judged += this.blocks.count(block, marks)
  }

  private missing(view: RecordView, index: number, byteOf: (index: number) => number): void {
    const how = this.writtenAs(view, index)
    const facts = how === null ? [] : [{ name: 'written as', value: how }]
    this.report('data/required', { facts }, view, index, byteOf)
  }

  /** How a cell that says nothing was written, where it is not simply empty; never the cell itself. */
  private writtenAs({ bytes, starts, ends, flags }: RecordView, index: number): string | null {
    const start = starts[index] as number
    const end = ends[index] as number
    if (start === end) return ((flags[index] as number) & QUOTED) !== 0 ? 'an empty text in quotes' : null
    return this.columns[index]?.blanks.has(bytes, start, end) === true ? 'white space only' : null
  }

  /** Shows one cell to all judges of its column, in order, until one decides. */
  private look(view: RecordView, index: number, traits: number, byteOf: (index: number) => number): void {
    const { judges, failed } = this.columns[index] as Column
    const { cell } = this
    const start = view.starts[index] as number
    const end = view.ends[index] as number
    const flags = view.flags[index] as number
    cell.set(view.bytes, start, end, flags)
    let counted: CellMeasure | null = null
    for (let at = 0; at < judges.length; at++) {
      const { code, decides, judge, measure } = judges[at] as BoundJudge
      if (judge.only === undefined ? judge.passes?.(view.bytes, start, end, flags) : (judge.only & traits) === 0) continue
      const evidence = judge.see(cell)
      if (evidence === null) continue
      this.report(code, evidence, view, index, byteOf)
      // A cell that fails two checks is one cell; only a type is judged before a range, so the measures come one after the other.
      if (measure !== null && measure !== counted) failed[measure]++
      counted = measure ?? counted
      if (!decides) continue
      // What only counts wants every cell: a date against the declared order tells most about the order.
      for (const later of judges.slice(at + 1))
        if (later.judge.isCounter !== true) later.missed++
        else if (((later.judge.only ?? 0) & traits) !== 0) later.judge.see(cell)
      return
    }
  }

  private seeRecord(view: RecordView, byteOf: (index: number) => number): void {
    for (const bound of this.recordJudges) {
      const cells = new Map<string, string>()
      for (const index of bound.fields)
        if (!this.isNull(view, index)) cells.set(this.structure.header[index] ?? '', textOf(this.texts, view, index))
      bound.tested++
      const evidence = bound.judge(cells)
      if (evidence) this.report('data/json-schema', evidence, view, bound.fields[0] ?? 0, byteOf, '')
    }
  }

  private report(
    code: string,
    evidence: Evidence,
    view: RecordView,
    index: number,
    byteOf: (index: number) => number,
    place?: string,
  ): void {
    const field = this.columns[index]?.field ?? ''
    this.sink.add({ code, at: cellPlace(view, index, this.input, field, byteOf), evidence }, place ?? field)
  }

  /** False where a verdict over a whole column can not be put together from parts. */
  get adds(): boolean {
    return this.columns.every(({ judges }) => judges.every(({ judge }) => !judge.finish || judge.counted !== undefined))
  }

  /** Everything `finish` reckons with, as sums over records in a fixed order. */
  get counts(): number[] {
    const ofColumns = this.columns.flatMap(({ empty, failed, judges }) => [
      empty,
      failed.consistency,
      failed.plausibility,
      ...judges.flatMap(({ missed, judge }) => [missed, ...(judge.counted?.get() ?? [])]),
    ])
    return [this.judged, ...ofColumns, ...this.recordJudges.map(({ tested }) => tested)]
  }

  /** Adds the counts of records that were judged elsewhere under the same constraints. */
  add(counts: readonly number[]): void {
    let at = 0
    const next = (): number => counts[at++] ?? 0
    this.judged += next()
    for (const column of this.columns) {
      column.empty += next()
      column.failed.consistency += next()
      column.failed.plausibility += next()
      for (const bound of column.judges) {
        bound.missed += next()
        const { counted } = bound.judge
        counted?.add(counted.get().map(next))
      }
    }
    for (const bound of this.recordJudges) bound.tested += next()
  }

  /** Verdicts over whole columns, and how many values each check saw. */
  finish(records: number): FieldQuality[] {
    const { sink, input } = this
    for (const column of this.columns) {
      if (column.required) sink.denominator('data/required', column.field, input, this.judged)
      const filled = this.judged - column.empty
      for (const bound of column.judges) {
        const tested = filled - bound.missed
        sink.denominator(bound.code, column.field, input, tested)
        const evidence = bound.judge.finish?.() ?? null
        if (evidence) sink.add({ code: bound.code, at: { kind: 'input', input, line: null, byte: null }, evidence }, column.field)
        if (bound.asked && tested === 0 && records > 0)
          sink.notEvaluated({
            what: `${bound.code} of ${this.table}.${column.field}`,
            why: 'Not applicable: the column has no filled cell.',
          })
      }
    }
    for (const bound of this.recordJudges) sink.denominator('data/json-schema', '', input, bound.tested)
    sink.denominator('data/ragged-row', '', input, records)
    return this.columns.map((column) => ({
      input,
      field: column.field,
      completeness: measureOf(this.judged - column.empty, this.judged, { threshold: column.required ? 0 : 1 }),
      consistency: cellMeasure(column, 'consistency', this.judged),
      plausibility: cellMeasure(column, 'plausibility', this.judged),
    }))
  }
}

/** Filled cells that pass all checks of one kind; empty cells are not applicable. */
function cellMeasure(column: Column, kind: CellMeasure, judged: number): Measure {
  const bound = column.judges.filter(({ measure }) => measure === kind)
  const filled = judged - column.empty
  if (bound.length === 0) return measureOf(0, 0, { notApplicable: judged })
  const threshold = strictest(bound.map(({ code }) => code))
  return measureOf(filled - column.failed[kind], filled, { threshold, notApplicable: column.empty })
}

/** A name that the schema does not know is a cell of the file, so it is an excerpt. */
function faultEvidence({ kind, field }: HeaderFault): Evidence {
  if (kind === 'missing') return { facts: [{ name: 'column that is missing', value: field }] }
  if (kind === 'order') return { facts: [{ name: 'first column out of order', value: field }] }
  return { facts: [{ name: 'column', value: 'not known to the schema' }], excerpt: field }
}
