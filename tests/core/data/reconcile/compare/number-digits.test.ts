import { expect, test } from 'vitest'
import { patient, patientLine, smallPair } from '../small-pair.ts'

const lines = [
  patientLine,
  'labs,PAT,reference,table=patients,Observation.subject',
  'labs,CODE,code,system=http://loinc.org,Observation.code',
  'labs,AT,date,role=onset,Observation.effectiveDateTime',
  'labs,VAL,number-format,,Observation.valueQuantity.value',
]
const day = (i: number): string => `2020-03-${String(i + 1).padStart(2, '0')}`

type Pair = readonly [legacy: string, target: number, code?: string | undefined]

/** One result per pair of numbers, of one code where none is given. */
async function told(pairs: readonly Pair[], by = lines) {
  const labs = ['PAT,CODE,AT,VAL', ...pairs.map(([value, , code = '2823-3'], i) => `A,${code},${day(i)},${value}`), ''].join('\n')
  const target = pairs.map(([, value, code = '2823-3'], i) => ({
    resourceType: 'Observation',
    subject: { reference: 'Patient/pA' },
    code: { coding: [{ system: 'http://loinc.org', code }] },
    effectiveDateTime: day(i),
    valueQuantity: { value },
  }))
  return (await smallPair(by, { patients: 'MRN\nA\n', labs }, [patient('A'), ...target])).told
}

const fine = Array.from({ length: 12 }, (_, i): readonly [string, number] => [`4.${(i % 9) + 1}`, 4 + ((i % 9) + 1) / 10])

test('a whole number among numbers with decimals is no rounding of another one', async () => {
  expect(await told([...fine, ['1', 1.4]])).toEqual({ 'data/value-changed': 1 })
  expect(await told([...fine, ['4.3', 4]])).toEqual({ 'data/value-changed': 1 })
  // What rounds to it with the decimal that others have is equal.
  expect(await told([...fine, ['5', 5.04]])).toEqual({})
})

test('a person can say that whole numbers are compared', async () => {
  const loose = lines.map((line) => line.replace('number-format,', 'number-format,decimals=0'))
  expect(await told([...fine, ['4', 4.4]], loose)).toEqual({})
})

test('a column of whole numbers is coarser', async () => {
  const whole = Array.from({ length: 12 }, (_, i): readonly [string, number] => [String(60 + i), 60 + i + 0.4])
  expect(await told(whole)).toEqual({})
})

test('a small number may lose much to the decimals that its column has, a usual one may not', async () => {
  const many = [26.3, 80.1, 54.7, 12.6].map((value): readonly [string, number] => [`${value}4`, value])
  expect(await told([...many, ['0.36', 0.4]])).toEqual({ 'data/precision-lost': 5 })
  const potassium = [3.9, 4.4, 5.6, 4.1].map((value): readonly [string, number] => [String(value), Math.round(value)])
  expect((await told(potassium))['data/value-changed']).toBeGreaterThan(0)
})

test('of few numbers a large rounding is another number; a legacy column that is coarser throughout explains it', async () => {
  expect(await told([['1', 1.4]])).toEqual({ 'data/value-changed': 1 })
  expect(await told([['0', 0.4]])).toEqual({ 'data/value-changed': 1 })
  const small = Array.from({ length: 12 }, (_, i): readonly [string, number] => [(0.2 + i / 100).toFixed(1), 0.20123 + i / 100])
  expect(await told(small)).toEqual({})
  const whole = Array.from({ length: 12 }, (_, i): readonly [string, number] => [String(i), i])
  expect(await told([...whole, ['1', 1.4]])).toEqual({ 'data/value-changed': 1 })
})

test('a code with few numbers is coarser in legacy where the other codes of its column are, each by its own decimals', async () => {
  const sodium = [138.25, 141.13, 136.48, 139.91, 144.37, 137.72].map((value): Pair => [value.toFixed(0), value, '2951-2'])
  const potassium = [3.912, 4.448, 5.631, 4.127, 4.785, 3.684].map((value): Pair => [value.toFixed(1), value, '2823-3'])
  const rounded = [...sodium, ...potassium]
  expect(await told([...rounded, ['9', 9.47, '1742-6'], ['31', 30.62, '1742-6']])).toEqual({})
  // Another column that legacy writes as finely as the target explains nothing.
  const alike = rounded.map(([, value, code]): Pair => [String(value), value, code])
  expect(await told([...alike, ['9', 9.47, '1742-6'], ['31', 30.62, '1742-6']])).toEqual({ 'data/value-changed': 1 })
  // Nor is a code coarse of which legacy knows decimals.
  expect(await told([...rounded, ['9', 9.47, '1742-6'], ['30.62', 30.62, '1742-6']])).toEqual({ 'data/value-changed': 1 })
})

test('wrong numbers of a rare code are no evidence that legacy is coarser', async () => {
  const potassium = [3.9, 4.4, 5.6, 4.1, 4.7, 3.6, 4.2, 4.8, 5.1, 3.8].map((value): Pair => [String(value), value])
  const wrong: readonly Pair[] = [
    ['2', 2.4, '6301-6'],
    ['3', 3.4, '6301-6'],
  ]
  expect(await told([...potassium.slice(0, 8), ...wrong])).toEqual({ 'data/value-changed': 2 })
})

test('copied figures are compared in their units, and a comma that may be a thousand is asked about', async () => {
  const copied = [...lines.slice(0, 4), 'labs,VAL,copy,,Observation.valueQuantity.value']
  const units = [...copied, 'labs,UNIT,copy,,Observation.valueQuantity.unit']
  const one = async (value: string, unit: string, found: number, other: string) => {
    const labs = `PAT,CODE,AT,VAL,UNIT\nA,2823-3,${day(1)},"${value}",${unit}\n`
    const target = {
      resourceType: 'Observation',
      subject: { reference: 'Patient/pA' },
      code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] },
      effectiveDateTime: day(1),
      valueQuantity: { value: found, unit: other },
    }
    return (await smallPair(units, { patients: 'MRN\nA\n', labs }, [patient('A'), target])).told
  }
  expect(await one('5', 'ug', 5, 'mg')).toMatchObject({ 'data/value-changed': 1 })
  expect(await one('183', 'cm', 1.8, 'm')).toEqual({ 'data/precision-lost': 1 })
  expect(await one('1,234', 'mg', 1.234, 'mg')).toEqual({ 'data/value-changed': 1 })
  expect(await one('12,34', 'mg', 12.34, 'mg')).toEqual({})
})
