/** A profile without the values of patients: what is left could not point at one of them. */

import { smallestShown } from '../columns/field-profile-of.ts'
import type { FieldProfile, NumberProfile, Quantiles } from '../model/field-profile.ts'

/** Smallest, largest and frequent values are hidden; sums and quantiles where few cells make them. */
export function maskedProfile<P extends FieldProfile>(profile: P): P {
  const { numbers, top, patterns } = profile
  return {
    ...profile,
    min: null,
    max: null,
    ...shapesOfMany(patterns),
    top: top && { ...top, values: top.values.map(({ count }) => ({ value: null, count })) },
    numbers: numbers && maskedNumbers(numbers),
  }
}

/** The shape of a single cell may say whose it is: small groups are one number, of at least two groups, so that none follows by subtraction. */
function shapesOfMany(patterns: FieldProfile['patterns']): Pick<FieldProfile, 'patterns' | 'foldedPatterns'> {
  const sorted = [...patterns].sort((a, b) => b.count - a.count)
  let shown = sorted.filter(({ count }) => count >= smallestShown).length
  if (sorted.length - shown === 1 && shown > 0) shown--
  const folded = sorted.slice(shown)
  if (folded.length === 0) return { patterns }
  const count = folded.reduce((sum, each) => sum + each.count, 0)
  return { patterns: sorted.slice(0, shown), foldedPatterns: { groups: folded.length, count } }
}

function maskedNumbers(numbers: NumberProfile): NumberProfile {
  const { count, quantiles } = numbers
  const shares = { p1: 0.01, p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const
  const shown = (name: keyof Quantiles): number | null =>
    Math.min(shares[name], 1 - shares[name]) * count >= smallestShown ? quantiles[name] : null
  return {
    count,
    sum: count < smallestShown ? null : numbers.sum,
    quantiles: {
      p1: shown('p1'),
      p5: shown('p5'),
      p25: shown('p25'),
      p50: shown('p50'),
      p75: shown('p75'),
      p95: shown('p95'),
      p99: shown('p99'),
    },
    // Nines and eights are codes by their form; any other number may be a result.
    sentinels: numbers.sentinels.filter(({ value, count: n }) => n >= smallestShown && /^-?(9+|8+)$|^-\d$/.test(value)),
  }
}
