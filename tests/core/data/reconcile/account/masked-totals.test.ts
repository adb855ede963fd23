import { expect, test } from 'vitest'
import { declaredOf, maskedTotal, maskedTotals } from '../../../../../src/core/data/reconcile/account/masked-totals.ts'
import type { FieldBalance } from '../../../../../src/core/data/reconcile/account/result.ts'

const noCounts = {
  same: 0,
  sameAfterRule: 0,
  changed: 0,
  lost: 0,
  appeared: 0,
  truncated: 0,
  replaced: 0,
  nullReason: 0,
  equalBy: [],
}
const field = (table: string, column: string, target: string, same: number): FieldBalance => ({
  field: `${table}.${column} → ${target}`,
  table,
  column,
  target,
  rule: 'date',
  ...noCounts,
  same,
})
const line = { code: 'A', display: 'Active', system: 'urn:s', target: 'active', relationship: 'equivalent' } as const
const declared = declaredOf(new Map([['status', { name: 'status', lines: new Map([['A', line]]) }]]), [
  field('documents', 'DOC_DATE', 'DocumentReference.date', 11),
  field('notes', 'NOTE_DATE', 'DocumentReference.date', 10),
  field('patients', 'DOB', 'Patient.birthDate', 800),
])
const masked = (name: string, figure: string) => {
  const { name: words, legacy } = maskedTotal({ name, legacy: figure, target: '', equal: false }, () => '#', declared)
  return [words.slice(words.indexOf(': ') + 2), legacy]
}

test('codes that the field map declares are shown, any other code is masked', () => {
  expect(masked('problems → Condition: clinicalStatus = active', '12')).toEqual(['clinicalStatus = active', '12'])
  expect(masked('problems → Condition: clinicalStatus = Miller', '12')).toEqual(['clinicalStatus = #', '12'])
  expect(masked('problems → Condition: clinicalStatus = A', '12')).toEqual(['clinicalStatus = #', '12'])
})

test('first and last days are shown for 11 records or more, never of patients, never what is no day', () => {
  expect(masked('documents → DocumentReference: first DOC_DATE', '2004-02-29')[1]).toBe('2004-02-29')
  expect(masked('documents → DocumentReference: last DOC_DATE', '7391746205')[1]).toBe('#')
  expect(masked('documents → DocumentReference: last DOC_DATE', 'Miller')[1]).toBe('#')
  expect(masked('notes → DocumentReference: first NOTE_DATE', '2004-02-29')[1]).toBe('#')
  expect(masked('patients → Patient: first DOB', '1904-02-29')[1]).toBe('#')
})

test('a year of few records on both sides is hidden: they are the same ones', () => {
  const year = (legacy: string, target: string) =>
    maskedTotals(
      { totals: [{ name: 'records by year of day = 1931', legacy, target, equal: true }], fields: [] },
      new Map(),
      () => '#',
    )[0]?.name
  expect(year('6', '6')).toBe('records by year of day = a year of fewer than 11')
  expect(year('11', '0')).toBe('records by year of day = 1931')
})
