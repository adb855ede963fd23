import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { type ReportDocument, reportOf } from '../../../../src/core/data/report/document.ts'
import { reportFormats } from '../../../../src/core/data/report/index.ts'
import { withBaseline } from '../../../../src/core/data/report/with-baseline.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { signal } from '../reading.ts'

const csv =
  'id,id,born,sex\n1,a,1990-02-30,M\n1,b,1990-02-28,CANARY<script>\n2,c,1990-02-28\n3,d,1990-01-01,F,x\n\n4,é,1990-01-01,\xff\n'
const schema = {
  fields: [
    { name: 'id', constraints: { required: true } },
    { name: 'id_2' },
    { name: 'born', type: 'date' },
    { name: 'sex', constraints: { enum: ['F', 'M'] } },
  ],
  primaryKey: 'id',
  'x-carryover': { patient: 'id', safety: 'allergy' },
}

async function report(reveal = false): Promise<ReportDocument> {
  const source = bytesSource(
    'a b.csv',
    Uint8Array.from(csv, (letter) => letter.charCodeAt(0)),
  )
  const reading = { encoding: 'utf-8', delimiter: ',', headerRows: 1 }
  const inputs = [{ source, side: null, format: null, table: 'allergies', reading, schema }] as const
  const result = await finish(validate({ inputs }, signal))
  return reportOf(result, { version: '0', run: { started: 'then', seconds: 0 }, paths: ['data/a b.csv'], reveal })
}

const compared = async (): Promise<ReportDocument> => {
  const now = await report()
  const [first, second] = now.findings
  const before = [
    { ...first, input: 'a b.csv', place: first?.field ?? '', count: 1 },
    { ...second, input: 'a b.csv', place: 'gone', fingerprint: 'f'.repeat(64) },
  ].flatMap((each) =>
    each.fingerprint && each.code && each.severity
      ? [
          {
            ...each,
            fingerprint: each.fingerprint,
            code: each.code,
            severity: each.severity,
            count: each.count ?? 1,
            denominator: null,
            patients: null,
          },
        ]
      : [],
  )
  const accepted = [{ fingerprint: second?.fingerprint ?? '', reason: 'agreed', by: 'A. Reader', expires: '2030-01-01' }]
  return withBaseline(now, { before, accepted, asOf: '2026-01-01', newOnly: false })
}

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }
const closed = (properties: Record<string, unknown>, required: readonly string[] = Object.keys(properties)): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const list = (items: unknown): object => ({ type: 'array', items })

/** SARIF 2.1.0 as far as it is written here: nothing may stand there that the standard does not know. */
const sarifShape = closed({
  $schema: { const: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: list(
    closed({
      tool: closed({
        driver: closed({
          name: text,
          version: text,
          informationUri: { type: 'string', pattern: '^https://' },
          rules: list(
            closed({ id: text, shortDescription: closed({ text }), fullDescription: closed({ text }), help: closed({ text }) }),
          ),
        }),
      }),
      columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      artifacts: list(
        closed(
          {
            location: closed({ uri: { type: 'string', pattern: '^[^ ]*$' } }),
            length: whole,
            hashes: closed({ 'sha-256': text }),
          },
          ['location', 'length'],
        ),
      ),
      results: list(
        closed(
          {
            ruleId: text,
            ruleIndex: whole,
            kind: { const: 'fail' },
            level: { enum: ['none', 'note', 'warning', 'error'] },
            message: closed({ text: { type: 'string', minLength: 1 } }),
            occurrenceCount: { type: 'integer', minimum: 1 },
            partialFingerprints: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
            baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
            suppressions: list(
              closed({
                kind: { enum: ['inSource', 'external'] },
                status: { enum: ['accepted', 'underReview', 'rejected'] },
                justification: text,
              }),
            ),
            properties: { type: 'object' },
            locations: list(
              closed({
                physicalLocation: closed(
                  {
                    artifactLocation: closed({ uri: text }),
                    region: closed({ startLine: { type: 'integer', minimum: 1 }, byteOffset: whole, byteLength: whole }, []),
                  },
                  ['artifactLocation'],
                ),
                logicalLocations: list(closed({ name: text, fullyQualifiedName: text, kind: text })),
              }),
            ),
          },
          ['ruleId', 'level', 'message', 'occurrenceCount', 'partialFingerprints', 'locations'],
        ),
      ),
    }),
  ),
})

/** The report of the Frictionless Framework, version 5. */
const counts = { errors: whole, warnings: whole, seconds: { type: 'number' } }
const frictionlessShape = closed({
  valid: { type: 'boolean' },
  stats: closed({ tasks: whole, ...counts }),
  warnings: list(text),
  errors: list({ type: 'object' }),
  tasks: list(
    closed({
      name: { type: 'string', pattern: '^[a-z0-9._-]+$' },
      type: text,
      valid: { type: 'boolean' },
      place: text,
      labels: list(text),
      stats: closed({
        ...counts,
        sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
        bytes: whole,
        fields: whole,
        rows: whole,
      }),
      warnings: list(text),
      errors: list(
        closed(
          {
            type: text,
            title: text,
            description: text,
            message: text,
            tags: { type: 'array', items: { type: 'string', pattern: '^#' }, minItems: 1 },
            note: text,
            rowNumber: { type: 'integer', minimum: 1 },
            cells: list(text),
            fieldName: text,
            fieldNumber: { type: 'integer', minimum: 1 },
            cell: text,
          },
          ['type', 'title', 'description', 'message', 'tags', 'note'],
        ),
      ),
    }),
  ),
})

function problems(shape: object, rendered: string): unknown {
  const check = new Ajv2020({ strict: false, allErrors: true }).compile(shape)
  check(JSON.parse(rendered))
  return check.errors ?? []
}

const render = (name: string, document: ReportDocument): string => reportFormats.get(name)?.(document) ?? ''

test('SARIF holds nothing but what the standard knows, with places by line and byte', async () => {
  for (const document of [await report(), await compared()]) {
    const sarif = render('sarif', document)
    expect(problems(sarifShape, sarif)).toEqual([])
    const [run] = JSON.parse(sarif).runs
    const date = run.results.find((result: { ruleId: string }) => result.ruleId === 'data/date-format')
    expect(date.locations[0].physicalLocation.region).toEqual({ startLine: 2, byteOffset: 19, byteLength: 10 })
    expect(date.locations[0].logicalLocations[0].name).toBe('born')
    expect(run.tool.driver.rules[date.ruleIndex].id).toBe('data/date-format')
  }
})

test('SARIF carries the state against an earlier run and what was accepted', async () => {
  const results = JSON.parse(render('sarif', await compared())).runs[0].results
  expect(results.map((result: { baselineState: string }) => result.baselineState)).toContain('new')
  expect(results.filter((result: { suppressions?: unknown[] }) => result.suppressions)).toHaveLength(1)
})

test('the frictionless report has its shape, its error types and its row numbers', async () => {
  const rendered = render('frictionless', await report())
  expect(problems(frictionlessShape, rendered)).toEqual([])
  const { valid, tasks, stats } = JSON.parse(rendered)
  expect(valid).toBe(false)
  expect(tasks[0]).toMatchObject({ name: 'a-b', labels: ['id', 'id_2', 'born', 'sex'], stats: { rows: 5, fields: 4 } })
  const rows = tasks[0].errors.map((error: { type: string; rowNumber?: number; fieldNumber?: number }) => [
    error.type,
    error.rowNumber,
    error.fieldNumber,
  ])
  expect(rows).toContainEqual(['type-error', 2, 3])
  expect(rows).toContainEqual(['primary-key', 3, 1])
  expect(rows).toContainEqual(['missing-cell', 4, undefined])
  expect(rows).toContainEqual(['extra-cell', 5, undefined])
  expect(rows).toContainEqual(['constraint-error', 3, 4])
  expect(rows.map(([type]: [string]) => type)).toContain('encoding-error')
  expect(rows.map(([type]: [string]) => type)).toContain('duplicate-label')
  expect(stats.errors).toBe(tasks[0].stats.errors)
})

test('the page is one file without script or request, and foreign text stays text', async () => {
  const document = await report(true)
  const page = render('html', {
    ...document,
    inputs: document.inputs.map((input) => ({ ...input, path: '<img src=x onerror=alert(1)>\u202Egpj.exe' })),
  })
  expect(page).not.toContain('CANARY')
  expect(page).not.toMatch(/<script|<img|<link|src=x onerror=alert\(1\)>|\u202E|https?:/)
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(page).toContain("default-src 'none'")
  expect(page).toMatch(/prefers-color-scheme: dark/)
  expect(page).toMatch(/@media print/)
  for (const finding of document.findings) expect(page).toContain(finding.code)
})

test('every finding of a table says whose it is, what it is about, why it is as grave and who asked', async () => {
  const { findings, patientsAtRisk, inputs } = await report()
  const date = findings.find(({ code }) => code === 'data/date-format')
  expect(date).toMatchObject({
    patients: 1,
    safety: 'allergy',
    kahn: { category: 'conformance', sub: 'value', context: 'verification' },
    column: 3,
    threshold: 0,
    status: 'fail',
    origin: [{ pointer: '/fields/2/type' }],
  })
  expect(findings.find(({ code }) => code === 'data/unique-key')).toMatchObject({ severity: 'critical', patients: 1 })
  expect(patientsAtRisk[0]?.patients).toBe(2)
  expect(inputs[0]).toMatchObject({ patients: 'id: declared in the schema', safety: { class: 'allergy' } })
})

test('the same report is the same bytes in every format', async () => {
  const [a, b] = [await report(), await report()]
  for (const name of reportFormats.keys()) expect(render(name, a), name).toBe(render(name, b))
})
