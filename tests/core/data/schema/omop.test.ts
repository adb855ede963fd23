/** The definitions of the OMOP common data model, as its authors publish them, become constraints. */

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { compileSchema } from '../../../../src/core/data/schema/compile.ts'
import { isOmopDefinition, omopPackage } from '../../../../src/core/data/schema/omop.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataFolder } from '../../../beside.ts'

const definitions = ['Field', 'Table'].map(
  (level) => new URL(`OMOP_CDMv5.4_${level}_Level.csv`, dataFolder('csv/target-omop-cdm54/')),
)
const toolForm = new URL('CDMV5.4.csv', dataFolder('csv/rabbit-in-a-hat/'))
const read = (url: URL): string => readFileSync(url, 'utf8')

type Resource = {
  readonly name: string
  readonly schema: { readonly fields: readonly JsonObject[]; readonly foreignKeys?: readonly JsonObject[] }
}
function resourcesOf(texts: readonly string[]): readonly Resource[] {
  const made = omopPackage(texts)
  if (made.kind === 'fault') throw new Error(String(made.says))
  return (made as { readonly resources: readonly Resource[] }).resources
}

test('one table in words: types, sizes, keys and references', () => {
  const text =
    'cdmTableName,cdmFieldName,isRequired,cdmDatatype,isPrimaryKey,isForeignKey,fkTableName,fkFieldName\n' +
    'death,death_id,Yes,integer,Yes,No,NA,NA\ndeath,person_id,Yes,integer,No,Yes,PERSON,PERSON_ID\n' +
    'death,note,No,varchar(50),No,No,NA,NA\ndeath,at,No,datetime,No,No,NA,NA\n'
  expect(isOmopDefinition(text)).toBe(true)
  expect(isOmopDefinition('{"fields":[]}')).toBe(false)
  const [death] = resourcesOf([text])
  expect(death?.schema).toMatchObject({
    fields: [
      { name: 'death_id', type: 'integer', constraints: { required: true } },
      { name: 'person_id', type: 'integer' },
      { name: 'note', type: 'string', constraints: { maxLength: 50 } },
      { name: 'at', type: 'datetime', format: 'any' },
    ],
    primaryKey: 'death_id',
    foreignKeys: [{ fields: 'person_id', reference: { resource: 'person', fields: 'person_id' } }],
  })
})

test('a file without the columns of definitions is refused in words', () => {
  expect(omopPackage(['a,b\n1,2\n'])).toMatchObject({ kind: 'fault' })
  expect(omopPackage(['cdmTableName,isRequired\nperson,Yes\n'])).toMatchObject({ says: expect.stringContaining('cdmFieldName') })
})

test.skipIf(!existsSync(definitions[0] as URL))(
  'CDM 5.4 has 432 fields in 39 tables, 176 references, 180 required fields',
  () => {
    const resources = resourcesOf(definitions.map(read))
    const fields = resources.flatMap(({ schema }) => schema.fields)
    expect(resources).toHaveLength(39)
    expect(fields).toHaveLength(432)
    expect(resources.flatMap(({ schema }) => schema.foreignKeys ?? [])).toHaveLength(176)
    const made = omopPackage(definitions.map(read)) as JsonObject
    const constraints = resources.flatMap(({ name }) => compileSchema(made, name).constraints)
    const required = resources.flatMap(({ schema }) =>
      schema.fields.filter((field) => (field.constraints as JsonObject | undefined)?.required === true),
    )
    expect(required).toHaveLength(180)
    expect(constraints.filter(({ check }) => check === 'data/foreign-key')).toHaveLength(176)
    expect(resources.flatMap(({ name }) => compileSchema(made, name).notEvaluated)).toEqual([])
  },
)

test.skipIf(!existsSync(toolForm))('the form of a mapping tool has the same fields as the definitions', () => {
  const names = (texts: readonly string[]): string[] =>
    resourcesOf(texts)
      .flatMap(({ name, schema }) => schema.fields.map((field) => `${name}.${String(field.name)}`))
      .sort()
  const ofTool = names([read(toolForm)])
  expect(ofTool.length).toBeGreaterThan(300)
  const ofDefinitions = new Set(names(definitions.map(read)))
  const shared = ofTool.filter((name) => ofDefinitions.has(name))
  expect(shared.length / ofTool.length).toBeGreaterThan(0.9)
})

test.skipIf(!existsSync(definitions[0] as URL))('tables in capitals are found, and a wrong row is found in them', async () => {
  const made = omopPackage(definitions.map(read)) as JsonObject
  const text = 'person_id,death_date,death_type_concept_id\n1,2020-02-30,5\nx,2020-02-28,5\n'
  const source = bytesSource('DEATH.csv', new TextEncoder().encode(text))
  const input = { source, side: null, format: null, table: 'DEATH', reading: {}, schema: null }
  const { findings } = await finish(validate({ inputs: [input], package: made }, new AbortController().signal))
  const found = findings.map(({ code, place, count }) => [code, place, count])
  expect(found).toContainEqual(['data/date-format', 'death_date', 1])
  expect(found).toContainEqual(['data/type', 'person_id', 1])
})
