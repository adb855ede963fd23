/** Codes in few rows: what stands beside what is told, and nobody is told to leave the column behind. */
import { expect, test } from 'vitest'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { suggestMapping } from '../../../../../src/core/data/crosswalk/suggest/suggest.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

function table(name: string, side: 'legacy' | 'target', rows: readonly (readonly string[])[]): PairSource {
  const text = `${rows.map((row) => row.join(',')).join('\n')}\n`
  return { source: bytesSource(`${name}.csv`, new TextEncoder().encode(text)), side, format: 'csv', table: name, reading: {} }
}

async function sexOf(rows: number, women: number, further: readonly string[] = []) {
  const people = Array.from({ length: rows }, (_, i) => ({
    number: `${1000 + i * 3}`,
    name: ['Meyer', 'Kunz', 'Bauer', 'Wolf', 'Schulz'][i % 5] as string,
    day: `${1950 + i}-0${1 + (i % 9)}-1${i % 9}`,
    isWoman: (i * 7) % rows < women,
  }))
  const legacy = people.map((one) => [one.number, one.name, one.isWoman ? 'W' : 'M', one.day])
  const target = people.map((one) => [
    ...[one.number, one.name, one.isWoman ? 'female' : 'male', one.day],
    ...further.map(() => (one.isWoman ? 'yes' : 'no')),
  ])
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('patienten', 'legacy', [['PATNR', 'NACHNAME', 'GESCHLECHT', 'GEBDAT'], ...legacy]),
          table('patient', 'target', [['patient_id', 'last_name', 'sex', 'birth_date', ...further], ...target]),
        ],
        mapping: { fields: [], values: new Map() },
        targets: [],
        shapes: false,
      },
      new AbortController().signal,
    ),
  )
  return list.filter(({ line }) => line.fields.includes('GESCHLECHT'))
}

test.each([
  [20, 8],
  [20, 5],
  [12, 6],
])('%i rows, %i women: the pairs are told as too few', async (rows, women) => {
  const [one, ...more] = await sexOf(rows, women)
  expect(more).toEqual([])
  expect(one?.line).toMatchObject({ rule: 'value-map', target: 'patient.sex', status: 'suggested' })
  expect(one?.score).toBe(0.3)
  expect(one?.evidence.map(({ words }) => words).join()).toMatch(/^too few rows to tell: “[MW]” beside “(fe)?male” in \d+ rows, /)
  expect(Object.fromEntries(one?.support ?? [])).toEqual({ W: women, M: rows - women })
})

test('where chance shows as much, or two fields fit alike, nothing is said, and nothing is left behind', async () => {
  expect(await sexOf(6, 3)).toEqual([])
  expect(await sexOf(20, 8, ['active'])).toEqual([])
})

test('many rows prove the map', async () => {
  const [one] = await sexOf(60, 25)
  expect(one?.score).toBeGreaterThan(0.7)
})
