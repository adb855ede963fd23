/** Rules as files: read strictly, described by a published schema, evaluated over tables that are read in any order. */

import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { readRuleFiles } from '../../../../src/core/data/rules/rule-file.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const schema = JSON.parse(readFileSync(new URL('../../../../src/core/data/rules/rules.schema.json', import.meta.url), 'utf8'))
const isValid = new Ajv2020({ strict: false }).compile(schema)
const faultsOf = (value: unknown) => readRuleFiles([{ name: 'r.json', text: JSON.stringify(value) }]).faults

const good = {
  id: 'a',
  on: 't',
  when: 'x > 1',
  assert: 'y is not null',
  severity: 'warning',
  title: 'T',
  why: 'W',
  remedy: 'R',
  kahn: 'completeness',
  safety: 'allergy',
}
const asked = { on: 't', check: 'data/order', fields: ['a', 'b'], params: {} }

test.each([
  [{ rules: [good, asked] }, true],
  [{ rules: [] }, true],
  [{ rules: [{ ...good, fields: 'x' }] }, true],
  [{ rules: 'x' }, false],
  [{ rules: [{ ...good, severty: 'error' }] }, false],
  [{ rules: [{ ...good, severity: 'bad' }] }, false],
  [{ rules: [{ ...good, check: 'data/order' }] }, false],
  [{ rules: [{ on: 't', assert: 'x = 1' }] }, false],
  [{ rules: [{ id: 'a', assert: 'x = 1' }] }, false],
  [{ rules: [{ on: 't' }] }, false],
  [{ rules: [{ ...asked, fields: [1] }] }, false],
  [{ rules: [{ ...good, kahn: 'speed' }] }, false],
  [{ rules: [5] }, false],
  [{ rules: [], more: 1 }, false],
])('the parser and the published schema agree on %j', (value, ok) => {
  expect(isValid(value)).toBe(ok)
  expect(faultsOf(value).length === 0).toBe(ok)
})

test('a fault has its file, its place and the character', () => {
  expect(faultsOf({ rules: [{ ...good, assert: 'x ==' }] })).toEqual([
    { file: 'r.json', at: '/rules/0/assert', says: expect.stringMatching(/^character 4: /) },
  ])
  expect(readRuleFiles([{ name: 'r.json', text: '{\n "rules": [,]\n}' }]).faults[0]).toMatchObject({
    at: expect.stringMatching(/^line 2/),
  })
  expect(faultsOf({ rules: [good, good] })[0]?.says).toContain('already')
})

const table = (name: string, text: string, schema: Record<string, never> | null = null) => ({
  source: bytesSource(`${name}.csv`, new TextEncoder().encode(text)),
  side: null,
  format: null,
  table: name,
  reading: {},
  schema,
})
const patients = table('patients', 'id,born,sex\n1,1990-05-01,F\n2,1950,M\n')
const events = table('events', 'id,patient,at\na,1,1989-01-01\nb,1,1990-05-01\nc,2,1950-06-01\nd,9,1900-01-01\n')
const rules = [
  {
    name: 'team.json',
    text: JSON.stringify({
      rules: [
        {
          id: 'after-birth',
          on: 'events',
          assert: "at >= lookup('patients', 'id', patient, 'born')",
          severity: 'critical',
          why: 'It is somebody else.',
        },
        { id: 'nobody', on: 'events', assert: "lookup('visits', 'id', id, 'x') is null" },
        { id: 'no-column', on: 'events', assert: 'colour is not null' },
        { id: 'elsewhere', on: 'letters', assert: 'a = b' },
      ],
    }),
  },
]

test.each([
  ['patients first', [patients, events]],
  ['events first', [events, patients]],
])('a rule that asks another table has exact counts, %s', async (_name, inputs) => {
  const { findings, notEvaluated } = await finish(validate({ inputs, rules }, new AbortController().signal))
  const finding = findings.find(({ code }) => code === 'data/custom-rule')
  expect(finding).toMatchObject({ place: 'after-birth', count: 1, denominator: 2, severity: 'critical' })
  expect(finding?.facts).toContainEqual({ name: 'why', value: 'It is somebody else.' })
  expect(finding?.sample[0]?.at).toMatchObject({ record: 1, line: 2, field: 'at' })
  expect(notEvaluated).toContainEqual({
    what: 'Rule nobody (team.json /rules/1)',
    why: 'The table visits is not part of this run.',
  })
  expect(notEvaluated).toContainEqual({ what: 'Rule no-column (team.json /rules/2)', why: 'The table has no column colour.' })
})

test('tables that ask each other are read a second time, and each finding is told once', async () => {
  const a = table('a', 'id,other,n\n1,x,5\n2,y,7\n')
  const b = table('b', 'id,other,n\nx,1,6\ny,2,7\n')
  const both = ['a', 'b'].map((on) => ({
    id: `same-${on}`,
    on,
    assert: `n = lookup('${on === 'a' ? 'b' : 'a'}', 'id', other, 'n')`,
  }))
  const text = JSON.stringify({ rules: both })
  const { findings } = await finish(validate({ inputs: [a, b], rules: [{ name: 'r', text }] }, new AbortController().signal))
  const found = findings
    .filter(({ code }) => code === 'data/custom-rule')
    .map(({ place, count, denominator }) => [place, count, denominator])
  expect(found.sort()).toEqual([
    ['same-a', 1, 2],
    ['same-b', 1, 2],
  ])
})

test('a schema whose keys lead to two patients finds the record under the wrong one', async () => {
  const key = (fields: string, resource: string) => ({ fields, reference: { resource, fields: 'id' } })
  const schemaOf = (...keys: readonly object[]) =>
    JSON.parse(
      JSON.stringify({
        fields: [{ name: 'id' }, { name: 'patient' }, { name: 'encounter' }],
        fieldsMatch: ['superset'],
        foreignKeys: keys,
      }),
    )
  const encounters = table('encounters', 'id,patient\ne1,1\ne2,2\n', schemaOf(key('patient', 'patients')))
  const results = table(
    'results',
    'id,patient,encounter\nr1,1,e1\nr2,1,e2\nr3,2,\n',
    schemaOf(key('patient', 'patients'), key('encounter', 'encounters')),
  )
  const { findings } = await finish(validate({ inputs: [results, encounters, patients] }, new AbortController().signal))
  expect(findings.find(({ code }) => code === 'data/wrong-patient')).toMatchObject({
    severity: 'critical',
    place: 'patient + encounter',
    count: 1,
    denominator: 2,
  })
})
