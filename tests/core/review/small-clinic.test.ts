/** Charts and pairs of single patients, worked out by hand from a few rows. */
import { expect, test } from 'vitest'
import {
  allergy,
  allergyLines,
  chartRows,
  entryText,
  medicine,
  medicineLines,
  pairsOf,
  patientLines,
  person,
  sexes,
  subject,
} from './small-clinic.ts'

const values = { sexes }
const ada = person('A', 'Example', 'Ada', '1970-02-01', 'female')
const adaRow = 'MRN,FAMILY,GIVEN,BORN,SEX\nA,Example,Ada,01/02/1970,F\n'
const bobRow = 'MRN,FAMILY,GIVEN,BORN,SEX\nB,Other,Bob,03/04/1980,M\n'

test('what arrived as it was: each entry with its title, its readings and what no line reads', async () => {
  const [pair] = await pairsOf(
    {
      lines: [
        ...patientLines,
        ...allergyLines,
        ...medicineLines,
        'medicines,STORE,copy,,,,not-carried,kept elsewhere,lee',
        'bookings,MRN,reference,table=patients,Appointment.participant.actor',
        'bookings,STARTS,date-time,order=day-first; zone=Z; role=onset,Appointment.start',
        'bookings,KIND,copy,,Appointment.description',
      ],
      legacy: {
        patients: 'MRN,FAMILY,GIVEN,BORN,SEX,REMARK,BLANK\nA,Example,Ada,01/02/1970,F,hard of hearing,"  "\n',
        allergies: 'MRN,DRUG,SINCE\nA,Penicillin,05/03/2019\n',
        medicines: 'MRN,DRUG,DOSE,SIG,STARTED,STORE\nA,6809,500mg,one with food,02/01/2020,shelf 4\n',
        bookings: 'MRN,KIND,STARTS\nA,Diabetes check,20/01/2026 09:00\n',
      },
      target: [
        ada,
        allergy('A', 'Penicillin', '2019-03-05'),
        medicine('A', '6809', { value: 500, unit: 'mg' }, 'one with food', '2020-01-02'),
        {
          resourceType: 'Appointment',
          participant: [{ actor: { reference: 'Practitioner/7' } }, { actor: subject('A') }],
          description: 'Diabetes check',
          start: '2026-01-20T09:00:00Z',
          comment: 'bring readings',
        },
      ],
      values,
    },
    ['A'],
  )
  if (!pair) throw new Error('no pair')
  expect(chartRows(pair)).toEqual({
    allergies: [
      ['allergy-state', 'same', 'Known allergies', 'Known allergies', null],
      ['allergies:1', 'same-after-rule', 'Penicillin; SINCE: 05/03/2019 (2019-03-05)', 'Penicillin; Since: 2019-03-05', null],
    ],
    medicines: [
      [
        'medicines:1',
        'same-after-rule',
        '6809; DOSE: 500mg (500 mg); SIG: one with food; STARTED: 02/01/2020 (2020-01-02); STORE: shelf 4 (stays behind, by the mapping)',
        'RxNorm 6809; Dosage · text: one with food; Dosage · dose quantity: 500 mg; Ordered: 2020-01-02',
        null,
      ],
    ],
    visits: [
      [
        'bookings:1',
        'same-after-rule',
        'Diabetes check; STARTS: 20/01/2026 09:00 (2026-01-20T09:00:00Z)',
        'Diabetes check; Participant · actor: (Practitioner/7); Start: 2026-01-20T09:00:00Z | Comment: bring readings',
        null,
      ],
    ],
    demographics: [
      [
        'patients:1',
        'same-after-rule',
        'Example, Ada; MRN: A; BORN: 01/02/1970 (1970-02-01); SEX: F (Female) | REMARK: hard of hearing',
        'Example, Ada; Born: 1970-02-01; Sex: female; Identifiers: mrn: A',
        null,
      ],
    ],
  })
  expect(pair.heading).toEqual({ name: 'Example, Ada', birth: '1970-02-01', sex: 'female' })
  const both = { name: 'Example, Ada', number: 'A' }
  expect(pair.chart.heading).toEqual({
    legacy: { ...both, birth: '01/02/1970', sex: 'F' },
    target: { ...both, birth: '1970-02-01', sex: 'female' },
  })
  expect(pair.chart.alarms).toEqual([])
  const items = pair.domains.flatMap((each) => each.items)
  expect(items.map(({ title, codes, critical }) => [title, codes, critical])).toEqual([
    ['Penicillin', [], false],
    ['6809', [], false],
    ['Demographics', [], false],
    ['Diabetes check', [], false],
  ])
})

test('a patient who is missing: every row of one side, one alarm and one cause', async () => {
  const clinic = {
    lines: [...patientLines, ...allergyLines],
    legacy: { patients: bobRow, allergies: 'MRN,DRUG,SINCE\nB,Nickel,05/03/2019\n' },
    target: [ada, allergy('A', 'Penicillin', '2019-03-05')],
    values,
  }
  const [lost, appeared, nobody] = await pairsOf(clinic, ['B', 'A', 'C'])
  if (!lost || !appeared || !nobody) throw new Error('no pair')
  expect(chartRows(lost)).toEqual({
    allergies: [
      ['allergy-state', 'lost', 'Known allergies', null, 'missing-patient:patients:1'],
      ['allergies:1', 'lost', 'Nickel; SINCE: 05/03/2019 (2019-03-05)', null, 'missing-patient:patients:1'],
    ],
    demographics: [
      [
        'patients:1',
        'lost',
        'Other, Bob; MRN: B; BORN: 03/04/1980 (1980-04-03); SEX: M (Male)',
        null,
        'missing-patient:patients:1',
      ],
    ],
  })
  expect(lost.chart.alarms.map(({ kind, rows }) => [kind, rows])).toEqual([['missing-target', ['patients:1']]])
  const [person, entry] = chartRows(appeared).demographics?.[0] ? ['demographics', 'allergies'] : []
  expect([person, entry]).toEqual(['demographics', 'allergies'])
  const own = String(chartRows(appeared).demographics?.[0]?.[0])
  expect(own).toMatch(/^Patient:2:0$/)
  expect(appeared.chart.alarms.map(({ kind, rows }) => [kind, rows])).toEqual([['missing-legacy', [own]]])
  expect(Object.values(chartRows(appeared)).flatMap((rows) => rows.map((row) => [row[2], row[4]]))).toEqual([
    [null, `missing-patient:${own}`],
    [null, `missing-patient:${own}`],
    [null, `missing-patient:${own}`],
  ])
  expect([lost.missing, appeared.missing, nobody.missing]).toEqual(['target', 'legacy', 'both'])
  expect(chartRows(nobody)).toEqual({})
  expect(nobody.chart.alarms.map(({ kind, rows }) => [kind, rows])).toEqual([['missing-both', []]])
})

test.each([
  ['another name alone', ['Other', 'Bob', '1970-02-01', 'female'], false],
  ['another name and sex', ['Other', 'Bob', '1970-02-01', 'male'], true],
  ['another name and birth', ['Other', 'Bob', '1971-02-01', 'female'], true],
  ['another birth and sex', ['Example', 'Ada', '1971-02-01', 'male'], true],
  ['another birth alone', ['Example', 'Ada', '1971-02-01', 'female'], false],
  ['another sex alone', ['Example', 'Ada', '1970-02-01', 'male'], false],
  ['one name in common', ['Example', 'Bob', '1970-02-01', 'male'], false],
  ['the same day with a time, and another name', ['Other', 'Bob', '1970-02-01T00:00:00Z', 'female'], false],
] as const)('somebody else: %s', async (_, [family, given, birth, sex], isOther) => {
  const target = [person('A', family, given, birth, sex)]
  const [pair] = await pairsOf({ lines: patientLines, legacy: { patients: adaRow }, target, values }, ['A'])
  expect(pair?.chart.alarms.map(({ kind }) => kind)).toEqual(isOther ? ['wrong-patient'] : [])
  expect(pair?.chart.alarms.flatMap(({ rows }) => rows)).toEqual(isOther ? ['patients:1'] : [])
})

test('a patient without a family name is headed by the other one', async () => {
  const legacy = { patients: 'MRN,FAMILY,GIVEN,BORN,SEX\nA,,Ada,01/02/1970,F\n' }
  const [pair] = await pairsOf(
    { lines: patientLines, legacy, target: [person('A', null, 'Ada', '1970-02-01', 'female')], values },
    ['A'],
  )
  expect([pair?.chart.heading.legacy?.name, pair?.chart.heading.target?.name]).toEqual(['Ada', 'Ada'])
})

test('a patient who is there twice: the alarm names the second, and its copies are one cause with it', async () => {
  const [pair] = await pairsOf(
    {
      lines: [...patientLines, ...allergyLines],
      legacy: { patients: adaRow, allergies: 'MRN,DRUG,SINCE\nA,Penicillin,05/03/2019\n' },
      target: [ada, person('A', 'Example', 'Ada', '1970-02-01', 'female', 'second'), allergy('A', 'Penicillin', '2019-03-05')],
      values,
    },
    ['A'],
  )
  if (!pair) throw new Error('no pair')
  const second = pair.chart.sections.flatMap(({ rows }) => rows).find(({ target }) => target?.place.id === 'Patient/second')
  expect(second?.legacy).toBeNull()
  expect(pair.chart.alarms).toEqual([
    { kind: 'duplicate', words: 'This patient is there more than once: one chart became several.', rows: [second?.id] },
  ])
  // One row alone needs no cause.
  expect(second?.cause).toBeNull()
})

test('a lost allergy and the changed status are one cause; a lost medicine of the same patient is another matter', async () => {
  const [pair] = await pairsOf(
    {
      lines: [...patientLines, ...allergyLines, ...medicineLines],
      legacy: {
        patients: adaRow,
        allergies: 'MRN,DRUG,SINCE\nA,Penicillin,05/03/2019\n',
        medicines: 'MRN,DRUG,DOSE,SIG,STARTED\nA,6809,500 mg,one with food,02/01/2020\n',
      },
      target: [ada],
      values,
    },
    ['A'],
  )
  if (!pair) throw new Error('no pair')
  const causes = Object.values(chartRows(pair)).flatMap((rows) => rows.map(([id, cls, , , cause]) => [id, cls, cause]))
  expect(causes).toEqual([
    ['allergy-state', 'changed', 'allergy-status:allergy-state'],
    ['allergies:1', 'lost', 'allergy-status:allergy-state'],
    ['medicines:1', 'lost', null],
    ['patients:1', 'same-after-rule', null],
  ])
  const [state] = pair.domains[0]?.items ?? []
  expect(state?.fields.map(({ legacy, target, cls }) => [legacy, target, cls])).toEqual([
    ['Known allergies', 'Allergies not recorded', 'changed'],
  ])
  expect([state?.legacy?.record, state?.target?.id]).toEqual([1, 'Patient/pA'])
  // A list that changed is critical, and so is an allergy that is gone; a lost medicine is less.
  expect(pair.domains.flatMap(({ items }) => items.map(({ id, critical }) => [id, critical]))).toEqual([
    ['allergy-state', true],
    ['allergies:1', true],
    ['medicines:1', false],
    ['patients:1', false],
  ])
})

test('a dose and a day that changed carry their own codes, field by field', async () => {
  const [pair] = await pairsOf(
    {
      lines: [...patientLines, ...medicineLines],
      legacy: { patients: adaRow, medicines: 'MRN,DRUG,DOSE,SIG,STARTED\nA,6809,500 mg,one with food,02/01/2020\n' },
      target: [ada, medicine('A', '6809', { value: 5000, unit: 'mg' }, 'one with food', '2020-07-02')],
      values,
    },
    ['A'],
  )
  const [item] = pair?.domains.flatMap(({ items }) => items).filter(({ id }) => id === 'medicines:1') ?? []
  expect(item?.fields.map(({ label, cls, code }) => [label, cls, code])).toEqual([
    ['STARTED', 'changed', 'data/date-shifted'],
    ['DRUG', 'same-after-rule', null],
    ['DOSE', 'changed', 'data/dose-changed'],
    ['SIG', 'same', null],
  ])
})

test('rows of one code without a counterpart are one cause; another code is another', async () => {
  const lines = [
    ...patientLines,
    'problems,MRN,reference,table=patients,Condition.subject',
    'problems,CODE,value-map,map=problems,Condition.code',
    'problems,DAY,copy,,Condition.onsetDateTime',
  ]
  const problems = { problems: ['D1,Diabetes,http://snomed.info/sct,73211009,equivalent'] }
  const condition = (code: string, day: string) => ({
    resourceType: 'Condition',
    subject: subject('A'),
    code: { coding: [{ system: 'http://snomed.info/sct', code }] },
    onsetDateTime: day,
  })
  const legacy = {
    patients: adaRow,
    problems: 'MRN,CODE,DAY\nA,X9,2019-01-01\nA,X9,2020-01-01\nA,Y1,2021-01-01\nA,D1,2022-01-01\n',
  }
  const target = [
    ada,
    ...['2019', '2020', '2021'].map((year) => condition('999', `${year}-01-01`)),
    condition('73211009', '2022-01-01'),
  ]
  const [pair] = await pairsOf({ lines, legacy, target, values: { ...values, ...problems } }, ['A'])
  if (!pair) throw new Error('no pair')
  expect(
    chartRows(pair)
      .problems?.map(([id, , text, , cause]) => [id, text, cause])
      .sort(),
  ).toEqual([
    ['problems:1', 'X9 (no reading: it is not in the value map problems); DAY: 2019-01-01', 'no-target:problems:1'],
    ['problems:2', 'X9 (no reading: it is not in the value map problems); DAY: 2020-01-01', 'no-target:problems:1'],
    ['problems:3', 'Y1 (no reading: it is not in the value map problems); DAY: 2021-01-01', null],
    ['problems:4', 'D1 (Diabetes); DAY: 2022-01-01', null],
  ])
})

test('a column that two lines read alike is read once, and one that they read apart says both', async () => {
  const lines = [
    ...patientLines,
    ...medicineLines,
    'medicines,STARTED,date,order=day-first,MedicationRequest.dispenseRequest.validityPeriod.start',
    'medicines,STARTED,date,order=month-first,MedicationRequest.dispenseRequest.validityPeriod.end',
  ]
  const two = lines.slice(0, -1)
  const clinic = {
    legacy: { patients: adaRow, medicines: 'MRN,DRUG,DOSE,SIG,STARTED\nA,6809,500 mg,,02/01/2020\n' },
    target: [ada],
    values,
  }
  const started = async (own: readonly string[]) => {
    const [pair] = await pairsOf({ ...clinic, lines: own }, ['A'])
    return pair ? chartRows(pair).medicines?.[0]?.[2] : null
  }
  expect(await started(two)).toBe('6809; DOSE: 500 mg; STARTED: 02/01/2020 (2020-01-02)')
  expect(await started(lines)).toBe('6809; DOSE: 500 mg; STARTED: 02/01/2020 (2020-01-02; 2020-02-01)')
})

const long = 'The letter says at great length what was found, what was given, and who was told of it.'
test.each([
  ['words beside a code, where they are filled', 'NAME,CODE,DAY\nA,Asthma,J45,2020-01-01', 'Asthma; CODE: J45; DAY: 2020-01-01'],
  ['else the code', 'NAME,CODE,DAY\nA,,J45,2020-01-01', 'J45; DAY: 2020-01-01'],
  ['else the name of the table', 'NAME,CODE,DAY\nA,,,2020-01-01', 'Problems; DAY: 2020-01-01'],
])('the title of a problem: %s', async (_, csv, text) => {
  const lines = [
    ...patientLines,
    'problems,MRN,reference,table=patients,Condition.subject',
    'problems,DAY,copy,,Condition.onsetDateTime',
    'problems,CODE,code,system=http://hl7.org/fhir/sid/icd-10,Condition.code.coding',
    'problems,NAME,copy,,Condition.code.text',
  ]
  const [pair] = await pairsOf({ lines, legacy: { patients: adaRow, problems: `MRN,${csv}\n` }, target: [ada], values }, ['A'])
  expect(entryText(pair?.chart.sections.find(({ id }) => id === 'problems')?.rows[0]?.legacy ?? null)).toBe(text)
})

test.each([
  ['a description before another text', 'Cardiology,2020-05-01', 'Cardiology; PLACE: ward 3; DAY: 2020-05-01', 'ward 3'],
  [
    'any short text where the description is too long',
    `"${long}",2020-05-01`,
    `ward 3; ABOUT: ${long}; DAY: 2020-05-01`,
    'ward 3',
  ],
  [
    'the table where nothing is short',
    `"${long}",2020-05-01`,
    `Letters; PLACE: ${long}; ABOUT: ${long}; DAY: 2020-05-01`,
    `"${long}"`,
  ],
])('the title of a letter: %s', async (_, cells, text, place) => {
  const lines = [
    ...patientLines,
    'letters,MRN,reference,table=patients,DocumentReference.subject',
    'letters,PLACE,copy,,DocumentReference.language',
    'letters,ABOUT,copy,,DocumentReference.description',
    'letters,DAY,copy,role=onset,DocumentReference.date',
  ]
  const legacy = { patients: adaRow, letters: `MRN,PLACE,ABOUT,DAY\nA,${place},${cells}\n` }
  const [pair] = await pairsOf({ lines, legacy, target: [ada], values }, ['A'])
  expect(entryText(pair?.chart.sections.find(({ id }) => id === 'documents')?.rows[0]?.legacy ?? null)).toBe(text)
})
