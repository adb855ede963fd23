import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodes } from '../../../../src/core/data/meaning/compare-codes.ts'
import { compareNumbers } from '../../../../src/core/data/meaning/compare-numbers.ts'
import { compareTexts } from '../../../../src/core/data/meaning/compare-texts.ts'
import { compareUnits } from '../../../../src/core/data/meaning/compare-units.ts'
import { equalRuleWords } from '../../../../src/core/data/meaning/rules.ts'
import substances from '../../../../src/core/data/meaning/substances.json' with { type: 'json' }
import { substanceOf } from '../../../../src/core/data/meaning/substances.ts'
import { asMeant, comparingParameters, tuningOf } from '../../../../src/core/data/meaning/tuning.ts'
import { unitOf } from '../../../../src/core/data/meaning/ucum.ts'

const number = (legacy: string, target: string, params: Readonly<Record<string, string>> = {}, doses = false) => {
  const tuning = tuningOf(new Map(Object.entries(params)))
  if (typeof tuning === 'string') return tuning
  const found = compareNumbers(legacy, target, tuning, doses)
  return found?.kind === 'equal' ? found.by : found?.kind === 'apart' ? `apart ${found.tens}` : (found?.kind ?? null)
}

test.each([
  ['81.5', '81.48231', 'rounded-1'],
  ['81.5', '81.45', 'rounded-1'],
  ['81.5', '81.4499', 'apart null'],
  ['81.5', '815', 'apart 1'],
  ['81.5', '0.815', 'apart -2'],
  ['81.50', '81.5', 'same-number'],
  ['81.48231', '81.5', 'coarser'],
  ['2.6', '3', 'apart null'],
  ['79.6', '80', 'coarser'],
  // A rounding of more than a twentieth is none, whichever side is the coarser.
  ['1', '1.4', 'apart null'],
  ['0', '0.4', 'apart null'],
  ['0.0', '0.04', 'apart null'],
  ['3652.5600000000004', '3652.56', 'floating'],
  ['1E2', '100', 'same-number'],
  ['-0.0', '0', 'same-number'],
  ['5', '6', 'apart null'],
  ['five', '5', null],
] as const)('%s beside %s: %s', (legacy, target, expected) => {
  expect(number(legacy, target)).toBe(expected)
})

test('a person can tighten and loosen what is equal, and what can not be meant is refused', () => {
  expect(number('81.5', '81.48231', { equal: 'exact' })).toBe('apart null')
  expect(number('81.5', '81.52', { tolerance: '0.02' })).toBe('tolerance')
  expect(number('81.5', '83', { tolerance: '2%' })).toBe('tolerance')
  expect(number('81.523', '81.519', { decimals: '1' })).toBe('rounded-1')
  expect(number('2.5', '2.53', {}, true)).toBe('apart null')
  expect(number('2.5', '2.50', {}, true)).toBe('same-number')
  for (const params of [{ equal: 'roughly' }, { tolerance: 'some' }, { decimals: '-1' }, { zone: 'Mars' }, { text: 'loud' }])
    expect(number('1', '1', params)).toMatch(/ takes /)
})

test('rounding is symmetric: what one side calls equal is not called apart from the other', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 4 }))
    .map(([n, d]) => (n / 10 ** d).toFixed(d))
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const kinds = [compareNumbers(a, b, asMeant, false), compareNumbers(b, a, asMeant, false)].map((one) => one?.kind)
      if (kinds.includes('equal') && kinds.includes('apart')) {
        // A twentieth of the one is not quite a twentieth of the other.
        const [wide, fine] = [Math.abs(Number(a)), Math.abs(Number(b))].sort((one, other) => one - other) as [number, number]
        expect(((fine - wide) * 20) / wide).toBeGreaterThan(0.95)
        expect(((fine - wide) * 20) / wide).toBeLessThan(1.06)
      }
    }),
    { numRuns: 1000 },
  )
})

const converted = (value: string, unit: string, found: string, other: string) => {
  const units = compareUnits({ unit, code: '' }, { unit: other, code: '' })
  if (units.kind !== 'convertible') return units.kind === 'same' ? `same ${units.by}` : units.kind
  return compareNumbers(value, found, asMeant, false, units.conversion)?.kind
}

// Factors of UCUM and NIST SP 811.
test.each([
  ['180', '[lb_av]', '81.6466266', 'kg', 'equal'],
  ['180', 'lb', '81.6', 'kg', 'equal'],
  ['180', 'lbs', '82.6', 'kg', 'apart'],
  ['5', 'ft', '152.4', 'cm', 'equal'],
  ['98.6', '°F', '37.0', 'Cel', 'equal'],
  ['98.6', '[degF]', '38.0', 'Cel', 'apart'],
  ['0.5', 'g', '500', 'mg', 'equal'],
  ['0.5', 'g', '50', 'mg', 'apart'],
  // What the conversion leaves is no longer the amount, or less exact than it was.
  ['5', 'ft', '2', 'm', 'apart'],
  ['5', 'mmol/L', '0', 'mol/L', 'apart'],
  ['183', 'cm', '1.8', 'm', 'coarser'],
  ['99.1', '[degF]', '37', 'Cel', 'coarser'],
  ['32', '[degF]', '0', 'Cel', 'equal'],
  ['120', 'mm[Hg]', '15.99864', 'kPa', 'equal'],
  ['7', 'g/dL', '70', 'g/L', 'equal'],
  ['1', 'h', '60', 'min', 'equal'],
  ['7.5', 'K/uL', '7.5', '10*3/uL', 'same unit-spelling'],
  ['7.5', '10*9/L', '7.5', '10*3/uL', 'same unit-spelling'],
  ['7.5', 'mcg', '7.5', 'ug', 'same unit-spelling'],
  ['72', 'beats/min', '72', '/min', 'same unit-spelling'],
  ['72', '/min', '72', '{beats}/min', 'same unit-spelling'],
  ['3', '{score}', '3', '', 'same no-unit'],
  ['3', '', '3', '1', 'same no-unit'],
  ['3', '{score}', '3', '1', 'same no-unit'],
  ['50', '%', '0.5', '1', 'equal'],
  ['5', 'mg', '5', 'mL', 'other'],
  ['5', 'mg/dL', '5', 'mmol/L', 'other'],
  ['5', 'mg', '5', '', 'lost'],
  ['5', '', '5', 'mg', 'appeared'],
  ['5', '{tab}', '5', '{capsule}', 'other'],
  ['5', 'tab', '5', '{tab}', 'same unit-spelling'],
  ['5', '/hpf', '5', '/lpf', 'other'],
  ['5', '/hpf', '5', '', 'lost'],
  ['5', 'gr.', '5', 'g', 'other'],
  ['5', 'U', '5', '[iU]', 'same unit-international'],
  ['2.1', 'mU/l', '2.1', 'm[iU]/L', 'same unit-international'],
  ['7.2', '%', '72', 'mmol/mol', 'other'],
  ['72', 'mmol/mol', '0.072', '1', 'other'],
  ['72', 'mmol/mol', '72000', 'umol/mol', 'equal'],
  ['45', '%', '0.45', 'L/L', 'equal'],
  ['4.1', 'G/l', '4.1', '10*9/L', 'same unit-spelling'],
  // Gram in a system that prints in capitals, giga where cells are counted: a count of legacy says which, one of the target may be wrong.
  ['72', 'G/L', '72', '10*9/L', 'unclear'],
  ['4.1', '10*3/uL', '4.1', 'G/L', 'same unit-spelling'],
  ['4.1', 'G/L', '4.1', 'g/L', 'unclear'],
  ['4.1', 'g/L', '4.1', 'G/L', 'unclear'],
  ['4.1', 'G/L', '4.1', 'G/L', 'same null'],
  ['4.1', 'T/L', '4.1', '10*12/L', 'same unit-spelling'],
  ['30', 'mg/24h', '30', 'mg/d', 'same unit-spelling'],
  ['30', 'mg/24 hrs', '30', 'mg/(24.h)', 'same unit-spelling'],
  ['30', 'mg/day', '30', 'mg/d', 'same unit-spelling'],
  ['30', 'mg/d', '1.25', 'mg/h', 'equal'],
  ['30', 'mg/24h', '720', 'mg/h', 'apart'],
  ['4.1', '/nl', '4.1', '10*9/L', 'same unit-spelling'],
  ['4.1', 'Tpt/l', '4.1', '10*12/L', 'same unit-spelling'],
  ['4.5', 'Mio/µl', '4.5', '10*6/uL', 'same unit-spelling'],
  ['30', 'sek', '30', 's', 'same unit-spelling'],
  ['140', 'mval/l', '140', 'meq/L', 'same unit-spelling'],
  ['12', 'µg/l', '12', 'ng/ml', 'same unit-spelling'],
  ['3', 'kU/l', '3000', 'U/l', 'equal'],
  ['60', 'mL/min/1.73m2', '60', 'mL/min/{1.73_m2}', 'same unit-spelling'],
  ['60', 'mL/min', '60', 'mL/min/{1.73_m2}', 'other'],
  ['0.5', 'ug{FEU}/mL', '0.5', 'ug{DDU}/mL', 'other'],
  ['0.5', 'ug{FEU}/mL', '0.5', 'mg{FEU}/L', 'same unit-spelling'],
] as const)('%s %s beside %s %s: %s', (value, unit, found, other, expected) => {
  expect(converted(value, unit, found, other)).toBe(expected)
})

test('capitals make no other unit where only one reading is meant', () => {
  const relation = (was: string, is: string) => compareUnits({ unit: was, code: was }, { unit: is, code: is })
  for (const [was, is] of [
    ['ML', 'mL'],
    ['Mmol/L', 'mmol/L'],
    ['MU/L', 'mU/L'],
  ] as const)
    expect(relation(was, is), was).toEqual({ kind: 'same', by: 'unit-capitals' })
  // Penicillin is given in millions of units.
  expect(relation('MU', 'mU').kind).toBe('convertible')
  expect(relation('mg', 'g').kind).toBe('convertible')
})

test('what is no UCUM is none', () => {
  for (const code of ['', 'tablet(s)', 'mgg', 'm//s', '(m', 'mg/', '10*x', 'kmin']) expect(unitOf(code), code).toBe(null)
  for (const code of ['m2', 'mg/dL', '10*3/uL', 'mL/min/{1.73_m2}', 'kg.m-2', '/min', 'ng/(mL.h)', 'mm[Hg]', '{score}', '10*-3'])
    expect(unitOf(code), code).not.toBe(null)
})

const code = (system: string, value: string, target: readonly (readonly [string, string])[]) => {
  const found = compareCodes(
    { system, code: value },
    target.map(([name, one]) => ({ system: name, code: one })),
    false,
  )
  return found.kind === 'equal' ? found.by : found.kind
}

test('one code system under several names is one, and codes are written as their system does', () => {
  expect(code('SNOMED-CT', '73211009', [['http://snomed.info/sct', '73211009']])).toBe('code-alias')
  expect(code('urn:oid:2.16.840.1.113883.6.96', '73211009', [['SCT', '73211009']])).toBe('code-alias')
  expect(code('http://hl7.org/fhir/sid/cvx', '8', [['urn:oid:2.16.840.1.113883.12.292', '08']])).toBe('code-zeros')
  expect(code('LOINC', '8302-2', [['http://loinc.org', '8302-2']])).toBe('code-alias')
  expect(code('http://loinc.org', '8302-2', [['http://snomed.info/sct', '8302-2']])).toBe('other-system')
  expect(code('http://loinc.org', '8302-2', [['', '8302-2']])).toBe('without-system')
  expect(code('http://loinc.org', '8302-2', [['http://loinc.org', '8302-3']])).toBe('other')
  expect(code('ICD-9-CM', '36001', [['ICD9', '360.01']])).toBe('code-zeros')
  expect(code('ICD-9-CM', '36.01', [['ICD-9-CM', '360.1']])).toBe('other')
  expect(code('RxNorm', '0198405', [['RxNorm', '198405']])).toBe('other')
})

test('an ICD-9-CM code without its dot is equal only where list or element say which of two it is', () => {
  const nine = (system: string, value: string, other: string, kind: 'diagnosis' | 'procedure' | null = null) => {
    const found = compareCodes({ system, code: value }, [{ system: 'ICD-9-CM', code: other }], false, kind)
    return found.kind === 'equal' ? found.by : found.kind
  }
  expect([nine('ICD-9-CM', '3893', '389.3'), nine('ICD-9-CM', '3893', '38.93')]).toEqual(['other', 'other'])
  expect([nine('ICD-9-CM', '3893', '389.3', 'diagnosis'), nine('ICD-9-CM', '3893', '38.93', 'diagnosis')]).toEqual([
    'code-zeros',
    'other',
  ])
  expect([nine('ICD-9-CM', '389.3', '3893', 'procedure'), nine('ICD-9-CM', '38.93', '3893', 'procedure')]).toEqual([
    'other',
    'code-zeros',
  ])
  expect([nine('2.16.840.1.113883.6.104', '3893', '38.93'), nine('2.16.840.1.113883.6.103', '3893', '38.93')]).toEqual([
    'code-zeros',
    'other',
  ])
  // The same figures in both lists are a diagnosis and a procedure.
  const [diagnosis, procedure] = ['urn:oid:2.16.840.1.113883.6.103', 'urn:oid:2.16.840.1.113883.6.104']
  expect(code(diagnosis, '3893', [[procedure, '3893']])).toBe('other')
  expect(code(procedure, '3893', [[diagnosis, '3893']])).toBe('other')
  expect(code(diagnosis, '3893', [['2.16.840.1.113883.6.103', '3893']])).toBe('code-alias')
  // Five figures, or a letter before them, are a diagnosis.
  expect([nine('ICD-9-CM', '25000', '250.00'), nine('ICD-9-CM', 'V101', 'V10.1')]).toEqual(['code-zeros', 'code-zeros'])
})

test('texts are the same after a normalisation that is named, and never beyond it', () => {
  const of = (a: string, b: string, anyCase = false) => compareTexts(a, b, false, anyCase)
  expect(of('a\r\nb', 'a\nb')).toBe('text-lines')
  expect(of('Caf\u00e9', 'Cafe\u0301')).toBe('text-lines')
  expect(of(' Influenza  seasonal ', 'Influenza seasonal')).toBe('text-spaces')
  expect(of('Influenza  seasonal  injectable', 'Influenza, seasonal, injectable')).toBe('text-separators')
  expect(of('Ａspirin １００', 'Aspirin 100')).toBe('text-spaces')
  expect(of('5 x 10⁹/L', '5 x 109/L')).toBe(undefined)
  expect(of('take 1½ tablets', 'take 11⁄2 tablets')).toBe(undefined)
  expect(of('1,5 mg', '1 5 mg')).toBe(undefined)
  expect(of('1,5 mg', '15 mg')).toBe(undefined)
  expect(of('ASPIRIN', 'Aspirin')).toBe(undefined)
  expect(of('ASPIRIN', 'Aspirin', true)).toBe('text-case')
})

test('every parameter refuses what it does not take, and every rule has a name of its own', () => {
  for (const { name } of comparingParameters) expect(tuningOf(new Map([[name, '?']])), name).toContain(`${name} takes`)
  expect(new Set(equalRuleWords.map(({ name }) => name)).size).toBe(equalRuleWords.length)
})

test('halves may be rounded either way beside the finer number, and never beside each other', () => {
  for (const coarse of ['433.2', '433.3']) {
    expect(number(coarse, '433.25')).toBe('rounded-1')
    expect(number('433.25', coarse)).toMatch(/coarser/)
  }
  expect(number('433.2', '433.3')).toMatch(/apart/)
  expect(number('433.2', '433.26')).toMatch(/apart/)
})

const measured = (value: string, unit: string, found: string, other: string, of: string) => {
  const units = compareUnits({ unit, code: '' }, { unit: other, code: '' }, substanceOf(of))
  if (units.kind !== 'convertible') return units.kind
  const relation = compareNumbers(value, found, asMeant, false, units.conversion)
  return relation?.kind === 'equal' ? relation.by : relation?.kind
}

test.each([
  ['7.2', '%', '55.2', 'mmol/mol', '4548-4', 'unit-ifcc-ngsp'],
  ['7.2', '%', '72', 'mmol/mol', '59261-8', 'apart'],
  ['55', 'mmol/mol', '7.2', '%', '17856-6', 'unit-ifcc-ngsp'],
  ['55', 'mmol/mol', '5.5', '%', '17856-6', 'apart'],
  ['7.2', '%', '55.2', 'mmol/mol', '2160-0', 'other'],
  ['1.0', 'mg/dL', '88.4', 'umol/L', '2160-0', 'unit-molar-mass'],
  ['1.0', 'mg/dL', '10', 'mg/L', '2160-0', 'unit-converted'],
  ['5.0', 'mmol/L', '90', 'mg/dL', '2345-7', 'unit-molar-mass'],
  ['90', 'mg/dL', '9.0', 'mmol/L', '2345-7', 'apart'],
  ['14.2', 'g/dL', '8.8', 'mmol/L', '718-7', 'unit-molar-mass'],
  ['140', 'meq/L', '140', 'mmol/L', '2951-2', 'unit-valence'],
  ['5.0', 'meq/L', '2.5', 'mmol/L', '2000-8', 'unit-valence'],
  ['5.0', 'meq/L', '5.0', 'mmol/L', '2000-8', 'apart'],
  ['5.0', 'mmol/L', '90', 'mg/dL', '9999-9', 'other'],
  // What is measured says that it is gram.
  ['1.2', 'G/L', '6.66', 'mmol/L', '2345-7', 'unit-molar-mass'],
  ['1.2', 'G/L', '1.2', 'g/L', '2345-7', 'same'],
  ['1.2', 'G/L', '1.2', '10*9/L', '2345-7', 'other'],
  // Cells in blood are counted.
  ['4.1', 'G/L', '4.1', '10*9/L', '6690-2', 'same'],
  ['240', 'G/L', '240', '10*3/uL', '777-3', 'same'],
  ['240', 'G/L', '240', 'g/L', '777-3', 'unclear'],
  // Total protein is not known to be counted.
  ['72', 'G/L', '72', '10*9/L', '2885-2', 'unclear'],
] as const)('%s %s beside %s %s of %s: %s', (value, unit, found, other, of, expected) => {
  expect(measured(value, unit, found, other, of)).toBe(expected)
})

/** Abridged standard atomic weights, IUPAC 2021. */
const weights: Readonly<Record<string, number>> = {
  ...{ H: 1.008, C: 12.011, N: 14.007, O: 15.999, P: 30.974, Cl: 35.45, I: 126.9 },
  ...{ Na: 22.99, Mg: 24.305, K: 39.098, Ca: 40.078, Fe: 55.845, Co: 58.933 },
}

test('each molar mass is that of its formula', () => {
  const own = substances.filter(({ formula }) => formula !== undefined)
  expect(own.length).toBe(20)
  for (const { name, formula = '', mass = '' } of own) {
    const parts = [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)]
    const sum = parts.reduce((all, [, atom = '', n]) => all + (weights[atom] ?? Number.NaN) * Number(n || 1), 0)
    expect(Math.abs(Number(mass) / sum - 1), `${name}: ${mass} of ${sum}`).toBeLessThan(0.0001)
  }
})

test('each LOINC code has its check digit, and measures one substance', () => {
  const codes = substances.flatMap(({ loinc }) => loinc)
  expect(new Set(codes).size).toBe(codes.length)
  for (const code of codes) expect(code, code).toSatisfy(hasCheckDigit)
})

/** Luhn's digit over the number before the hyphen, as LOINC assigns it. */
function hasCheckDigit(code: string): boolean {
  const [number = '', digit = ''] = code.split('-')
  const sum = [...number].reverse().reduce((all, figure, i) => {
    const twice = i % 2 === 0 ? Number(figure) * 2 : Number(figure)
    return all + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(digit)
}

test('a whole number rounded to fewer figures is less exact, not another; a dose is another', () => {
  expect(compareNumbers('290612', '290610', asMeant, false)).toEqual({ kind: 'coarser', decimals: -1 })
  expect(compareNumbers('290612', '290600', asMeant, false)).toEqual({ kind: 'coarser', decimals: -2 })
  expect(compareNumbers('290612', '290620', asMeant, false)?.kind).toBe('apart')
  expect(compareNumbers('142', '140', asMeant, false)?.kind).toBe('apart')
  expect(compareNumbers('290612', '290610', asMeant, true)?.kind).toBe('apart')
})
