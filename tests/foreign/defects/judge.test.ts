/** The judge itself: what counts as found and what does not. */
import { expect, test } from 'vitest'
import { type Report, type ReportedFinding, verdict } from './judge.ts'
import type { PlantedDefect } from './plants.ts'

const defect: PlantedDefect = {
  id: 't1',
  family: 'decimal comma',
  plain: true,
  files: new Map([['observations', Buffer.from('VALUE,UNITS\n1,cm\n')]]),
  places: [{ table: 'observations', columns: ['VALUE'], rows: [2, 4, 6, 8, 10, 12, 14, 16, 18, 20] }],
}
const wide = {
  id: 't2',
  family: 'header exchanged',
  places: [{ table: 'observations', columns: ['VALUE'], rows: [1, 2, 3] }],
} as const

function report(...findings: readonly Partial<ReportedFinding>[]): Report {
  const whole = findings.map(
    (one): ReportedFinding => ({
      code: 'data/type',
      severity: 'error',
      input: 0,
      field: 'VALUE',
      column: null,
      facts: [],
      rows: [],
      ...one,
    }),
  )
  return { inputs: [{ path: '/some/where/observations.csv' }, { path: 'other.csv' }], findings: whole }
}
const rows = (...records: readonly number[]) => records.map((record) => ({ record }))
const nine = rows(2, 4, 6, 8, 10, 12, 14, 16, 18, 99)
const found = (damaged: Report, clean = report()) => verdict(defect, clean, damaged).found

test('nine of ten records in the right column and of a fitting kind are found', () => {
  expect(found(report({ rows: nine }))).toBe(true)
  expect(found(report({ rows: nine.slice(1) }))).toBe(false)
  expect(found(report({ rows: nine, severity: 'info' }))).toBe(false)
  expect(found(report({ rows: nine, input: 1 }))).toBe(false)
  expect(found(report({ rows: nine, field: 'UNITS' }))).toBe(false)
  expect(found(report({ rows: nine, field: 'rule 3', facts: [{ name: 'columns', value: 'VALUE, UNITS' }] }))).toBe(true)
  expect(found(report({ rows: nine, field: 'column 1', column: 1 }))).toBe(true)
  expect(found(report({ rows: nine, field: 'column 2', column: 2 }))).toBe(false)
  expect(found(report({ rows: nine, code: 'data/unique-key' }))).toBe(false)
})

test('what the clean extract has already does not count', () => {
  expect(found(report({ rows: nine }), report({ rows: nine }))).toBe(false)
  expect(found(report({ rows: nine }), report({ rows: rows(1) }))).toBe(true)
})

test('a statement about a whole column stands for its records only where all are planted', () => {
  expect(found(report({}))).toBe(false)
  const header = { ...defect, ...wide }
  expect(verdict(header, report(), report({ code: 'data/header' })).found).toBe(true)
  expect(verdict(header, report({ code: 'data/header' }), report({ code: 'data/header' })).found).toBe(false)
})
