/** The checks that watch every column of a table: each cell is shaped once, and shown only to those who care for its shape. */

import type { Evidence } from '../../finding.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import { isSuspect } from '../checks/bytes/suspect.ts'
import { Cell } from '../checks/contract/check.ts'
import { audience } from '../checks/contract/watched-cells.ts'
import { columnChecks } from '../checks/index.ts'
import { columnIn } from '../read/column-in.ts'
import type { AheadAsk } from '../read/records/ahead-slots.ts'
import type { RecordBlock } from '../read/records/record-block.ts'
import { cellPlace } from '../read/table-body.ts'
import type { RecordView } from '../read/text/record-view.ts'
import type { RuleContext } from './context.ts'
import type { Evaluate } from './evaluate.ts'
import { KeptPlaces } from './kept-places.ts'
import { notesOf, type RuleEntry } from './rule-file.ts'
import { Row } from './rule-row.ts'
import { conditionOf } from './rule-scope.ts'
import type { RuledTable } from './ruled-table.ts'
import { isInSample, nextThinning, sampleMaskAt, wholeRecords } from './sample.ts'
import { shapeOf } from './shape.ts'
import { notWhole } from './table-rules.ts'
import { watched } from './watch-block.ts'
import { WatchedRun } from './watched-run.ts'
import { audienceOf, byShape, type Column, severityOf, shapesOf, speaksOfPatients, type Watching } from './watching.ts'

export class TableWatch {
  readonly rulesRun: number
  private readonly columns: readonly Column[]
  private readonly cell: Cell
  private readonly row: Row
  private readonly isConditional: boolean
  private isSettled = false
  private isTorn = false
  private readonly run: WatchedRun
  /** The records of the run at hand are shown one by one. */
  private showsRows = false
  private readonly table: RuledTable
  private readonly context: RuleContext
  private readonly sink: ReportSink

  /** Where the context does not watch, only checks that an entry asks for are run. */
  constructor(table: RuledTable, entries: readonly RuleEntry[], context: RuleContext, sink: ReportSink) {
    this.table = table
    this.context = context
    this.row = new Row(table)
    this.sink = sink
    this.cell = new Cell(table.texts)
    const types = new Map<string, string>()
    for (const { on, check, params } of table.isGuess ? [] : table.schema.constraints)
      if ((check === 'data/type' || check === 'data/date-format') && typeof params.type === 'string')
        types.set(on.fields[0] ?? '', params.type)
    const conditions = new Map<RuleEntry, Evaluate | null>()
    for (const entry of entries) {
      const when = conditionOf(entry, table, context)
      if (typeof when === 'string') this.refuse(entry, when)
      else if (columnChecks.some(({ code }) => code === entry.check)) conditions.set(entry, when)
    }
    const asked = [...conditions.keys()]
    for (const entry of asked)
      for (const field of entry.fields)
        if (columnIn(table.header, field) < 0) this.refuse(entry, `The file has no column ${field}.`)
    const isOfPatients = speaksOfPatients(table)
    this.columns = table.header.map((field, index) => {
      const watches = columnChecks.flatMap((check) => {
        const own: (RuleEntry | null)[] = asked.filter((one) => one.check === check.code && one.fields.includes(field))
        if (own.length === 0 && context.watches && check.always) own.push(null)
        return own.flatMap((entry) => {
          const watch = check.watch({ field, isOfPatients, type: types.get(field) ?? null, params: entry?.params ?? null })
          if (typeof watch === 'string' && entry) this.refuse(entry, watch)
          if (watch === null || typeof watch === 'string') return []
          if (entry === null) sink.guess(check.code, table.input, field)
          else if (entry.guessed) sink.guess(check.code, table.input, field, 'proposed')
          const when = (entry && conditions.get(entry)) ?? null
          return [
            {
              ...{ check, watch, kept: new KeptPlaces(), entry, when, filled: 0, broken: 0 },
              ...audienceOf(entry === null && check.sampled),
            },
          ]
        })
      })
      const always = watches.filter(({ sampled }) => !sampled)
      const isAsked = watches.some(({ entry }) => entry !== null)
      return {
        field,
        watches,
        ofShape: byShape(watches),
        always: byShape(always),
        alwaysShapes: shapesOf(always),
        settled: [],
        settledOfShape: [],
        asked: isAsked,
        conditional: watches.filter(({ when }) => when !== null),
        nullStarts: table.nullStarts(index),
        filled: 0,
        sampled: 0,
      }
    })
    this.run = new WatchedRun(table, this.columns)
    this.isConditional = this.columns.some(({ conditional }) => conditional.length > 0)
    this.rulesRun = this.columns.reduce((sum, { watches }) => sum + watches.length, 0)
  }

  /** What the kernel will be asked of every block behind the whole records. */
  get asks(): AheadAsk[] {
    return this.columns.flatMap(({ alwaysShapes }, column) =>
      alwaysShapes === 0 || this.table.excludesSuspects(column) ? [] : [{ column, kind: 'suspects' as const }],
    )
  }

  /** @param counts false for a record that `sieve` counted */
  see(view: RecordView, byteOf: (index: number) => number, counts = true): void {
    const { columns, table } = this
    if (this.isConditional) this.row.show(view)
    if (!this.isSettled && view.record > wholeRecords) this.settle()
    const { bytes, starts, ends, flags, record } = view
    const inSample = isInSample(record)
    const count = Math.min(columns.length, view.count)
    for (let index = 0; index < count; index++) {
      const column = columns[index] as Column
      const start = starts[index] as number
      const end = ends[index] as number
      if (start === end || (column.nullStarts[bytes[start] as number] !== 0 && table.isNull(view, index))) continue
      if (counts) column.filled++
      if (this.isConditional) for (const watching of column.conditional) if (watching.when?.(this.row) === true) watching.filled++
      if (inSample) {
        column.sampled++
        const shape = shapeOf(bytes, start, end)
        const watches = column.ofShape[shape] as readonly Watching[]
        if (watches.length > 0) this.show(watches, view, index, shape, byteOf)
      } else {
        if (isSuspect(bytes, start, end, flags[index] as number, table.texts.isUtf8) || column.asked) {
          const shape = shapeOf(bytes, start, end)
          if ((shape & column.alwaysShapes) !== 0) this.show(column.always[shape] ?? [], view, index, shape, byteOf)
        }
        if (column.settled.length > 0) {
          const shape = shapeOf(bytes, start, end)
          this.show(column.settledOfShape[shape] ?? [], view, index, shape, byteOf)
        }
      }
    }
  }

  /**
   * Watches a run of records, a column at a time, and marks those of which something is to be said: they have to be shown to `tell`, in
   * their order. `marks` hold which records the checks of cells did not pass.
   */
  seeBlock(block: RecordBlock, marks: Uint8Array): void {
    const { columns, table } = this
    const { said } = this.run
    const count = block.last - block.first
    this.showsRows = this.isConditional
    if (this.showsRows) {
      for (let row = 0; row < count; row++) marks[row] = (marks[row] as number) | watched
      return
    }
    said.clear(block.record)
    const whole = Math.min(count, Math.max(0, wholeRecords + 1 - block.record))
    if (whole < count && !this.isSettled) {
      // What the sample settles depends on every record before.
      for (let index = 0; index < columns.length; index++) this.run.seeWhole(block, index, 0, whole)
      this.settle()
      for (let index = 0; index < columns.length; index++) this.seeBehind(block, index, whole, count, marks)
    } else
      for (let index = 0; index < columns.length; index++)
        if (whole > 0) this.run.seeWhole(block, index, 0, whole)
        else this.seeBehind(block, index, 0, count, marks)
    for (let index = 0; index < columns.length; index++) (columns[index] as Column).filled += count - table.silentCells(index)
    said.mark(marks)
  }

  /** As `seeBlock` for a task that knows a stretch of the table alone: marks whom `seeSieved` has to be shown, and counts the cells of all. */
  sieve(block: RecordBlock, marks: Uint8Array): void {
    const count = block.last - block.first
    const whole = this.isConditional ? count : Math.min(count, Math.max(0, wholeRecords + 1 - block.record))
    if (whole < count)
      for (let index = 0; index < this.columns.length; index++) this.seeBehind(block, index, whole, count, marks, true)
    for (let row = 0; row < whole; row++) marks[row] = (marks[row] as number) | watched
    for (let row = whole; row < count; row++) if (isInSample(block.record + row)) marks[row] = (marks[row] as number) | watched
    if (this.isConditional) return
    for (let index = 0; index < this.columns.length; index++)
      (this.columns[index] as Column).filled += count - this.table.silentCells(index)
  }

  /** A record that `sieve` marked, in the order of the file. */
  seeSieved(view: RecordView, byteOf: (index: number) => number): void {
    this.see(view, byteOf, this.isConditional)
  }

  /** Filled cells by column of the runs that were sieved. */
  get filled(): number[] {
    return this.columns.map(({ filled }) => filled)
  }

  /** Adds those of another task; `records` are those of the whole table. */
  addSieved(filled: readonly number[]): void {
    this.columns.forEach((column, index) => {
      column.filled += filled[index] ?? 0
    })
  }

  /** Not all of the table will be shown. */
  tear(): void {
    this.isTorn = true
  }

  /** All marked records were shown. @param records of the table */
  endSieved(records: number): void {
    if (!this.isSettled && records > wholeRecords) this.settle()
  }

  /** By column the numbers of the watches that know what to look for. */
  get settled(): number[][] {
    return this.columns.map(({ watches, settled }) => watches.flatMap((watch, i) => (settled.includes(watch) ? [i] : [])))
  }

  /** Looks for what another watch of the same table has settled on after the whole records. */
  settleAs(settled: readonly (readonly number[])[]): void {
    this.isSettled = true
    this.columns.forEach((column, index) => {
      this.settleOn(
        column,
        column.watches.filter((_, i) => settled[index]?.includes(i)),
      )
    })
  }

  private settleOn(column: Column, settled: readonly Watching[]): void {
    column.settled = settled
    column.settledOfShape = byShape(settled)
    for (const watching of settled) watching.audiences |= audience.settled
  }

  /** Says what was found in a record of the run that `seeBlock` was shown. */
  tell(view: RecordView, byteOf: (index: number) => number): void {
    if (this.showsRows) this.see(view, byteOf)
    else
      this.run.said.tell(view.record, (watching, index, wanted, evidence) =>
        this.say(watching, view, index, wanted, evidence, byteOf),
      )
  }

  /** Records behind the whole ones, as far as one mask after the other says which are in the sample. */
  private seeBehind(block: RecordBlock, index: number, from: number, to: number, marks: Uint8Array, sieves = false): void {
    for (let at = from; at < to; ) {
      const record = block.record + at
      const until = Math.min(to, nextThinning(record) - block.record)
      if (sieves) this.run.sieve(block, index, at, until, marks, sampleMaskAt(record))
      else this.run.seeSampled(block, index, at, until, marks, sampleMaskAt(record))
      at = until
    }
  }

  /** After the whole records: who knows what to look for is shown every cell from here on. */
  settle(): void {
    this.isSettled = true
    for (const column of this.columns) {
      this.settleOn(
        column,
        column.watches.filter(({ sampled, watch }) => sampled && watch.isSettled?.() === true),
      )
      for (const watching of column.settled) watching.sampled = false
    }
  }

  private show(
    watches: readonly Watching[],
    view: RecordView,
    index: number,
    shape: number,
    byteOf: (index: number) => number,
  ): void {
    const { cell } = this
    cell.set(view.bytes, view.starts[index] as number, view.ends[index] as number, view.flags[index] as number)
    for (let i = 0; i < watches.length; i++) {
      const watching = watches[i] as Watching
      const { watch, when } = watching
      if (when !== null && when(this.row) !== true) continue
      const evidence = watch.see(cell, shape)
      const wanted = watch.wanted === true
      if (wanted) watch.wanted = false
      if (wanted || evidence !== null) this.say(watching, view, index, wanted, evidence, byteOf)
    }
  }

  /** Keeps the place of a cell that may have to be named later, and reports one that is damaged. */
  private say(
    watching: Watching,
    view: RecordView,
    index: number,
    wanted: boolean,
    evidence: Evidence | null,
    byteOf: (index: number) => number,
  ): void {
    const { field } = this.columns[index] as Column
    const at = cellPlace(view, index, this.table.input, field, byteOf)
    if (wanted) watching.kept.add(at, this.sink)
    if (evidence === null) return
    const { check, entry } = watching
    watching.broken++
    this.sink.add({ code: check.code, at, evidence, ...severityOf(entry) }, field)
  }

  finish(): void {
    const { input, table } = this.table
    const tested = new Map<string, number>()
    if (this.isTorn && this.rulesRun > 0)
      this.sink.notEvaluated({ what: `The columns of ${table}, each as a whole`, why: notWhole })
    for (const { field, watches, filled, sampled: inSample } of this.columns)
      for (const { check, watch, kept, entry, when, filled: ofCondition, broken, sampled } of watches) {
        const mine = when === null ? filled : ofCondition
        const name = `${check.code}\n${field}`
        tested.set(name, (tested.get(name) ?? 0) + (sampled ? inSample : mine))
        this.sink.denominator(check.code, field, input, tested.get(name) ?? 0)
        if (when !== null && entry && mine === 0) this.refuse(entry, 'Not applicable: no record has what the rule asks about.')
        if (this.isTorn) {
          if (entry !== null) this.refuse(entry, notWhole)
          continue
        }
        const verdicts = watch.finish(entry === null && !check.sampled ? inSample : sampled ? inSample : mine, mine)
        if (entry !== null) {
          this.context.heard?.(entry, input, mine, broken + verdicts.length)
          const notes = notesOf(entry)
          if (notes.length > 0) this.sink.note(check.code, field, input, notes)
        }
        for (const { facts, kept: number, excerpt } of verdicts) {
          const known =
            sampled && inSample < filled ? [...facts, { name: 'read from a sample of cells', value: inSample }] : facts
          const evidence = { facts: known, ...(excerpt === undefined ? {} : { excerpt }) }
          const found = { code: check.code, evidence, ...severityOf(entry) }
          if (number === null) this.sink.add({ ...found, at: { kind: 'input', input, line: null, byte: null } }, field)
          else kept.tell(number, this.sink, found, input, field)
        }
      }
  }

  private refuse(entry: RuleEntry, why: string): void {
    this.sink.notEvaluated({ what: `Rule ${entry.id} (${entry.file} ${entry.pointer})`, why })
  }
}
