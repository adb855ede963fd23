import { expect, test } from 'vitest'
import { codeLetterOf, type Inspection, inspectionLevels, lotPlan } from '../../../src/core/review/statistics/lot-inspection.ts'
import { type Bet, expectedPoll, sequentialTest, waldPlan } from '../../../src/core/review/statistics/martingales.ts'
import { hasReference, numberAt, referenceJson, referenceRows } from '../reference-table.ts'

test.skipIf(!hasReference('z14_code_letters.csv'))('every code letter of the inspection tables is met', () => {
  const rows = referenceRows('z14_code_letters.csv')
  expect(rows).toHaveLength(15)
  for (const row of rows) {
    const [from = '', to = from] = (row.get('lot_size') ?? '').replace('+', '').split('-')
    for (const level of inspectionLevels)
      for (const lot of [Number(from), Number(to)]) expect(codeLetterOf(lot, level)).toBe(row.get(level))
  }
})

test.skipIf(!hasReference('z14_single_plans.csv'))('every single sampling plan is met, arrows followed', () => {
  const rows = referenceRows('z14_single_plans.csv')
  expect(rows).toHaveLength(400)
  for (const row of rows) {
    const plan = lotPlan(row.get('code_letter') ?? '', row.get('AQL_percent') ?? '', row.get('inspection') as Inspection)
    expect([plan?.n, plan?.acceptAt, plan?.rejectAt], [...row].join(' ')).toEqual(
      ['n', 'Ac', 'Re'].map((name) => numberAt(row, name)),
    )
  }
})

test('an unknown letter or level has no plan', () => {
  expect(lotPlan('I', '1.0', 'normal')).toBeNull()
  expect(lotPlan('', '1.0', 'normal')).toBeNull()
  expect(lotPlan('K', '1.1', 'normal')).toBeNull()
})

test.skipIf(!hasReference('sprt_wald.csv'))("Wald's sequential plans accept after the published numbers", () => {
  const rows = referenceRows('sprt_wald.csv')
  expect(rows).toHaveLength(30)
  for (const row of rows) {
    const [p0, p1, alpha, beta, errors] = ['p0_acceptable', 'p1_intolerable', 'alpha', 'beta', 'errors_seen'].map((name) =>
      numberAt(row, name),
    )
    const plan = waldPlan(p0 ?? 0, p1 ?? 0, alpha ?? 0, beta ?? 0, errors ?? 0)
    expect(Math.abs(plan.logA / numberAt(row, 'logA') - 1)).toBeLessThan(1e-8)
    expect(Math.abs(plan.logB / numberAt(row, 'logB') - 1)).toBeLessThan(1e-8)
    // The column counts the right units: with the errors among them every row with errors would be that many more.
    expect(plan.right, [...row].join(' ')).toBe(numberAt(row, 'min_n_to_accept'))
  }
})

interface Values {
  readonly x: readonly number[]
  readonly t: number
  readonly g: number
  readonly random_order?: boolean
  readonly p: number
}
interface Audits {
  readonly gamma: number
  readonly kaplan_markov: readonly Values[]
  readonly kaplan_wald: readonly Values[]
  readonly betting_martingale_fixed: readonly { val: number; t: number; lam: number; n: number; p: number }[]
  readonly sprt_fixed_alternative_sample_size: readonly { t: number; eta: number; alpha: number; x: string; n: number }[]
  readonly supersimple: readonly {
    diluted_margin: number
    initial_sample: number
    p_no_discrepancy: number
    p_one_vote_over: number
  }[]
  readonly bravo_asn: readonly { p_winner: number; p_loser: number; alpha: number; asn: number }[]
  readonly bravo_risk: readonly { sw: number; winner: number; loser: number; p: number }[]
}

const ones = (n: number, value = 1): number[] => Array.from({ length: n }, () => value)

test.skipIf(!hasReference('risk_limiting_audit.json'))('published sequential tests are met', () => {
  const audits = referenceJson('risk_limiting_audit.json') as Audits
  const check = (cases: readonly Values[], kind: 'kaplan-markov' | 'kaplan-wald'): void => {
    for (const { x, t, g, random_order: random = true, p } of cases) {
      const found = sequentialTest(x, t, { kind, g })
      expect(Math.abs((random ? found.p : found.last) / p - 1)).toBeLessThan(1e-8)
    }
  }
  check(audits.kaplan_markov, 'kaplan-markov')
  check(audits.kaplan_wald, 'kaplan-wald')
  for (const { val, t, lam, n, p } of audits.betting_martingale_fixed)
    expect(Math.abs(sequentialTest(ones(n, val), t, { kind: 'fixed-bet', lambda: lam }).p / p - 1)).toBeLessThan(1e-8)
  for (const { t, eta, alpha, x, n } of audits.sprt_fixed_alternative_sample_size) {
    const value = x === 'all ones' ? 1 : Number(x.replace('all ', ''))
    const bet: Bet = { kind: 'fixed-alternative', eta }
    expect(sequentialTest(ones(n, value), t, bet).p).toBeLessThanOrEqual(alpha)
    expect(sequentialTest(ones(n - 1, value), t, bet).p).toBeGreaterThan(alpha)
  }
})

test.skipIf(!hasReference('risk_limiting_audit.json'))('comparison and polling audits as printed, to their rounding', () => {
  const { gamma, supersimple, bravo_asn: sizes, bravo_risk: polls } = referenceJson('risk_limiting_audit.json') as Audits
  for (const each of supersimple) {
    // A clean comparison is 1, one that favoured the winner by one vote falls short of it; H0 puts the mean at 1 − m/2γ.
    const t = 1 - each.diluted_margin / (2 * gamma)
    const bet: Bet = { kind: 'kaplan-markov', g: 0 }
    const clean = ones(each.initial_sample)
    expect(Math.abs(sequentialTest(clean, t, bet).last - each.p_no_discrepancy)).toBeLessThan(2e-4)
    const one = [...clean.slice(1), 1 - 1 / (2 * gamma)]
    expect(Math.abs(sequentialTest(one, t, bet).last - each.p_one_vote_over)).toBeLessThan(2e-4)
  }
  for (const { p_winner, p_loser, alpha, asn } of sizes) expect(expectedPoll(p_winner, p_loser, alpha)).toBe(asn)
  for (const { sw, winner, loser, p } of polls)
    expect(
      sequentialTest([...ones(winner), ...ones(loser, 0)], 0.5, { kind: 'fixed-alternative', eta: sw }).last.toFixed(2),
    ).toBe(p.toFixed(2))
})
