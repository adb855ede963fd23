/** The state of a table as plain data that another process can go on from: counts, and the values that a report would show. */
import { type ColumnState, type CountedValue, type Distinct, valueName } from './column-state.ts'
import type { ExtremeRecord } from './extremes.ts'
import type { Grouping } from './grouping.ts'
import type { Histogram } from './histogram.ts'
import { HyperLogLog } from './hyper-log-log.ts'
import type { TableState } from './table-profiler.ts'
import { Traits } from './traits.ts'

type Pairs = readonly (readonly [number, number])[]

/** Holds values of the data: it is to be guarded like them. */
export interface TableStateRecord {
  readonly columns: readonly ColumnRecord[]
  /** By grouping; null where there are too many groups. */
  readonly groupings: readonly (readonly GroupRecord[] | null)[]
}

type GroupRecord = readonly [name: string, records: number, filled: Float64Array, byte: number, span: number]

interface ColumnRecord {
  readonly total: number
  readonly filled: number
  readonly nulls: readonly number[]
  readonly values:
    | readonly (readonly [a: number, b: number, count: number, byte: number, span: number, text: string | null])[]
    | null
  readonly sketch: Uint8Array | null
  readonly characters: Pairs
  readonly bytes: Pairs
  readonly shapes: ReadonlyMap<string, number> | null
  readonly decimals: readonly [decimals: number, integers: number, leadingZeros: number, unsummed: number]
  readonly sums: ReadonlyMap<number, bigint>
  readonly buckets: ReadonlyMap<number, number>
  readonly numberEnds: readonly ExtremeRecord[]
  readonly votes: readonly number[]
  readonly order: readonly [dayFirst: number, monthFirst: number, either: number]
  readonly days: readonly Pairs[]
  readonly dateEnds: readonly (readonly ExtremeRecord[])[]
  readonly textEnds: readonly ExtremeRecord[]
  readonly texts: readonly [booleans: number, nonAscii: number, mojibake: number, replaced: number]
  readonly undeclared: ReadonlyMap<string, number>
}

export function recordOfState({ columns, groupings }: TableState): TableStateRecord {
  return {
    columns: columns.map(recordOfColumn),
    groupings: groupings.map(
      ({ groups }) =>
        groups && [...groups].map(([name, { records, filled, at }]): GroupRecord => [name, records, filled, at.byte, at.span]),
    ),
  }
}

/** @param empty the state of the table before its first record  Adds to it what the record says. */
export function addRecord(empty: TableState, { columns, groupings }: TableStateRecord): TableState {
  return {
    columns: empty.columns.map((column, i) => {
      const record = columns[i]
      return record ? columnOf(column, record) : column
    }),
    groupings: empty.groupings.map((grouping, i) => groupingOf(grouping, groupings[i] ?? [])),
  }
}

function groupingOf(grouping: Grouping, groups: readonly GroupRecord[] | null): Grouping {
  grouping.groups =
    groups && new Map(groups.map(([name, records, filled, byte, span]) => [name, { records, filled, at: { byte, span } }]))
  return grouping
}

function recordOfColumn({ total, filled, nullCounts, distinct, traits }: ColumnState): ColumnRecord {
  const { numbers, dates, texts, shapes } = traits
  const pairs = (histogram: Histogram): Pairs => histogram.entries()
  return {
    ...{ total, filled, nulls: nullCounts },
    values:
      distinct.kind === 'exact'
        ? [...distinct.values.values()].map(({ a, b, count, text, at }) => [a, b, count, at.byte, at.span, text] as const)
        : null,
    sketch: distinct.kind === 'sketch' ? distinct.sketch.registers : null,
    characters: pairs(traits.characters),
    bytes: pairs(traits.bytes),
    shapes: shapes.counts,
    decimals: [numbers.decimals, numbers.integers, numbers.leadingZeros, numbers.unsummed],
    sums: numbers.sums,
    buckets: numbers.buckets,
    numberEnds: numbers.extremes.records(),
    votes: [...dates.votes],
    order: [dates.order.dayFirst, dates.order.monthFirst, dates.order.either],
    days: dates.days.map(pairs),
    dateEnds: dates.extremes.map((extremes) => extremes.records()),
    textEnds: texts.records(),
    texts: [traits.booleans, traits.nonAscii, traits.mojibake, traits.replaced],
    undeclared: traits.undeclared,
  }
}

function columnOf({ field, nulls, traits: { subject } }: ColumnState, record: ColumnRecord): ColumnState {
  const traits = new Traits(subject)
  for (const [length, count] of record.characters) traits.characters.add(length, count)
  for (const [length, count] of record.bytes) traits.bytes.add(length, count)
  traits.shapes.counts = record.shapes && new Map(record.shapes)
  const { numbers, dates, texts } = traits
  ;[numbers.decimals, numbers.integers, numbers.leadingZeros, numbers.unsummed] = record.decimals
  for (const [scale, sum] of record.sums) numbers.sums.set(scale, sum)
  for (const [bucket, count] of record.buckets) numbers.buckets.set(bucket, count)
  numbers.extremes.addRecords(record.numberEnds)
  record.votes.forEach((count, i) => {
    dates.votes[i] = count
  })
  ;[dates.order.dayFirst, dates.order.monthFirst, dates.order.either] = record.order
  record.days.forEach((days, i) => {
    for (const [day, count] of days) dates.days[i]?.add(day, count)
  })
  record.dateEnds.forEach((ends, i) => {
    dates.extremes[i]?.addRecords(ends)
  })
  texts.addRecords(record.textEnds)
  ;[traits.booleans, traits.nonAscii, traits.mojibake, traits.replaced] = record.texts
  for (const [token, count] of record.undeclared) traits.undeclared.set(token, count)
  const { total, filled } = record
  return { field, nulls, total, filled, nullCounts: [...record.nulls], distinct: distinctOf(record), traits }
}

function distinctOf({ values, sketch }: ColumnRecord): Distinct {
  if (sketch !== null) return { kind: 'sketch', sketch: new HyperLogLog(sketch) }
  const counted = new Map<string, CountedValue>()
  for (const [a, b, count, byte, span, text] of values ?? [])
    counted.set(valueName(a, b), { a, b, count, text, at: { byte, span } })
  return { kind: 'exact', values: counted }
}
