/** Days of legacy beside moments of the target, made in any zone and written in any offset. */
import { expect, test } from 'vitest'
import { offsetText, type Zone, zoneNamed } from '../../../../src/core/data/meaning/zone.ts'
import { Random } from '../../../foreign/random.ts'
import { condition, conditionLines, patient, smallPair } from './small-pair.ts'

const day = 86_400
const lines = [
  ...conditionLines,
  'conditions,END,copy,,Condition.abatementDateTime',
  'patients,DIED,copy,,Patient.deceasedDateTime',
]
const dayIn = (zone: Zone, second: number): string =>
  new Date((second + zone.offsetAt(second) * 60) * 1000).toISOString().slice(0, 10)
const written = (second: number, minutes: number): string =>
  `${new Date((second + minutes * 60) * 1000).toISOString().slice(0, 19)}${offsetText(minutes)}`
const zoneOf = (name: string): Zone => zoneNamed(name) ?? expect.fail(name)

interface Stay {
  readonly from: number
  readonly to: number
}

/** `zone`: in which legacy wrote days. `offset`: with which the target writes a moment. `moved`: a stay that legacy ends a day later. */
function pairOf(stays: readonly Stay[], died: number, zone: Zone, offset: () => number, moved = -1) {
  const rows = stays.map(({ from, to }, i) => `A,1000${i},${dayIn(zone, from)},${dayIn(zone, i === moved ? to + day : to)}`)
  const conditions = stays.map(({ from, to }, i) => ({
    ...condition('A', `1000${i}`, written(from, offset())),
    abatementDateTime: written(to, offset()),
  }))
  return smallPair(
    lines,
    { patients: `MRN,DIED\nA,${dayIn(zone, died)}\n`, conditions: ['PAT,CODE,DAY,END', ...rows, ''].join('\n') },
    [{ ...patient('A'), deceasedDateTime: written(died, offset()) }, ...conditions],
  )
}

const anyOffset = (random: Random): number => (random.below(105) - 48) * 15
const summers = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Sydney',
  'Pacific/Chatham',
  'America/Santiago',
]

test.each([
  ['a fixed offset', (random: Random) => offsetText(anyOffset(random))],
  ['a zone with summer times', (random: Random) => random.one(summers)],
])('days in %s are no difference, whether moments are in UTC, in a zone nearby or in any each', async (_, nameOf) => {
  let assumed = 0
  for (let seed = 1; seed <= 60; seed++) {
    const random = new Random(seed)
    const zone = zoneOf(nameOf(random))
    // Moments of office hours leave many offsets, those around the clock few.
    const [opens, hours] = random.one([
      [8, 9],
      [0, 24],
      [18, 12],
    ] as const)
    const moment = (): number => {
      const local = (15_000 + random.below(2000)) * day + opens * 3600 + random.below(hours * 3600 - 1) + 1
      return local - zone.offsetAt(local) * 60
    }
    const stays = Array.from({ length: 10 + random.below(20) }, () => {
      const from = moment()
      return { from, to: random.below(2) === 0 ? from + random.below(5 * 3600) : moment() }
    })
    // An offset on the other side of the earth moves every day there is, and no day then says whether it was a shift.
    const one = random.one([0, zone.offsetAt(0), zone.offsetAt(0) + 180])
    const offset = random.below(4) === 0 ? () => anyOffset(random) : () => one
    const { told, assumptions } = await pairOf(stays, moment(), zone, offset)
    expect([seed, zone.name, told]).toEqual([seed, zone.name, {}])
    assumed += assumptions.length
    for (const { agree, of } of assumptions) expect([seed, agree]).toEqual([seed, of])
  }
  expect(assumed).toBeGreaterThan(30)
})

/** Starts and ends at every half hour of a day. */
const around = Array.from({ length: 48 }, (_, i) => {
  const from = (16_000 + 3 * i) * day + i * 1800 + 600
  return { from, to: from + day }
})

test('a day that was moved stays told beside moments around the clock', async () => {
  for (const [seed, name] of ['Z', '-09:00', '+05:45', 'Europe/Berlin'].entries()) {
    const zone = zoneOf(name)
    const own = await pairOf(around, 16_500 * day, zone, () => zone.offsetAt(0), 7 + seed)
    const far = await pairOf(around, 16_500 * day, zone, () => zone.offsetAt(0) + (seed % 2 === 0 ? 300 : -300), 7 + seed)
    expect([name, own.told, far.told]).toEqual([name, { 'data/date-shifted': 1 }, { 'data/date-shifted': 1 }])
    expect([own.assumptions, far.assumptions.length]).toEqual([[], 1])
  }
})

test('one end near midnight is enough where another offset explains everything, and what is told names both counts', async () => {
  const stays = Array.from({ length: 12 }, (_, i) => {
    const from = (17_000 + 5 * i) * day + 12 * 3600
    return { from, to: from + (i === 4 ? 2 * day - 3 * 3600 : day) }
  })
  const { told, assumptions } = await pairOf(stays, 17_500 * day + 12 * 3600, zoneOf('Z'), () => -570)
  expect(told).toEqual({})
  expect(assumptions).toMatchObject([{ side: 'legacy', zone: '-09:00', agree: 25, of: 25 }])
  expect(assumptions[0]?.words).toContain('25 of 25 pairs looked at agree, and 24 as they are written.')
})

test('an end whose line states its zone is no evidence for the others', async () => {
  const stated = lines.map((line) => line.replace('END,copy,,', 'END,copy,zone=+09:00,'))
  const rows = Array.from({ length: 12 }, (_, i) => `A,1000${i},2020-03-0${(i % 8) + 1},2020-03-1${i % 8}`)
  const conditions = Array.from({ length: 12 }, (_, i) => ({
    ...condition('A', `1000${i}`, `2020-03-0${(i % 8) + 1}T12:00:00Z`),
    abatementDateTime: `2020-03-${String(9 + (i % 8)).padStart(2, '0')}T20:00:00Z`,
  }))
  const { told, assumptions } = await smallPair(
    stated,
    { patients: 'MRN,DIED\nA,\n', conditions: ['PAT,CODE,DAY,END', ...rows, ''].join('\n') },
    [patient('A'), ...conditions],
  )
  expect([told, assumptions]).toEqual([{}, []])
})
