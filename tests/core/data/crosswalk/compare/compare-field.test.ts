import { expect, test } from 'vitest'
import { compareField, plainly } from '../../../../../src/core/data/crosswalk/compare/compare-field.ts'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { Carried } from '../../../../../src/core/data/model/carried.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a zone that only the target states is no difference, a zone that it lost is told, other seconds are another time', () => {
  const at = (text: string): Carried => ({ kind: 'date', text, swapped: null })
  const of = (expected: string, found: string) => compareField(expected, at(expected), [found], plainly('date-time'))
  expect(of('2024-03-01T10:00:00', '2024-03-01T10:00:00Z')).toMatchObject({ cls: 'same-after-rule', by: 'finer-time' })
  expect(of('2024-03-01T10:00:00Z', '2024-03-01T10:00:00')).toMatchObject({ cls: 'changed', kind: 'less-precise' })
  expect(of('2024-03-01T10:00:05', '2024-03-01T10:00:50')).toMatchObject({ cls: 'changed', kind: 'changed' })
  expect(of('2024-03-01T10:00:00+01:00', '2024-03-01T09:00:00Z')).toMatchObject({ cls: 'same-after-rule', by: 'same-instant' })
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
  const { cls: outcome } = compareField('5', carried, [found], plainly('quantity'))
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

test('another unit is another unit, cut short or by value map, and a unit that went is lost', () => {
  const how = { ...plainly('copy'), isUnit: true }
  const copied: Carried = { kind: 'text', text: 'mmol/l' }
  const mapped: Carried = { kind: 'code', system: '', code: 'mmol/L', display: '' }
  for (const carried of [copied, mapped]) {
    expect(compareField('mmol/l', carried, ['mmol'], how)).toMatchObject({ kind: 'unit-changed' })
    expect(compareField('mmol/l', carried, ['mg/dL'], how)).toMatchObject({ kind: 'unit-changed' })
    expect(compareField('mmol/l', carried, [], how)).toMatchObject({ kind: 'unit-lost' })
    expect(compareField('mmol/l', carried, ['mmol/L'], how).cls).toBe('same-after-rule')
  }
})
