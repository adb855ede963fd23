import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/core/random.ts'
import { type AuditMonth, auditChart, chartSlots, outByChance } from '../../../src/core/readiness/statistics/share-chart.ts'

const month = (index: number, met: number, of: number): AuditMonth => ({
  month: `2026-${String(index + 1).padStart(2, '0')}`,
  met,
  of,
})

test('limits move with the size of each month', () => {
  // Centre 0.85: 0.85 ± 3 √(0.85 · 0.15 / n) is 0.743 … 0.957 for 100 and 0.699 … 1 (1.0015 cut off) for 50.
  const chart = auditChart([month(0, 90, 100), month(1, 80, 100), month(2, 35, 50), month(3, 50, 50)], null)
  expect(chart?.centre).toBeCloseTo(255 / 300, 12)
  expect(chart?.points[0]?.low).toBeCloseTo(0.74288, 4)
  expect(chart?.points[0]?.high).toBeCloseTo(0.95712, 4)
  expect(chart?.points[2]?.low).toBeCloseTo(0.69851, 4)
  expect(chart?.points[2]?.high).toBe(1)
  expect(chart?.points.flatMap(({ signals }) => signals)).toEqual([])
  expect(auditChart([], null)).toBeNull()
  expect(auditChart([month(0, 0, 0)], null)).toBeNull()
})

test('a month beyond its limit and eight months on one side are signals', () => {
  const fallen = auditChart([...Array.from({ length: 5 }, (_, i) => month(i, 95, 100)), month(5, 60, 100)], 0.95)
  expect(fallen?.points.map(({ signals }) => signals)).toEqual([[], [], [], [], [], ['limit']])
  const low = auditChart(
    Array.from({ length: 9 }, (_, i) => month(i, 93, 100)),
    0.95,
  )
  expect(low?.points.map(({ signals }) => signals.length)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1])
  const broken = auditChart(
    Array.from({ length: 9 }, (_, i) => month(i, i === 4 ? 97 : 93, 100)),
    0.95,
  )
  expect(broken?.points.flatMap(({ signals }) => signals)).toEqual([])
})

test('limits are three standard errors around the share of all months, within 0 and 1, whatever their sizes', () => {
  const months = fc.array(
    fc.integer({ min: 1, max: 400 }).chain((of) => fc.record({ of: fc.constant(of), met: fc.nat(of) })),
    { minLength: 1, maxLength: 12 },
  )
  fc.assert(
    fc.property(months, (list) => {
      const p = list.reduce((sum, { met }) => sum + met, 0) / list.reduce((sum, { of }) => sum + of, 0)
      const points = auditChart([...list.map(({ met, of }, i) => month(i, met, of)), month(12, 0, 0)], null)?.points ?? []
      expect(points.length, 'a month without charts has no point').toBe(list.length)
      for (const [i, { met, of }] of list.entries()) {
        const error = 3 * Math.sqrt((p * (1 - p)) / of)
        expect(points[i]?.low).toBeCloseTo(Math.max(0, p - error), 12)
        expect(points[i]?.high).toBeCloseTo(Math.min(1, p + error), 12)
        if (Math.abs(Math.abs(met / of - p) - error) > 1e-9)
          expect(points[i]?.signals.includes('limit')).toBe(Math.abs(met / of - p) > error)
      }
    }),
  )
})

test('where nothing changes, as many months fall out as chance says', () => {
  const random = seededRandom('quiet clinics')
  for (const [centre, of] of [
    [0.9, 30],
    [0.95, 100],
    [0.6, 40],
  ] as const) {
    const expected = outByChance(centre, of)
    let out = 0
    const months = process.env.LONG ? 20_000 : 2000
    for (let i = 0; i < months; i++) {
      let met = 0
      for (let chart = 0; chart < of; chart++) if (random.next() < centre) met++
      if (auditChart([month(0, met, of)], centre)?.points[0]?.signals.includes('limit')) out++
    }
    // Within four standard errors of what the exact binomial says.
    expect(Math.abs(out / months - expected)).toBeLessThan(4 * Math.sqrt(expected / months) + 1e-4)
  }
})

test('a month without a share is a gap on the axis, whether it was left out or is not finished', () => {
  const chart = auditChart([month(1, 90, 100), month(4, 80, 100)], null)
  const slots = chartSlots(chart?.points ?? [], ['2026-07'])
  expect(slots.map(({ month: at, point }) => [at.slice(5), point?.met ?? null])).toEqual([
    ['02', 90],
    ['03', null],
    ['04', null],
    ['05', 80],
    ['06', null],
    ['07', null],
  ])
  // Over a year's end, and a finished month is no gap for being named.
  const winter = auditChart([{ month: '2026-12', met: 1, of: 2 }], null)
  expect(chartSlots(winter?.points ?? [], ['2027-01', '2026-12']).map(({ month: at }) => at)).toEqual(['2026-12', '2027-01'])
  expect(chartSlots(winter?.points ?? [], ['0001-01'])).toHaveLength(2)
  expect(chartSlots([], [])).toEqual([])
})
