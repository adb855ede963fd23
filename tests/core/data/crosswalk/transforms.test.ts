import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseElementPath, valuesAt } from '../../../../src/core/data/crosswalk/mapping/element-path.ts'
import { parseParams } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { transformNamed, transforms } from '../../../../src/core/data/crosswalk/transforms/index.ts'
import { decodeBase64, encodeBase64 } from '../../../../src/core/values/base64.ts'
import { decimalOf, powerOfTen, sameDecimal } from '../../../../src/core/values/decimal.ts'

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
  ['2019-04-03 23:59:60', '2019-04-03T23:59:60Z'],
  ['2019-04-03 07:05:09.250', '2019-04-03T07:05:09.250Z'],
  ['2019-04-03 07:05', '2019-04-03T07:05:00Z'],
  ['2019-04-03 07:05:09.5+02:00', '2019-04-03T07:05:09.5+02:00'],
  ['2019-04-03 24:00', null],
  ['2019-04-03 12:60', null],
  ['2019-04-03 12:10:61', null],
  ['2019-04-03 12:10:00+15:00', null],
])('a time of day is one, with its fraction: %s', (cell, text) => {
  const kind = text === null ? { kind: 'unmapped', text: cell } : { kind: 'date', text }
  expect(run('date-time', 'order=year-first; zone=Z', cell)).toMatchObject(kind)
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

test('a factor of ten is recognised from the digits', () => {
  const power = (a: string, b: string): number | null => {
    const [x, y] = [decimalOf(a), decimalOf(b)]
    return x && y && powerOfTen(x, y)
  }
  expect([power('500', '5000'), power('2.5', '0.025'), power('5', '6')]).toEqual([1, -2, null])
})

test('a path with where() reads the element it means', () => {
  const path = parseElementPath("Patient.identifier.where(type.coding.code='MR').value")
  const patient = {
    identifier: [{ value: 'x' }, { type: { coding: [{ code: 'SS' }, { code: 'MR' }] }, value: '0042' }],
  }
  expect(typeof path === 'string' ? path : valuesAt(patient, path)).toEqual(['0042'])
  expect(typeof path === 'string' ? path : path.plain).toBe('Patient.identifier.value')
  expect(parseElementPath('patient..x')).toContain('is no target')
})

test.each([
  ['trim', 'inside=one', '  a   b ', 'a b'],
  ['case', 'to=title', "o'neill-SMITH ann", "O'neill-Smith Ann"],
  ['case', 'to=upper', 'é1a', 'É1A'],
  ['pad', 'length=9', '12345', '000012345'],
  ['pad', 'length=4; with=x; side=right', 'ab', 'abxx'],
  ['split', 'separator="|"; part=2', 'a| b |c', 'b'],
  ['split', 'separator=" "; part=-1', 'Mary Ann Lee', 'Lee'],
  ['capture', 'pattern="ward ([0-9]+)"', 'seen on ward 12, bed 3', '12'],
  ['date-format', 'order=day-first; to=DD.MM.YYYY', '3/4/2019', '03.04.2019'],
  ['date-format', 'order=day-first; to=YYYYMMDDHHmm', '03/04/2019 9:05', '201904030905'],
  ['date-part', 'order=day-first; part=month', '03/04/2019', '4'],
  ['number-format', 'decimal=","; group=.', '1.234,50', '1234.50'],
  ['number-format', '', '007', '7'],
  ['unit-convert', 'from=g; to=mg', '0.5', '500'],
  ['unit-convert', 'from=ug; to=mg', '62.5', '0.0625'],
  ['unit-convert', 'from=[lb_av]; to=kg; digits=1', '150', '68.0'],
  ['unit-convert', 'from=[degF]; to=Cel; digits=1', '98.6', '37.0'],
  ['if', 'is="Y|J"; then=true; else=false', 'J', 'true'],
  ['if', 'is="Y|J"; then=true', 'perhaps', 'perhaps'],
  ['quantity', 'units=units; part=value', '<0.50 mcg', '0.50'],
  ['quantity', 'units=units; part=unit', '<0.50 mcg', 'ug'],
  ['quantity', 'units=units; part=comparator', '<0.50 mcg', '<'],
])('%s with %s makes of "%s" the text "%s"', (rule, params, text, expected) => {
  expect(run(rule, params, text)).toMatchObject({ text: expected })
})

test.each([
  ['trim', '', '   ', null],
  ['coalesce', '', '', null],
  ['split', 'separator=,; part=3', 'a,b', null],
])('%s with %s of "%s" is nothing recorded', (rule, params, text, expected) => {
  expect(run(rule, params, text)).toBe(expected)
})

test.each([
  ['capture', 'pattern="[0-9]+"', 'none here'],
  ['number-format', '', '12 mg'],
  ['unit-convert', 'from=g; to=mg', 'half'],
  ['date-format', 'order=day-first; to=DD.MM.YYYY', '2019'],
  ['lookup', 'map=units', 'unknown'],
])('%s with %s says that "%s" has no answer', (rule, params, text) => {
  expect(run(rule, params, text)).toMatchObject({ kind: 'unmapped', text })
})

test.each([
  ['unit-convert', 'from=kg; to=mmol'],
  ['capture', 'pattern="(?=a)"'],
  ['pad', 'length=0'],
  ['record-id', 'form=uuid'],
  ['split', 'part=0'],
])('%s refuses %s with a sentence', (rule, params) => {
  expect(run(rule, params, 'x')).toMatch(/^\S+ (takes|knows|can not) /)
})

test('the first filled field is taken', () => {
  expect(run('coalesce', '', '', 'b', 'c')).toEqual({ kind: 'text', text: 'b' })
})

test('ids made of keys are the same every time, unlike between tables, and valid', () => {
  const uuid = (table: string, key: string) => run('record-id', `table=${table}`, key) as { readonly text: string }
  expect(uuid('patients', '7')).toEqual(uuid('patients', '7'))
  expect(uuid('patients', '7')).not.toEqual(uuid('results', '7'))
  fc.assert(
    fc.property(fc.string(), (key) => {
      expect(uuid('patients', key).text).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const { text } = run('record-id', 'table=patients; form=number', key) as { readonly text: string }
      expect(Number.isSafeInteger(Number(text)) && Number(text) > 0).toBe(true)
    }),
  )
})

test('moving the point changes no digit', () => {
  const decimal = fc.tuple(fc.nat(1e9), fc.nat(999)).map(([a, b]) => `${a}.${b}`)
  fc.assert(
    fc.property(decimal, fc.constantFrom('kg g', 'g mg', 'mg ug', 'L mL', 'm cm'), (text, pair) => {
      const [from = '', to = ''] = pair.split(' ')
      const there = run('unit-convert', `from=${from}; to=${to}`, text) as { readonly text: string }
      const back = run('unit-convert', `from=${to}; to=${from}`, there.text) as { readonly text: string }
      const [a, b] = [decimalOf(text), decimalOf(back.text)]
      expect(a && b && sameDecimal(a, b)).toBe(true)
    }),
  )
})

test('an inverse leads back to the legacy text, and a folded map has none', () => {
  const text = fc.string({ minLength: 1 })
  fc.assert(
    fc.property(text, fc.string(), fc.string(), (value, prefix, suffix) => {
      const params = new Map([
        ['prefix', prefix],
        ['suffix', suffix],
      ])
      const affix = transformNamed('affix')
      const there = affix?.bind(params, new Map())
      const made = typeof there === 'function' ? there([value]) : null
      const back = affix?.inverse?.(params, new Map())
      expect(made?.kind === 'text' && back ? back(made.text) : null).toBe(value)
    }),
  )
  const line = (code: string, target: string) =>
    [code, { code, display: '', system: '', target, relationship: 'equivalent' as const }] as const
  const folded = new Map([['m', { name: 'm', lines: new Map([line('a', 'x'), line('b', 'x')]) }]])
  const plain = new Map([['m', { name: 'm', lines: new Map([line('a', 'x'), line('b', 'y')]) }]])
  const inverse = transformNamed('value-map')?.inverse
  expect(inverse?.(new Map([['map', 'm']]), folded)).toBeNull()
  expect(inverse?.(new Map([['map', 'm']]), plain)?.('y')).toBe('b')
})
