/** What is known of a column after all or part of its records: a sum of cells, which any two parts give in any order. */
import type { NullEntry } from '../nulls/dictionary.ts'
import { HyperLogLog } from './hyper-log-log.ts'
import type { RecordStretch } from './live-place.ts'
import type { Traits } from './traits.ts'
import { exactLimit } from './value-table.ts'

/** A value that occurs, told apart by its fingerprint. */
export interface CountedValue {
  readonly a: number
  readonly b: number
  readonly count: number
  /** Null where it is long, or was not read again. */
  readonly text: string | null
  /** A record that holds it. */
  readonly at: RecordStretch
}

/** Exact up to the limit; above it only a sketch remains, whatever the parts were. */
export type Distinct =
  | { readonly kind: 'exact'; readonly values: ReadonlyMap<string, CountedValue> }
  | { readonly kind: 'sketch'; readonly sketch: HyperLogLog }

export interface ColumnState {
  readonly field: string
  readonly nulls: readonly NullEntry[]
  total: number
  filled: number
  /** In the order of `nulls`. */
  readonly nullCounts: number[]
  distinct: Distinct
  readonly traits: Traits
}

/** Adds the second part to the first. Both must be of the same column under the same null dictionary. */
export function mergeColumn(into: ColumnState, other: ColumnState): void {
  into.total += other.total
  into.filled += other.filled
  other.nullCounts.forEach((count, i) => {
    into.nullCounts[i] = (into.nullCounts[i] ?? 0) + count
  })
  into.distinct = mergeDistinct(into.distinct, other.distinct)
  into.traits.merge(other.traits)
}

export function mergeDistinct(a: Distinct, b: Distinct): Distinct {
  if (a.kind === 'exact' && b.kind === 'exact') {
    const values = new Map(a.values)
    for (const [name, value] of b.values) {
      const known = values.get(name)
      values.set(name, known ? joined(known, value) : value)
    }
    if (values.size <= exactLimit) return { kind: 'exact', values }
    return { kind: 'sketch', sketch: sketchOf(values.values()) }
  }
  const sketch = new HyperLogLog()
  for (const part of [a, b]) sketch.merge(part.kind === 'sketch' ? part.sketch : sketchOf(part.values.values()))
  return { kind: 'sketch', sketch }
}

function joined(a: CountedValue, b: CountedValue): CountedValue {
  const first = a.at.byte <= b.at.byte ? a : b
  return { ...first, text: a.text ?? b.text, count: a.count + b.count }
}

export function sketchOf(values: Iterable<{ readonly a: number; readonly b: number }>): HyperLogLog {
  const sketch = new HyperLogLog()
  for (const { a, b } of values) sketch.add(a, b)
  return sketch
}

/** Name of a value among those of its column. */
export function valueName(a: number, b: number): string {
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
}
