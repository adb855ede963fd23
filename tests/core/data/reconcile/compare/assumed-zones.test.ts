import { expect, test } from 'vitest'
import { condition, conditionLines, patient, smallPair } from '../small-pair.ts'

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

/** Target moments by day, and what is told of them beside the days of legacy. */
async function toldOf(momentOf: (day: string, i: number) => string) {
  const target = days.map((day, i) => condition('A', `1000${i}`, momentOf(day, i)))
  const conditions = rows((day) => day)
  const { told, assumptions } = await smallPair(conditionLines, { patients, conditions }, [patient('A'), ...target])
  return [told, assumptions.length]
}

test('days that are all one day off were shifted: a zone would have moved some of them alone', async () => {
  const morning = (i: number): string => `T${String(7 + (i % 4)).padStart(2, '0')}:20:00Z`
  expect(await toldOf((day, i) => `${moved(day, 1)}${morning(i)}`)).toEqual([{ 'data/date-shifted': 20 }, 0])
  // Noon stands for a day without a clock, and is midnight on the other side of the earth.
  expect(await toldOf((day) => `${moved(day, -1)}T12:00:00Z`)).toEqual([{ 'data/date-shifted': 20 }, 0])
})

test('days that arrived as the midnight of their zone are the days they were', async () => {
  expect(await toldOf((day) => `${moved(day, -1)}T23:00:00Z`)).toEqual([{}, 1])
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

const zoned = (n: number): string => `2020-03-${String(n + 1).padStart(2, '0')}T23:10:00-05:00`
const zonedRows = (count: number): string =>
  ['PAT,CODE,DAY', ...Array.from({ length: count }, (_, i) => `A,1000${i},${zoned(i)}`), ''].join('\n')

test('one record that was moved by a day is told, and makes no zone', async () => {
  const target = Array.from({ length: 12 }, (_, i) => condition('A', `1000${i}`, moved(zoned(i).slice(0, 10), i === 3 ? 1 : 0)))
  const { told, assumptions } = await smallPair(conditionLines, { patients, conditions: zonedRows(12) }, [
    patient('A'),
    ...target,
  ])
  expect([told['data/date-shifted'], assumptions]).toEqual([1, []])
})

test('clocks without a zone that show what legacy shows speak against a zone that a few days would suggest', async () => {
  const target = Array.from({ length: 20 }, (_, i) =>
    condition('A', `1000${i}`, i < 8 ? zoned(i).slice(0, 19) : moved(zoned(i).slice(0, 10), i > 16 ? 1 : 0)),
  )
  const { told, assumptions } = await smallPair(conditionLines, { patients, conditions: zonedRows(20) }, [
    patient('A'),
    ...target,
  ])
  const zones = assumptions.map(({ side, zone, agree }) => `${side} ${zone} ${agree}`)
  expect([told['data/date-shifted'], told['data/time-shifted'], zones]).toEqual([3, undefined, ['target as written 8']])
})

test('a clock without a zone beside one with it is equal as it shows, and that is told as an assumption', async () => {
  const clocks = days.map((day, i) => condition('A', `1000${i}`, `${day}T10:00:00Z`))
  const bare = await smallPair(conditionLines, { patients, conditions: rows((day) => `${day} 10:00`) }, [patient('A'), ...clocks])
  expect(bare.told).toEqual({})
  expect(bare.assumptions).toMatchObject([{ side: 'legacy', zone: 'as written', agree: 20, of: 20 }])
  const zoned = await smallPair(conditionLines, { patients, conditions: rows((day) => `${day}T10:00:00Z`) }, [
    patient('A'),
    ...clocks,
  ])
  expect(zoned.assumptions).toEqual([])
})
