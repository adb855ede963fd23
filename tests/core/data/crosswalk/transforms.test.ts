import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../../src/core/data/crosswalk/base64.ts'
import { decimalOf, powerOfTen, sameDecimal, unitPower } from '../../../../src/core/data/crosswalk/decimal.ts'
import { parseElementPath, valuesAt } from '../../../../src/core/data/crosswalk/element-path.ts'
import { parseParams } from '../../../../src/core/data/crosswalk/mapping.ts'
import { transformNamed, transforms } from '../../../../src/core/data/crosswalk/transforms/index.ts'

const units = new Map([
  [
    'units',
    {
      name: 'units',
      lines: new Map([
        [
          'mcg',
          { code: 'mcg', display: '', system: 'http://unitsofmeasure.org', target: 'ug', relationship: 'equivalent' as const },
        ],
      ]),
    },
  ],
])

function run(rule: string, params: string, ...cells: string[]): unknown {
  const parsed = parseParams(params)
  const bound = typeof parsed === 'string' ? parsed : transformNamed(rule)?.bind(parsed, units)
  return typeof bound === 'function' ? bound(cells) : bound
}

test('every transform has one name', () => {
  expect(new Set(transforms.map(({ name }) => name)).size).toBe(transforms.length)
})

test.each([
  ['order=day-first', '03/04/2019', '2019-04-03', '2019-03-04'],
  ['order=month-first', '03/04/2019', '2019-03-04', '2019-04-03'],
  ['order=day-first', '29.02.2020', '2020-02-29', null],
  ['order=day-first', '05/05/2020', '2020-05-05', null],
  ['order=day-first', '2019', '2019', null],
  ['order=month-first', '2019-12-31', '2019-12-31', null],
])('a date with %s: %s is %s', (params, text, expected, swapped) => {
  expect(run('date', params, text)).toEqual({ kind: 'date', text: expected, swapped })
})

test.each(['31/02/2020', '29/02/2019', '13/13/2019', 'yesterday', '1/1/19'])('%s is no date, and is said to be none', (text) => {
  expect(run('date', 'order=day-first', text)).toMatchObject({ kind: 'unmapped', text })
})

test('a time keeps its stated zone', () => {
  expect(run('date-time', 'order=day-first; zone=+01:00', '03/04/2019 9:30')).toMatchObject({ text: '2019-04-03T09:30:00+01:00' })
})

test('value and unit are taken apart and the digits stay as typed', () => {
  expect(run('quantity', 'units=units', '<0.50 mcg')).toEqual({
    kind: 'quantity',
    comparator: '<',
    value: '0.50',
    unit: 'mcg',
    code: 'ug',
  })
  expect(run('quantity', '', '1,5')).toEqual({ kind: 'quantity', comparator: '', value: '1.5', unit: '', code: '' })
  expect(run('quantity', 'units=units', '5 drops')).toMatchObject({ kind: 'unmapped' })
  expect(run('quantity', '', 'as directed')).toMatchObject({ kind: 'unmapped' })
})

test('a value outside the value map is unmapped, never guessed', () => {
  expect(run('value-map', 'map=units', 'mcg')).toMatchObject({ kind: 'code', code: 'ug' })
  expect(run('value-map', 'map=units', 'MCG')).toMatchObject({ kind: 'unmapped', text: 'MCG' })
  expect(run('value-map', 'map=nowhere', 'x')).toBe('mapping/values/nowhere.csv is missing')
})

test('names, joined fields, affixes and constants', () => {
  expect(run('name-part', 'part=given', 'Okafor, Adaeze')).toEqual({ kind: 'text', text: 'Adaeze' })
  expect(run('name-part', 'part=given', 'Okafor')).toBeNull()
  expect(run('concat', 'separator=", "', 'Mill Lane', '', 'Riverside')).toEqual({ kind: 'text', text: 'Mill Lane, Riverside' })
  expect(run('affix', 'case=lower; prefix=Practitioner/oc-', 'DR001')).toEqual({ kind: 'text', text: 'Practitioner/oc-dr001' })
  expect(run('constant', 'value=order')).toEqual({ kind: 'text', text: 'order' })
})

test('base 64 gives back any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
    }),
  )
  expect(encodeBase64(new TextEncoder().encode('Plan: stop'))).toBe('UGxhbjogc3RvcA==')
  expect(decodeBase64('no*base64')).toBeNull()
})

test('decimals are equal by value, whatever zeros and exponents they are written with', () => {
  const same = (a: string, b: string): boolean | null => {
    const [x, y] = [decimalOf(a), decimalOf(b)]
    return x && y && sameDecimal(x, y)
  }
  expect([same('1.10', '1.1'), same('5.0', '5'), same('1e3', '1000'), same('-0', '0'), same('0.125', '.125')]).toEqual([
    true,
    true,
    true,
    true,
    true,
  ])
  expect([same('1.1', '1.11'), same('-1', '1'), same('90071992547409931', '90071992547409930')]).toEqual([false, false, false])
})

test('a factor of ten is recognised from the digits, and units of one dimension from their prefixes', () => {
  const power = (a: string, b: string): number | null => {
    const [x, y] = [decimalOf(a), decimalOf(b)]
    return x && y && powerOfTen(x, y)
  }
  expect([power('500', '5000'), power('2.5', '0.025'), power('5', '6')]).toEqual([1, -2, null])
  expect([unitPower('g', 'mg'), unitPower('mg', 'ug'), unitPower('mmol/L', 'umol/L'), unitPower('mg', 'mL')]).toEqual([
    3,
    3,
    3,
    null,
  ])
})

test('a path with where() reads the element it means', () => {
  const path = parseElementPath("Patient.identifier.where(type.coding.code='MR').value")
  const patient = {
    identifier: [{ value: 'x' }, { type: { coding: [{ code: 'SS' }, { code: 'MR' }] }, value: '0042' }],
  }
  expect(typeof path === 'string' ? path : valuesAt(patient, path)).toEqual(['0042'])
  expect(typeof path === 'string' ? path : path.plain).toBe('Patient.identifier.value')
  expect(parseElementPath('patient..x')).toContain('is no element path')
})
