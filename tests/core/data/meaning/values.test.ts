import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodes } from '../../../../src/core/data/meaning/compare-codes.ts'
import { compareNumbers } from '../../../../src/core/data/meaning/compare-numbers.ts'
import { compareTexts } from '../../../../src/core/data/meaning/compare-texts.ts'
import { compareUnits } from '../../../../src/core/data/meaning/compare-units.ts'
import { equalRuleWords } from '../../../../src/core/data/meaning/rules.ts'
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
        // Only a rounding of more than a twentieth is told from one side alone.
        const [wide, fine] = Math.abs(Number(a)) < Math.abs(Number(b)) ? [a, b] : [b, a]
        expect(Math.abs(Number(fine) - Number(wide)) * 20).toBeGreaterThan(Math.abs(Number(wide)) * 0.99)
      }
    }),
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
  ['5', 'U', '5', '[iU]', 'other'],
  ['60', 'mL/min/1.73m2', '60', 'mL/min/{1.73_m2}', 'same unit-spelling'],
  ['60', 'mL/min', '60', 'mL/min/{1.73_m2}', 'other'],
  ['0.5', 'ug{FEU}/mL', '0.5', 'ug{DDU}/mL', 'other'],
  ['0.5', 'ug{FEU}/mL', '0.5', 'mg{FEU}/L', 'same unit-spelling'],
] as const)('%s %s beside %s %s: %s', (value, unit, found, other, expected) => {
  expect(converted(value, unit, found, other)).toBe(expected)
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
