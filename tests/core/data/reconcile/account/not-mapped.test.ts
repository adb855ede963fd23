/** Columns that no line of the field map speaks of: what treatment depends on is asked for, the rest is told. */
import { expect, test } from 'vitest'
import { notMappedCode } from '../../../../../src/core/data/reconcile/account/not-mapped.ts'
import { condition, conditionLines, patient, patientLine, smallPair } from '../small-pair.ts'

const medicineLines = [
  patientLine,
  'meds,PAT,reference,table=patients,MedicationRequest.subject',
  'meds,CODE,code,system=http://www.nlm.nih.gov/research/umls/rxnorm,MedicationRequest.medicationCodeableConcept',
  'meds,START,date,,MedicationRequest.authoredOn',
]
const medicine = {
  resourceType: 'MedicationRequest',
  subject: { reference: 'Patient/pA' },
  medicationCodeableConcept: { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '860975' }] },
  authoredOn: '2020-03-01',
}
const legacy = (columns: string, cells: string) => ({
  patients: 'MRN\nA\n',
  meds: `PAT,CODE,START,${columns}\nA,860975,2020-03-01,${cells}\n`,
})
const target = [patient('A'), medicine]

async function told(lines: readonly string[], tables: Readonly<Record<string, string>>, resources = target as object[]) {
  const { findings, notCompared } = await smallPair(lines, tables, resources as Readonly<Record<string, unknown>>[])
  const own = findings.filter(({ code }) => code === notMappedCode)
  return {
    own: own.map(({ severity, place, safety }) => `${severity} ${place} ${safety}`),
    notCompared: notCompared.map(({ what }) => what),
  }
}

test('a dose without a line is an error, and no number speaks of it', async () => {
  expect(await told(medicineLines, legacy('DOSE', '5 mg'))).toEqual({
    own: ['error meds.DOSE active-medication'],
    notCompared: ['meds.DOSE'],
  })
})

test('a column whose name says nothing is asked about as long as no line carries the dose', async () => {
  expect(await told(medicineLines, legacy('F17', '5 mg'))).toEqual({
    own: ['warning meds.F17 active-medication'],
    notCompared: [],
  })
  const lines = [...medicineLines, 'meds,SIG,copy,,MedicationRequest.dosageInstruction.text']
  const dosed = [patient('A'), { ...medicine, dosageInstruction: [{ text: '5 mg' }] }]
  expect((await told(lines, legacy('SIG,F17', '5 mg,x'), dosed)).own).toEqual([])
  // Its amount beside the words is another matter.
  expect((await told(lines, legacy('SIG,DOSE', '5 mg,5'), dosed)).own).toEqual(['error meds.DOSE active-medication'])
})

test('what a name says to be something else is no matter of treatment', async () => {
  expect((await told(medicineLines, legacy('PAYER', 'Example Insurance'))).own).toEqual([])
})

test('a reason or an empty column is a word about it', async () => {
  const left = 'meds,DOSE,,,,,not-carried,written by hand,A. Example'
  expect((await told([...medicineLines, left], legacy('DOSE', '5 mg'))).own).toEqual([])
  expect((await told(medicineLines, legacy('DOSE', ''))).own).toEqual([])
})

test('a column of a table that becomes two kinds of records is told under the kind that lacks it', async () => {
  const lines = [
    patientLine,
    'notes,KIND,filter,in=P,Condition,,confirmed,Problems,A. Example',
    'notes,KIND,filter,in=A,AllergyIntolerance,,confirmed,Allergies,A. Example',
    'notes,PAT,reference,table=patients,Condition.subject',
    'notes,CODE,code,system=http://snomed.info/sct,Condition.code',
    'notes,PAT,reference,table=patients,AllergyIntolerance.patient',
    'notes,CODE,code,system=http://snomed.info/sct,AllergyIntolerance.code',
  ]
  const tables = { patients: 'MRN\nA\n', notes: 'PAT,KIND,CODE,SEVERITY\nA,P,44054006,\nA,A,91936005,severe\n' }
  const allergy = {
    resourceType: 'AllergyIntolerance',
    patient: { reference: 'Patient/pA' },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '91936005' }] },
  }
  expect(await told(lines, tables, [patient('A'), condition('A', '44054006', '2020-01-01'), allergy])).toMatchObject({
    own: ['error notes.SEVERITY allergy'],
  })
  // Where its element has a line, it is still needed: the amount beside the words.
  const manifested = [...lines, 'notes,REACTION,copy,,AllergyIntolerance.reaction.manifestation.text']
  const more = { patients: 'MRN\nA\n', notes: 'PAT,KIND,CODE,SEVERITY,REACTION\nA,A,91936005,severe,Hives\n' }
  const reacting = { ...allergy, reaction: [{ manifestation: [{ text: 'Hives' }] }] }
  expect((await told(manifested, more, [patient('A'), reacting])).own).toEqual(['error notes.SEVERITY allergy'])
})

test('a column that only chooses rows or lines is asked about as long as nothing carries what it says', async () => {
  const filter = 'meds,DOSE,filter,not-in=void,,,confirmed,Void rows,A. Example'
  const grave = ['error meds.DOSE active-medication']
  expect((await told([...medicineLines, filter], legacy('DOSE', '5 mg'))).own).toEqual(grave)
  const [authored = ''] = medicineLines.slice(-1)
  const chosen = [...medicineLines.slice(0, -1), authored.replace(',date,,', ',date,when="DOSE=5 mg",')]
  expect((await told(chosen, legacy('DOSE', '5 mg'))).own).toEqual(grave)
  const dosed = [patient('A'), { ...medicine, dosageInstruction: [{ text: '5 mg' }] }]
  const carried = [...medicineLines, filter, 'meds,SIG,copy,,MedicationRequest.dosageInstruction.text']
  expect((await told(carried, legacy('SIG,DOSE', '5 mg,5'), dosed)).own).toEqual([])
  // A name that says nothing was looked at by somebody who knows it.
  const unnamed = filter.replace('DOSE', 'F17')
  expect((await told([...medicineLines, unnamed], legacy('F17', '5 mg'))).own).toEqual([])
})

test('a birth date without a line is an error', async () => {
  const tables = { patients: 'MRN,BORN\nA,1970-01-01\n', conditions: 'PAT,CODE,DAY\nA,44054006,2020-01-01\n' }
  const resources = [patient('A'), condition('A', '44054006', '2020-01-01')]
  expect((await told(conditionLines, tables, resources)).own).toEqual(['error patients.BORN identity'])
})
