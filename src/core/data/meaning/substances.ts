/**
 * What a measurement measures, by its LOINC code: only this says how an amount by mass, by substance or by charge becomes another.
 * Molar masses are the sum of a formula in abridged atomic weights of IUPAC 2021. 3091-6, 4549-2 and 17855-8 stand in public code lists alone. Every other code was read beside its published long name, 23-Nov-2026:
 * in the OMOP vocabulary, in value sets of FHIR guides, or in LOINC's list of the most common results.
 */
import { decimalOf } from '../../values/decimal.ts'
import { type Fraction, fraction, fractionOf } from './fraction.ts'
import list from './substances.json' with { type: 'json' }

export interface Substance {
  readonly name: string
  /** Grams per mole; null where none is agreed. */
  readonly mass: Fraction | null
  /** Charges per particle; null where none is agreed. */
  readonly valence: Fraction | null
  /** The IFCC–NGSP master equation holds for it. */
  readonly isGlycated: boolean
  /** Cells that are counted: “G/L” is giga per litre. */
  readonly isCounted: boolean
}

interface Line {
  readonly name: string
  readonly mass?: string
  readonly formula?: string
  readonly valence?: number
  readonly equation?: string
  readonly counted?: boolean
  readonly loinc: readonly string[]
  readonly source: string
}

const lines: readonly Line[] = list
const byName = new Map<string, Substance>()

for (const line of lines) {
  const mass = line.mass === undefined ? null : decimalOf(line.mass)
  const substance: Substance = {
    name: line.name,
    mass: mass === null ? null : fractionOf(mass),
    valence: line.valence === undefined ? null : fraction(line.valence),
    isGlycated: line.equation === 'ifcc-ngsp',
    isCounted: line.counted === true,
  }
  for (const name of [line.name, ...line.loinc]) byName.set(name.toLowerCase(), substance)
}

/** By a LOINC code or a name of the list, such as `2160-0` or `creatinine`; null where the list does not have it. */
export function substanceOf(name: string): Substance | null {
  return byName.get(name.trim().toLowerCase()) ?? null
}

export const substanceNames: readonly string[] = lines.map(({ name }) => name)
