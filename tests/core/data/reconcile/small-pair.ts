/** A handful of records on both sides, reconciled with a field map that is written line by line. */
import { expect } from 'vitest'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'

/** `lines`: the first five columns of the field map, or all of one that is not carried. `legacy`, and a target that is no list of resources: CSV by table. */
export async function smallPair(
  lines: readonly string[],
  legacy: Readonly<Record<string, string>>,
  target: readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, string>>,
  status: 'confirmed' | 'suggested' = 'confirmed',
) {
  const map = [header, ...lines.map((line) => (/,(?:not-carried|confirmed),/.test(line) ? line : `${line},,${status},,`))].join(
    '\n',
  )
  const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(`${map}\n`)]]))
  expect(problems).toEqual([])
  const tablesOf = <Side extends 'legacy' | 'target'>(side: Side, all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([table, text]) => ({ name: `${table}.csv`, side, table, text }))
  const migrated = Array.isArray(target)
    ? [
        {
          name: 'all.ndjson',
          side: 'target' as const,
          table: 'all',
          text: target.map((one) => `${JSON.stringify(one)}\n`).join(''),
        },
      ]
    : tablesOf('target', target as Readonly<Record<string, string>>)
  const inputs = [...tablesOf('legacy', legacy), ...migrated].map((one) => ({
    source: bytesSource(one.name, bytes(one.text)),
    side: one.side,
    table: one.table,
    format: null,
    reading: {},
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
