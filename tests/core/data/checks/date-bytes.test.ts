import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainDates } from '../../../../src/core/data/checks/bytes/date-bytes.ts'
import { type DateType, dateParser } from '../../../../src/core/values/calendar.ts'

const formats: readonly (readonly [DateType, string])[] = [
  ['date', 'default'],
  ['date', 'any'],
  ['datetime', 'default'],
  ['date', '%d/%m/%Y'],
  ['date', '%Y%m%d'],
  ['datetime', '%m/%d/%Y %H:%M'],
  ['datetime', '%d.%m.%Y %H:%M:%S'],
]

function accepts(type: DateType, format: string, text: string): boolean {
  const bytes = new TextEncoder().encode(text)
  return plainDates(type, format)(bytes, 0, bytes.length) >= 0
}

test.each(formats)('what is accepted on bytes as %s %s, the parser accepts as well', (type, format) => {
  const parse = dateParser(type, format)
  const two = fc.integer({ min: 0, max: 61 }).map((n) => String(n).padStart(2, '0'))
  const filled = fc
    .tuple(fc.integer({ min: 0, max: 2400 }), two, two, two, two, two, fc.constantFrom('', 'Z', ' ', '5'))
    .map(([year, month, day, hour, minute, second, rest]) => {
      const mask = format === 'default' || format === 'any' ? (type === 'date' ? '%Y-%m-%d' : '%Y-%m-%dT%H:%M:%S') : format
      const parts: Readonly<Record<string, string>> = {
        Y: String(year).padStart(4, '0'),
        m: month,
        d: day,
        H: hour,
        M: minute,
        S: second,
      }
      return mask.replace(/%(.)/g, (_, part: string) => parts[part] ?? '') + rest
    })
  let taken = 0
  fc.assert(
    fc.property(filled, (text) => {
      if (!accepts(type, format, text)) return
      taken++
      expect(parse?.(text.trim())).not.toBeNull()
    }),
    { numRuns: 2000 },
  )
  expect(taken).toBeGreaterThan(0)
})

test('the 30th of February fits no mask', () => {
  expect(accepts('date', 'default', '1980-02-30')).toBe(false)
  expect(accepts('date', '%d/%m/%Y', '30/02/1980')).toBe(false)
  expect(accepts('date', 'default', '1980-02-28')).toBe(true)
})
