import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csvCell, spreadsheetSafe } from '../../../src/core/data/report/csv.ts'
import { type ReportDocument, reportOf } from '../../../src/core/data/report/document.ts'
import { reportFormats } from '../../../src/core/data/report/index.ts'
import { validate } from '../../../src/core/data/validate.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { signal } from './reading.ts'

const injection = new URL('../../../../shared/reference/review/csv_injection.json', import.meta.url)

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
  ])
  expect(reportFormats.get('junit')?.(document)).toContain('tests="4" failures="3"')
})

test.skipIf(!existsSync(injection))(
  'cells that a spreadsheet would run are neutralised, and taking one apostrophe away restores them',
  () => {
    const payloads = JSON.parse(readFileSync(injection, 'utf8')) as unknown
    const texts =
      JSON.stringify(payloads)
        .match(/"(?:[^"\\]|\\.)*"/g)
        ?.map((text) => JSON.parse(text) as string) ?? []
    const dangerous = texts.filter(
      (text) => /^[=+@\t\r]/.test(text) && text.length > 3 && /[a-z(!]/i.test(text) && Number.isNaN(Number(text)),
    )
    expect(dangerous.length).toBeGreaterThan(3)
    for (const text of dangerous) expect(spreadsheetSafe(text), JSON.stringify(text)).toBe(`'${text}`)
    for (const text of ['-0.5', '+++', '- denies chest pain', '120/80', 'Ada']) expect(spreadsheetSafe(text)).toBe(text)
    expect(csvCell('a "b"\nc')).toBe('"a ""b""\nc"')
  },
)
