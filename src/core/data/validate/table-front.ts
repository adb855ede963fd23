/**
 * The first half of judging a table, by a task that knows a stretch of it alone: what needs nothing but the record is settled, all else is
 * handed on. The second half (`TableRun.read` with `told`) goes on from there, so that both give what one reading gives.
 */
import type { TableGauges } from '../quality/table-gauges.ts'
import type { Landmarks } from '../read/landmarks.ts'
import { mostRecords, type RecordBlock } from '../read/records/record-block.ts'
import { type StretchEnds, StretchGate } from '../read/stretches/stretch-gate.ts'
import type { TableSink } from '../read/table-body.ts'
import { RecordView } from '../read/text/record-view.ts'
import type { RulesOfTable } from '../rules/of-table.ts'
import { type EventWriter, marks } from '../spread/told-events.ts'
import type { TableJudge } from './table-judge.ts'

/** Reads whole records that nobody else looks at: keys of a table. */
export interface StretchWatch {
  block(block: RecordBlock): void
  record(view: RecordView, whole: boolean): void
}

/** What a stretch was found to hold; its events and keys are elsewhere. */
export interface StretchTotals extends StretchEnds {
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
  private readonly gate: StretchGate
  private readonly front: Front

  /** @param seeks the reading begins at the first record of a block, and the stretch at the first cut behind it  @param until offset from which on the next stretch begins */
  constructor(front: Front, seeks: boolean, until: number) {
    const { events, watches } = front
    this.front = front
    const own: ConstructorParameters<typeof StretchGate>[0] = {
      block: (block, byteOf) => this.settle(block, byteOf),
      record: (view, whole, byteOf, placed) => {
        for (const watch of watches) watch.record(view, whole)
        events.record(view, byteOf, marks.alone | (whole ? marks.whole : 0), placed)
      },
      problem: (problem) => events.problem(problem),
    }
    this.gate = new StretchGate(own, seeks, until)
  }

  get isOver(): boolean {
    return this.gate.isOver
  }

  get sink(): TableSink {
    return this.gate.sink
  }

  /** After the reading. */
  finish(): StretchTotals {
    const { judge, rules } = this.front
    return { ...this.gate.finish(), judged: judge.counts, filled: rules?.columns.filled ?? [] }
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
