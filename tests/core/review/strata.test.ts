import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FrameUnit } from '../../../src/core/review/model/pair-types.ts'
import { type StrataChoices, stratify } from '../../../src/core/review/plan/strata.ts'

const plain: StrataChoices = {
  bySite: false,
  byAllergies: false,
  byMedicines: false,
  booked: false,
  chosen: [],
  minimums: new Map(),
}

const unit = fc.record({
  site: fc.constantFrom('', 'North', 'Été Süd', 'SITE 3'),
  allergies: fc.boolean(),
  fiveMedicines: fc.boolean(),
  bookedSoon: fc.boolean(),
  critical: fc.boolean(),
})
const frames = fc
  .array(unit, { maxLength: 60 })
  .map((list): FrameUnit[] => list.map((each, index) => ({ ...each, key: `k${index}` })))
const choices = fc.record({ bySite: fc.boolean(), byAllergies: fc.boolean(), byMedicines: fc.boolean(), booked: fc.boolean() })

test('every record is in exactly one stratum, whatever is chosen', () => {
  fc.assert(
    fc.property(frames, choices, fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }), (frame, chosen, names) => {
      const targetOnly = [...new Set(names)].map((name) => `t-${name}`)
      const { strata } = stratify({ frame, targetOnly }, { ...plain, ...chosen })
      const keys = strata.flatMap((stratum) => stratum.keys)
      expect(keys.length).toBe(frame.length + targetOnly.length)
      expect(new Set(keys).size).toBe(keys.length)
      for (const stratum of strata) expect(stratum.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/)
    }),
  )
})

const people: readonly FrameUnit[] = ['a', 'b', 'c'].map((key) => ({
  key,
  site: 'North',
  allergies: key === 'a',
  fiveMedicines: false,
  bookedSoon: key === 'b',
  critical: key === 'c',
}))

test('records with an open critical finding are always read whole, booked ones when asked', () => {
  const sizes = (booked: boolean) =>
    stratify({ frame: people, targetOnly: [] }, { ...plain, booked }).strata.find((each) => each.id === 'must-see')?.keys
  expect(sizes(false)).toEqual(['c'])
  expect(sizes(true)).toEqual(['b', 'c'])
})

test('each stratum says how many of its patients are booked soon', () => {
  const booked = (asked: boolean) =>
    stratify({ frame: people, targetOnly: [] }, { ...plain, booked: asked }).strata.map((each) => [each.id, each.booked])
  expect(booked(false)).toEqual([
    ['all', 1],
    ['must-see', 0],
  ])
  expect(booked(true)).toEqual([
    ['all', 0],
    ['must-see', 1],
  ])
})

test('records that exist only in the new system are read whole unless a smaller minimum is set', () => {
  const least = (minimums: ReadonlyMap<string, number>) =>
    stratify({ frame: people, targetOnly: ['x', 'y', 'z'] }, { ...plain, minimums }).strata.find(
      (each) => each.id === 'target-only',
    )?.minimum
  expect(least(new Map())).toBe(3)
  expect(least(new Map([['target-only', 1]]))).toBe(1)
  expect(least(new Map([['target-only', 99]]))).toBe(3)
})

test('a record chosen by hand that the old system does not have is named', () => {
  expect(stratify({ frame: people, targetOnly: [] }, { ...plain, chosen: ['a', 'nobody'] }).unknown).toEqual(['nobody'])
})

test('sites whose names leave no Latin letter, or the same ones, stay apart', () => {
  const sites = ['', '北診療所', '南診療所', 'Été', 'été!', 'none']
  const frame = sites.flatMap((site, s) =>
    Array.from(
      { length: 12 },
      (_, n): FrameUnit => ({
        key: `k${s}-${n}`,
        site,
        allergies: false,
        fiveMedicines: false,
        bookedSoon: false,
        critical: false,
      }),
    ),
  )
  const { strata } = stratify({ frame, targetOnly: [] }, { ...plain, bySite: true })
  expect(strata.map((stratum) => stratum.size)).toEqual([12, 12, 12, 12, 12, 12])
  expect(strata.find((stratum) => stratum.rule === 'no site')?.id).toBe('site-none')
  expect(new Set(strata.map((stratum) => stratum.rule)).size).toBe(6)
})

test('golden patients and records found wrong before are read whole, counted by their own number, and unknown ones are named', () => {
  const unit = (key: string) => ({
    key,
    site: '',
    allergies: false,
    fiveMedicines: false,
    bookedSoon: false,
    critical: key === 'P1',
  })
  const population = { frame: ['P1', 'P2', 'P3', 'P4', 'P5'].map(unit), targetOnly: [] }
  const choices = { bySite: false, byAllergies: false, byMedicines: false, booked: false, chosen: [], minimums: new Map() }
  const { strata, unknown } = stratify(population, { ...choices, golden: ['P1', 'P2', 'P9'], again: ['P3'] })
  expect(unknown).toEqual(['P9'])
  const mustSee = strata.find(({ id }) => id === 'must-see')
  expect(mustSee).toMatchObject({ keys: ['P1', 'P2', 'P3'], size: 3, minimum: 3, golden: 2, again: 1 })
  expect(mustSee?.rule).toBe('open critical finding, golden patient, found wrong before and to be read again')
  expect(strata.find(({ id }) => id === 'all')?.keys).toEqual(['P4', 'P5'])
})
