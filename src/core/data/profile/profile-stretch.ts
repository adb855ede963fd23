/** A profile in stretches: each is read by itself, and together they are the table as one reading gives it. */
import type { GroupColumns } from '../columns/grouping.ts'
import { addRecord, recordOfState, type TableStateRecord } from '../columns/state-record.ts'
import { mergeTable, type TableState } from '../columns/table-profiler.ts'
import { nameOfInput } from '../model/source.ts'
import type { ValidateSource } from '../model/validation.ts'
import { lookInto } from '../read/look-into.ts'
import { endOfStretches, type StretchEnds, StretchGate, type StretchPlace } from '../read/stretches/stretch-gate.ts'
import { type OpenTable, openTable } from '../read/table.ts'
import { profilerOf, type ReadTable, undeclaredIn } from './profile.ts'

export interface ProfiledStretch {
  readonly totals: StretchEnds
  /** Holds values of the data. */
  readonly state: TableStateRecord
}

/** @param place the first record of a block, null for the beginning of the table  @param until offset from which on the next stretch begins */
export async function profileStretch(
  given: ValidateSource,
  input: number,
  groups: GroupColumns,
  { place, until }: { readonly place: StretchPlace | null; readonly until: number },
  signal: AbortSignal,
): Promise<ProfiledStretch> {
  const open = await tableIn(given, input, signal)
  const profiler = profilerOf(given, open.structure, open.encoding, groups)
  const gate = new StretchGate(
    {
      record: (view, whole, byteOf) => {
        if (whole) profiler.see(view, byteOf)
      },
      block: (block, byteOf) => profiler.seeBlock(block, byteOf),
      problem() {},
    },
    place !== null,
    until,
  )
  const { sink } = gate
  const reading = place !== null && open.readFrom ? open.readFrom(place.byte, sink, signal, place) : open.read(sink, signal)
  for await (const _ of reading) if (gate.isOver) break
  return { totals: gate.finish(), state: recordOfState(profiler.finish()) }
}

/** @param stretches of one table, in the order of the file  @param hasGaps some of them are missing */
export async function tableOfStretches(
  given: ValidateSource,
  input: number,
  groups: GroupColumns,
  stretches: AsyncIterable<ProfiledStretch>,
  hasGaps: boolean,
  signal: AbortSignal,
): Promise<ReadTable> {
  const { structure, encoding } = await tableIn(given, input, signal)
  const empty = (): TableState => profilerOf(given, structure, encoding, groups).finish()
  const ends: StretchEnds[] = []
  let state: TableState | null = null
  for await (const { totals, state: record } of stretches) {
    const own = addRecord(empty(), record)
    state = state === null ? own : mergeTable(state, own)
    ends.push(totals)
  }
  const { source, table, reading } = given
  return {
    input: {
      ...{ name: nameOfInput(source.name, reading), table, structure },
      ...endOfStretches(ends, hasGaps),
      ...undeclaredIn(given, structure),
    },
    state: state ?? empty(),
    notEvaluated: null,
    decimal: reading.decimal,
    ...(hasGaps ? { hasGaps } : {}),
  }
}

/** The table of an input, taken out of its container. */
async function tableIn(given: ValidateSource, input: number, signal: AbortSignal): Promise<OpenTable> {
  const { content } = await lookInto(given.source, given.reading, signal)
  const { source, reading } = content ?? given
  return await openTable(source, reading, input, signal)
}
