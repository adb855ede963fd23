/** Units of two dimensions that become each other because it is known what is measured: by molar mass, valence or the equation of HbA1c. */

import { dividedBy, type Fraction, fraction, minus, one, times } from './fraction.ts'
import type { EqualRule } from './rules.ts'
import type { Substance } from './substances.ts'
import type { Unit } from './ucum.ts'

/** Null where nothing leads from one to the other. */
export function conversionOf(was: Unit, is: Unit, { mass, valence, isGlycated }: Substance): Conversion | null {
  return (
    scaled(was, is, 'g1', mass, 'unit-molar-mass') ??
    scaled(was, is, 'eq1', valence, 'unit-valence') ??
    (isGlycated ? glycated(was, is) : null)
  )
}

/** `base` is what a mole is so many of: grams, or equivalents. */
function scaled(was: Unit, is: Unit, base: string, perMole: Fraction | null, by: Conversion['by']): Conversion | null {
  if (perMole === null) return null
  const inMoles = (unit: Unit): string =>
    unit.dimension
      .split(' ')
      .map((one) => (one === base ? 'mol1' : one))
      .sort()
      .join(' ')
  const plain = dividedBy(was.factor, is.factor)
  if (inMoles(was) === is.dimension) return { factor: dividedBy(plain, perMole), offset: none, by }
  if (inMoles(is) === was.dimension) return { factor: times(plain, perMole), offset: none, by }
  return null
}

const none = fraction(0)
/** IFCC–NGSP master equation: percent = 0.09148 × mmol/mol + 2.152 (Hoelzel et al., Clin Chem 2004;50:166–174). */
const slope = fraction(9148n, 100_000n)
const intercept = fraction(2152n, 1000n)
const percent = fraction(1n, 100n)
const perThousand = fraction(1n, 1000n)

function glycated(was: Unit, is: Unit): Conversion | null {
  const by = 'unit-ifcc-ngsp'
  if (was.dimension === '' && is.dimension === 'mol0') {
    const scale = dividedBy(perThousand, is.factor)
    const factor = times(dividedBy(dividedBy(was.factor, percent), slope), scale)
    return { factor, offset: times(dividedBy(minus(none, intercept), slope), scale), by }
  }
  if (was.dimension === 'mol0' && is.dimension === '') {
    const scale = dividedBy(percent, is.factor)
    return { factor: times(times(dividedBy(was.factor, perThousand), slope), scale), offset: times(intercept, scale), by }
  }
  return null
}

/** An enzyme unit as laboratories print it for the international unit of a hormone or antibody; null where it is none. */
export function internationalOf(unit: Unit): Unit | null {
  const dimension = unit.dimension.replace('mol1 s-1', 'iU1')
  if (dimension === unit.dimension) return null
  return { ...unit, dimension: dimension.split(' ').sort().join(' '), factor: times(unit.factor, perUnit) }
}

/** Enzyme units in one mole per second. */
const perUnit = dividedBy(one, fraction(1n, 60_000_000n))

export type ConversionRule = Extract<EqualRule, 'unit-converted' | 'unit-molar-mass' | 'unit-valence' | 'unit-ifcc-ngsp'>

/** Takes a number of the legacy unit to the target unit: × factor + offset. */
export interface Conversion {
  readonly factor: Fraction
  readonly offset: Fraction
  readonly by: ConversionRule
}
