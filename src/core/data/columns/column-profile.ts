/** What a suggested schema is read off: the counts of a column and, while there are few, its values. */

import type { ReadingChoices } from '../model/source.ts'
import type { NullEntry } from '../nulls/dictionary.ts'
import type { ColumnState } from './column-state.ts'
import { type CommaNumbers, commaNumbersOf } from './comma-numbers.ts'
import { distinctOf } from './field-profile-of.ts'

export interface ColumnProfile {
  readonly field: string
  readonly total: number
  readonly filled: number
  /** Cells without a value, by spelling. */
  readonly nullCounts: ReadonlyMap<string, number>
  /** Declared tokens that occur, with their reasons. */
  readonly nullEntries: readonly NullEntry[]
  /** Spellings that nobody declared and that usually stand for "no value". */
  readonly undeclaredNulls: ReadonlyMap<string, number>
  /** Values with their counts, sorted; null where there are too many or one is too long to keep. */
  readonly values: ReadonlyMap<string, number> | null
  /** Different values: exact where `values` are told, otherwise an estimate. */
  readonly distinct: number
  /** Shapes such as `AA-9999` with their counts; null where there are too many. */
  readonly shapes: ReadonlyMap<string, number> | null
  /** In characters. */
  readonly length: { readonly min: number; readonly max: number }
  readonly integers: number
  readonly decimals: number
  /** Numbers with a decimal comma; null where no cell proves them. */
  readonly commas: CommaNumbers | null
  readonly booleans: number
  readonly leadingZeros: number
  /** In the order of `dateCandidates`. */
  readonly dates: readonly number[]
  /** Extremes of the numbers, where there are any. */
  readonly lowest: string | null
  readonly highest: string | null
}

export function columnProfileOf(state: ColumnState, decimal?: ReadingChoices['decimal']): ColumnProfile {
  const { traits } = state
  const { numbers } = traits
  return {
    field: state.field,
    total: state.total,
    filled: state.filled,
    nullCounts: new Map(state.nulls.flatMap(({ token }, i) => (state.nullCounts[i] ? [[token, state.nullCounts[i]]] : []))),
    nullEntries: state.nulls.filter((_, i) => (state.nullCounts[i] ?? 0) > 0),
    undeclaredNulls: traits.undeclared,
    values: valuesOf(state),
    distinct: distinctOf(state),
    shapes: traits.shapes.counts,
    length: { min: traits.characters.entries()[0]?.[0] ?? 0, max: traits.characters.entries().at(-1)?.[0] ?? 0 },
    integers: numbers.integers,
    decimals: numbers.decimals,
    commas: commaNumbersOf(traits.shapes.counts, decimal),
    booleans: traits.booleans,
    leadingZeros: numbers.leadingZeros,
    dates: [...traits.dates.votes],
    lowest: numbers.extremes.lowest?.text ?? null,
    highest: numbers.extremes.highest?.text ?? null,
  }
}

function valuesOf({ distinct }: ColumnState): ReadonlyMap<string, number> | null {
  if (distinct.kind === 'sketch') return null
  const values: [string, number][] = []
  for (const { text, count } of distinct.values.values()) {
    if (text === null) return null
    values.push([text, count])
  }
  return new Map(values.sort(([a], [b]) => (a < b ? -1 : 1)))
}
