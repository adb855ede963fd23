import { expect, test } from 'vitest'
import { condition, conditionLines, patient, patientLine, smallPair } from './small-pair.ts'

const lines = [
  ...conditionLines,
  'conditions,STATE,copy,,Condition.clinicalStatus.coding.code',
  'conditions,SURE,copy,,Condition.verificationStatus.coding.code',
  'conditions,END,copy,,Condition.abatementDateTime',
]
const patients = 'MRN\nA\nB\n'
const rows = (...list: readonly string[]): string => ['PAT,CODE,DAY,STATE,SURE,END', ...list, ''].join('\n')
const problem = (key: string, code: string, day: string, state: string, sure: string, end?: string) => ({
  ...condition(key, code, day),
  ...(state === '' ? {} : { clinicalStatus: { coding: [{ code: state }] } }),
  verificationStatus: { coding: [{ code: sure }] },
  ...(end === undefined ? {} : { abatementDateTime: end }),
})
const told = async (conditions: string, ...target: readonly ReturnType<typeof problem>[]) =>
  (await smallPair(lines, { patients, conditions }, [patient('A'), patient('B'), ...target])).told

test('a status that did not arrive is told, beside what it makes of the entry', async () => {
  const active = rows('A,10001,2020-01-01,active,confirmed,')
  expect(await told(active, problem('A', '10001', '2020-01-01', '', 'confirmed'))).toEqual({ 'data/field-lost': 1 })
  const resolved = rows('A,10001,2020-01-01,resolved,confirmed,')
  expect(await told(resolved, problem('A', '10001', '2020-01-01', '', 'confirmed'))).toEqual({
    'data/field-lost': 1,
    'data/item-resurrected': 1,
  })
  expect(await told(resolved, problem('A', '10001', '2020-01-01', 'active', 'confirmed'))).toEqual({
    'data/item-resurrected': 1,
  })
})

test('an entry that was ruled out may stay behind, and is the wrong patient where another one has it', async () => {
  const refuted = rows('A,10001,2020-01-01,active,refuted,')
  expect(await told(refuted)).toEqual({})
  expect(await told(refuted, problem('B', '10001', '2020-01-01', 'active', 'refuted'))).toEqual({ 'data/wrong-patient': 1 })
})

test('an entry known by its month is the wrong patient only where further facts speak for it', async () => {
  const month = rows('A,10001,2020-01,resolved,confirmed,2020-03-04')
  const same = problem('B', '10001', '2020-01', 'resolved', 'confirmed', '2020-03-04')
  expect(await told(month, same)).toEqual({ 'data/wrong-patient': 1 })
  const other = problem('B', '10001', '2020-01', 'active', 'confirmed', '2021-05-06')
  expect(await told(month, other)).toEqual({ 'data/item-lost': 1, 'data/item-appeared': 1 })
})

test('entries that two patients got of each other are the wrong patient, not two changed ones', async () => {
  const two = rows('A,10001,2020-01-01,active,confirmed,', 'B,10001,2016-05-03,resolved,confirmed,2016-06-01')
  const [one, other] = [
    ['2020-01-01', 'active'],
    ['2016-05-03', 'resolved', '2016-06-01'],
  ] as const
  const swapped = [
    problem('B', '10001', one[0], one[1], 'confirmed'),
    problem('A', '10001', other[0], other[1], 'confirmed', other[2]),
  ]
  expect(await told(two, ...swapped)).toEqual({ 'data/wrong-patient': 2 })
  const { patientsOff } = await smallPair(lines, { patients, conditions: two }, [patient('A'), patient('B'), ...swapped])
  expect(patientsOff).toBe(2)
  // One of them alone is a changed entry, and so is one that fits nobody.
  const kept = problem('B', '10001', other[0], other[1], 'confirmed', other[2])
  expect((await told(two, kept, problem('A', '10001', '2016-05-03', 'resolved', 'confirmed')))['data/wrong-patient']).toBe(
    undefined,
  )
})

test('codes that a rule exchanged everywhere are no exchanged patients', async () => {
  const two = rows('A,10001,2020-01-01,active,confirmed,', 'B,10002,2020-01-01,active,confirmed,')
  expect(
    await told(
      two,
      problem('A', '10002', '2020-01-01', 'active', 'confirmed'),
      problem('B', '10001', '2020-01-01', 'active', 'confirmed'),
    ),
  ).toEqual({ 'data/field-changed': 2 })
})

test('a number that every patient has anew does not make one entry of two', async () => {
  const numbered = [
    patientLine,
    'visits,NR,copy,role=key,Encounter.identifier.value',
    'visits,PAT,reference,table=patients,Encounter.subject',
    'visits,DAY,copy,,Encounter.period.start',
    'visits,WHY,copy,,Encounter.reasonCode.text',
  ]
  const visit = (key: string, value: string, start: string, text: string) => ({
    resourceType: 'Encounter',
    subject: { reference: `Patient/p${key}` },
    identifier: [{ value }],
    period: { start },
    reasonCode: [{ text }],
  })
  const visits = 'NR,PAT,DAY,WHY\n1,A,2020-01-01,cough\n2,A,2020-03-01,fall\n1,B,2020-02-01,pain\n'
  const of = async (...target: readonly ReturnType<typeof visit>[]) =>
    (await smallPair(numbered, { patients, visits }, [patient('A'), patient('B'), ...target])).told
  const both = [visit('A', '1', '2020-01-01', 'cough'), visit('B', '1', '2020-02-01', 'pain')]
  expect(await of(...both, visit('B', '2', '2019-05-05', 'cold'))).toEqual({ 'data/item-lost': 1, 'data/item-appeared': 1 })
  expect(await of(...both, visit('B', '2', '2020-03-01', 'fall'))).toEqual({ 'data/wrong-patient': 1 })
})

const allergyLines = [
  patientLine,
  'allergies,NR,copy,role=key,AllergyIntolerance.identifier.value',
  'allergies,PAT,reference,table=patients,AllergyIntolerance.patient',
  'allergies,CODE,code,system=http://snomed.info/sct,AllergyIntolerance.code',
  'allergies,DAY,copy,,AllergyIntolerance.onsetDateTime',
]
const allergy = (key: string, nr: string, code: string, onsetDateTime: string) => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: `Patient/p${key}` },
  identifier: [{ value: nr }],
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  onsetDateTime,
})
const noneKnown = '716186003'

test('what is stated about a list is compared like any entry, and found under another patient by its key', async () => {
  const allergies = `NR,PAT,CODE,DAY\n1,A,${noneKnown},2020-01-01\n2,B,91935009,2020-01-02\n`
  const of = async (...target: readonly object[]) =>
    (await smallPair(allergyLines, { patients, allergies }, [patient('A'), patient('B'), ...target] as never)).told
  const peanut = allergy('B', '2', '91935009', '2020-01-02')
  expect(await of(peanut, allergy('A', '1', noneKnown, '2020-01-01'))).toEqual({})
  expect(await of(peanut, allergy('A', '1', noneKnown, '2020-01-02'))).toEqual({ 'data/date-shifted': 1 })
  expect(await of(peanut, allergy('B', '1', noneKnown, '2020-01-01'))).toEqual({
    'data/allergy-state-changed': 1,
    'data/wrong-patient': 1,
  })
})

test('day and month that changed places are seen on the clock of legacy, whatever zone the target writes', async () => {
  const conditions = 'PAT,CODE,DAY\nA,10001,2023-09-07T23:12:40-05:00\nA,10001,2023-01-02T10:00:00-05:00\n'
  const target = [condition('A', '10001', '2023-07-10T06:12:40+02:00'), condition('A', '10001', '2023-01-02T16:00:00+01:00')]
  const found = await smallPair(conditionLines, { patients, conditions }, [patient('A'), patient('B'), ...target])
  expect(Object.values(found.told)).toEqual([1])
  expect(found.told).not.toHaveProperty('data/item-lost')
})

test('a unit that was not converted with its number is another unit, not free text', async () => {
  const of = (code: string) =>
    smallPair(
      [
        patientLine,
        'vitals,PAT,reference,table=patients,Observation.subject',
        'vitals,CODE,code,system=http://loinc.org,Observation.code',
        'vitals,VAL,unit-convert,from=Cel; to=[degF]; digits=0,Observation.valueQuantity.value',
        'vitals,UNIT,constant,value=[degF],Observation.valueQuantity.code',
      ],
      { patients, vitals: 'PAT,CODE,VAL,UNIT\nA,8310-5,36.1,Cel\n' },
      [
        patient('A'),
        patient('B'),
        {
          resourceType: 'Observation',
          subject: { reference: 'Patient/pA' },
          code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] },
          valueQuantity: { value: 97, code },
        },
      ],
    )
  expect((await of('[degF]')).told).toEqual({})
  expect((await of('Cel')).told).toEqual({ 'data/value-changed': 1 })
})

test('what a person leaves behind for some rows has not appeared in the target', async () => {
  const { told } = await smallPair(
    [
      patientLine,
      'patients,NAME,copy,when=KIND=a,Patient.name.family',
      'patients,BORN,copy,when=KIND=b,Patient.birthDate',
      'patients,NAME,,when=KIND=b,,,not-carried,Shortened by the clinic,N',
    ],
    { patients: 'MRN,NAME,KIND,BORN\n1,Ada,a,\n2,Grace,b,1961-04-05\n' },
    [
      { ...patient('1'), name: [{ family: 'Ada' }] },
      { ...patient('2'), name: [{ family: 'G.' }], birthDate: '1961-04-05' },
    ],
  )
  expect(told).toEqual({})
})
