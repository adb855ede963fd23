/**
 * The first half of judging a table, by a task that knows a stretch of it alone: what needs nothing but the record is settled, all else is
 * handed on. The second half (`TableRun.read` with `told`) goes on from there, so that both give what one reading gives.
 */
import type { ReadStatus } from '../model/events.ts'
import type { TableGauges } from '../quality/table-gauges.ts'
import type { Landmarks } from '../read/landmarks.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import type { TableSink, TableTotals } from '../read/table-body.ts'
import { RecordView } from '../read/text/record-view.ts'
import type { RulesOfTable } from '../rules/of-table.ts'
import { CutFinder } from '../spread/cut-finder.ts'
import { type EventWriter, marks } from '../spread/told-events.ts'
import type { TableJudge } from './table-judge.ts'

/** A place at which the reading of a table can begin or end. */
export interface StretchPlace {
  readonly byte: number
  /** 1-based number of the record that begins there. */
  readonly record: number
  readonly line: number
}

/** Reads whole records that nobody else looks at: keys of a table. */
export interface StretchWatch {
  block(block: RecordBlock): void
  record(view: RecordView, whole: boolean): void
}

/** What a stretch was found to hold; its events and keys are elsewhere. */
export interface StretchTotals {
  /** No record of the table begins in it. */
  readonly isEmpty: boolean
  /** Another table follows in the file: such a file is read by one alone. */
  readonly isFollowed: boolean
  /** First record and the one behind the last; null for the beginning and the end of the table. */
  readonly from: StretchPlace | null
  readonly to: StretchPlace | null
  /** Of the table up to here, and how the reading ended; null where it goes on. */
  readonly end: { readonly records: number; readonly status: ReadStatus } | null
  /** Sums over the records that were settled, in the order in which the checks are bound. */
  readonly judged: readonly number[]
  readonly filled: readonly number[]
}

export interface Front {
  readonly judge: TableJudge
  readonly rules: RulesOfTable | null
  readonly gauges: TableGauges | null
  readonly events: EventWriter
  readonly watches: readonly StretchWatch[]
  /** Where some records begin, so that a few can be looked up again. */
  readonly landmarks: Landmarks
}

export class TableFront {
  private readonly marks = new Uint8Array(mostRecords)
  private readonly view = new RecordView()
  private state: 'before' | 'in' | 'after'
  private readonly starts = new CutFinder()
  private readonly ends = new CutFinder()
  private pending: Parameters<EventWriter['problem']>[0][] = []
  private from: StretchPlace | null = null
  private to: StretchPlace | null = null
  private totals: TableTotals | null = null
  private isFollowed = false
  private readonly front: Front
  private readonly until: number

  /** @param seeks the reading begins at the first record of a block, and the stretch at the first cut behind it  @param until offset from which on the next stretch begins */
  constructor(front: Front, seeks: boolean, until: number) {
    this.front = front
    this.until = until
    this.state = seeks ? 'before' : 'in'
  }

  get isOver(): boolean {
    return this.state === 'after'
  }

  readonly sink: TableSink = {
    block: (block, byteOf) => this.block(block, byteOf),
    record: (view, whole, byteOf, placed) => {
      const isReturned = view.bytes[view.end] === 13
      const place = { byte: byteOf(view.start), record: view.record, line: view.line }
      if (!this.pass(place, { byte: place.byte, end: byteOf(view.end), isReturned, whole })) return
      this.flush()
      for (const watch of this.front.watches) watch.record(view, whole)
      this.front.events.record(view, byteOf, marks.alone | (whole ? marks.whole : 0), placed)
    },
    problem: (problem) => {
      if (problem.sighting.code === 'data/several-tables') this.isFollowed = true
      if (this.state !== 'after') this.pending.push(problem)
    },
    end: (totals) => {
      this.totals = totals
    },
  }

  /** After the reading. */
  finish(): StretchTotals {
    if (this.state === 'in') this.flush()
    const { judge, rules } = this.front
    const { totals, from, to } = this
    const end = totals && this.state !== 'after' ? { records: totals.records, status: totals.status } : null
    const isEmpty = this.state === 'before' || (from !== null && from.byte === to?.byte)
    return { isEmpty, isFollowed: this.isFollowed, from, to, end, judged: judge.counts, filled: rules?.columns.filled ?? [] }
  }

  private flush(): void {
    for (const problem of this.pending) this.front.events.problem(problem)
    this.pending = []
  }

  /** True for a record of the stretch; called for each record once it may be near one of its ends. */
  private pass(place: StretchPlace, met: Parameters<CutFinder['see']>[0]): boolean {
    if (this.state === 'after') return false
    if (this.state === 'before') {
      if (this.starts.see(met)) {
        this.state = 'in'
        this.from = place
      } else this.pending = []
    }
    if (met.byte >= this.until && this.ends.see(met)) {
      // The stretch of a block in which no cut lies holds nothing.
      if (this.state === 'before') this.from = place
      this.state = 'after'
      this.to = place
      this.pending = []
    }
    return this.state === 'in'
  }

  private block(block: RecordBlock, byteOf: (index: number) => number): void {
    const { first, last } = block
    let from = first
    // Far from both ends nothing is looked at twice.
    const isNear = this.state === 'before' || byteOf(block.to[last - 1] as number) >= this.until
    if (isNear) {
      const number = block.record
      let taken = -1
      let row = first
      for (; row < last && this.state !== 'after'; row++) {
        const byte = byteOf(block.from[row] as number)
        const end = block.to[row] as number
        const place = { byte, record: number + row - first, line: block.line + (block.breaks[row] as number) }
        const isReturned = block.bytes[end] === 13
        if (this.pass(place, { byte, end: byteOf(end), isReturned, whole: true }) && taken < 0) taken = row
      }
      if (taken < 0) return
      from = taken
      block.first = from
      block.record = number + from - first
      block.last = this.isOver ? row - 1 : last
    }
    this.flush()
    if (block.last > block.first) this.settle(block, byteOf)
  }

  /** Marks the records of a run that are not settled, and hands these on. */
  private settle(block: RecordBlock, byteOf: (index: number) => number): void {
    const { marks: own, view, front } = this
    const { judge, rules, gauges, events, watches, landmarks } = front
    landmarks.note(block.record, byteOf(block.from[block.first] as number), block.line + (block.breaks[block.first] as number))
    const count = block.last - block.first
    for (const watch of watches) watch.block(block)
    if (judge.adds) {
      judge.seeBlock(block, own)
      rules?.sieve(block, own)
    } else own.fill(marks.alone, 0, count)
    if (gauges !== null) for (let row = 0; row < count; row++) own[row] = (own[row] as number) | marks.gauged
    for (let row = 0; row < count; row++) {
      const mark = own[row] as number
      if (mark === 0) continue
      block.show(block.first + row, view)
      events.record(view, byteOf, mark | marks.whole, view.count)
    }
  }
}
