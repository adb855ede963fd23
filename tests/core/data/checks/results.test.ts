/** Results that are compared with each other stand together, however many there are and in whatever order they came. */
import { expect, test } from 'vitest'
import { nobody, Results } from '../../../../src/core/data/checks/keys/results.ts'

test('each group has its results in the order in which they came, with patient, moment and place', () => {
  const results = new Results()
  const told = Array.from({ length: 100 }, (_, i) => ({
    group: `g${(i * i) % 7}`,
    log: i / 3,
    patient: i % 5 === 0 ? null : `p${i % 4}`,
    moment: i % 6 === 0 ? Number.NaN : i * 1000,
    kept: i + 10,
  }))
  for (const { group, log, patient, moment, kept } of told) results.add(group, log, patient, moment, kept)
  const names = [...new Set(told.map(({ group }) => group))]
  const groups = [...results.groups()].map((places) => [...places])
  expect(groups).toEqual(names.map((name) => told.flatMap(({ group }, i) => (group === name ? [i] : []))))
  for (const places of results.groups())
    expect([...results.logsOf(places)]).toEqual([...places].map((at) => (told[at] as (typeof told)[number]).log))
  const patients = new Map<number, string | null>()
  for (const [at, { patient, moment, kept }] of told.entries()) {
    const number = results.patients[at] as number
    expect([results.kept[at], results.moments[at]]).toEqual([kept, moment])
    expect(patients.get(number) ?? patient).toBe(patient)
    expect(number === nobody).toBe(patient === null)
    patients.set(number, patient)
  }
  expect(results.size).toBe(told.length)
})

test('nothing was seen: no group', () => {
  expect([...new Results().groups()]).toEqual([])
})
