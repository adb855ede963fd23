import { expect, test } from 'vitest'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { runMapping } from './mapped.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const table = (name: string, side: 'legacy' | 'target', content: string, file = `${name}.csv`) => ({
  ...{ source: bytesSource(file, bytes(content)), side, table: name, format: null, reading: {} },
})

/** What `map` writes by the first five columns of a field map, and how many findings it has beside its legacy tables. */
async function written(lines: readonly string[], legacy: Readonly<Record<string, string>>) {
  const map = [head, ...lines.map((line) => `${line},,confirmed,,`), ''].join('\n')
  const values =
    'source_code,source_display,target_system,target_code,relationship\nX1,,urn:x,1001,equivalent\nX2,,urn:x,1002,equivalent\n'
  const given = { 'mapping/fields.csv': map, 'mapping/values/codes.csv': values }
  const { mapping, problems } = readMapping(new Map(Object.entries(given).map(([path, text]) => [path, bytes(text)])))
  expect(problems).toEqual([])
  const inputs = Object.entries(legacy).map(([name, text]) => table(name, 'legacy', text))
  const { result, files } = await runMapping({ inputs, mapping })
  const made = [...files].filter(([path]) => !path.includes('/')).map(([path, text]) => table(path, 'target', text, path))
  const { findings } = await finish(reconcile({ inputs: [...inputs, ...made], mapping }, new AbortController().signal))
  const resources = (type: string) =>
    (files.get(`${type}.ndjson`) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  return { result, resources, told: findings.map(({ code }) => code) }
}

const people = { pat: 'NR\n7\n8\n', dx: 'NR,CODE,LABEL\n7,X1,Cough\n8,X2,\n' }
const dx = ['dx,NR,reference,table=pat,Condition.subject', 'dx,CODE,value-map,map=codes; role=code,Condition.code']

test('the words of a line of their own stand in place of the legacy code', async () => {
  for (const order of [1, -1]) {
    const lines = [...dx.slice(1), 'dx,LABEL,copy,,Condition.code.text']
    const made = await written(
      ['pat,NR,copy,role=key,Patient.identifier.value', dx[0] ?? '', ...(order === 1 ? lines : lines.toReversed())],
      people,
    )
    expect(made.result.tables.map(({ rejected }) => rejected)).toEqual([0, 0])
    expect(made.resources('Condition').map(({ code }) => code.text)).toEqual(['Cough', undefined])
    expect(made.told).toEqual([])
  }
})

test('a key that a line writes as the id of a resource is its id, and links lead to it', async () => {
  const made = await written(['pat,NR,copy,role=key,Patient.id', ...dx], people)
  expect(made.resources('Patient').map(({ id }) => id)).toEqual(['7', '8'])
  expect(made.resources('Condition').map(({ subject }) => subject.reference)).toEqual(['Patient/7', 'Patient/8'])
  expect(made.told).toEqual([])
})

test('links lead to the patient whose key its rule rewrites', async () => {
  const made = await written(['pat,NR,affix,prefix=MRN-; role=key,Patient.identifier.value', ...dx], people)
  const [first] = made.resources('Patient')
  expect(first.identifier).toEqual([{ value: 'MRN-7' }])
  expect(made.resources('Condition')[0].subject.reference).toBe(`Patient/${first.id}`)
  expect(made.told).toEqual([])
})

test('several targets of one type that a row becomes have ids of their own', async () => {
  const part = (column: string, code: string) => [
    `vit,NR,reference,table=pat,Observation.where(code.coding.code='${code}').subject`,
    `vit,${column},number-format,,Observation.where(code.coding.code='${code}').valueQuantity.value`,
    `vit,DAY,date,,Observation.where(code.coding.code='${code}').effectiveDateTime`,
  ]
  const made = await written(
    ['pat,NR,copy,role=key,Patient.identifier.value', ...part('WEIGHT', '29463-7'), ...part('HEIGHT', '8302-2')],
    { pat: 'NR\n7\n', vit: 'NR,DAY,WEIGHT,HEIGHT\n7,2020-01-02,70.5,171.5\n' },
  )
  expect(new Set(made.resources('Observation').map(({ id }) => id)).size).toBe(2)
  expect(made.told).toEqual([])
  expect(made.result.notEvaluated).toEqual([])
})

test('a resource inside another is written by its type, with an id to be called by', async () => {
  const made = await written(
    [
      'pat,NR,copy,role=key,Patient.identifier.value',
      'dx,NR,reference,table=pat,MedicationRequest.subject',
      "dx,CODE,value-map,map=codes; role=code,MedicationRequest.contained.where(resourceType='Medication').code",
      "dx,LABEL,copy,,MedicationRequest.contained.where(resourceType='Medication').code.text",
    ],
    people,
  )
  expect(made.resources('MedicationRequest')[0].contained).toEqual([
    { resourceType: 'Medication', id: 'medication', code: { coding: [{ system: 'urn:x', code: '1001' }], text: 'Cough' } },
  ])
  expect(made.told).toEqual([])
})
