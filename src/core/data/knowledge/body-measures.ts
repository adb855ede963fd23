/** Weight, height and body mass index: which result or column is which, and what a mistake of unit or decimal point does to the index. */
import known from './body-measures.json' with { type: 'json' }

export const bodyMeasures = ['weight', 'height', 'index'] as const
export type BodyMeasure = (typeof bodyMeasures)[number]

const words = { weight: at('weight', 'words'), height: at('height', 'words'), index: at('index', 'words') }
const columns = { weight: at('weight', 'column'), height: at('height', 'column'), index: at('index', 'column') }

function at(measure: BodyMeasure, form: 'words' | 'column'): RegExp {
  return new RegExp(known[measure][form], 'i')
}

/** By its code, else by the words for it; null for other results. */
export function bodyMeasureOf(code: string, text: string | null): BodyMeasure | null {
  return (
    bodyMeasures.find((measure) => known[measure].codes.includes(code)) ??
    bodyMeasures.find((measure) => text !== null && words[measure].test(text)) ??
    null
  )
}

/** What a column of a table of vital signs holds by its name. */
export function bodyMeasureOfColumn(field: string): BodyMeasure | null {
  return bodyMeasures.find((measure) => columns[measure].test(field)) ?? null
}

/** UCUM unit in which the index is weight by height squared. */
export const bodyUnits: Readonly<Record<BodyMeasure, string>> = { weight: 'kg', height: 'm', index: 'kg/m2' }

export interface BodyMistake {
  readonly measure: BodyMeasure
  /** Logarithm of what index · height² / weight is multiplied by. */
  readonly by: number
  readonly says: string
}

/** What one result multiplied by a factor does: the index grows with it, the weight divides, the height counts twice. */
const power: Readonly<Record<BodyMeasure, number>> = { index: 1, weight: -1, height: 2 }

function mistake(measure: BodyMeasure, factor: number, says: string): BodyMistake[] {
  return [{ measure, by: power[measure] * Math.log(factor), says }]
}

const points: readonly (readonly [number, string])[] = [
  [10, 'ten times too large'],
  [0.1, 'ten times too small'],
  [100, 'a hundred times too large'],
  [0.01, 'a hundred times too small'],
  [1000, 'a thousand times too large'],
]

export const bodyMistakes: readonly BodyMistake[] = [
  ...mistake('weight', 2.20462, 'pounds under the unit of kilograms'),
  ...mistake('weight', 1 / 2.20462, 'kilograms under the unit of pounds'),
  ...mistake('height', 2.54, 'centimetres under the unit of inches'),
  ...mistake('height', 1 / 2.54, 'inches under the unit of centimetres'),
  ...bodyMeasures.flatMap((measure) => points.flatMap(([factor, says]) => mistake(measure, factor, says))),
]
