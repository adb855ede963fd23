/** The loops over columns against the tests of single cells: what a loop leaves unmarked passes, alone or by its judge. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSuspect } from '../../../../src/core/data/checks/bytes/suspect.ts'
import { Cell, type CellJudge } from '../../../../src/core/data/checks/contract/check.ts'
import { cellChecks } from '../../../../src/core/data/checks/index.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { cellTexts } from '../../../../src/core/data/read/text/cell-text.ts'

const runs = process.env.LONG ? 20_000 : 400
const encoder = new TextEncoder()
const texts = cellTexts('utf-8', '"', '"')

/** Rules of one cell each, with texts of which most are nearly right. */
const rules: readonly (readonly [string, JsonObject, readonly string[]])[] = [
  ['data/type', { type: 'integer' }, ['1', '-20', '+7', '', '-', '1.0', '12a', ' 3', '99999999999999999999']],
  ['data/type', { type: 'number' }, ['1.5', '.5', '5.', '.', '-', '1.2.3', '1e5', '+.25', '7']],
  ['data/type', { type: 'number', decimalChar: ',' }, ['1,5', '1.5', ',5', '5,,']],
  [
    'data/type',
    { type: 'string', format: 'uuid' },
    ['9d188916-8390-282b-3ec2-73fce6e08649', '9d188916-8390-282b-3ec2-73fce6e0864g', '9d188916'],
  ],
  ['data/type', { type: 'boolean' }, ['true', '0', 'yes', 'TRUE', '2']],
  ['data/range', { type: 'number', minimum: 0, maximum: 5000 }, ['0', '-0.1', '5000', '5000.01', '4999.999', 'x', '5e3']],
  [
    'data/range',
    { type: 'number', exclusiveMinimum: '0.25', maximum: '37.5' },
    ['0.25', '0.250', '0.2501', '1', '0', '37.5', '38', '37.50001'],
  ],
  ['data/range', { type: 'number', minimum: '-1.5', exclusiveMaximum: 2 }, ['-1.5', '-1.51', '-2', '-1', '2', '1.99', '2.0']],
  [
    'data/date-format',
    { type: 'date' },
    ['1980-03-29', '1980-02-29', '1981-02-29', '1980-02-30', '1980-13-01', '1980-00-10', '1980-1-01', '1980/01/01'],
  ],
  [
    'data/date-format',
    { type: 'datetime' },
    [
      '2024-01-31T23:59:59Z',
      '2024-01-31 23:59:59',
      '2024-01-31T24:00:00Z',
      '2024-01-31T23:59:59+01:00',
      '2024-01-31T23:60:59',
      '2024-02-29T00:00:00Z',
    ],
  ],
  ['data/pattern', { pattern: '[A-Z][0-9]{2}(\\.[0-9]{1,2})?', whole: true }, ['I10.9', 'I10.', 'i10', 'E11.65', 'É11']],
  ['data/pattern', { pattern: '[0-9]{5}', whole: true }, ['02138', '2138', '0213x', '02138 ', '٠٢١٣٨', '12+34']],
  ['data/pattern', { pattern: '([A-Z]\\d){2}', whole: true }, ['A1B2', 'a1B2', 'A1B', 'A1B2C3']],
  ['data/pattern', { pattern: '[0-9a-f]{4}-[0-9a-f]{4}', whole: true }, ['12ab-34cd', '12ab34cd', '12AB-34cd', '12ab-34cg']],
  ['data/pattern', { pattern: '[0-9E+#]{6}', whole: true }, ['1.2E+3', '12E+34', '#12E+3', '123456']],
  ['data/value-list', { values: ['#N/A', 'May-5', '1-Mar', ' F', 'G '] }, ['#N/A', 'May-5', '1-Mar', ' F', 'G ', 'F']],
  ['data/value-list', { values: ['F', 'M', 'other', 'unknown'] }, ['F', 'f', 'other', 'othe', 'unknown', ' M']],
  ['data/length', { minLength: 2, maxLength: 5 }, ['a', 'ab', 'abcdef', 'é', 'éé', 'ééé', 'abcde']],
]

function judgeOf(code: string, params: JsonObject): CellJudge {
  const judge = cellChecks.find((check) => check.code === code)?.bind(params)
  if (judge === undefined || typeof judge === 'string') throw new Error(`${code}: ${judge}`)
  return judge
}

test.each(rules)('%s %j: a cell that the loop leaves unmarked is good', (code, params, given) => {
  const judge = judgeOf(code, params)
  const { passes } = judge
  if (passes === undefined) throw new Error(`${code} has no test on bytes`)
  const loop = passes.all
  expect(loop, 'a loop of its own').toBeDefined()
  const letters = [...new Set(given.join(''))]
  const cell = fc.oneof(fc.constantFrom(...given), fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 }))
  let good = 0
  let marked = 0
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 12 }), (column) => {
      const bytes = encoder.encode(`${column.join(',')}        `)
      const starts = new Int32Array(column.length * 2)
      const ends = new Int32Array(column.length * 2)
      const flags = new Uint8Array(column.length * 2)
      let at = 0
      column.forEach((text, i) => {
        const { length } = encoder.encode(text)
        starts[i * 2 + 1] = at
        ends[i * 2 + 1] = at + length
        flags[i * 2 + 1] = length === text.length ? 0 : 4
        at += length + 1
      })
      const cells = { bytes, starts, ends, flags, at: 1, step: 2, count: column.length }
      const marks = new Uint8Array(column.length)
      loop?.(cells, marks)
      const shown = new Cell(texts)
      column.forEach((text, i) => {
        if (text === '') expect(marks[i]).toBe(0)
        else if (marks[i] === 0) {
          good++
          const start = starts[i * 2 + 1] as number
          const end = ends[i * 2 + 1] as number
          if (passes.excludesSuspects === true) expect(isSuspect(bytes, start, end, flags[i * 2 + 1] as number, true)).toBe(false)
          if (passes.excludesOrder === true) expect(/^\d{1,2}([/.-])\d{1,2}\1\d{4}(?:[ T].*)?$/.test(text)).toBe(false)
          shown.set(bytes, starts[i * 2 + 1] ?? 0, ends[i * 2 + 1] ?? 0, flags[i * 2 + 1] ?? 0)
          expect(judge.see(shown), text).toBeNull()
        } else marked++
      })
    }),
    { numRuns: runs },
  )
  expect(good).toBeGreaterThan(runs / 10)
  expect(marked).toBeGreaterThan(0)
})
