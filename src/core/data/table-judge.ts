/** One table under its constraints: every record is shown once, cell by cell, to the judges of its columns. */
import type { Evidence } from '../finding.ts'
import { Cell, type CellJudge } from './checks/check.ts'
import { type HeaderFault, headerFaults } from './checks/header.ts'
import { cellChecks } from './checks/index.ts'
import { bindJsonSchema, type RecordJudge } from './checks/json-schema.ts'
import { type CellTexts, textOf } from './read/cell-text.ts'
import type { Structure } from './read/events.ts'
import { QUOTED, type RecordView } from './read/record-view.ts'
import { cellPlace } from './read/table-body.ts'
import type { JsonObject } from './record.ts'
import type { ReportSink } from './report-sink.ts'
import type { CompiledSchema, Constraint } from './schema/constraint.ts'
import type { ReadingChoices } from './source.ts'
import type { FieldQuality } from './validation.ts'

interface BoundJudge {
  readonly code: string
  readonly decides: boolean
  readonly asked: boolean
  readonly judge: CellJudge
  tested: number
}

interface Column {
  readonly field: string
  readonly required: boolean
  readonly judges: BoundJudge[]
  /** Spellings of null other than the empty cell, as bytes. */
  readonly nulls: readonly Uint8Array[]
  readonly emptyIsNull: boolean
  filled: number
}

interface BoundRecordJudge {
  readonly fields: readonly number[]
  readonly judge: RecordJudge
  tested: number
}

/** What is looked at in every column, whether or not a schema asks. */
const always = ['data/encoding-damage', 'data/date-order', 'data/date-order-undecided']

export class TableJudge {
  private readonly columns: Column[]
  private readonly recordJudges: BoundRecordJudge[] = []
  private readonly cell: Cell
  private judged = 0
  rulesRun = 0
  private readonly structure: Structure
  private readonly texts: CellTexts
  private readonly sink: ReportSink
  private readonly input: number
  private readonly table: string

  constructor(
    structure: Structure,
    texts: CellTexts,
    schema: CompiledSchema,
    reading: ReadingChoices,
    sink: ReportSink,
    input: number,
    table: string,
  ) {
    this.structure = structure
    this.texts = texts
    this.sink = sink
    this.input = input
    this.table = table
    this.cell = new Cell(texts)
    const required = new Set(schema.constraints.filter((c) => c.check === 'data/required').flatMap((c) => c.on.fields))
    const encoder = new TextEncoder()
    this.columns = structure.header.map((field) => {
      const spellings = [...(schema.nulls.get(field) ?? schema.defaultNulls), ...(reading.nulls ?? [])]
      return {
        field,
        required: required.has(field),
        judges: [],
        nulls: spellings.filter((spelling) => spelling !== '').map((spelling) => encoder.encode(spelling)),
        emptyIsNull: spellings.includes(''),
        filled: 0,
      }
    })
    this.rulesRun += required.size
    this.header(schema)
    for (const constraint of schema.constraints) this.bind(constraint)
    for (const column of this.columns) {
      const formatted = column.judges.some((bound) => bound.code === 'data/date-format')
      for (const code of always) this.attach(column, code, { settled: formatted || reading.dateOrder !== undefined }, false)
    }
  }

  private header(schema: CompiledSchema): void {
    for (const constraint of schema.constraints) {
      if (constraint.check !== 'data/header') continue
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
    const column = this.columns.find((candidate) => candidate.field === constraint.on.fields[0])
    if (column) this.attach(column, constraint.check, constraint.params, true)
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
    column.judges.push({ code, decides: check.decides, asked, judge, tested: 0 })
    this.rulesRun++
  }

  private bindRecord(constraint: Constraint): void {
    const judge = bindJsonSchema(constraint.params)
    if (typeof judge === 'string') {
      this.sink.notEvaluated({
        what: `JSON Schema of ${this.table}, ${constraint.origin.pointer || 'what is left of it'}`,
        why: judge,
      })
      return
    }
    const fields = constraint.on.fields.map((field) => this.structure.header.indexOf(field)).filter((column) => column >= 0)
    this.recordJudges.push({ fields, judge, tested: 0 })
    this.rulesRun++
  }

  /** True where the cell says "nothing recorded". */
  isNull(view: RecordView, index: number): boolean {
    const column = this.columns[index]
    if (!column) return false
    const start = view.starts[index] as number
    const length = (view.ends[index] as number) - start
    if (length === 0) return column.emptyIsNull
    for (const spelling of column.nulls) if (spelling.length === length && sameBytes(view.bytes, start, spelling)) return true
    return false
  }

  see(view: RecordView, byteOf: (index: number) => number): void {
    this.judged++
    const { cell, columns } = this
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as Column
      if (this.isNull(view, index)) {
        if (column.required) {
          const facts = (view.flags[index] as number) & QUOTED ? [{ name: 'written as', value: 'an empty text in quotes' }] : []
          this.report('data/required', { facts }, view, index, byteOf)
        }
        continue
      }
      column.filled++
      cell.set(view.bytes, view.starts[index] as number, view.ends[index] as number, view.flags[index] as number)
      for (const bound of column.judges) {
        bound.tested++
        const evidence = bound.judge.see(cell)
        if (evidence === null) continue
        this.report(bound.code, evidence, view, index, byteOf)
        if (bound.decides) break
      }
    }
    if (this.recordJudges.length > 0) this.seeRecord(view, byteOf)
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

  /** Verdicts over whole columns, and how many values each check saw. */
  finish(records: number): FieldQuality[] {
    const { sink, input } = this
    for (const column of this.columns) {
      if (column.required) sink.denominator('data/required', column.field, input, this.judged)
      for (const bound of column.judges) {
        sink.denominator(bound.code, column.field, input, bound.tested)
        const evidence = bound.judge.finish?.() ?? null
        if (evidence) sink.add({ code: bound.code, at: { kind: 'input', input, line: null, byte: null }, evidence }, column.field)
        if (bound.asked && bound.tested === 0 && records > 0)
          sink.notEvaluated({
            what: `${bound.code} of ${this.table}.${column.field}`,
            why: 'Not applicable: the column has no filled cell.',
          })
      }
    }
    for (const bound of this.recordJudges) sink.denominator('data/json-schema', '', input, bound.tested)
    sink.denominator('data/ragged-row', '', input, records)
    return this.columns.map(({ field, filled }) => ({ input, field, completeness: { n: filled, of: this.judged } }))
  }
}

/** A name that the schema does not know is a cell of the file, so it is an excerpt. */
function faultEvidence({ kind, field }: HeaderFault): Evidence {
  if (kind === 'missing') return { facts: [{ name: 'column that is missing', value: field }] }
  if (kind === 'order') return { facts: [{ name: 'first column out of order', value: field }] }
  return { facts: [{ name: 'column', value: 'not known to the schema' }], excerpt: field }
}

function sameBytes(bytes: Uint8Array, start: number, other: Uint8Array): boolean {
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false
  return true
}
