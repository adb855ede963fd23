/** Runs the crosswalk: legacy rows to target tables or FHIR R4 NDJSON, with rejects as they were and the origin of every record. */
import { utf8 } from '../../../canonical.ts'
import { compareText, type NotEvaluated } from '../../../finding.ts'
import { stopIfAborted, type Update } from '../../../operation.ts'
import { csvText } from '../../../values/csv-text.ts'
import { loadDefinitions } from '../../fhir/definitions/packs.ts'
import { readTable } from '../../read/table.ts'
import { CellCoverage } from '../plan/coverage.ts'
import type { MapInput, MappedTable, MapResult, OutputChunk } from '../plan/crosswalk.ts'
import { InputAccounts, notReadWhole, type OpenSide, openSides } from '../plan/open-sides.ts'
import { type BoundTable, planPairing } from '../plan/plan.ts'
import { CircularLinks, circularTables } from './circular-links.ts'
import { keysOfRow, Links } from './links.ts'
import type { MadeRow } from './made-row.ts'
import { OutputFiles } from './output-files.ts'
import { copyRecords, type Rejected } from './rejects.ts'
import { mappingFindings } from './required.ts'
import { countJoins, JoinCounts, type JoinedRow, type RowPlace, rowJoiner } from './row-joiner.ts'
import { type BoundLines, bindLines, fateOf, RecordMaker } from './row-maker.ts'

/** Text of one output file that is held before it is handed on. */
const heldText = 256 << 10

/** Chunks of all files as partial results, then the counts. Memory follows the batch, and the records that wait for further rows up to a limit; of rejected rows only their places are kept. */
export async function* mapRecords(input: MapInput, signal: AbortSignal): AsyncGenerator<Update<OutputChunk, MapResult>> {
  const definitions = await loadDefinitions()
  const plan = planPairing(input.mapping, input.inputs)
  const maker = new RecordMaker(definitions, plan.bySource)
  const files = new OutputFiles(plan.tables, (type) => definitions.type(type) !== null)
  const coverage = new CellCoverage(input.mapping)
  const reasons = new Map<string, { table: string; field: string; why: string; count: number }>()
  const tables: MappedTable[] = []
  const notEvaluated: NotEvaluated[] = []
  const opened = await openSides(
    input.inputs.filter(({ side }) => side !== 'target'),
    signal,
  )
  const accounts = new InputAccounts(opened)
  const missingKeys: string[] = []
  const legacy = inOrder(opened, plan.bySource)
  const circular = circularTables(plan.bySource)
  const looked = legacy.filter((one) => circular.has(one.table) && one.records === 'csv' && !one.refusal?.unreadable)
  const joining = new Set(
    legacy.filter(
      ({ table, records, refusal }) =>
        plan.bySource.get(table)?.some(({ join }) => join !== null) && records === 'csv' && !refusal?.unreadable,
    ),
  )
  notEvaluated.push(...apartInFiles([...joining]))
  const total = [...legacy, ...joining, ...looked].reduce((sum, { source }) => sum + source.size, 0)
  const links = new Links(plan.tables)
  let before = 0
  const circles = new CircularLinks(circular)
  for (const one of looked) {
    const counts = joining.has(one) ? new JoinCounts() : null
    if (counts)
      for await (const done of countJoins(one, plan.bySource.get(one.table) ?? [], counts, signal))
        yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: `Rows of one record in ${one.source.name}` }
    for await (const done of lookThrough(one, plan.bySource.get(one.table) ?? [], maker, circles, counts, signal))
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: `Links of ${one.source.name}` }
    before += one.source.size
  }
  circles.settle(
    links,
    looked.map(({ table }) => table),
  )
  for (const one of legacy) {
    const bound = plan.bySource.get(one.table)
    const left = plan.leftBehind.get(one.table)
    if (left && one.records === 'csv') {
      notEvaluated.push({ what: one.table, why: `left behind: ${left.reason} (${left.by})` })
      continue
    }
    if (one.refusal?.unreadable) continue
    if (one.records !== 'csv' || !bound) {
      const why = bound ? 'legacy records are read from tables only' : 'no confirmed line of the field map speaks of this table'
      notEvaluated.push({ what: one.source.name, why })
      continue
    }
    // Counted right before they are needed: of one table at a time.
    const counts = joining.has(one) ? new JoinCounts() : null
    if (counts) {
      for await (const done of countJoins(one, bound, counts, signal))
        yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: `Rows of one record in ${one.source.name}` }
      before += one.source.size
    }
    const run = new TableRun(one, bound, maker, links, files, coverage, reasons, accounts, opened.indexOf(one), counts)
    for await (const done of run.read(signal)) {
      yield { kind: 'progress', done: before + done, total, unit: 'bytes', label: `Mapping ${one.source.name}` }
      yield* files.take(heldText)
    }
    yield* run.rejects()
    for (const column of run.missing)
      notEvaluated.push({ what: `${one.table}.${column}`, why: 'the field map names this column, and the file does not have it' })
    const keys = bound.flatMap(({ key, patient }) => [...(key?.columns ?? []), ...(patient?.columns ?? [])])
    missingKeys.push(...run.missing.filter((column) => keys.includes(column)).map((column) => `${one.table}.${column}`))
    links.end(one.table)
    tables.push(run.result())
    before += one.source.size
  }
  yield* files.take(0)
  const columns = coverage.columns()
  const inputs = accounts.list(input.inputs.filter(({ side }) => side !== 'target'))
  yield {
    kind: 'result',
    value: {
      inputs,
      missingKeys,
      tables,
      coverage: coverage.result(),
      columns,
      reasons: [...reasons.values()].sort(
        (a, b) =>
          b.count - a.count || compareText(a.table, b.table) || compareText(a.field, b.field) || compareText(a.why, b.why),
      ),
      findings: mappingFindings(input.mapping, definitions),
      // A link that pairing does not follow is written all the same.
      notEvaluated: [
        ...plan.notEvaluated.filter(({ why }) => !why.startsWith('links to ')),
        ...notReadWhole(inputs),
        ...files.repeatedIds(),
        ...links.notEvaluated(),
        ...notEvaluated,
      ],
    },
  }
}

/** Rows of one record stand in one file: where a table comes in several, that is said. */
function apartInFiles(joining: readonly OpenSide[]): NotEvaluated[] {
  return [...new Set(joining.map(({ table }) => table))].flatMap((table) =>
    joining.filter((one) => one.table === table).length > 1
      ? [{ what: table, why: 'it comes in several files; rows of one record are joined within each file only' }]
      : [],
  )
}

/** One more reading of a table whose links lead back to it. */
async function* lookThrough(
  { source, reading }: OpenSide,
  bound: readonly BoundTable[],
  maker: RecordMaker,
  circles: CircularLinks,
  joins: JoinCounts | null,
  signal: AbortSignal,
): AsyncGenerator<number> {
  const nulls = new Set(reading.nulls ?? [])
  let lines: readonly BoundLines[] = []
  let joiner = rowJoiner(lines, nulls, joins)
  const see = ({ read, refused }: JoinedRow): void => {
    if (refused === null && !circles.full) circles.see(maker.make(read, null), lines)
  }
  for await (const event of readTable(source, reading, signal)) {
    if (event.kind === 'structure') {
      lines = bound.map((one) => bindLines(one, event.structure.header))
      joiner = rowJoiner(lines, nulls, joins)
    }
    if (event.kind !== 'rows') continue
    for (const row of event.rows) joiner.add(row, see)
    stopIfAborted(signal)
    yield event.done
  }
  joiner.end(see)
}

/** Tables that others link to come first, so that what belongs to a rejected row is known. */
function inOrder(inputs: readonly OpenSide[], bySource: ReadonlyMap<string, readonly BoundTable[]>): readonly OpenSide[] {
  const depthOf = (source: string, seen: readonly string[]): number => {
    const links = (bySource.get(source) ?? []).flatMap(({ lines }) => lines.flatMap(({ links: to }) => (to === null ? [] : [to])))
    const next = links.filter((to) => to !== source && !seen.includes(to))
    return next.length === 0 ? 0 : 1 + Math.max(...next.map((to) => depthOf(to, [...seen, source])))
  }
  const depth = new Map(inputs.map(({ table }) => [table, depthOf(table, [])]))
  return inputs.toSorted((a, b) => (depth.get(a.table) ?? 0) - (depth.get(b.table) ?? 0))
}

/** One legacy table on its way. */
class TableRun {
  missing: readonly string[] = []
  private readonly counts = { read: 0, written: 0, splits: 0, merged: 0, filtered: 0, rejected: 0 }
  private readonly rejected: Rejected[] = []
  private readonly why: (readonly string[])[] = []
  private bodyByte = 0
  private readonly one: OpenSide
  private readonly bound: readonly BoundTable[]
  private readonly maker: RecordMaker
  private readonly links: Links
  private readonly files: OutputFiles
  private readonly coverage: CellCoverage
  private readonly reasons: Map<string, { table: string; field: string; why: string; count: number }>
  private readonly accounts: InputAccounts
  private readonly input: number
  private readonly joins: JoinCounts | null
  private lines: readonly BoundLines[] = []

  constructor(
    one: OpenSide,
    bound: readonly BoundTable[],
    maker: RecordMaker,
    links: Links,
    files: OutputFiles,
    coverage: CellCoverage,
    reasons: Map<string, { table: string; field: string; why: string; count: number }>,
    accounts: InputAccounts,
    input: number,
    joins: JoinCounts | null,
  ) {
    this.joins = joins
    this.links = links
    this.accounts = accounts
    this.input = input
    this.one = one
    this.bound = bound
    this.maker = maker
    this.files = files
    this.coverage = coverage
    this.reasons = reasons
  }

  async *read(signal: AbortSignal): AsyncGenerator<number> {
    const { source, reading, table } = this.one
    const nulls = new Set(reading.nulls ?? [])
    let joiner = rowJoiner(this.lines, nulls, this.joins)
    const write = (joined: JoinedRow): void => this.write(joined)
    for await (const event of readTable(source, reading, signal, this.input)) {
      if (event.kind === 'structure') {
        const { header, bodyByte } = event.structure
        this.lines = this.bound.map((one) => bindLines(one, header))
        joiner = rowJoiner(this.lines, nulls, this.joins)
        this.missing = [...new Set(this.lines.flatMap(({ missing }) => missing))]
        this.bodyByte = bodyByte
        this.coverage.header(table, header, reading.nulls ?? [])
      }
      if (event.kind === 'problem') this.accounts.problem(this.input, event.problem)
      if (event.kind === 'end') this.accounts.end(this.input, event.status, event.records)
      if (event.kind !== 'rows') continue
      for (const row of event.rows) {
        this.coverage.row(row)
        this.counts.read++
        joiner.add(row, write)
      }
      stopIfAborted(signal)
      yield event.done
    }
    joiner.end(write)
    // Rows of one record are told together; the file of rejects follows the extract.
    if (this.joins !== null) this.rejected.sort((a, b) => a.byte - b.byte)
  }

  private write({ read, rows, refused }: JoinedRow): void {
    const { table } = this.one
    const all = this.maker.make(read, this.links)
    const made: MadeRow = refused === null ? all : { ...all, records: [], problems: [refused] }
    if (this.links.isLinked(table)) this.links.note(table, keysOfRow(made), fateOf(made, this.lines))
    if (made.problems.length > 0) for (const row of rows) this.reject(row, made)
    else if (made.records.length === 0) this.counts.filtered += rows.length
    else {
      this.counts.written += made.records.length
      this.counts.splits += made.records.length - 1
      this.counts.merged += rows.length - 1
      for (const record of made.records) this.files.add(record, table, rows)
    }
  }

  private reject(row: RowPlace, { problems }: MadeRow): void {
    this.counts.rejected++
    this.rejected.push({ byte: row.byte, length: row.length })
    for (const { field, target, why } of problems) {
      const key = `${this.one.table}\n${field}\n${why}`
      const held = this.reasons.get(key)
      if (held) held.count++
      else this.reasons.set(key, { table: this.one.table, field, why, count: 1 })
      this.why.push([String(row.record), String(row.line), String(row.byte), field, target, why])
    }
  }

  async *rejects(): AsyncGenerator<Update<OutputChunk, never>> {
    if (this.rejected.length === 0) return
    const name = this.one.table
    for await (const chunk of copyRecords(this.one.source, `rejects/${name}.csv`, this.bodyByte, this.rejected))
      yield { kind: 'partial', value: chunk }
    const header = ['record', 'line', 'byte', 'field', 'target', 'why']
    yield { kind: 'partial', value: { path: `rejects/${name}.reasons.csv`, bytes: utf8(csvText([header, ...this.why])) } }
  }

  result(): MappedTable {
    const { read, written, splits, merged, filtered, rejected } = this.counts
    if (read !== written - splits + merged + filtered + rejected)
      throw new Error(`The rows of ${this.one.table} do not add up: this is an error of the program`)
    return { table: this.one.table, ...this.counts }
  }
}
