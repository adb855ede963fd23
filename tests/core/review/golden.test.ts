import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysFromText } from '../../../src/core/review/decision/golden.ts'

test('numbers are taken from a pasted list, or from the column of a file that is called like one', () => {
  expect(keysFromText('70001\n70002 \n\n70001\n')).toEqual({ keys: ['70001', '70002'], repeated: 1, column: null })
  expect(keysFromText('\uFEFFname;MRN;why\r\n"Doe; Jo";70001;many medicines\r\nRoe;70002;\r\n')).toEqual({
    keys: ['70001', '70002'],
    repeated: 0,
    column: 'MRN',
  })
  expect(keysFromText('patient_id\tnote\nA-1\tx\n').keys).toEqual(['A-1'])
  expect(keysFromText('')).toEqual({ keys: [], repeated: 0, column: null })
})

test('any list of numbers comes back whole, once each, in the order given', () => {
  const number = fc.stringMatching(/^[A-Z]-[0-9]{1,9}$/)
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), fc.constantFrom('\n', '\r\n'), (numbers, end) => {
      const read = keysFromText(numbers.join(end))
      expect(read.keys).toEqual([...new Set(numbers)])
      expect(read.keys.length + read.repeated).toBe(numbers.length)
    }),
  )
})
