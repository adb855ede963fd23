import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromConceptMap, toConceptMap } from '../../../../src/core/data/crosswalk/documents/concept-map.ts'
import { mappingSpecification } from '../../../../src/core/data/crosswalk/documents/specification.ts'
import { addedEdit, columnDrift, renameEdit } from '../../../../src/core/data/crosswalk/drift.ts'
import { editMapping, type MappingEdit } from '../../../../src/core/data/crosswalk/edit.ts'
import { type Mapping, writeFields, writeValueMap } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { mappingFindings } from '../../../../src/core/data/crosswalk/records/required.ts'
import { suggestMapping } from '../../../../src/core/data/crosswalk/suggest/suggest.ts'
import { loadDefinitions } from '../../../../src/core/data/fhir/definitions/packs.ts'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { readSample } from '../../../samples/riverside.ts'

const sample = readSample({ patients: 200, seed: 'suggest' })
const { mapping } = sample.pairInput
const written = (one: Mapping): string => writeFields(one.fields) + [...one.values.values()].map(writeValueMap).join('')
const signal = new AbortController().signal

const index = fc.nat(mapping.fields.length - 1)
const editOf: fc.Arbitrary<MappingEdit> = fc.oneof(
  fc.record({ kind: fc.constant('confirm-line' as const), at: index, by: fc.constantFrom('A. Example', '') }),
  fc.record({
    kind: fc.constant('not-carried' as const),
    at: index,
    reason: fc.constantFrom('never used', ''),
    by: fc.constantFrom('data team', ''),
  }),
  fc.record({ kind: fc.constant('reopen-line' as const), at: index }),
  fc.record({ kind: fc.constant('remove-line' as const), at: index }),
  fc.record({
    kind: fc.constant('change-line' as const),
    at: index,
    rule: fc.constantFrom('copy', 'trim'),
    target: fc.constantFrom('Patient.id', ''),
  }),
  fc.record({
    kind: fc.constant('set-value' as const),
    map: fc.constantFrom('sex', 'new'),
    value: fc.record({
      code: fc.constantFrom('M', 'X'),
      display: fc.constant(''),
      system: fc.constant(''),
      target: fc.constantFrom('male', 'other'),
      relationship: fc.constantFrom('equivalent' as const, 'wider' as const),
    }),
  }),
  fc.record({ kind: fc.constant('remove-value' as const), map: fc.constant('sex'), code: fc.constantFrom('M', 'gone') }),
)

test('any edits are taken back exactly, one by one or as one step', () => {
  fc.assert(
    fc.property(fc.array(editOf, { maxLength: 12 }), (edits) => {
      let now = mapping
      const back: MappingEdit[] = []
      for (const edit of edits) {
        const done = editMapping(now, edit)
        if (!done.ok) {
          expect(done.why).toMatch(/\.$/)
          continue
        }
        now = done.mapping
        back.unshift(done.inverse)
      }
      const undone = editMapping(now, { kind: 'together', edits: back })
      expect(undone.ok && written(undone.mapping)).toBe(written(mapping))
    }),
  )
})

test('nothing is left behind without a reason and a name, nothing confirmed without a target', () => {
  const refused = (edit: MappingEdit) => {
    const done = editMapping(mapping, edit)
    return done.ok ? null : done.why
  }
  const open = mapping.fields.findIndex(({ status }) => status === 'unmapped')
  expect(refused({ kind: 'not-carried', at: 0, reason: ' ', by: 'x' })).toContain('why')
  expect(refused({ kind: 'not-carried', at: 0, reason: 'never used', by: '' })).toContain('who')
  expect(refused({ kind: 'confirm-line', at: open, by: 'x' })).toContain('target')
  expect(refused({ kind: 'confirm-line', at: 9999, by: 'x' })).toContain('line 10000')
})

test('a value map becomes a valid ConceptMap and comes back the same', async () => {
  const text = [...mapping.values.values()].map((map) => `${JSON.stringify({ id: map.name, ...toConceptMap(map) })}\n`).join('')
  const source = bytesSource('ConceptMap.ndjson', new TextEncoder().encode(text))
  const input = { source, side: null, format: 'ndjson' as const, table: 'ConceptMap', reading: {}, schema: null }
  const { findings, inputs } = await finish(validate({ inputs: [input] }, signal, createFhirJudge))
  expect(inputs[0]?.records).toBe(mapping.values.size)
  expect(findings.filter(({ severity }) => severity === 'critical' || severity === 'error')).toEqual([])
  for (const map of mapping.values.values()) {
    const { map: back, problems } = fromConceptMap(toConceptMap(map), map.name)
    expect(problems).toEqual([])
    const byCode = (one: typeof map) => [...one.lines.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
    expect(byCode(back)).toEqual(byCode(map))
  }
})

test('what a value map can not hold is said when a ConceptMap is read', () => {
  const target = [
    { code: 'a', equivalence: 'equal' },
    { code: 'b', equivalence: 'wider' },
  ]
  const { map, problems } = fromConceptMap(
    { resourceType: 'ConceptMap', group: [{ target: 'urn:x', element: [{ code: '1', target }, { code: '2' }] }] },
    'm',
  )
  expect(problems).toEqual(['1 has 2 targets; a value map takes one, so only the first is kept.'])
  expect(map.lines.get('1')).toMatchObject({ system: 'urn:x', target: 'a', relationship: 'equivalent' })
  expect(map.lines.get('2')?.relationship).toBe('unmatched')
})

test('columns of a bare extract are proposed for the elements they stand for, never confirmed', async () => {
  const inputs = sample.pairInput.inputs.filter(({ side, table }) => side === 'legacy' && table === 'patients')
  const suggestions = await finish(
    suggestMapping({ inputs, mapping: { fields: [], values: new Map() }, targets: [], shapes: true }, signal),
  )
  const proposed = new Map(suggestions.map(({ line }) => [line.fields[0], line.target]))
  expect(proposed.get('DOB')).toBe('Patient.birthDate')
  expect(proposed.get('SEX')).toBe('Patient.gender')
  expect(proposed.get('ZIP')).toBe('Patient.address.postalCode')
  expect(proposed.get('LAST_NM')).toBe('Patient.name.family')
  expect(suggestions.every(({ line, evidence }) => line.status === 'suggested' && evidence.length >= 1)).toBe(true)
  const none = await finish(suggestMapping({ inputs, mapping, targets: [], shapes: true }, signal))
  expect(none.filter(({ line }) => line.fields[0] === 'DOB')).toEqual([])
})

test('a new extract shows new, gone and renamed columns, and confirmed lines survive', () => {
  const columns = ['MRN', 'LAST_NAME', 'FIRST_NM', 'DOB', 'SEX', 'PHONE', 'ADDR', 'CITY', 'ZIP', 'SITE', 'EMAIL']
  const drift = columnDrift(mapping, 'patients', columns)
  expect(drift.added).toEqual(['LAST_NAME', 'EMAIL'])
  expect(drift.gone.map(({ column }) => column)).toEqual(['LAST_NM'])
  expect(drift.renamed).toMatchObject([{ from: 'LAST_NM', to: 'LAST_NAME' }])
  const renamed = editMapping(mapping, renameEdit(mapping, 'patients', 'LAST_NM', 'LAST_NAME'))
  if (!renamed.ok) throw new Error(renamed.why)
  const line = renamed.mapping.fields.find(({ fields }) => fields.includes('LAST_NAME'))
  expect(line).toMatchObject({ status: 'confirmed', target: 'Patient.name.family' })
  const added = editMapping(renamed.mapping, addedEdit('patients', ['EMAIL']))
  expect(added.ok && columnDrift(added.mapping, 'patients', columns)).toMatchObject({ added: [], gone: [], renamed: [] })
})

test('the specification names every line and value, and cells can not break its tables', () => {
  const text = mappingSpecification('Riverside | Clinic', mapping)
  const rows = text.split('\n').filter((line) => line.startsWith('| '))
  const values = [...mapping.values.values()].reduce((sum, { lines }) => sum + lines.size + 2, 0)
  const tables = new Set(mapping.fields.map(({ source }) => source)).size
  expect(rows.length).toBe(mapping.fields.length + 2 * tables + values)
  expect(text).toContain('# Riverside \\| Clinic')
  const hostile = mappingSpecification('x', {
    fields: [],
    values: new Map([
      [
        'm',
        {
          name: 'm',
          lines: new Map([['a|b\n<i>', { code: 'a|b\n<i>', display: '', system: '', target: 't', relationship: 'equivalent' }]]),
        },
      ],
    ]),
  })
  expect(hostile).toContain('| a\\|b \\<i\\> |')
})

test('wider, inexact and folded values of clinical tables are warnings that name what is lost', async () => {
  const definitions = await loadDefinitions()
  const done = editMapping(mapping, {
    kind: 'set-value',
    map: 'drugs',
    value: {
      code: 'Metformin XR',
      display: 'Metformin',
      system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
      target: '6809',
      relationship: 'wider',
    },
  })
  if (!done.ok) throw new Error(done.why)
  const lossy = mappingFindings(done.mapping, definitions).filter(
    ({ code, what }) => code === 'data/mapping-lossy' && what === 'value map drugs',
  )
  expect(lossy.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
  expect(lossy.map(({ words }) => words).join(' ')).toMatch(
    /Metformin XR .* wider.*2 values become 6809: Metformin, Metformin XR/,
  )
})
