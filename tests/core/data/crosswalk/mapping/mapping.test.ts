import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsCsv, valueMapFiles } from '../../../../../samples/riverside/mapping.ts'
import { utf8 } from '../../../../../src/core/canonical.ts'
import { parseElementPath, pathName } from '../../../../../src/core/data/crosswalk/mapping/element-path.ts'
import {
  fieldsPath,
  parseParams,
  readMapping,
  writeFields,
  writeValueMap,
} from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { csvText, parseCsvText } from '../../../../../src/core/values/csv-text.ts'

const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
const problemsOf = (fields: string, values: Record<string, string> = {}): string[] =>
  readMapping(
    new Map([
      [fieldsPath, utf8(fields)],
      ...Object.entries(values).map(([name, text]) => [`mapping/values/${name}.csv`, utf8(text)] as const),
    ]),
  ).problems.map(({ file, line, words }) => `${file}:${line} ${words}`)

test('reading and writing the sample mapping changes no byte', () => {
  const maps = valueMapFiles()
  const files = new Map([[fieldsPath, utf8(fieldsCsv())], ...maps.map(({ path, text }) => [path, utf8(text)] as const)])
  const { mapping, problems } = readMapping(files)
  expect(problems).toEqual([])
  expect(writeFields(mapping.fields)).toBe(fieldsCsv())
  for (const { path, text } of maps) {
    const map = mapping.values.get(path.replace(/^.*\/|\.csv$/g, ''))
    expect(map && writeValueMap(map)).toBe(text)
  }
})

test('required takes yes, no or nothing', () => {
  const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
  const line = (required: string) => `a,b,copy,,T.c,${required},confirmed,,x\n`
  expect(problemsOf(header + line('yes') + line('no') + line(''))).toEqual([])
  expect(problemsOf(header + line('y') + line('Yes'))).toEqual([
    'mapping/fields.csv:2 The column required has “y”; it takes yes, no or nothing.',
    'mapping/fields.csv:3 The column required has “Yes”; it takes yes, no or nothing.',
  ])
})

test('any cells survive writing and reading', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é') })
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(table, (cells) => {
      expect(parseCsvText(csvText(cells)).map((record) => record.cells)).toEqual(cells)
    }),
  )
})

test('a line keeps the number of its first physical line after a quoted newline', () => {
  expect(parseCsvText('a,b\n"1\n2",x\nc,d\n').map(({ line }) => line)).toEqual([1, 2, 4])
})

test('an unknown status, unreadable parameters and a reason left out are named with their line', () => {
  const lines = [
    'patients,DOB,date,order,Patient.birthDate,,confirmed,,x',
    'a,b,copy,,Patient.id,,maybe,,x',
    'a,c,,,,,not-carried,,x',
  ]
  expect(problemsOf(`${header}${lines.join('\n')}\n`)).toEqual([
    'mapping/fields.csv:2 The parameters “order” are not written like order=day-first; separator=", ".',
    'mapping/fields.csv:3 The status “maybe” is none of unmapped, suggested, confirmed, not-carried.',
    'mapping/fields.csv:4 c is not carried, without a reason.',
  ])
})

test('a value map with a code twice or an unknown relationship says so', () => {
  const text =
    'source_code,source_display,target_system,target_code,relationship\nM,,,male,equivalent\nM,,,m,equivalent\nF,,,female,same\n'
  expect(problemsOf(header, { sex: text })).toEqual([
    'mapping/values/sex.csv:3 This source code already has a line above; only the first counts.',
    'mapping/values/sex.csv:4 “same” is none of equivalent, wider, narrower, inexact, unmatched.',
  ])
})

test('a missing field map is a sentence, not a crash', () => {
  expect(readMapping(new Map()).problems[0]?.words).toContain('no field map')
})

test('parameters may hold quoted semicolons and spaces', () => {
  expect(parseParams('separator="; "; order=day-first')).toEqual(
    new Map([
      ['separator', '; '],
      ['order', 'day-first'],
    ]),
  )
})

test('targets name tables and columns of any spelling', () => {
  expect(parseElementPath('patients.`Birth date`')).toMatchObject({ type: 'patients', plain: 'patients.Birth date' })
  expect(parseElementPath('`2024-patients`.Größe')).toMatchObject({ type: '2024-patients', plain: '2024-patients.Größe' })
  expect(parseElementPath("Observation.where(status='final').code")).toMatchObject({
    type: 'Observation',
    plain: 'Observation.code',
  })
  expect(parseElementPath('patients.Birth date')).toContain('backquotes')
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (table, column) => {
      const path = parseElementPath(`${pathName(table)}.${pathName(column)}`)
      expect(typeof path === 'string' ? path : [path.type, path.steps[0]?.name]).toEqual([table, column])
    }),
  )
})
