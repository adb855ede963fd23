/** Values of other columns of a log in its filters: the shape and the count, never the value, until somebody asks for it. */
import { expect, test } from 'vitest'
import { valueOptions } from '../../../../src/app/routes/workflow/logs/log-values.ts'
import { maskOf } from '../../../../src/core/mask.ts'

test('a masked list holds no value, tells its entries apart, and a revealed one reads as it was', () => {
  const values = [
    { value: 'Müller 12/03', n: 1200 },
    { value: 'Maillet 07/04', n: 3 },
  ]
  const masked = valueOptions(values, maskOf)
  expect(masked).toEqual([
    { id: '0', label: '1: Aaaaaa 99/99 (1,200)' },
    { id: '1', label: '2: Aaaaaaa 99/99 (3)' },
  ])
  for (const { value } of values) expect(JSON.stringify(masked)).not.toContain(value)
  expect(valueOptions(values, (text) => text).map(({ label }) => label)[0]).toBe('1: Müller 12/03 (1,200)')
})
