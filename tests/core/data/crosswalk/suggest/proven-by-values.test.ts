import { expect, test } from 'vitest'
import { fieldsPath, type Mapping, readMapping, writeFields } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { Suggestion } from '../../../../../src/core/data/crosswalk/plan/crosswalk.ts'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { suggestMapping } from '../../../../../src/core/data/crosswalk/suggest/suggest.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { seededRandom } from '../../../../../src/core/random.ts'

/** A practice system with German names, codes of its own, decimal commas, and day and time of day in two columns. */
const signal = new AbortController().signal
const none = { fields: [], values: new Map() }
const random = seededRandom('practice')
const pick = <Item>(list: readonly Item[]): Item => random.pick(list)
const two = (n: number): string => String(n).padStart(2, '0')

const people = Array.from({ length: 40 }, (_, i) => ({
  key: String(100200 + i * 7),
  uid: `p-${(i * 7919 + 13).toString(36)}`,
  isWoman: i % 2 === 0,
  name: `${pick(['Weber', 'Koch', 'Wolf', 'Braun', 'Klein'])}${i}`,
  birth: { y: 1930 + i, m: 1 + (i % 12), d: 1 + (i % 28) },
}))
const tests = [
  { own: 'HB', loinc: '718-7', unit: ['g/dl', 'g/dL'] },
  { own: 'KA', loinc: '2823-3', unit: ['mmol/l', 'mmol/L'] },
] as const
const states = [
  ['1', 'final'],
  ['2', 'preliminary'],
  ['9', 'entered-in-error'],
] as const
const results = people.flatMap((person) =>
  [0, 1, 2, 3].map((n) => ({
    person,
    test: tests[n % 2] as (typeof tests)[number],
    day: { y: 2021 + n, m: 1 + Math.floor(random.next() * 12), d: 1 + Math.floor(random.next() * 28) },
    clock: `${two(7 + Math.floor(random.next() * 10))}:${two(Math.floor(random.next() * 60))}`,
    value: (3 + random.next() * 12).toFixed(2),
    state: pick([...states, states[0], states[0]]),
  })),
)
const german = ({ y, m, d }: { y: number; m: number; d: number }): string => `${two(d)}.${two(m)}.${y}`
const iso = ({ y, m, d }: { y: number; m: number; d: number }): string => `${y}-${two(m)}-${two(d)}`

function table(name: string, side: 'legacy' | 'target', rows: readonly (readonly string[])[]): PairSource {
  const sign = side === 'legacy' ? ';' : ','
  const text = `${rows.map((row) => row.join(sign)).join('\n')}\n`
  return { source: bytesSource(`${name}.csv`, new TextEncoder().encode(text)), side, format: 'csv', table: name, reading: {} }
}

const legacy = [
  table('PATIENTEN', 'legacy', [
    ['PATNR', 'NACHNAME', 'GEBDAT', 'GESCHLECHT', 'KUERZEL'],
    ...people.map((one, i) => [one.key, one.name, german(one.birth), one.isWoman ? 'W' : 'M', `K${i % 9}Z${i}`]),
  ]),
  table('BEFUNDE', 'legacy', [
    ['PATNR', 'DATUM', 'UHRZEIT', 'PARAMETER', 'WERT', 'EINHEIT', 'STATUSKZ'],
    ...results.map((one) => [
      ...[one.person.key, german(one.day), one.clock, one.test.own],
      ...[one.value.replace('.', ','), one.test.unit[0], one.state[0]],
    ]),
  ]),
]

const targetTables = [
  table('patients', 'target', [
    ['id', 'legacy_number', 'family_name', 'birth_date', 'sex'],
    ...people.map((one) => [one.uid, one.key, one.name, iso(one.birth), one.isWoman ? 'female' : 'male']),
  ]),
  table('results', 'target', [
    ['id', 'patient_id', 'observed_at', 'test_code', 'value', 'unit', 'status'],
    ...results.map((one, i) => [
      ...[`r-${i * 31}`, one.person.uid, `${iso(one.day)}T${one.clock}:00`, one.test.loinc],
      ...[one.value, one.test.unit[1], one.state[1]],
    ]),
  ]),
]

const resources = [
  ...people.map((one) => ({
    resourceType: 'Patient',
    id: one.uid,
    identifier: [{ system: 'urn:alt', value: one.key }],
    name: [{ family: one.name }],
    gender: one.isWoman ? 'female' : 'male',
    birthDate: iso(one.birth),
  })),
  ...results.map((one, i) => ({
    resourceType: 'Observation',
    id: `o${i}`,
    status: one.state[1],
    code: { coding: [{ system: 'http://loinc.org', code: one.test.loinc }] },
    subject: { reference: `Patient/${one.person.uid}` },
    effectiveDateTime: `${iso(one.day)}T${one.clock}:00+01:00`,
    valueQuantity: { value: Number(one.value), unit: one.test.unit[1] },
  })),
]
const ndjson: PairSource = {
  source: bytesSource('all.ndjson', new TextEncoder().encode(`${resources.map((one) => JSON.stringify(one)).join('\n')}\n`)),
  side: 'target',
  format: 'ndjson',
  table: 'all',
  reading: {},
}

const proposed = (target: readonly PairSource[]): Promise<readonly Suggestion[]> =>
  finish(suggestMapping({ inputs: [...legacy, ...target], mapping: none, targets: [], shapes: false }, signal))

const saysOf = (list: readonly Suggestion[], name: string): string[] =>
  list
    .filter(({ line }) => line.fields.includes(name))
    .map(({ line }) =>
      `${line.fields.join('+')} ${line.rule} ${line.params.get('role') ?? ''} ${line.target}`.replace(/ +/g, ' '),
    )

/** Everything that carries a value, confirmed by a person; what is left behind stays open. */
function confirmed(list: readonly Suggestion[]): Mapping {
  const lines = list
    .filter(({ line }) => line.rule !== '')
    .map(({ line }) => ({ ...line, status: 'confirmed' as const, by: 'A' }))
  const { mapping } = readMapping(new Map([[fieldsPath, new TextEncoder().encode(writeFields(lines))]]))
  return { ...mapping, values: new Map(list.flatMap(({ values }) => (values ? [[values.name, values] as const] : []))) }
}

for (const [name, target, targets] of [
  ['tables', targetTables, ['patients.sex', 'results.status', 'results.observed_at']],
  ['resources', [ndjson], ['Patient.gender', 'Observation.status', 'Observation.effectiveDateTime']],
] as const)
  test(`codes that stand one to one, and a day with its time of day, are carried (${name})`, async () => {
    const list = await proposed(target)
    const sex = list.find(({ line }) => line.fields.includes('GESCHLECHT'))
    expect(sex?.line).toMatchObject({ rule: 'value-map', target: targets[0] })
    expect([...(sex?.values?.lines.values() ?? [])].map((one) => `${one.code} ${one.target}`).sort()).toEqual([
      'M male',
      'W female',
    ])
    expect(new Map(sex?.support)).toEqual(
      new Map([
        ['M', 20],
        ['W', 20],
      ]),
    )
    const status = list.find(({ line }) => line.fields.includes('STATUSKZ'))
    expect(status?.line).toMatchObject({ rule: 'value-map', target: targets[1] })
    expect([...(status?.values?.lines.keys() ?? [])].sort()).toEqual(['1', '2', '9'])
    const moment = list.find(({ line }) => line.fields.includes('UHRZEIT'))
    expect(moment?.line).toMatchObject({ fields: ['DATUM', 'UHRZEIT'], rule: 'date-time', target: targets[2] })
    expect(list.filter(({ line }) => line.rule === '').map(({ line }) => line.fields.join())).toEqual(['KUERZEL'])
  })

test('the key, what it is called by, and the link to it are proposed', async () => {
  const list = await proposed(targetTables)
  expect(saysOf(list, 'PATNR').sort()).toEqual([
    'PATNR copy key patients.legacy_number',
    'PATNR record-id id patients.id',
    'PATNR reference results.patient_id',
  ])
  expect(saysOf(await proposed([ndjson]), 'PATNR').sort()).toEqual([
    'PATNR copy key Patient.identifier.value',
    'PATNR reference Observation.subject',
  ])
})

for (const [name, target] of [
  ['tables', targetTables],
  ['resources', [ndjson]],
] as const)
  test(`what is proposed is what reconciliation counts: every record arrives by its rule (${name})`, async () => {
    const list = await proposed(target)
    const result = await finish(reconcile({ inputs: [...legacy, ...target], mapping: confirmed(list) }, signal))
    expect(result.unaccounted).toBe(0)
    expect(result.findings).toEqual([])
    for (const { line, evidence } of list)
      for (const { words } of evidence) {
        const [, same, both] = /^(\d+) of (\d+) paired records? hold what the rule makes/.exec(words) ?? []
        expect(same, `${line.fields.join()}: ${words}`).toBe(both)
      }
  })

test('a figure counts by the rule of the line: decimal commas without their mark are none', async () => {
  const commas = people.map((one, i) => [one.key, `${i},5`])
  const points = people.map((one, i) => [one.key, `${i}.5`])
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('werte', 'legacy', [['NR', 'WERT'], ...commas]),
          table('values', 'target', [['number', 'value'], ...points]),
        ],
        mapping: none,
        targets: [],
        shapes: false,
      },
      signal,
    ),
  )
  const value = list.find(({ line }) => line.fields.includes('WERT'))
  expect(value?.line.rule).toBe('number-format')
  expect(value?.line.params.get('decimal')).toBe(',')
  expect(value?.evidence.map(({ words }) => words).join()).toContain('40 of 40 paired records hold what the rule makes')
})

test('values that only happen to stand beside each other are no value map', async () => {
  const shuffled = [...people].sort((a, b) => ((Number(a.key) * 7919) % 101) - ((Number(b.key) * 7919) % 101))
  const rows = people.map((one, i) => [one.key, one.name, german(one.birth), shuffled[i]?.isWoman ? 'X' : 'Y'])
  const target = people.map((one) => [one.key, one.name, iso(one.birth), one.isWoman ? 'female' : 'male'])
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('PERSONEN', 'legacy', [['NR', 'NACHNAME', 'GEBDAT', 'SPALTE'], ...rows]),
          table('people', 'target', [['number', 'family', 'born', 'sex'], ...target]),
        ],
        mapping: none,
        targets: [],
        shapes: false,
      },
      signal,
    ),
  )
  expect(list.some(({ line }) => line.fields.includes('SPALTE') && line.rule === 'value-map')).toBe(false)
})

test.each([
  ['a surname', (i: number) => [`Name${i}`, `N${i}^${i}`]],
  ['a surname and a given name', (i: number) => [`Anna Meyer${i}`, `MEYER${i}^A`]],
  ['a nickname in one word', (i: number) => [`anna${i}`, `meyer${i}`]],
] as const)('%s that another system writes otherwise is a person, and no code', async (_, namesOf) => {
  const visits = Array.from({ length: 60 }, (__, i) => ({ number: `V${i}`, person: i % 10, names: namesOf(i % 10) }))
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('BESUCHE', 'legacy', [
            ['NR', 'PNR', 'XQ'],
            ...visits.map((one) => [one.number, `9${one.person}`, one.names[0] ?? '']),
          ]),
          table('visits', 'target', [
            ['number', 'who', 'zw'],
            ...visits.map((one) => [one.number, `9${one.person}`, one.names[1] ?? '']),
          ]),
        ],
        mapping: none,
        targets: [],
        shapes: false,
      },
      signal,
    ),
  )
  expect(list.filter(({ line }) => line.rule === 'value-map').map(({ line }) => line.fields)).toEqual([])
})

test('a map with values that were met once is not called certain by the rows it was read off', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    number: `V${i}`,
    said: i < 51 ? 'unknown' : `state${i}`,
    held: i < 51 ? '0' : String(1 + (i % 2)),
  }))
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('BESUCHE', 'legacy', [['NR', 'STATUS'], ...rows.map((one) => [one.number, one.said])]),
          table('visits', 'target', [['number', 'status'], ...rows.map((one) => [one.number, one.held])]),
        ],
        mapping: none,
        targets: [],
        shapes: false,
      },
      signal,
    ),
  )
  const found = list.find(({ line }) => line.fields.includes('STATUS'))
  expect(found?.score ?? 0).toBeLessThan(0.8)
})

test('a code that both systems share in part is a map all the same: M stays, W becomes F', async () => {
  const list = await finish(
    suggestMapping(
      {
        inputs: [
          table('PATIENTEN', 'legacy', [['PATNR', 'GESCHLECHT'], ...people.map((one) => [one.key, one.isWoman ? 'W' : 'M'])]),
          table('patients', 'target', [['number', 'sex'], ...people.map((one) => [one.key, one.isWoman ? 'F' : 'M'])]),
        ],
        mapping: none,
        targets: [],
        shapes: false,
      },
      signal,
    ),
  )
  const sex = list.find(({ line }) => line.fields.includes('GESCHLECHT'))
  expect(sex?.line).toMatchObject({ rule: 'value-map', target: 'patients.sex' })
  expect([...(sex?.values?.lines.values() ?? [])].map((one) => `${one.code} ${one.target}`).sort()).toEqual(['M M', 'W F'])
  // One table alone: nothing calls its numbers, and they are its key all the same.
  expect(saysOf(list, 'PATNR')).toEqual(['PATNR copy key patients.number'])
})
