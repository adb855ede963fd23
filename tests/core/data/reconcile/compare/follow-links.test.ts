import { expect, test } from 'vitest'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { ReconcileResult } from '../../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
const lines = [
  'pat,NR,copy,role=key,Patient.identifier.value',
  'vis,VID,copy,role=key,Encounter.identifier.value',
  'vis,NR,reference,table=pat,Encounter.subject',
  'vis,FROM,date-time,role=onset,Encounter.period.start',
  'res,NR,reference,table=pat,Observation.subject',
  'res,VID,reference,table=vis,Observation.encounter',
  'res,TEST,code,system=http://loinc.org,Observation.code',
  'res,AT,date-time,,Observation.effectiveDateTime',
].map((line) => `${line},,confirmed,,`)

const legacy = {
  pat: 'NR\n1\n',
  vis: 'NR,VID,FROM\n1,A1,2024-01-02T10:00:00Z\n1,A2,2024-03-04T10:00:00Z\n',
  res: 'NR,VID,TEST,AT\n1,A1,718-7,2024-01-02T10:05:00Z\n1,A2,718-7,2024-03-04T10:05:00Z\n1,,2345-7,2024-03-04T10:05:00Z\n',
}

/** Ids of the target have nothing of legacy in them; links take several forms. */
function target(links: readonly (object | null)[], visits: readonly string[] = ['v1', 'v2']): string {
  const at = ['2024-01-02T10:00:00Z', '2024-03-04T10:00:00Z']
  const when = ['2024-01-02T10:05:00Z', '2024-03-04T10:05:00Z', '2024-03-04T10:05:00Z']
  const subject = { reference: 'Patient/p' }
  const all = [
    { resourceType: 'Patient', id: 'p', identifier: [{ value: '1' }] },
    ...visits.map((id, n) => ({
      resourceType: 'Encounter',
      id,
      subject,
      identifier: [{ system: 'urn:x', value: `A${n + 1}` }],
      period: { start: at[n] },
    })),
    ...when.map((effectiveDateTime, n) => ({
      resourceType: 'Observation',
      id: `o${n}`,
      subject,
      ...(links[n] ? { encounter: links[n] } : {}),
      code: { coding: [{ system: 'http://loinc.org', code: n === 2 ? '2345-7' : '718-7' }] },
      effectiveDateTime,
    })),
  ]
  return all.map((one) => JSON.stringify(one)).join('\n')
}

async function told(text: string): Promise<readonly (readonly [string, number])[]> {
  const { mapping } = readMapping(new Map([['mapping/fields.csv', new TextEncoder().encode([head, ...lines].join('\n'))]]))
  const one = (name: string, table: string, content: string, side: 'legacy' | 'target') => ({
    source: bytesSource(name, new TextEncoder().encode(content)),
    side,
    format: null,
    table,
    reading: {},
  })
  const inputs = [
    ...Object.entries(legacy).map(([table, content]) => one(`${table}.csv`, table, content, 'legacy')),
    one('target.ndjson', 'target', text, 'target'),
  ]
  const result: ReconcileResult = await finish(reconcile({ inputs, mapping }, new AbortController().signal))
  return result.findings.map(({ code, count }) => [code, count])
}

test('a link is followed to what its row became, in every form that a reference has', async () => {
  expect(await told(target([{ reference: 'Encounter/v1' }, { reference: 'https://a.org/fhir/Encounter/v2' }, null]))).toEqual([])
  expect(await told(target([{ reference: 'Encounter?identifier=urn:x|A1' }, { identifier: { value: 'A2' } }, null]))).toEqual([])
})

test('a link to another visit, to none that is there, or one that is gone is told once', async () => {
  const right = { reference: 'Encounter/v1' }
  expect(await told(target([right, { reference: 'Encounter/v1' }, null]))).toEqual([['data/field-changed', 1]])
  expect(await told(target([right, { reference: 'Encounter/v9' }, null]))).toEqual([['data/field-changed', 1]])
  expect(await told(target([right, null, null]))).toEqual([['data/field-lost', 1]])
})

test('a visit that did not arrive is told by itself, not once per link to it', async () => {
  const codes = await told(target([{ reference: 'Encounter/v1' }, { reference: 'Encounter/v2' }, null], ['v1']))
  expect(codes).toEqual([['data/item-lost', 1]])
})
