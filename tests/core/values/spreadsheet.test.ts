import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { type CsvMode, csvCell, csvLine, fromSpreadsheet, spreadsheetSafe } from '../../../src/core/values/spreadsheet.ts'
import { timesOf } from '../../threat-counts.ts'

const injection = new URL('../../../../shared/reference/review/csv_injection.json', import.meta.url)

const options = {
  delimiter: ',',
  quoteChar: '"',
  header: false,
  dynamicTyping: false,
  preview: 0,
  skipEmptyLines: false,
} as const

interface Case {
  readonly value: string
  readonly mode_spreadsheet: string
}

test.skipIf(!existsSync(injection))('formula fixtures: neutralised for people, exact for programs, and always restored', () => {
  const cases = JSON.parse(readFileSync(injection, 'utf8')) as readonly Case[]
  expect(cases).toHaveLength(timesOf('T17'))
  expect(cases.filter(({ mode_spreadsheet }) => mode_spreadsheet === 'neutralise')).toHaveLength(19)
  for (const { value, mode_spreadsheet } of cases) {
    const name = JSON.stringify(value)
    const safe = spreadsheetSafe(value)
    expect(safe, name).toBe(mode_spreadsheet === 'neutralise' ? `'${value}` : value)
    expect(fromSpreadsheet(safe), name).toBe(value)
    expect(csvLine([value], 'machine'), name).toBe(csvCell(value))
    expect(csvLine([value], 'spreadsheet'), name).toBe(csvCell(safe))
    // As another program reads it: beside another cell, so that an empty line is none.
    const read = (mode: CsvMode): string => Papa.parse(`${csvLine([value, 'x'], mode)}\r\n`, options).data[0]?.[0] ?? ''
    expect([read('machine'), fromSpreadsheet(read('spreadsheet'))], name).toEqual([value, value])
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
