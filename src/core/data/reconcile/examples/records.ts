/** Records of which the examples of differences are made. */
import type { PairExample } from '../../model/pair-example.ts'

export const snomed = 'http://snomed.info/sct'

/** Two patients of legacy. */
export const patients = 'MRN,NAME\n1,Berg\n2,Kaya\n'

export const patientLines = [
  "patients,MRN,copy,role=key,Patient.identifier.where(system='urn:mrn').value",
  'patients,NAME,copy,,Patient.name.family',
]

export const patient = (number: string, family: string): object => ({
  resourceType: 'Patient',
  id: `p${number}`,
  identifier: [{ system: 'urn:mrn', value: number }],
  name: [{ family }],
})

export const berg = patient('1', 'Berg')
export const kaya = patient('2', 'Kaya')

const subject = (number: string) => ({ reference: `Patient/p${number}` })

const coded = (code: string, system: string | null = snomed) => ({ coding: [system === null ? { code } : { system, code }] })

export const problemLines = [
  'problems,PATIENT,reference,table=patients,Condition.subject',
  `problems,CODE,code,system=${snomed},Condition.code`,
  'problems,SINCE,copy,,Condition.onsetDateTime',
]
export const problemStates = 'problems,STATE,copy,,Condition.clinicalStatus.coding.code'

export const problem = (
  number: string,
  code: string,
  since: string,
  more: object = {},
  system: string | null = snomed,
): object => ({
  resourceType: 'Condition',
  subject: subject(number),
  code: coded(code, system),
  onsetDateTime: since,
  ...more,
})
export const inState = (code: string) => ({ clinicalStatus: { coding: [{ code }] } })

export const allergyLines = [
  'allergies,PATIENT,reference,table=patients,AllergyIntolerance.patient',
  `allergies,CODE,code,system=${snomed},AllergyIntolerance.code`,
  'allergies,STATE,copy,,AllergyIntolerance.clinicalStatus.coding.code',
  'allergies,SEEN,copy,,AllergyIntolerance.onsetDateTime',
  'allergies,SEVERITY,copy,,AllergyIntolerance.criticality',
]

export const allergy = (number: string, code: string, more: object = {}): object => ({
  resourceType: 'AllergyIntolerance',
  patient: subject(number),
  code: coded(code),
  ...inState('active'),
  onsetDateTime: '2019-04-02',
  criticality: 'high',
  ...more,
})

export const resultLines = [
  'results,PATIENT,reference,table=patients,Observation.subject',
  'results,TEST,code,system=http://loinc.org,Observation.code',
  'results,TAKEN,copy,,Observation.effectiveDateTime',
]

export const result = (number: string, test: string, more: object): object => ({
  resourceType: 'Observation',
  subject: subject(number),
  code: coded(test, 'http://loinc.org'),
  effectiveDateTime: '2024-03-11',
  ...more,
})

export const medicineLines = [
  'medicines,PATIENT,reference,table=patients,MedicationStatement.subject',
  `medicines,CODE,code,system=${snomed},MedicationStatement.medicationCodeableConcept`,
  'medicines,SINCE,copy,,MedicationStatement.effectiveDateTime',
]

export const medicine = (number: string, code: string, more: object): object => ({
  resourceType: 'MedicationStatement',
  subject: subject(number),
  medicationCodeableConcept: coded(code),
  effectiveDateTime: '2023-05-04',
  ...more,
})

export const noteLines = [
  'notes,PATIENT,reference,table=patients,DocumentReference.subject',
  'notes,WRITTEN,copy,,DocumentReference.date',
  'notes,TEXT,copy,,DocumentReference.description',
]

export const note = (number: string, written: string, description: string): object => ({
  resourceType: 'DocumentReference',
  subject: subject(number),
  date: written,
  description,
})

/** Patients and one more table, against both patients and these resources. */
export function pairOf(
  lines: readonly string[],
  legacy: Readonly<Record<string, string>>,
  target: readonly object[],
  values?: PairExample['values'],
): PairExample {
  return {
    map: [...patientLines, ...lines],
    legacy: { patients, ...legacy },
    target: [berg, kaya, ...target],
    ...(values === undefined ? {} : { values }),
  }
}
