/** What a task could not settle by itself, in the order of the file: problems of the reader, and records that somebody has to look at. */

import { BytesReader, BytesWriter } from '../../values/bytes-log.ts'
import type { ReadProblem } from '../model/events.ts'
import type { RecordView } from '../read/text/record-view.ts'

/** In the marks of a record beside those of a block (`told`, `watched`). */
export const marks = {
  /** Its cells are to be judged. */
  judged: 1,
  /** Rules and watched columns are to see it. */
  watched: 4,
  /** The gauges of the table are to see it. */
  gauged: 8,
  /** It was read alone, so that all of them are to see it. */
  alone: 16,
  /** It has as many cells as there are columns. */
  whole: 32,
  /** Its bytes are not those of the file, so that each cell says where it stands there. */
  moved: 64,
} as const

const problemEvent = 1
const recordEvent = 2

export class EventWriter {
  private readonly out = new BytesWriter()

  get length(): number {
    return this.out.length
  }

  problem(problem: ReadProblem): void {
    this.out.number(problemEvent)
    this.out.text(JSON.stringify(problem))
  }

  /** @param byteOf offset in the file  @param placed cells at its head that stand in their columns */
  record(view: RecordView, byteOf: (index: number) => number, mark: number, placed: number): void {
    const { out } = this
    const { bytes, start, end, starts, ends, flags, count, seen, record, line } = view
    const byte = byteOf(start)
    const isMoved = byteOf(end) - byte !== end - start
    for (const number of [recordEvent, isMoved ? mark | marks.moved : mark, placed, record, line, byte, seen, end - start, count])
      out.number(number)
    out.raw(bytes.subarray(start, end))
    let at = start
    for (let cell = 0; cell < count; cell++) {
      const from = starts[cell] as number
      const to = ends[cell] as number
      // A cell of a sheet that was added at the end begins there.
      out.number(Math.max(0, from - at))
      out.number(to - from)
      out.number(flags[cell] as number)
      if (isMoved) for (const index of [from, to]) out.number(byteOf(index) - byte)
      at = to
    }
  }

  take(): Uint8Array {
    return this.out.take()
  }
}

export interface EventSink {
  problem(problem: ReadProblem): void
  /** The view is valid during the call only. */
  record(view: RecordView, byteOf: (index: number) => number, mark: number, placed: number): void
}

/** Tells the events again. @param view is made to show each record */
export function replayEvents(bytes: Uint8Array, view: RecordView, sink: EventSink): void {
  const reader = new BytesReader(bytes)
  let first = 0
  const moved = new Map<number, number>()
  const byteOf = (index: number): number => first + (moved.get(index) ?? index)
  while (!reader.isOver) {
    if (reader.number() === problemEvent) {
      sink.problem(JSON.parse(reader.text()) as ReadProblem)
      continue
    }
    const mark = reader.number()
    const placed = reader.number()
    view.record = reader.number()
    view.line = reader.number()
    first = reader.number()
    const seen = reader.number()
    const length = reader.number()
    const count = reader.number()
    view.bytes = padded(reader.raw(length))
    view.base = 0
    view.start = 0
    view.end = length
    view.count = 0
    moved.clear()
    let at = 0
    for (let cell = 0; cell < count; cell++) {
      const from = at + reader.number()
      const to = from + reader.number()
      view.add(from, to, reader.number())
      if ((mark & marks.moved) !== 0) for (const index of [from, to]) moved.set(index, reader.number())
      at = to
    }
    view.seen = seen
    sink.record(view, byteOf, mark, placed)
  }
}

/** Tests of cells may look a few bytes ahead: these must not be those of another record. */
function padded(record: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(record.length + 8)
  bytes.set(record)
  return bytes
}
