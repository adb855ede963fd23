/** The state of a column as JSON without a cell: values are fingerprints with counts and the place of a record that holds them. */

import { type ColumnState, type CountedValue, type Distinct, valueName } from '../columns/column-state.ts'
import { dateCandidates } from '../columns/date-traits.ts'
import type { Histogram } from '../columns/histogram.ts'
import { HyperLogLog } from '../columns/hyper-log-log.ts'
import type { RecordStretch } from '../columns/live-place.ts'
import { Traits } from '../columns/traits.ts'
import type { NullEntry } from '../nulls/dictionary.ts'

type Pairs = readonly (readonly [number, number])[]

/** Fingerprints of short identifiers can be enumerated, and days of birth are days: a part is to be guarded like the data. */
export interface ColumnJson {
  readonly field: string
  readonly total: number
  readonly filled: number
  readonly nulls: readonly number[]
  /** Two lanes of fingerprint, count, offset and length of a record, 1 where the value is short enough to be read again. */
  readonly values: readonly (readonly number[])[] | null
  /** One character per register, in base 36. */
  readonly sketch: string | null
  readonly characters: Pairs
  readonly bytes: Pairs
  readonly shapes: readonly (readonly [string, number])[] | null
  readonly numbers: {
    readonly counts: readonly [decimals: number, integers: number, leadingZeros: number, unsummed: number]
    readonly sums: readonly (readonly [number, string])[]
    readonly buckets: Pairs
  }
  readonly dates: {
    readonly votes: readonly number[]
    readonly order: readonly [dayFirst: number, monthFirst: number, either: number]
    readonly days: readonly Pairs[]
  }
  readonly text: readonly [booleans: number, nonAscii: number, mojibake: number, replaced: number]
  /** Usual spellings of null that nobody declared. */
  readonly undeclared: readonly (readonly [string, number])[]
  /** Offsets of records that hold the smallest and largest values. */
  readonly extremes: readonly number[]
}

export function columnJson(state: ColumnState): ColumnJson {
  const { traits, distinct } = state
  const { numbers, dates } = traits
  const pairs = (histogram: Histogram): Pairs => histogram.entries()
  return {
    field: state.field,
    total: state.total,
    filled: state.filled,
    nulls: state.nullCounts,
    values:
      distinct.kind === 'exact'
        ? [...distinct.values.values()].map(({ a, b, count, at, text }) => [a, b, count, at.byte, at.span, text === null ? 0 : 1])
        : null,
    sketch:
      distinct.kind === 'sketch' ? Array.from(distinct.sketch.registers, (register) => register.toString(36)).join('') : null,
    characters: pairs(traits.characters),
    bytes: pairs(traits.bytes),
    shapes: traits.shapes.counts && [...traits.shapes.counts],
    numbers: {
      counts: [numbers.decimals, numbers.integers, numbers.leadingZeros, numbers.unsummed],
      sums: [...numbers.sums].map(([scale, sum]) => [scale, sum.toString()]),
      buckets: [...numbers.buckets],
    },
    dates: {
      votes: [...dates.votes],
      order: [dates.order.dayFirst, dates.order.monthFirst, dates.order.either],
      days: dates.days.map(pairs),
    },
    text: [traits.booleans, traits.nonAscii, traits.mojibake, traits.replaced],
    undeclared: [...traits.undeclared],
    extremes: extremesOf(traits),
  }
}

function extremesOf({ numbers, dates, texts }: Traits): number[] {
  const ends = [numbers.extremes, ...dates.extremes].flatMap(({ lowest, highest }) => [lowest, highest])
  const places = ends.flatMap((end) => (end ? [end.at.byte] : []))
  for (const text of [texts.lowest, texts.highest]) if (text.length >= 0) places.push(text.byte)
  return [...new Set(places)]
}

/** The state without the texts of its values and without its extremes, which are read again. */
export function columnOf(json: ColumnJson, table: string, nulls: readonly NullEntry[]): ColumnState {
  const traits = new Traits(`${table} ${json.field}`)
  for (const [length, count] of json.characters) traits.characters.add(length, count)
  for (const [length, count] of json.bytes) traits.bytes.add(length, count)
  traits.shapes.counts = json.shapes && new Map(json.shapes)
  const { numbers, dates } = traits
  ;[numbers.decimals, numbers.integers, numbers.leadingZeros, numbers.unsummed] = json.numbers.counts
  for (const [scale, sum] of json.numbers.sums) numbers.sums.set(scale, BigInt(sum))
  for (const [bucket, count] of json.numbers.buckets) numbers.buckets.set(bucket, count)
  dateCandidates.forEach((_, i) => {
    dates.votes[i] = json.dates.votes[i] ?? 0
    for (const [day, count] of json.dates.days[i] ?? []) dates.days[i]?.add(day, count)
  })
  ;[dates.order.dayFirst, dates.order.monthFirst, dates.order.either] = json.dates.order
  ;[traits.booleans, traits.nonAscii, traits.mojibake, traits.replaced] = json.text
  for (const [token, count] of json.undeclared) traits.undeclared.set(token, count)
  const { field, total, filled } = json
  return { field, nulls, total, filled, nullCounts: [...json.nulls], distinct: distinctOf(json), traits }
}

function distinctOf({ values, sketch }: ColumnJson): Distinct {
  if (sketch !== null)
    return { kind: 'sketch', sketch: new HyperLogLog(Uint8Array.from(sketch, (digit) => Number.parseInt(digit, 36))) }
  const counted = new Map<string, CountedValue>()
  for (const [a = 0, b = 0, count = 0, byte = 0, span = 0, isShort = 0] of values ?? [])
    counted.set(valueName(a, b), { a, b, count, text: isShort === 1 ? '' : null, at: { byte, span } })
  return { kind: 'exact', values: counted }
}

/** Offsets of the records whose values are to be read again. */
export function placesOf({ distinct }: ColumnState): RecordStretch[] {
  if (distinct.kind === 'sketch') return []
  return [...distinct.values.values()].filter(({ text }) => text !== null).map(({ at }) => at)
}
