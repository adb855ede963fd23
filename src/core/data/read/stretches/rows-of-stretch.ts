/** Rows of one stretch of a table, for those who want texts and not cells. */
import type { TableEvent } from '../../model/events.ts'
import { type OpenTable, rowsOf } from '../table.ts'
import { type StretchEnds, StretchGate, type StretchPlace } from './stretch-gate.ts'

export interface TableStretch {
  /** The first record of a block; null for the beginning of the table. */
  readonly place: StretchPlace | null
  /** Offset from which on the next stretch begins. */
  readonly until: number
}

/** As `readTable`, without what opening the table told; gives where the stretch was found to begin and to end. */
export async function* rowsOfStretch(
  table: OpenTable,
  { place, until }: TableStretch,
  signal: AbortSignal,
): AsyncGenerator<Exclude<TableEvent, { kind: 'structure' }>, StretchEnds> {
  const found: StretchEnds[] = []
  const events = rowsOf(table, async function* (sink) {
    const gate = new StretchGate(sink, place !== null, until)
    const own = gate.sink
    const reading = place !== null && table.readFrom ? table.readFrom(place.byte, own, signal, place) : table.read(own, signal)
    for await (const done of reading) {
      yield done
      if (gate.isOver) break
    }
    // Here, so that what it tells last is told with the rest.
    found.push(gate.finish())
  })
  for await (const event of events) if (event.kind !== 'end') yield event
  const [ends] = found
  if (!ends) throw new Error('A stretch that was read has ends')
  return ends
}
