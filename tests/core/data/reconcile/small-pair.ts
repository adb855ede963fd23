/** A handful of records on both sides, reconciled with a field map that is written line by line. */
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../../src/core/project/rule-pages/pair-example.ts'

/** `lines`: the first five columns of the field map, or all of one that is not carried. `legacy`, and a target that is no list of resources: CSV by table. */
export async function smallPair(
  lines: readonly string[],
  legacy: Readonly<Record<string, string>>,
  target: readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, string>>,
  status: 'confirmed' | 'suggested' = 'confirmed',
) {
  const mapping = mappingOf({ map: lines }, status)
  const inputs = pairFilesOf({ legacy, target }).map(({ name, bytes, ...file }) => ({
    ...file,
    source: bytesSource(name, bytes),
  }))
  const result = await finish(reconcile({ inputs, mapping }, new AbortController().signal))
  return { ...result, told: Object.fromEntries(result.findings.map(({ code, count }) => [code, count])) }
}

export const patientLine = "patients,MRN,copy,role=key,Patient.identifier.where(system='urn:mrn').value"

export const conditionLines = [
  patientLine,
  'conditions,PAT,reference,table=patients,Condition.subject',
  'conditions,CODE,code,system=http://snomed.info/sct,Condition.code',
  'conditions,DAY,copy,,Condition.onsetDateTime',
]

export const patient = (key: string, ...more: readonly object[]) => ({
  resourceType: 'Patient',
  id: `p${key}`,
  identifier: [{ system: 'urn:mrn', value: key }, ...more],
})

export const condition = (key: string, code: string, when: string) => ({
  resourceType: 'Condition',
  subject: { reference: `Patient/p${key}` },
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  onsetDateTime: when,
})
