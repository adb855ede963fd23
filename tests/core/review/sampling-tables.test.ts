import { expect, test } from 'vitest'
import { smallestIntolerable } from '../../../src/core/review/model/claim.ts'
import { binomialAtMost, clopperPearson, smallestBinomialSample } from '../../../src/core/review/statistics/binomial.ts'
import { smallestSample, upperBound } from '../../../src/core/review/statistics/hypergeometric.ts'
import { hasReference, numberAt, referenceRows } from '../reference-table.ts'

const ppm = (share: number): number => Math.round(share * 1_000_000)
const riskOf = (confidence: number): number => 1_000_000 - ppm(confidence)
const near = (actual: number, expected: number, relative = 1e-8): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected))
}

test.skipIf(!hasReference('hypergeom_sample_size.csv'))(
  'every published sample size for a finite lot is met to the record',
  () => {
    const rows = referenceRows('hypergeom_sample_size.csv')
    expect(rows).toHaveLength(250)
    for (const row of rows) {
      const size = numberAt(row, 'N')
      const intolerable = smallestIntolerable(size, ppm(numberAt(row, 'tolerable_rate')))
      expect(intolerable).toBe(numberAt(row, 'smallest_intolerable_D'))
      const c = numberAt(row, 'acceptance_number_c')
      expect(smallestSample(size, intolerable, c, riskOf(numberAt(row, 'confidence'))), [...row].join(' ')).toBe(
        numberAt(row, 'min_n'),
      )
    }
  },
)

test.skipIf(!hasReference('hypergeom_upper_bound.csv'))(
  'every published upper bound for a finite lot is met to the record',
  () => {
    const rows = referenceRows('hypergeom_upper_bound.csv')
    expect(rows).toHaveLength(200)
    for (const row of rows) {
      const [size, n, x] = [numberAt(row, 'N'), numberAt(row, 'n'), numberAt(row, 'x_errors_in_sample')]
      const bound = upperBound(size, n, x, riskOf(numberAt(row, 'confidence')))
      expect(bound, [...row].join(' ')).toBe(numberAt(row, 'upper_D'))
      near(bound / size, numberAt(row, 'upper_rate'))
    }
  },
)

test.skipIf(!hasReference('binom_sample_size.csv'))('every published sample size for an endless lot is met to the record', () => {
  const rows = referenceRows('binom_sample_size.csv')
  expect(rows).toHaveLength(50)
  for (const row of rows)
    expect(
      smallestBinomialSample(numberAt(row, 'tolerable_rate'), numberAt(row, 'c'), riskOf(numberAt(row, 'confidence')) / 1e6),
    ).toBe(numberAt(row, 'min_n'))
})

test.skipIf(!hasReference('zero_error_records_needed.csv'))('zero-error sizes follow ln α / ln(1 − τ)', () => {
  for (const row of referenceRows('zero_error_records_needed.csv')) {
    const [rate, risk] = [numberAt(row, 'tolerable_error_rate'), numberAt(row, 'risk_limit')]
    expect(smallestBinomialSample(rate, 0, risk)).toBe(numberAt(row, 'n_with_zero_errors(binomial/Kaplan all-in)'))
  }
})

test.skipIf(!hasReference('clopper_pearson.csv'))('every exact interval agrees to eight digits', () => {
  const rows = referenceRows('clopper_pearson.csv')
  expect(rows).toHaveLength(220)
  for (const row of rows) {
    const side = row.get('side')
    if (side !== 'two' && side !== 'upper' && side !== 'lower') throw new Error(`Unknown side ${side}`)
    const interval = clopperPearson(numberAt(row, 'x'), numberAt(row, 'n'), numberAt(row, 'confidence'), side)
    near(interval.lower, numberAt(row, 'lower'))
    near(interval.upper, numberAt(row, 'upper'))
  }
})

test('682 of 925 gives the interval printed in the statistics handbook', () => {
  const { lower, upper } = clopperPearson(682, 925, 0.95, 'two')
  expect(lower.toFixed(7)).toBe('0.7076683')
  expect(upper.toFixed(7)).toBe('0.7654066')
})

test.skipIf(!hasReference('lqas_published.csv'))(
  'lot quality plans accept and reject as often as the exact binomial says',
  () => {
    for (const row of referenceRows('lqas_published.csv')) {
      const [n, d] = [numberAt(row, 'n'), numberAt(row, 'd_max_failures')]
      near(binomialAtMost(d, n, 0.2), numberAt(row, 'exact_P_accept_at_80pct'), 5e-9)
      near(1 - binomialAtMost(d, n, 0.5), numberAt(row, 'exact_P_reject_at_50pct'), 5e-9)
    }
  },
)
