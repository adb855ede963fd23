/** What the comparison of all patients counts and finds in a clinic of a few rows, and the defects that can be seeded into one. */
import { expect, test } from 'vitest'
import type { Update } from '../../../src/core/operation.ts'
import { finish } from '../../../src/core/operation.ts'
import type { PairPartial, PairResult } from '../../../src/core/review/model/pair-types.ts'
import { pairAll } from '../../../src/core/review/pair/pair.ts'
import {
  allergy,
  allergyLines,
  inputOf,
  medicine,
  medicineLines,
  pairsOf,
  patientLines,
  person,
  type SmallClinic,
  sexes,
  subject,
} from './small-clinic.ts'

const { signal } = new AbortController()
const values = { sexes }
const header = 'MRN,FAMILY,GIVEN,BORN,SEX'
const bookingLines = [
  'bookings,MRN,reference,table=patients,Appointment.participant.actor',
  'bookings,KIND,copy,role=code,Appointment.description',
  'bookings,STARTS,date-time,order=day-first; zone=Z; role=onset,Appointment.start',
  'bookings,NOTED,date,order=day-first,Appointment.created',
]

test('strata of a patient: the site, what is booked within thirty days, allergies and five current medicines', async () => {
  const clinic: SmallClinic = {
    lines: [
      ...patientLines,
      'patients,SITE,copy,role=site,Patient.managingOrganization.reference',
      ...allergyLines,
      ...medicineLines,
      'medicines,STATE,copy,role=status,MedicationRequest.status',
      ...bookingLines,
    ],
    legacy: {
      patients: `${header},SITE\nA,Example,Ada,01/02/1970,F,north\nB,Other,Bob,03/04/1980,M,\nC,Third,Cy,03/04/1981,M,south\nD,Fourth,Di,03/04/1982,F,\n`,
      allergies: 'MRN,DRUG,SINCE\nA,Penicillin,05/03/2019\n',
      medicines: `MRN,DRUG,DOSE,SIG,STARTED,STATE\n${['A', 'B']
        .flatMap((key) =>
          [1, 2, 3, 4, 5].map((n) => `${key},680${n},5 mg,x,0${n}/01/2020,${key === 'B' && n === 5 ? 'stopped' : 'active'}`),
        )
        .join('\n')}\n`,
      // The day of reading is 10-Jan-2026: thirty days on is 09-Feb-2026.
      bookings:
        'MRN,KIND,STARTS,NOTED\nA,Check,10/01/2026 09:00,\nB,Check,09/02/2026 23:59,\nC,Check,10/02/2026 00:00,11/01/2026\nD,Check,09/01/2026 23:59,\n',
    },
    target: [],
    values,
  }
  const { frame } = await finish(pairAll(inputOf(clinic), signal))
  expect(
    frame.map(({ key, site, allergies, fiveMedicines, bookedSoon }) => [key, site, allergies, fiveMedicines, bookedSoon]),
  ).toEqual([
    ['A', 'north', true, true, true],
    ['B', '', false, false, true],
    ['C', 'south', false, false, false],
    ['D', '', false, false, false],
  ])
})

test('counts of entries, of states and of findings, and of how many', async () => {
  const clinic: SmallClinic = {
    lines: [...patientLines, ...allergyLines],
    legacy: {
      patients: `${header},REMARK\nA,Example,Ada,01/02/1970,F,hard of hearing\nB,Other,Bob,03/04/1980,M,\n`,
      allergies: 'MRN,DRUG,SINCE,REACTION\nA,Penicillin,05/03/2019,rash\nB,Nickel,05/03/2019,\n',
    },
    target: [
      person('A', 'Example', 'Ada', '1970-02-01', 'female'),
      person('B', 'Other', 'Bob', '1980-04-03', 'male'),
      person('Z', 'New', 'Zoe', '1990-04-03', 'female'),
      allergy('A', 'Penicillin', '2019-03-05'),
    ],
    values,
  }
  const updates: Update<PairPartial, PairResult>[] = []
  for await (const update of pairAll(inputOf(clinic), signal)) updates.push(update)
  const { kind, value } = updates.at(-1) as { kind: 'result'; value: PairResult }
  expect(kind).toBe('result')
  expect([value.patients, value.targetOnly, value.passes]).toEqual([2, ['Z'], 1])
  expect(value.itemsByTable).toEqual({
    allergies: { same: 0, sameAfterRule: 1, changed: 0, lost: 1, appeared: 0, resurrected: 0 },
    patients: { same: 0, sameAfterRule: 2, changed: 0, lost: 0, appeared: 1, resurrected: 0 },
  })
  expect(value.items).toEqual({ same: 0, sameAfterRule: 3, changed: 0, lost: 1, appeared: 1, resurrected: 0 })
  expect(value.allergyStates).toEqual({ 'known → known': 1, 'known → not-recorded': 1 })
  expect(value.findings.map(({ code, count, denominator }) => [code, count, denominator])).toEqual([
    ['data/allergy-lost', 1, 2],
    ['data/allergy-state-changed', 1, 2],
    // No line speaks of a filled cell of REACTION.
    ['data/not-mapped', 1, null],
    ['data/patient-appeared', 1, 4],
  ])
  expect(updates.filter((update) => update.kind === 'partial')).toEqual([
    { kind: 'partial', value: { patients: 2, items: value.items } },
  ])
  expect(value.frame.map(({ key, critical }) => [key, critical])).toEqual([
    ['A', false],
    ['B', true],
  ])
})

test('a dose in words is made tenfold in its own digits', async () => {
  const lines = [
    ...patientLines,
    'results,MRN,reference,table=patients,Observation.subject',
    'results,NAME,copy,role=code,Observation.code.text',
    'results,WORDS,copy,,Observation.valueString',
  ]
  const observation = (valueString: string) => ({
    resourceType: 'Observation',
    subject: subject('A'),
    code: { text: 'Weight' },
    valueString,
  })
  const seeded = async (words: string) => {
    const clinic: SmallClinic = {
      lines,
      legacy: { patients: `${header}\nA,Example,Ada,01/02/1970,F\n`, results: `MRN,NAME,WORDS\nA,Weight,${words}\n` },
      target: [person('A', 'Example', 'Ada', '1970-02-01', 'female'), observation(words)],
      values,
    }
    const [copy] = await pairsOf(clinic, [], [{ id: 'ff', key: 'A', seed: 's' }])
    const field = copy?.domains
      .flatMap(({ items }) => items)
      .flatMap(({ fields }) => fields)
      .find(({ label }) => label === 'WORDS')
    const row = copy?.chart.sections.find(({ id }) => id === 'results')?.rows[0]
    const shown = row?.target?.details.find(({ label }) => label === 'Result')?.text ?? null
    return [copy?.trap?.kind ?? null, copy?.key ?? null, field?.target ?? null, shown]
  }
  const tenfold: Readonly<Record<string, string>> = {
    '2.5 kg': '25 kg',
    '2.55 kg': '25.5 kg',
    '0.05 mg': '0.5 mg',
    '12 kg': '120 kg',
    'about 7%': 'about 70%',
  }
  for (const [was, is] of Object.entries(tenfold)) expect(await seeded(was)).toEqual(['number-times-ten', 'ff', is, is])
  // A number without a unit, no number at all, and a day offer nothing to alter.
  for (const words of ['12', 'none', '2020-01-02 at 9h']) expect(await seeded(words)).toEqual([null, null, null, null])
})

test('a seeded defect stands on the chart in the amount and in the sentence beside it', async () => {
  const clinic: SmallClinic = {
    lines: [...patientLines, ...medicineLines],
    legacy: {
      patients: `${header}\nA,Example,Ada,01/02/1970,F\n`,
      medicines: 'MRN,DRUG,DOSE,SIG,STARTED\nA,6809,500 mg,500 mg with food,02/01/2020\nA,7000,1500 mg,at night,03/01/2020\n',
    },
    target: [
      person('A', 'Example', 'Ada', '1970-02-01', 'female'),
      medicine('A', '6809', { value: 500, unit: 'mg' }, '500 mg with food', '2020-01-02'),
      medicine('A', '7000', { value: 1500, unit: 'mg' }, 'at night', '2020-01-03'),
    ],
    values,
  }
  const seeds = Array.from({ length: 24 }, (_, n) => ({ id: `t${n}`, key: 'A', seed: `seed ${n}` }))
  const copies = await pairsOf(clinic, [], seeds)
  expect(copies).toHaveLength(24)
  const tenfold = copies.filter(({ trap }) => trap?.kind === 'number-times-ten')
  expect(tenfold.length).toBeGreaterThan(2)
  const texts = tenfold.map(({ chart, trap }) => {
    const row = chart.sections.find(({ id }) => id === 'medicines')?.rows.find(({ id }) => trap?.items.includes(id))
    return [trap?.items, row?.target?.details.slice(0, 2).map(({ text }) => text)]
  })
  const known = [
    [['medicines:1'], ['5000 mg with food', '5000 mg']],
    [['medicines:1'], ['5000 mg with food', '500 mg']],
    [['medicines:2'], ['at night', '15000 mg']],
  ]
  for (const text of texts) expect(known).toContainEqual(text)
  const lost = copies.filter(({ trap }) => trap?.kind === 'entry-lost')
  expect(lost.length).toBeGreaterThan(0)
  for (const { chart, trap } of lost)
    expect(
      chart.sections
        .flatMap(({ rows }) => rows)
        .filter(({ target }) => target === null)
        .map(({ id }) => id),
    ).toEqual(trap?.items)
})
