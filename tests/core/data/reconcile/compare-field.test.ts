import { expect, test } from 'vitest'
import type { Carried } from '../../../../src/core/data/crosswalk/carried.ts'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping.ts'
import { compareField } from '../../../../src/core/data/reconcile/compare-field.ts'
import { momentRelation } from '../../../../src/core/data/reconcile/moment.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test.each([
  ['2024-03-01T10:00:00+01:00', '2024-03-01T09:00:00Z', 'same'],
  ['2024-03-01T10:00:00', '2024-03-01 10:00', 'same'],
  ['2024-03-01T10:00:00', '2024-03-01T10:00:00.000', 'same'],
  ['2024-03-01T10:00:07', '2024-03-01T10:00:41', null],
  ['2024-03-01T10:00:00+01:00', '2024-03-01T09:00:30Z', null],
  ['2024-03-01T10:00:07', '2024-03-01T10:00', 'less-exact'],
  ['2024-03-01T10:00:07.250', '2024-03-01T10:00:07', 'less-exact'],
  ['2024-03-01T10:00:07', '2024-03-01T10:00:07.5', 'more-exact'],
  ['2024-03-01T10:00:00', '2024-03-01T10:00:00+02:00', 'zone-made-up'],
  ['2024-03-01T10:00:00+02:00', '2024-03-01T10:00:00', 'zone-lost'],
  ['2024-03-01T10:00:00', '2024-03-01T11:00:00', null],
  ['2024-03-01', '2024-03-01T00:00:00', null],
] as const)('%s beside %s is %s', (expected, found, relation) => {
  expect(momentRelation(expected, found)).toBe(relation)
})

test('a made-up zone and other seconds are differences', () => {
  const at = (text: string): Carried => ({ kind: 'date', text, swapped: null })
  const cls = (expected: string, found: string) => compareField(expected, at(expected), 'date-time', [found]).cls
  expect(cls('2024-03-01T10:00:00', '2024-03-01T10:00:00Z')).toBe('changed')
  expect(cls('2024-03-01T10:00:05', '2024-03-01T10:00:50')).toBe('changed')
  expect(cls('2024-03-01T10:00:00+01:00', '2024-03-01T09:00:00Z')).toBe('same-after-rule')
})

test.each([
  // legacy unit and code, target unit and code
  ['', '', 'mg', 'mg', 'changed'],
  ['', '', '', 'mg', 'changed'],
  ['', '', '', '', 'same'],
  ['', '', '', '1', 'same'],
  ['mg', 'mg', 'mg', 'mg', 'same'],
  ['mg', 'mg', 'mg', '', 'same'],
  ['mg', '', 'ml', '', 'changed'],
  ['tab', '', 'puff', '', 'changed'],
  ['tab', '', 'tab', '', 'same'],
  ['mg', 'mg', '', '', 'changed'],
  ['tab', '', 'capsule', '{capsule}', 'changed'],
] as const)('5 %s (code "%s") beside 5 %s (code "%s") is %s', (unit, code, foundUnit, foundCode, cls) => {
  const carried: Carried = { kind: 'quantity', comparator: '', value: '5', unit, code }
  const found = {
    value: 5,
    ...(foundUnit === '' ? {} : { unit: foundUnit }),
    ...(foundCode === '' ? {} : { code: foundCode }),
  }
  const { cls: outcome } = compareField('5', carried, 'quantity', [found])
  expect(outcome === 'changed' ? 'changed' : 'same').toBe(cls)
})

const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const mappingOf = (more: string) => {
  const line = (field: string, params: string, target: string) => `patients,${field},copy,${params},${target},,confirmed,,`
  const text = [
    header,
    line('MRN', 'role=key', 'Patient.identifier.value'),
    line('FIRST', '', 'Patient.name.given'),
    line('MIDDLE', '', 'Patient.name.given'),
    line('PHONE', more, "Patient.telecom.where(system='phone').value"),
  ].join('\n')
  const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(`${text}\n`)]]))
  expect(problems).toEqual([])
  return mapping
}
const judged = async (more: string, given: readonly string[], phones: readonly string[]) => {
  const patient = {
    resourceType: 'Patient',
    id: '1',
    identifier: [{ value: 'A1' }],
    name: [{ given }],
    telecom: phones.map((value) => ({ system: 'phone', value })),
  }
  const inputs = [
    { name: 'patients.csv', side: 'legacy' as const, table: 'patients', text: 'MRN,FIRST,MIDDLE,PHONE\nA1,Ann,Bea,111\n' },
    { name: 'Patient.ndjson', side: 'target' as const, table: 'Patient', text: `${JSON.stringify(patient)}\n` },
  ].map(({ name, side, table, text }) => ({ source: bytesSource(name, bytes(text)), side, table, format: null, reading: {} }))
  const { findings, tables } = await finish(reconcile({ inputs, mapping: mappingOf(more) }, signal))
  return { codes: findings.map(({ code }) => code), equal: tables[0]?.equal }
}

test('values of the target beyond those of all lines that fill the place have appeared, unless the line allows more', async () => {
  expect(await judged('', ['Ann', 'Bea'], ['111'])).toEqual({ codes: [], equal: 1 })
  expect(await judged('', ['Ann', 'Bea', 'Cleo'], ['111'])).toEqual({ codes: ['data/field-appeared'], equal: 0 })
  expect(await judged('', ['Ann', 'Bea'], ['111', '999'])).toEqual({ codes: ['data/field-appeared'], equal: 0 })
  expect(await judged('more=allowed', ['Ann', 'Bea'], ['111', '999'])).toEqual({ codes: [], equal: 1 })
  expect(await judged('', ['Ann', 'Bea'], ['111', '111'])).toEqual({ codes: [], equal: 1 })
})
