import { expect, test } from 'vitest'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { uncoveredColumns } from '../../../../../src/core/data/crosswalk/plan/uncovered.ts'
import { suggestMapping } from '../../../../../src/core/data/crosswalk/suggest/suggest.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { seededRandom } from '../../../../../src/core/random.ts'

/** A practice with German heads; the new system gives persons, visits and results ids of its own, and its links hold them. */
const random = seededRandom('own ids')
const upTo = (n: number): number => Math.floor(random.next() * n)
const two = (n: number): string => String(n).padStart(2, '0')

const people = Array.from({ length: 40 }, (_, i) => ({
  number: String(10400 + 3 * i),
  id: (i * 7) % 40,
  name: `${random.pick(['Weber', 'Koch', 'Wolf', 'Braun'])}`,
  first: random.pick(['Anna', 'Lena', 'Petra', 'Uwe', 'Jens']),
  birth: [two(1 + upTo(28)), two(1 + upTo(12)), String(1930 + upTo(80))] as const,
}))
const visits = Array.from({ length: 120 }, (_, i) => ({
  number: String(50211 + 2 * i),
  id: (i * 11) % 120,
  person: people[i % 40] as (typeof people)[number],
  day: [two(1 + upTo(28)), two(1 + upTo(12)), String(2019 + upTo(6))] as const,
}))
const results = visits.flatMap((visit, i) =>
  [
    ['HB', '718-7', 'g/dl'],
    ['K', '2823-3', 'mmol/l'],
  ].map(([test = '', code = '', unit = ''], n) => ({ visit, test, code, unit, value: (3 + upTo(9)).toFixed(1), id: 2 * i + n })),
)
const iso = (day: readonly string[]): string => day.toReversed().join('-')

function table(name: string, side: 'legacy' | 'target', rows: readonly (readonly string[])[]): PairSource {
  const text = `${rows.map((row) => row.join(side === 'legacy' ? ';' : ',')).join('\n')}\n`
  return { source: bytesSource(`${name}.csv`, new TextEncoder().encode(text)), side, format: 'csv', table: name, reading: {} }
}

const legacy = [
  table('besuche', 'legacy', [
    ['besuchnr', 'patnr', 'datum'],
    ...visits.map(({ number, person, day }) => [number, person.number, day.join('.')]),
  ]),
  table('labor', 'legacy', [
    ['besuchnr', 'test', 'wert', 'einheit'],
    ...results.map(({ visit, test, value, unit }) => [visit.number, test, value.replace('.', ','), unit]),
  ]),
  table('patienten', 'legacy', [
    ['patnr', 'name', 'vorname', 'gebdat'],
    ...people.map(({ number, name, first, birth }) => [number, name, first, birth.join('.')]),
  ]),
]

/** @param twice whether one person and one visit were loaded twice  @param keepsVisit whether visits keep the legacy number */
function targetOf(prefix: boolean, twice: boolean, keepsVisit: boolean): readonly PairSource[] {
  const own = (kind: string, id: number): string => (prefix ? `${kind}${700000 + id}` : String(1 + id))
  const persons = twice ? [...people, { ...(people[7] as (typeof people)[number]), id: 99 }] : people
  const encounters = twice ? [...visits, { ...(visits[30] as (typeof visits)[number]), id: 999 }] : visits
  return [
    table('person', 'target', [
      ['person_uid', 'legacy_number', 'family_name', 'given_name', 'birth_date'],
      ...persons.map((one) => [own('P', one.id), one.number, one.name, one.first, iso(one.birth)]),
    ]),
    table('encounter', 'target', [
      ['encounter_uid', 'person_uid', ...(keepsVisit ? ['source_no'] : []), 'encounter_date'],
      ...encounters.map((one) => [
        ...[own('E', one.id), own('P', one.person.id), ...(keepsVisit ? [one.number] : [])],
        iso(one.day),
      ]),
    ]),
    table('observation', 'target', [
      ['observation_uid', 'encounter_uid', 'test_code', 'result_value', 'unit'],
      ...results.map((one) => [own('O', one.id), own('E', one.visit.id), one.code, one.value, one.unit]),
    ]),
  ]
}

test.each([
  ['ids with a letter', true, false, true],
  ['short numbers', false, false, true],
  ['a person and a visit that were loaded twice', true, true, true],
  ['visits without their legacy number', true, true, false],
])('%s: the legacy number is the key, the own id what links lead to', async (_, prefix, twice, keepsVisit) => {
  const inputs = [...legacy, ...targetOf(prefix, twice, keepsVisit)]
  const mapping = { fields: [], values: new Map() }
  const found = await finish(suggestMapping({ inputs, mapping, targets: [], shapes: true }, new AbortController().signal))
  const lines = found
    .filter(({ line }) => /nr$/.test(line.fields.join()))
    .map(({ line }) => {
      const { source, fields, rule, params, target } = line
      return `${source}.${fields.join()} ${rule} ${params.get('role') ?? params.get('table')} ${target}`
    })
  expect(new Set(lines)).toEqual(
    new Set([
      'patienten.patnr copy key person.legacy_number',
      'patienten.patnr record-id id person.person_uid',
      'besuche.patnr reference patienten encounter.person_uid',
      'besuche.besuchnr record-id id encounter.encounter_uid',
      ...(keepsVisit ? ['besuche.besuchnr copy key encounter.source_no'] : []),
      'labor.besuchnr reference besuche observation.encounter_uid',
    ]),
  )
  expect(found.filter(({ line }) => line.target === 'person.person_uid')).toHaveLength(1)
  const codes = found.find(({ line }) => line.target === 'observation.test_code')?.values?.lines
  expect([...(codes ?? [])].map(([code, { target }]) => [code, target]).sort()).toEqual([
    ['HB', '718-7'],
    ['K', '2823-3'],
  ])
})

test('columns of both sides that no line speaks of are named', async () => {
  const inputs = [...legacy, ...targetOf(true, false, true)]
  const [line] = await finish(
    suggestMapping(
      { inputs, mapping: { fields: [], values: new Map() }, targets: [], shapes: true },
      new AbortController().signal,
    ),
  )
  const lines = line ? [line.line, { ...line.line, source: 'labor', fields: ['*'], target: '' }] : []
  // A column by which a line takes some rows is spoken of.
  const when = lines
    .slice(0, 1)
    .map((one) => ({ ...one, source: 'besuche', fields: ['patnr'], params: new Map([['when', 'besuchnr=1']]) }))
  const aside = lines.map((one) => ({ ...one, source: '', fields: ['*'], target: 'observation' })).slice(0, 1)
  expect(await uncoveredColumns(inputs, [...lines, ...when, ...aside], new AbortController().signal)).toEqual({
    legacy: ['besuche.datum', 'patienten.patnr', 'patienten.name', 'patienten.vorname', 'patienten.gebdat'],
    target: [
      ...['person_uid', 'legacy_number', 'family_name', 'given_name', 'birth_date'].map((name) => `person.${name}`),
      ...['encounter_uid', 'source_no', 'encounter_date'].map((name) => `encounter.${name}`),
    ],
  })
})
