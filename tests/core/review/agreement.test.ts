import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Agreement,
  agreementOf,
  type Ratings,
  specificAgreement,
  strengthWords,
  weightsOf,
} from '../../../src/core/review/statistics/agreement.ts'
import { hasReference, referenceJson } from '../reference-table.ts'

interface Reference {
  readonly two_rater: readonly {
    readonly name: string
    readonly table: readonly (readonly number[])[]
    readonly expected: Readonly<Record<string, number>>
    readonly se_published?: Readonly<Record<string, number>>
  }[]
  readonly multi_rater: readonly {
    readonly rows: readonly (readonly number[])[]
    readonly expected: Readonly<Record<string, number>>
  }[]
  readonly raw_with_missing: readonly {
    readonly rows: readonly (readonly (number | null)[])[]
    readonly expected: Readonly<Record<string, number>>
  }[]
  readonly scales: { readonly landis_koch: readonly (readonly [number, number, string])[] }
}

const reference = (): Reference => referenceJson('agreement.json') as Reference

/** Units of a two-way table, one per count. */
function unitsOf(table: readonly (readonly number[])[]): Ratings[] {
  return table.flatMap((row, a) => row.flatMap((count, b) => Array.from({ length: count }, (): Ratings => [a, b])))
}

function some(agreement: Agreement | null): Agreement {
  if (!agreement) throw new Error('nothing to agree on')
  return agreement
}

const near = (actual: number, expected: number | undefined, tolerance = 1e-6): void => {
  if (expected === undefined) throw new Error('no expected value')
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance)
}

test.skipIf(!hasReference('agreement.json'))('published two-reader tables are met, with the published standard errors', () => {
  for (const { table, expected, se_published: errors } of reference().two_rater) {
    const found = some(agreementOf(unitsOf(table), table.length))
    near(found.percent.value, expected.percent_agreement)
    near(found.kappa.value, expected.cohen_kappa)
    near(found.fleiss.value, expected.scott_pi)
    near(found.ac1.value, expected.gwet_ac1)
    near(found.brennanPrediger.value, expected.brennan_prediger)
    if (!errors) continue
    near(found.ac1.error, errors.gwet_ac1, 1e-7)
    near(found.kappa.error, errors.cohen_kappa, 1e-7)
    near(found.percent.error, errors.percent_agreement, 1e-7)
  }
})

test.skipIf(!hasReference('agreement.json'))('six readers, and four readers with ratings missing, are met', () => {
  const [six] = reference().multi_rater
  const counts = six?.rows ?? []
  // The table gives how many readers chose each category; who they were is not known, so nothing is said of Conger's kappa.
  const units = counts.map((row): Ratings => row.flatMap((count, k) => Array.from({ length: count }, () => k)))
  const found = some(agreementOf(units, counts[0]?.length ?? 0))
  near(found.percent.value, six?.expected.pa)
  near(found.fleiss.value, six?.expected.fleiss_kappa)
  near(found.ac1.value, six?.expected.gwet_ac1)
  near(found.brennanPrediger.value, six?.expected.brennan_prediger)
  const [missing] = reference().raw_with_missing
  const four = some(
    agreementOf(
      (missing?.rows ?? []).map((row) => row.map((rating) => (rating === null ? null : rating - 1))),
      5,
    ),
  )
  // Printed with five digits.
  near(four.percent.value, missing?.expected.percent_agreement, 5e-6)
  near(four.ac1.value, missing?.expected.gwet_ac1, 5e-6)
  near(four.fleiss.value, missing?.expected.fleiss_kappa, 5e-6)
  near(four.alpha.value, missing?.expected.krippendorff_alpha, 5e-6)
  near(four.kappa.value, missing?.expected.conger_kappa, 5e-6)
  near(four.brennanPrediger.value, missing?.expected.brennan_prediger, 5e-6)
})

test.skipIf(!hasReference('agreement.json'))('strength is called as the published scale calls it', () => {
  for (const [low, high, words] of reference().scales.landis_koch)
    expect(strengthWords((low + high) / 2)).toBe(words.toLowerCase())
})

const ratings = fc.array(fc.array(fc.option(fc.nat(3), { nil: null }), { minLength: 3, maxLength: 3 }), {
  minLength: 2,
  maxLength: 30,
})

test('a standard error is what leaving units out one by one says it is, nearly', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 60, maxLength: 90 }), (pairs) => {
      const whole = some(agreementOf(pairs, 3))
      for (const name of ['ac1', 'kappa', 'fleiss', 'alpha', 'percent'] as const) {
        const left = pairs.map((_, i) => agreementOf(pairs.toSpliced(i, 1), 3)?.[name].value ?? 0)
        const mean = left.reduce((a, b) => a + b, 0) / left.length
        const jackknife = Math.sqrt(((left.length - 1) / left.length) * left.reduce((sum, v) => sum + (v - mean) ** 2, 0))
        expect(Math.abs(whole[name].error - jackknife), name).toBeLessThan(0.08 * jackknife + 0.002)
      }
    }),
    { numRuns: process.env.LONG ? 300 : 4 },
  )
})

test('the order of units and of readers changes nothing, and full agreement is 1', () => {
  fc.assert(
    fc.property(ratings, (units) => {
      const one = agreementOf(units, 4)
      const other = agreementOf(
        units.toReversed().map((unit) => unit.toReversed()),
        4,
      )
      if (!one || !other) return expect(one).toBe(other)
      for (const name of ['percent', 'kappa', 'fleiss', 'ac1', 'brennanPrediger', 'alpha'] as const)
        near(one[name].value, other[name].value, 1e-9)
    }),
  )
  const same = some(
    agreementOf(
      [
        [0, 0, 0],
        [1, 1, null],
        [2, 2, 2],
      ],
      3,
    ),
  )
  for (const name of ['percent', 'kappa', 'fleiss', 'ac1', 'alpha'] as const) expect(same[name].value).toBeCloseTo(1, 12)
  expect(agreementOf([[0, null]], 4)).toBeNull()
})

test('a disagreement by one step costs less than one by three where categories are ordered', () => {
  const by = (step: number): Ratings[] => [[0, step], ...Array.from({ length: 20 }, (_, i): Ratings => [i % 4, i % 4])]
  const weight = weightsOf('linear', 4)
  expect(some(agreementOf(by(1), 4, weight)).ac1.value).toBeGreaterThan(some(agreementOf(by(3), 4, weight)).ac1.value)
  expect(some(agreementOf(by(1), 4)).ac1.value).toBe(some(agreementOf(by(3), 4)).ac1.value)
  // Quadratic weights forgive a single step more than linear ones.
  expect(some(agreementOf(by(1), 4, weightsOf('quadratic', 4))).percent.value).toBeGreaterThan(
    some(agreementOf(by(1), 4, weight)).percent.value,
  )
})

test('AC1 can pass although the readers never agree on an error; specific agreement says so', () => {
  const pairs = [
    ...Array.from({ length: 54 }, () => [3, 3] as const),
    ...Array.from({ length: 3 }, () => [1, 3] as const),
    ...Array.from({ length: 3 }, () => [3, 1] as const),
  ]
  expect(some(agreementOf(pairs, 4)).ac1.value).toBeGreaterThan(0.8)
  expect(specificAgreement(pairs.map(([a, b]) => [a < 2, b < 2]))).toBe(0)
  expect(specificAgreement([[false, false]])).toBeNull()
  expect(
    specificAgreement([
      [true, true],
      [true, false],
    ]),
  ).toBeCloseTo(2 / 3, 12)
})
