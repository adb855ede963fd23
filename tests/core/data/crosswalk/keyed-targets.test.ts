/** A target keyed by a column, as the rows of a preview fill it. */
import { expect, test } from 'vitest'
import { parseElementPath, valuesAt } from '../../../../src/core/data/crosswalk/mapping/element-path.ts'
import { targetsOfRows } from '../../../../src/core/data/crosswalk/mapping/keyed-lines.ts'

const target = 'Observation.component.where(code.coding.code={CODE}).valueQuantity.value'

test('each row of a record leads to its own component', () => {
  const component = (code: string, value: number) => ({ code: { coding: [{ code }] }, valueQuantity: { value } })
  const record = { resourceType: 'Observation', component: [component('8480-6', 120), component('8462-4', 80)] }
  const found = (rows: readonly Readonly<Record<string, string>>[]) =>
    targetsOfRows(target, rows).map((one) => {
      const path = parseElementPath(one)
      return typeof path === 'string' ? path : valuesAt(record, path)
    })
  expect(found([{ CODE: '8462-4' }])).toEqual([[80]])
  expect(found([{ CODE: '8480-6' }, { CODE: '8462-4' }, { CODE: '8462-4' }])).toEqual([[120], [80]])
  expect(found([{ CODE: '' }])).toEqual([])
})

test('a target without a column in braces is itself', () => {
  expect(targetsOfRows('Patient.birthDate', [{ CODE: 'x' }])).toEqual(['Patient.birthDate'])
})
