import { expect, test } from 'vitest'
import type { Suggestion } from '../../../../../src/core/data/crosswalk/plan/crosswalk.ts'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { isLoinc, isSnomed, systemOf } from '../../../../../src/core/data/crosswalk/suggest/code-forms.ts'
import { shapes } from '../../../../../src/core/data/crosswalk/suggest/shapes.ts'
import { suggestMapping } from '../../../../../src/core/data/crosswalk/suggest/suggest.ts'
import { columnMeaning, tableConcept } from '../../../../../src/core/data/knowledge/meanings.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const none = { fields: [], values: new Map() }

function table(name: string, rows: readonly (readonly (string | number)[])[], side: 'legacy' | 'target' = 'legacy'): PairSource {
  const text = rows.map((row) => row.join(',')).join('\n')
  return { source: bytesSource(`${name}.csv`, bytes(`${text}\n`)), side, format: 'csv', table: name, reading: {} }
}

const people = Array.from({ length: 8 }, (_, i) => i)
const key = (i: number): string => `K-${1000 + i * 7}`
const day = (i: number, n: number): string => `20${10 + i}-0${1 + n}-1${i}`

/** Columns whose names say nothing: only what they hold can tell. */
const legacy = [
  table('a1', [['x', 'y', 'z', 'w'], ...people.map((i) => [key(i), `Name${i}`, `19${40 + i}-03-0${i + 1}`, i % 2 ? 'M' : 'W'])]),
  table('b7', [
    ['p', 'q', 'r', 's'],
    ...people.flatMap((i) =>
      [0, 1, 2].map((n) => [key(i), `${day(i, n)}T08:30:00Z`, n === 2 ? '8302-2' : '29463-7', 60 + i + n / 2]),
    ),
  ]),
]

const resources = people.flatMap((i) => [
  {
    resourceType: 'Patient',
    id: `id${i}`,
    identifier: [{ system: 'urn:old', value: key(i) }],
    name: [{ family: `Name${i}` }],
    birthDate: `19${40 + i}-03-0${i + 1}`,
    gender: i % 2 ? 'male' : 'female',
  },
  ...[0, 1, 2].map((n) => ({
    resourceType: 'Observation',
    id: `o${i}-${n}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: n === 2 ? '8302-2' : '29463-7' }] },
    subject: { reference: `urn:uuid:id${i}` },
    effectiveDateTime: `${day(i, n)}T10:30:00+02:00`,
    valueQuantity: { value: 60 + i + n / 2, unit: 'kg' },
  })),
])
const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) })
const target: PairSource = {
  source: bytesSource('all.json', bytes(bundle)),
  side: 'target',
  format: 'bundle',
  table: 'all',
  reading: {},
}

const of = (list: readonly Suggestion[], column: string): string[] =>
  list.filter(({ line }) => line.fields.includes(column)).map(({ line }) => `${line.rule} ${line.target}`)

test('values of a populated Bundle decide where names say nothing', async () => {
  const found = await finish(suggestMapping({ inputs: [...legacy, target], mapping: none, targets: [], shapes: false }, signal))
  expect(of(found, 'z')).toEqual(['date Patient.birthDate'])
  expect(of(found, 'y')).toEqual(['copy Patient.name.family'])
  expect(of(found, 'x')).toEqual(['copy Patient.identifier.value'])
  expect(of(found, 'q')).toEqual(['date-time Observation.effectiveDateTime'])
  expect(of(found, 'r')).toEqual(['code Observation.code'])
  expect(of(found, 's')).toEqual(['number-format Observation.valueQuantity.value'])
  const code = found.find(({ line }) => line.fields.includes('r'))
  expect(code?.line.params.get('system')).toBe('http://loinc.org')
  expect(found.every(({ line }) => line.status === 'suggested' && line.by === '')).toBe(true)
})

test('values that are written differently are proposed as a value map where names agree', async () => {
  const named = [
    table('patients', [
      ['patient_id', 'surname', 'dob', 'sex'],
      ...people.map((i) => [key(i), `Name${i}`, `19${40 + i}-03-0${i + 1}`, i % 2 ? 'M' : 'W']),
    ]),
  ]
  const found = await finish(suggestMapping({ inputs: [...named, target], mapping: none, targets: [], shapes: false }, signal))
  const sex = found.find(({ line }) => line.fields.includes('sex'))
  expect(sex?.line).toMatchObject({ rule: 'value-map', target: 'Patient.gender' })
  expect([...(sex?.values?.lines.values() ?? [])].map((one) => `${one.code} ${one.target}`).sort()).toEqual([
    'M male',
    'W female',
  ])
  const id = found.find(({ line }) => line.fields.includes('patient_id'))
  expect(id?.line.params.get('role')).toBe('key')
})

test('what somebody decided is not proposed again, and kinds of the target without a source are named', async () => {
  const line = {
    source: 'a1',
    fields: ['z'],
    rule: 'date',
    params: new Map(),
    target: 'Patient.birthDate',
    required: false,
    status: 'confirmed',
    reason: '',
    by: 'A',
  } as const
  const report = {
    source: bytesSource('r.ndjson', bytes('{"resourceType":"DiagnosticReport","id":"r"}\n')),
    side: 'target',
    format: 'ndjson',
    table: 'r',
    reading: {},
  } as const
  const inputs = [...legacy, target, report]
  const found = await finish(
    suggestMapping({ inputs, mapping: { fields: [line], values: new Map() }, targets: [], shapes: true }, signal),
  )
  expect(of(found, 'z')).toEqual([])
  const aside = found.find(({ line: one }) => one.source === '')
  expect(aside?.line).toMatchObject({ target: 'DiagnosticReport', status: 'suggested', rule: '' })
})

test('known systems are recognised by their columns under any name, and not where they are switched off', async () => {
  const columns = ['subject_id', 'hadm_id', 'seq_num', 'icd_code', 'icd_version']
  const inputs = [
    table('export_03', [columns, ['10', '200', '1', '4019', '9'], ['10', '201', '1', 'I10', '10']]),
    table('export_01', [
      ['subject_id', 'gender', 'anchor_age', 'anchor_year', 'anchor_year_group', 'dod'],
      ['10', 'F', '50', '2150', '2011 - 2013', ''],
    ]),
  ]
  const known = await finish(suggestMapping({ inputs, mapping: none, targets: [], shapes: true }, signal))
  const code = known.filter(({ line }) => line.fields.includes('icd_code')).map(({ line }) => line.params.get('when'))
  expect(code.sort()).toEqual(['icd_version=10', 'icd_version=9'])
  expect(known.some(({ evidence }) => evidence.some(({ words }) => words === 'known shape: MIMIC-IV'))).toBe(true)
  const without = await finish(suggestMapping({ inputs, mapping: none, targets: [], shapes: false }, signal))
  expect(without.some(({ evidence }) => evidence.some(({ kind }) => kind === 'known'))).toBe(false)
  for (const shape of shapes) expect(shape.cites).toMatch(/https:\/\//)
})

test('a target table that holds nothing gets what its columns are called', async () => {
  const field = (name: string, type = 'integer') => ({ target: name, type, required: false, description: '', values: [] })
  const targets = [
    ...['person.person_id', 'person.year_of_birth', 'person.gender_concept_id'].map((name) => field(name)),
    field('person.person_source_value', 'varchar(50)'),
    field('person.birth_datetime', 'datetime'),
    ...['condition_occurrence.person_id', 'condition_occurrence.visit_occurrence_id'].map((name) => field(name)),
    field('condition_occurrence.condition_start_date', 'date'),
    field('condition_occurrence.condition_source_value', 'varchar(50)'),
  ]
  const inputs = [
    table('PAT_MASTER', [['PAT_ID', 'BIRTHDATE', 'SEX'], ...people.map((i) => [`pat-000000${i}`, `1950-01-0${i + 1}`, 'F'])]),
    table('problem_list', [
      ['PROB_ID', 'PAT_ID', 'ONSET_DT', 'DX_CD'],
      ...people.map((i) => [i, `pat-000000${i}`, '2001-02-03', 'I10']),
    ]),
  ]
  const found = await finish(suggestMapping({ inputs, mapping: none, targets, shapes: false }, signal))
  const lines = found.map(({ line }) => `${line.source}.${line.fields.join()} ${line.rule} ${line.target}`)
  expect(lines).toEqual(
    expect.arrayContaining([
      'PAT_MASTER.PAT_ID record-id person.person_id',
      'PAT_MASTER.PAT_ID copy person.person_source_value',
      'PAT_MASTER.BIRTHDATE date-part person.year_of_birth',
      'problem_list.PAT_ID reference condition_occurrence.person_id',
      'problem_list.ONSET_DT date condition_occurrence.condition_start_date',
      'problem_list.DX_CD copy condition_occurrence.condition_source_value',
    ]),
  )
})

test('forms of codes and meanings of names', () => {
  expect(['44054006', '73211009', '195662009'].every(isSnomed)).toBe(true)
  expect(isSnomed('44054007')).toBe(false)
  expect(['8302-2', '29463-7', '718-7', '85354-9'].every(isLoinc)).toBe(true)
  expect(isLoinc('8302-3')).toBe(false)
  expect(systemOf(['44054006', '73211009'])).toBe('http://snomed.info/sct')
  expect(systemOf(['1', '2'])).toBeNull()
  const names = {
    PATIENTID: 'patient',
    ENCOUNTERCLASS: 'class',
    START: 'start',
    dischtime: 'end',
    birth_dt: 'birth',
    valueuom: 'unit',
    REASONDESCRIPTION: 'reason-text',
  }
  for (const [name, meaning] of Object.entries(names))
    expect(`${name} ${columnMeaning(name, 'visits').name}`).toBe(`${name} ${meaning}`)
  expect(['tbl_patients', 'MedicationRequest', 'visit_occurrence', 'diagnoses_icd', 'zzz'].map(tableConcept)).toEqual([
    'patient',
    'drug',
    'encounter',
    'condition',
    '',
  ])
})

test('tables named in no known language are found by values, their patients by key, their links by identifier', async () => {
  const sources = [
    table('fichier', [['AKTNR', 'NOM', 'NE_LE'], ...people.map((i) => [key(i), `Name${i}`, `19${40 + i}-03-0${i + 1}`])]),
    table('mesures', [
      ['LIGNE', 'AKTNR', 'QUOI', 'QUAND'],
      ...people.flatMap((i) =>
        [0, 1, 2].map((n) => [`L${i}${n}`, key(i), n === 2 ? '8302-2' : '29463-7', `${day(i, n)}T08:30:00Z`]),
      ),
    ]),
    table('factures', [['REF', 'SOMME'], ...people.map((i) => [`F-${i}`, 9000 + i * 31])]),
  ]
  const found = await finish(suggestMapping({ inputs: [...sources, target], mapping: none, targets: [], shapes: false }, signal))
  const line = (source: string, column: string) =>
    found.find((one) => one.line.source === source && one.line.fields.includes(column))?.line
  expect(line('fichier', 'AKTNR')?.params.get('role')).toBe('key')
  expect(line('mesures', 'AKTNR')).toMatchObject({ rule: 'reference', target: 'Observation.subject' })
  expect(line('mesures', 'QUOI')).toMatchObject({ rule: 'code', target: 'Observation.code' })
  expect(line('factures', '*')?.reason).toMatch(/^No counterpart was found/)
  expect(found.some((one) => one.line.rule === 'affix')).toBe(false)
})
