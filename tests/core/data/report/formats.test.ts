import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import { AllRows } from '../../../../src/core/data/report/all-rows.ts'
import { type ReportDocument, reportOf } from '../../../../src/core/data/report/document.ts'
import { reportFormats } from '../../../../src/core/data/report/index.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

async function report(reveal: boolean): Promise<ReportDocument> {
  const source = bytesSource('p.csv', new TextEncoder().encode('id,sex,born\n1,CANARY<b>|x,1990-02-30\n2,F,1990-02-28\n3,F\n'))
  const schema = { fields: [{ name: 'id' }, { name: 'sex', constraints: { enum: ['F'] } }, { name: 'born', type: 'date' }] }
  const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema }]
  const result = await finish(validate({ inputs }, signal))
  return reportOf(result, { version: '0', run: { started: 'then', seconds: 0 }, paths: ['data/p.csv'], reveal })
}

test('no format shows a value unless it was asked for', async () => {
  for (const [name, render] of reportFormats) {
    expect(render(await report(false)), name).not.toContain('CANARY')
    if (name === 'json') expect(render(await report(true))).toContain('CANARY')
  }
})

test('the JSON has the promised names, and its summary counts occurrences', async () => {
  const document = await report(false)
  expect(document.inputs[0]).toMatchObject({
    path: 'data/p.csv',
    format: 'csv',
    encoding: 'utf-8',
    records: 3,
    status: 'read',
    dialect: { delimiter: ',', headerRows: 1, skipRows: 0 },
  })
  expect(document.findings.map(({ code, field, count, denominator }) => [code, field, count, denominator])).toEqual([
    ['data/date-format', 'born', 1, 2],
    ['data/ragged-row', null, 1, 3],
    ['data/value-list', 'sex', 1, 2],
  ])
  expect(document.summary).toMatchObject({ error: 3, recordsWithErrors: 2 })
  expect(document.findings[0]?.rows[0]).toMatchObject({ record: 1, line: 2, byte: 26, value: null })
})

test('SARIF, JUnit and OperationOutcome say the same in their own words', async () => {
  const document = await report(false)
  const sarif = JSON.parse(reportFormats.get('sarif')?.(document) ?? '')
  expect(sarif.runs[0].results.map((result: { ruleId: string }) => result.ruleId)).toEqual(
    document.findings.map((finding) => finding.code),
  )
  expect(sarif.runs[0].results[0].locations[0].physicalLocation.region).toMatchObject({ startLine: 2, byteOffset: 26 })
  const outcome = JSON.parse(reportFormats.get('operationoutcome')?.(document) ?? '')
  expect(outcome.issue.map((issue: { severity: string; code: string }) => `${issue.severity} ${issue.code}`)).toEqual([
    'error value',
    'error structure',
    'error code-invalid',
    ...document.notEvaluated.map(() => 'information not-supported'),
  ])
  expect(reportFormats.get('junit')?.(document)).toContain('tests="4" failures="3"')
})

test('a first row that was taken for the header shows in no format', async () => {
  const source = bytesSource(
    'p.csv',
    new TextEncoder().encode('CANARY,CANARY 2,Ada\n1,31/12/1999,x\n2,01/13/1999,y\n3,12/31/2000,z\n'),
  )
  const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema: null }]
  const result = await finish(validate({ inputs }, signal))
  const document = reportOf(result, { version: '0', run: { started: 'then', seconds: 0 }, paths: ['p.csv'], reveal: false })
  expect(document.quality.map(({ field }) => field)).toEqual(['column 1', 'column 2', 'column 3'])
  for (const [name, render] of reportFormats) expect(render(document), name).not.toContain('CANARY')
})

test('no format names a resource by its id unless it was asked for; its type, line and byte remain', async () => {
  const lines = [
    { resourceType: 'Patient', id: 'CANARY-1', gender: 'xx', birthDate: '1990-02-30', contact: [{ relationship: 'CANARY-2' }] },
    { resourceType: 'Patient', id: 'CANARY-1', managingOrganization: { reference: 'Organization/CANARY-3' } },
    { resourceType: 'Observation', id: 'CANARY-4', subject: { reference: 'Patient/CANARY-5' }, contained: [{ id: 'CANARY-6' }] },
    { resourceType: 'Patient', id: 'CANARY id that is none', unknownMember: 1 },
  ]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const source = bytesSource('p.ndjson', new TextEncoder().encode(text))
  const inputs = [{ source, side: null, format: null, table: 'p', reading: {}, schema: null }]
  const watch = new AllRows({ code: 'data/fhir-unknown-element', place: null }, ['p.ndjson'], false)
  const result = await finish(validate({ inputs, observer: watch }, signal, createFhirJudge))
  const told = (reveal: boolean) =>
    reportOf(result, { version: '0', run: { started: 'then', seconds: 0 }, paths: ['p.ndjson'], reveal })
  const rows = told(false).findings.flatMap((finding) => finding.rows)
  expect(rows.some(({ id, line, byte }) => id === 'Patient/…' && line === 1 && byte === 0)).toBe(true)
  expect(told(true).findings.some((finding) => finding.rows.some(({ id }) => id === 'Patient/CANARY-1'))).toBe(true)
  for (const [name, render] of reportFormats) expect(render(told(false)), name).not.toContain('CANARY')
  const listed = watch.take()
  expect(listed).toContain('Patient/…')
  expect(listed).not.toContain('CANARY')
})

test('checks of the dashboard that do not apply are counted by reason', async () => {
  const row = (reason: string) => ({ passed: 0, failed: 0, isError: 0, notApplicable: 1, notApplicableReason: reason })
  const dqd = [row('no table VISIT'), row('no threshold'), row('no table VISIT')]
  const text = reportFormats.get('text')?.({ ...(await report(false)), dqd }) ?? ''
  expect(text).toContain('  not applicable, 2: no table VISIT\n  not applicable, 1: no threshold\n')
})

test('what failed in the dashboard is in every format for people', async () => {
  const row = (failed: number, name: string) => ({
    checkName: name,
    cdmTableName: 'VISIT',
    cdmFieldName: null,
    conceptId: null,
    passed: 1 - failed,
    failed,
    isError: 0,
    notApplicable: 0,
    numViolatedRows: failed * 7,
    numDenominatorRows: 70,
    denominator: 'rows',
  })
  const document = { ...(await report(false)), dqd: [row(1, 'isRequired'), row(0, 'isForeignKey')] }
  for (const name of ['text', 'html', 'markdown']) {
    const text = reportFormats.get(name)?.(document) ?? ''
    expect(text, name).toContain('2 checks, 1 passed, 1 failed')
    expect(text, name).toContain('isRequired')
    expect(text, name).toContain('7 of 70 rows')
    expect(text, name).not.toContain('isForeignKey')
  }
})

test('NDJSON is one object per input, and what is about none of them is told with the first', async () => {
  const source = (name: string) => bytesSource(name, new TextEncoder().encode('id,sex\n1,F\n2\n'))
  const inputs = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({
    source: source(name),
    side: null,
    format: null,
    table: name,
    reading: {},
    schema: null,
  }))
  const result = await finish(validate({ inputs }, signal))
  const document = reportOf(result, { version: '0', run: { started: 'then', seconds: 0 }, paths: ['a', 'b', 'c'], reveal: false })
  const between = document.findings.slice(0, 1).map((finding) => ({ ...finding, input: null }))
  const lines = (reportFormats.get('ndjson')?.({ ...document, findings: [...document.findings, ...between] }) ?? '')
    .trimEnd()
    .split('\n')
  const objects = lines.map((line) => JSON.parse(line))
  expect(objects.map(({ inputs: [input] }) => input.path)).toEqual(['a', 'b', 'c'])
  expect(objects.map(({ findings }) => findings.length)).toEqual([2, 1, 1])
  expect(objects.every(({ summary }) => 'recordsWithErrors' in summary)).toBe(true)
})
