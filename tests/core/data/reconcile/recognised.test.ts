import { expect, test } from 'vitest'
import { condition, conditionLines, patient, patientLine, smallPair } from './small-pair.ts'

const lines = [
  ...conditionLines.filter((line) => !line.includes('CODE')),
  'conditions,CODE,copy,role=code,Condition.code.coding.code',
  'conditions,NOTE,copy,,Condition.note.text',
]

test('a record with the codes of two entries is given to the one it is more like, whatever the order', async () => {
  const both = {
    ...condition('A', 'X', '2020-01-01'),
    code: {
      coding: [
        { system: 's', code: 'X' },
        { system: 't', code: 'Y' },
      ],
    },
    note: [{ text: 'two' }],
  }
  const rows = ['A,X,2020-01-01,one', 'A,Y,2020-01-01,two']
  const of = async (list: readonly string[]) => {
    const conditions = ['PAT,CODE,DAY,NOTE', ...list, ''].join('\n')
    return (await smallPair(lines, { patients: 'MRN\nA\n', conditions }, [patient('A'), both])).told
  }
  const told = await of(rows)
  expect(told).toMatchObject({ 'data/item-lost': 1 })
  expect(told).not.toHaveProperty('data/field-changed')
  expect(await of(rows.toReversed())).toEqual(told)
})

const pair = [patient('A', { system: 'urn:a', value: '77' }), patient('B', { system: 'urn:b', value: '77' })]
const named = (subject: object) => ({ ...condition('', '10001', '2020-01-01'), subject })
const ofPatient = async (key: string, subject: object, patients: readonly object[] = pair) => {
  const conditions = `PAT,CODE,DAY\n${key},10001,2020-01-01\n`
  return (await smallPair(conditionLines, { patients: 'MRN\nA\nB\n', conditions }, [...patients, named(subject)] as never)).told
}

test.each([
  ['by identifier', { identifier: { system: 'urn:b', value: '77' } }],
  ['by search', { reference: 'Patient?identifier=urn:b|77' }],
] as const)('two patients share a number of two systems: a reference %s means the one of its system', async (_, subject) => {
  for (const patients of [pair, pair.toReversed()]) {
    expect(await ofPatient('B', subject, patients)).toEqual({})
    expect(await ofPatient('A', subject, patients)).toEqual({ 'data/wrong-patient': 1 })
  }
})

test('a reference whose system the patient does not state finds him by the number, unless it is that of two', async () => {
  const one = [patient('A', { value: '78' }), patient('B')]
  expect(await ofPatient('A', { identifier: { system: 'urn:b', value: '78' } }, one)).toEqual({})
  expect(await ofPatient('A', { identifier: { value: '78' } }, one)).toEqual({})
  // A number of two patients names neither of them.
  for (const key of ['A', 'B']) expect(await ofPatient(key, { identifier: { value: '77' } })).not.toEqual({})
})

test('a sign before a result is lost where only the number is carried', async () => {
  const of = (more: readonly string[], value: object) =>
    smallPair(
      [
        patientLine,
        'labs,PAT,reference,table=patients,Observation.subject',
        'labs,CODE,code,system=http://loinc.org,Observation.code',
        'labs,VAL,quantity,unit=mg,Observation.valueQuantity.value',
        ...more,
      ],
      { patients: 'MRN\nA\n', labs: 'PAT,CODE,VAL,SIGN\nA,2160-0,<5,<\n' },
      [
        patient('A'),
        {
          resourceType: 'Observation',
          subject: { reference: 'Patient/pA' },
          code: { coding: [{ system: 'http://loinc.org', code: '2160-0' }] },
          valueQuantity: value,
        },
      ],
    )
  expect((await of([], { value: 5, unit: 'mg' })).told).toEqual({ 'data/comparator-lost': 1 })
  const sign = ['labs,SIGN,copy,,Observation.valueQuantity.comparator']
  expect((await of(sign, { value: 5, comparator: '<', unit: 'mg' })).told).toEqual({})
})

test('where the record of one patient stands under another, its entries are the wrong patient, and a new key is not', async () => {
  const conditions = 'PAT,CODE,DAY\nA,10001,2020-01-01\nB,10002,2020-01-02\n'
  const legacy = { patients: 'MRN\nA\nB\n', conditions }
  const own = condition('A', '10001', '2020-01-01')
  const merged = await smallPair(conditionLines, legacy, [patient('A'), own, condition('A', '10002', '2020-01-02')])
  expect(merged.told).toEqual({ 'data/patient-lost': 1, 'data/wrong-patient': 1 })
  expect([merged.unaccounted, merged.unexplained]).toEqual([2, 1])
  const renamed = await smallPair(conditionLines, legacy, [
    patient('A'),
    own,
    patient('C'),
    condition('C', '10002', '2020-01-02'),
  ])
  expect(renamed.told).toEqual({ 'data/patient-lost': 1, 'data/patient-appeared': 1 })
})

test('of many entries alike on one day, all that went to another patient are found', async () => {
  const keys = Array.from({ length: 500 }, (_, i) => `K${i}`)
  const rows = keys.flatMap((key, i) => (i % 2 === 0 ? [`${key},10001,2020-01-01`] : []))
  const legacy = { patients: ['MRN', ...keys, ''].join('\n'), conditions: ['PAT,CODE,DAY', ...rows, ''].join('\n') }
  const moved = keys.flatMap((key, i) => (i % 2 === 0 ? [] : [condition(key, '10001', '2020-01-01')]))
  const { told } = await smallPair(conditionLines, legacy, [...keys.map((key) => patient(key)), ...moved])
  expect(told).toEqual({ 'data/wrong-patient': 250 })
})

test('where a patient has too many entries of a day to hold all beside each other, that is said', async () => {
  const count = 250
  const rows = Array.from({ length: count }, (_, i) => `A,1${i},2020-01-01`)
  const legacy = { patients: 'MRN\nA\n', conditions: ['PAT,CODE,DAY', ...rows, ''].join('\n') }
  const target = Array.from({ length: count }, (_, i) => condition('A', `2${i}`, '2020-01-01'))
  const of = async (n: number) => (await smallPair(conditionLines, legacy, [patient('A'), ...target.slice(0, n)])).notEvaluated
  expect(await of(count)).toEqual([
    {
      what: 'conditions: 250 entries',
      why: 'a patient has so many of one code or day that only the nearest in time were compared; add a key to the field map',
    },
  ])
  expect(await of(100)).toEqual([])
})
