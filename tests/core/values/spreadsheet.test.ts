import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, csvLine, fromSpreadsheet, spreadsheetSafe } from '../../../src/core/values/spreadsheet.ts'

const injection = new URL('../../../../shared/reference/review/csv_injection.json', import.meta.url)

interface Case {
  readonly value: string
  readonly mode_spreadsheet: string
}

test.skipIf(!existsSync(injection))('formula fixtures: neutralised for people, exact for programs, and always restored', () => {
  const cases = JSON.parse(readFileSync(injection, 'utf8')) as readonly Case[]
  expect(cases.length).toBeGreaterThan(20)
  for (const { value, mode_spreadsheet } of cases) {
    const name = JSON.stringify(value)
    const safe = spreadsheetSafe(value)
    if (mode_spreadsheet === 'neutralise') expect(safe, name).toBe(`'${value}`)
    expect(fromSpreadsheet(safe), name).toBe(value)
    expect(csvLine([value], 'machine'), name).toBe(csvCell(value))
    expect(csvLine([value], 'spreadsheet'), name).toBe(csvCell(safe))
  }
})

test('plain numbers and clinical text stay readable', () => {
  for (const text of ['-0.5', '+++', '- denies chest pain', '120/80', 'Ada', '+1 pitting edema', '+1.2e-3'])
    expect(spreadsheetSafe(text)).toBe(text)
  expect(csvCell('a "b"\nc')).toBe('"a ""b""\nc"')
})

test('any text comes back, and nothing that begins like a formula is left as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."=+-@|;'\t\r\n\0 a1(") })), (text) => {
      expect(fromSpreadsheet(spreadsheetSafe(text))).toBe(text)
      if (/^[=@|\t\r\n\0]/.test(text)) expect(spreadsheetSafe(text)).toBe(`'${text}`)
    }),
  )
})
