/** A bulk export with its manifest: completeness, the server's errors, deletions, references to what is gone. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import type { ValidateResult, ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataPath } from '../../../beside.ts'

type Files = Readonly<Record<string, string | Uint8Array>>

function sources(files: Files): ValidateSource[] {
  return Object.entries(files).map(([name, text]) => ({
    source: bytesSource(name, typeof text === 'string' ? new TextEncoder().encode(text) : text),
    side: null,
    format: null,
    table: name,
    reading: {},
    schema: null,
  }))
}

function run(files: Files): Promise<ValidateResult> {
  return finish(validate({ inputs: sources(files) }, new AbortController().signal, createFhirJudge))
}

function ndjson(...resources: readonly unknown[]): string {
  return resources.map((resource) => `${JSON.stringify(resource)}\n`).join('')
}

interface Listed {
  readonly type: string
  readonly url: string
  readonly count?: number
}

function manifest(output: readonly Listed[], more: Readonly<Record<string, unknown>> = {}): string {
  const request = 'https://fhir.example.org/r4/Patient/$export?_type=Patient'
  return JSON.stringify({
    transactionTime: '2026-01-02T03:04:05Z',
    request,
    requiresAccessToken: true,
    output,
    error: [],
    ...more,
  })
}

/** `code place` and how often, in a stable order. */
/** Advice on codes and extensions is no matter of completeness. */
function errorsOf(result: ValidateResult): ValidateResult {
  return { ...result, findings: result.findings.filter(({ severity }) => severity === 'error' || severity === 'critical') }
}

function told({ findings }: ValidateResult): (readonly [string, number])[] {
  return findings.map(({ code, place, count }) => [`${code} ${place}`, count] as const).sort(([a], [b]) => (a < b ? -1 : 1))
}

function condition(id: string, patient: string): unknown {
  return {
    resourceType: 'Condition',
    id,
    subject: { reference: patient },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  }
}

const patients = ndjson({ resourceType: 'Patient', id: 'a' }, { resourceType: 'Patient', id: 'b' })

test('an export that is all here says nothing, whatever the order of its files', async () => {
  const files = {
    'Patient.ndjson': patients,
    'Condition.ndjson': ndjson(condition('c', 'Patient/a')),
    'manifest.json': manifest([
      { type: 'Patient', url: 'https://files.example.org/x/Patient.ndjson?signature=1', count: 2 },
      { type: 'Condition', url: 'Condition.ndjson', count: 1 },
    ]),
  }
  const forwards = await run(files)
  expect(told(forwards)).toEqual([])
  expect(forwards.notEvaluated.map(({ what }) => what)).not.toContain('Completeness of the export')
  const backwards = await run(Object.fromEntries(Object.entries(files).reverse()))
  expect(told(backwards)).toEqual([])
})

test('files without a manifest: no statement about completeness, and that is said', async () => {
  const result = await run({ 'Patient.ndjson': patients })
  expect(told(result)).toEqual([])
  expect(result.notEvaluated.find(({ what }) => what === 'Completeness of the export')?.why).toMatch(/No manifest/)
})

test('missing, short, extra, doubled and wrongly typed files are each told at the manifest', async () => {
  const result = await run({
    'manifest.json': manifest([
      { type: 'Patient', url: 'Patient.ndjson', count: 3 },
      { type: 'Condition', url: 'Condition.ndjson', count: 1 },
      { type: 'Condition', url: 'Condition.ndjson', count: 1 },
      { type: 'Observation', url: 'Gone.ndjson' },
      { type: 'Device', url: 'Device.ndjson' },
    ]),
    'Patient.ndjson': patients,
    'Condition.ndjson': ndjson({ resourceType: 'Patient', id: 'c' }),
    'Device.ndjson': '{"resourceType":"Device","id":"d"}\n{"resour',
    'More.ndjson': ndjson({ resourceType: 'Patient', id: 'd' }),
  })
  const atManifest = result.findings.filter(({ code }) => code === 'data/manifest')
  const facts = atManifest.flatMap(({ sample }) =>
    sample.map(({ evidence }) => evidence.facts.map(({ name, value }) => `${name}: ${value}`)),
  )
  expect(facts.map((each) => each.join(', ')).sort()).toEqual([
    'here but not in the manifest: More.ndjson',
    'listed but not here: Gone.ndjson, list: output',
    'listed twice: Condition.ndjson',
    'not read to its end without loss: Device.ndjson',
    'resources announced: 3, resources read: 2',
    ...Array(2).fill('type announced: Condition, type found: Patient, resources: 1'),
  ])
})

test('what the server could not export is a finding per kind, with its words as evidence only', async () => {
  const outcome = (severity: string, code: string, diagnostics: string): unknown => ({
    resourceType: 'OperationOutcome',
    issue: [{ severity, code, diagnostics }],
  })
  const result = await run({
    'manifest.json': manifest([{ type: 'Patient', url: 'Patient.ndjson', count: 2 }], {
      error: [{ type: 'OperationOutcome', url: 'error.ndjson' }],
    }),
    'Patient.ndjson': patients,
    'error.ndjson': ndjson(
      outcome('error', 'not-found', 'record 7'),
      outcome('fatal', 'not-found', 'record 8'),
      outcome('warning', 'code <b>', 'record 9'),
    ),
  })
  expect(told(result)).toEqual([
    ['data/export-error OperationOutcome.issue:not-found', 2],
    ['data/export-error OperationOutcome.issue:unknown', 1],
  ])
  const [errors, warnings] = result.findings
  expect([errors?.severity, warnings?.severity]).toEqual(['error', 'warning'])
  expect(errors?.sample.map(({ evidence }) => evidence.excerpt)).toEqual(['record 7', 'record 8'])
  expect(errors?.sample[1]?.at).toMatchObject({ kind: 'cell', record: 2, line: 2, path: 'OperationOutcome.issue[0]' })
})

const deletion = (...urls: readonly string[]): string =>
  ndjson({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: urls.map((url) => ({ request: { method: 'DELETE', url } })),
  })

test('references to deleted records are told as such, in files before and after the list', async () => {
  const result = await run({
    'Condition.ndjson': ndjson(condition('c1', 'Patient/gone'), condition('c2', 'Patient/a'), condition('c3', 'Patient/nobody')),
    'Patient.ndjson': patients,
    'manifest.json': manifest(
      [
        { type: 'Patient', url: 'Patient.ndjson', count: 2 },
        { type: 'Condition', url: 'Condition.ndjson', count: 3 },
      ],
      { deleted: [{ type: 'Bundle', url: 'deleted.ndjson', count: 1 }] },
    ),
    'deleted.ndjson': deletion('Patient/gone', 'https://fhir.example.org/r4/Encounter/e'),
  })
  expect(told(result)).toEqual([
    ['data/fhir-reference-deleted Condition.subject', 1],
    ['data/fhir-reference-missing Condition.subject', 1],
  ])
  expect(result.findings.find(({ code }) => code === 'data/fhir-reference-deleted')?.sample[0]?.at).toMatchObject({
    record: 1,
    line: 1,
    id: 'Condition/c1',
  })
})

test('a record that is delivered and listed as deleted is told, and is no target', async () => {
  const result = await run({
    'manifest.json': manifest(
      [
        { type: 'Patient', url: 'Patient.ndjson' },
        { type: 'Condition', url: 'Condition.ndjson' },
      ],
      { deleted: [{ type: 'Bundle', url: 'deleted.ndjson' }] },
    ),
    'Patient.ndjson': patients,
    'Condition.ndjson': ndjson(condition('c1', 'Patient/b')),
    'deleted.ndjson': deletion('Patient/b', 'Patient?identifier=x'),
  })
  expect(told(result)).toEqual([
    ['data/fhir-deleted-record Patient', 1],
    ['data/fhir-reference-deleted Condition.subject', 1],
    ['data/manifest Bundle.entry.request', 1],
  ])
})

test('where files of a type are missing or short, a reference to it is not called missing', async () => {
  const files = {
    'manifest.json': manifest([
      { type: 'Patient', url: 'Patient.ndjson', count: 3 },
      { type: 'Condition', url: 'Condition.ndjson', count: 1 },
    ]),
    'Patient.ndjson': patients,
    'Condition.ndjson': ndjson(condition('c1', 'Patient/z')),
  }
  const result = await run(files)
  expect(told(result)).toEqual([['data/manifest Patient.ndjson', 1]])
  expect(result.notEvaluated.map(({ what }) => what)).toContain('1 reference to records of 1 type that are not here whole')
})

test('addresses on the server of the export mean its own records', async () => {
  const base = 'https://fhir.example.org/r4'
  const files = {
    'manifest.json': manifest([
      { type: 'Patient', url: 'Patient.ndjson', count: 2 },
      { type: 'Condition', url: 'Condition.ndjson', count: 3 },
    ]),
    'Patient.ndjson': patients,
    'Condition.ndjson': ndjson(
      condition('c1', `${base}/Patient/a`),
      condition('c2', `${base}/Patient/z`),
      condition('c3', 'https://other.example.org/r4/Patient/z'),
    ),
  }
  const result = await run(files)
  expect(told(result)).toEqual([['data/fhir-reference-missing Condition.subject', 1]])
  expect(result.notEvaluated.map(({ what }) => what)).toContain('1 reference to 1 other server')
})

const bulk = dataPath('fhir/bulk-ndjson/')
const names = existsSync(bulk) ? readdirSync(bulk).filter((name) => name.endsWith('.ndjson')) : []

test.skipIf(names.length === 0)(
  'the public bulk export with a manifest of its own is complete, and short by one where a line is lost',
  async () => {
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(bulk, name))]))
    const listed = names.map((name) => {
      const lines = readFileSync(join(bulk, name), 'utf8').trim().split('\n')
      return { type: JSON.parse(lines[0] ?? '').resourceType, url: name, count: lines.length }
    })
    const whole = await run({ ...files, 'manifest.json': manifest(listed) })
    expect(told(errorsOf(whole))).toEqual([])
    const [first = ''] = names
    const text = readFileSync(join(bulk, first), 'utf8').trimEnd()
    const cut = await run({ ...files, [first]: text.slice(0, text.lastIndexOf('\n') + 1), 'manifest.json': manifest(listed) })
    expect(told(errorsOf(cut))).toEqual([[`data/manifest ${first}`, 1]])
  },
)
