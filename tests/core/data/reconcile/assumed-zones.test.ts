import { expect, test } from 'vitest'
import { condition, conditionLines, patient, smallPair } from './small-pair.ts'

const days = Array.from({ length: 20 }, (_, i) => `2020-03-${String(i + 1).padStart(2, '0')}`)
const moved = (day: string, by: number): string => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)
const rows = (written: (day: string) => string): string =>
  ['PAT,CODE,DAY', ...days.map((day, i) => `A,1000${i},${written(day)}`), ''].join('\n')
const patients = 'MRN\nA\n'
/** A moment of the day in New York, written in UTC. */
const evenings = (key: string) =>
  days.map((day, i) => condition(key, `1000${i}`, `${moved(day, i % 2)}T${i % 2 === 0 ? 18 : '03'}:20:00Z`))

test('days whose moments lie around midnight of UTC are read in a zone, and the zone is told', async () => {
  const { told, assumptions } = await smallPair(conditionLines, { patients, conditions: rows((day) => day) }, [
    patient('A'),
    ...evenings('A'),
  ])
  expect(told).toEqual({})
  expect(assumptions).toMatchObject([{ side: 'legacy', agree: 20, of: 20 }])
})

test('a day that arrived as midnight of another day is shifted, whatever zone would explain it', async () => {
  const later = days.map((day, i) => condition('A', `1000${i}`, `${moved(day, 1)}T00:00:00Z`))
  const one = await smallPair(conditionLines, { patients, conditions: rows((day) => day) }, [patient('A'), ...later])
  expect([one.told, one.assumptions]).toEqual([{ 'data/date-shifted': 20 }, []])
  const earlier = days.map((day, i) => condition('A', `1000${i}`, moved(day, -1)))
  const conditions = rows((day) => `${day}T00:00:00Z`)
  const other = await smallPair(conditionLines, { patients, conditions }, [patient('A'), ...earlier])
  expect([other.told, other.assumptions]).toEqual([{ 'data/date-shifted': 20 }, []])
})

test('many entries of a patient that say nothing of a zone do not hide those that do', async () => {
  const keys = ['A', 'B', 'C']
  const many = Array.from({ length: 700 }, (_, i) => [`2${i}`, `2019-01-01T0${i % 10}:00:00Z`] as const)
  const conditions = [
    'PAT,CODE,DAY',
    ...keys.flatMap((key) => [
      ...many.map(([code, at]) => `${key},${code},${at}`),
      ...days.map((day, i) => `${key},1000${i},${day}`),
    ]),
    '',
  ].join('\n')
  const target = keys.flatMap((key) => [patient(key), ...many.map(([code, at]) => condition(key, code, at)), ...evenings(key)])
  const { told, assumptions } = await smallPair(conditionLines, { patients: 'MRN\nA\nB\nC\n', conditions }, target)
  expect([told, assumptions.length]).toEqual([{}, 1])
})
