import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTimes, noZones } from '../../../../src/core/data/meaning/compare-times.ts'
import { timeOf } from '../../../../src/core/data/meaning/time.ts'
import { instantOf, zoneNamed } from '../../../../src/core/data/meaning/zone.ts'

const relation = (legacy: string, target: string, zones = noZones) => {
  const found = compareTimes(legacy, target, zones)
  return found === null ? null : found.kind === 'equal' ? found.by : found.kind === 'apart' ? found.seconds : found.lost
}

test.each([
  ['2024-03-01T10:00:00+01:00', '2024-03-01T09:00:00Z', 'same-instant'],
  ['2024-03-01T10:00:00', '2024-03-01 10:00', 'same-clock'],
  ['2024-03-01T10:00:00', '2024-03-01T10:00:00.000', 'same-clock'],
  ['20120826141941+0200', '2012-08-26T05:19:41-07:00', 'same-instant'],
  ['20120826', '2012-08-26', 'same-instant'],
  ['201208261419', '2012-08-26T14:19:41', 'finer-time'],
  ['2012-08-26T14:19:41Z', '1345990781', 'same-instant'],
  ['2012-08-26T14:19:41.5Z', '1345990781500', 'same-instant'],
  ['2012-08-26 14:19:41+02', '2012-08-26T12:19:41Z', 'same-instant'],
  ['2024-03-01T10:00:07', '2024-03-01T10:00:41', 34],
  ['2024-03-01T10:00:00+01:00', '2024-03-01T09:00:30Z', 30],
  ['2024-03-01T10:00:07', '2024-03-01T10:00', 'its seconds'],
  ['2024-03-01T10:30:00', '2024-03-01T10', 'its minutes'],
  ['2024-03-01T10', '2024-03-01T10:30', 'finer-time'],
  ['2024-03-01T10:00:07.250', '2024-03-01T10:00:07', 'the fraction of its second'],
  ['2024-03-01T10:00:07.750', '2024-03-01T10:00:08', 'the fraction of its second'],
  ['2024-03-01T10:00:07', '2024-03-01T10:00:07.5', 'finer-time'],
  ['2024-03-01T10:00:00', '2024-03-01T10:00:00+02:00', 'finer-time'],
  ['2024-03-01T10:00:00+02:00', '2024-03-01T10:00:00', 'its time zone'],
  ['2024-03-01T10:00:00', '2024-03-01T11:00:00', 3600],
  ['2024-03-01', '2024-03-01T23:59:59-08:00', 'same-day'],
  ['2024-03-01', '2024-03-02T07:59:59Z', 86_400],
  ['2024-03-01T10:00:00Z', '2024-03-01', 'the time of day'],
  ['2024', '2024-03-01', 'same-period'],
  ['2024-03', '2024-03-31T10:00:00Z', 'same-period'],
  ['2024-03-05', '2024-03', 'part of the date'],
  ['2024-03-05', '2024-04', 2_332_800],
  ['2024-02-30', '2024-03-01', null],
  ['aspirin', '2024-03-01', null],
] as const)('%s beside %s: %s', (legacy, target, expected) => {
  expect(relation(legacy, target)).toBe(expected)
})

test('a stated zone decides which day an instant is, in summer and in winter', () => {
  const zones = { legacy: zoneNamed('America/Los_Angeles'), target: null }
  expect(relation('2024-01-09', '2024-01-10T07:30:00Z', zones)).toBe('same-day-in-zone')
  expect(relation('2024-07-09', '2024-07-10T07:30:00Z', zones)).toBe(86_400)
  expect(relation('2024-07-09', '2024-07-10T06:30:00+00:00', zones)).toBe('same-day-in-zone')
  expect(relation('2024-01-09T23:30:00', '2024-01-10T07:30:00Z', zones)).toBe('same-instant')
  expect(zoneNamed('Mars/Olympus')).toBe(null)
  expect(zoneNamed('+25:00')).toBe(null)
})

const second = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 })
const offset = fc.integer({ min: -28, max: 28 }).map((half) => half * 30)

/** The same instant on a clock so many minutes ahead of UTC. */
function written(instant: number, ahead: number): string {
  const wall = new Date((instant + ahead * 60) * 1000).toISOString().slice(0, 19)
  const size = Math.abs(ahead)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${wall}${ahead === 0 ? 'Z' : `${ahead < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`}`
}

test('an instant is the same in every zone, and one that differs is not', () => {
  fc.assert(
    fc.property(second, offset, offset, fc.integer({ min: 1, max: 5_000_000 }), (instant, a, b, apart) => {
      expect(relation(written(instant, a), written(instant, b))).toBe('same-instant')
      expect(relation(written(instant, a), written(instant + apart, b))).toBe(apart)
    }),
  )
})

test('a clock on the wall leads to an instant that shows it', () => {
  const names = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', '+09:30']
  fc.assert(
    fc.property(second, fc.constantFrom(...names), (instant, name) => {
      const zone = zoneNamed(name)
      if (!zone) throw new Error(name)
      const wall = instant + zone.offsetAt(instant) * 60
      const back = instantOf(wall, zone)
      expect(back + zone.offsetAt(back) * 60).toBe(wall)
    }),
  )
})

test('what is no time is none', () => {
  for (const text of ['', '12', '12345', '2024-13-01', '20241301', '2024-01-01T25:00', '0', '99999999999999999'])
    expect(timeOf(text)).toBe(null)
})
