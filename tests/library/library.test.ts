/** The library says what the command line says, and refuses in a sentence what it can not use. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { reportOf } from '../../src/core/data/report/document.ts'
import { validate } from '../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import {
  compareWorkflows,
  drawSample,
  InvalidInput,
  type Progress,
  reportText,
  simulate,
  type TableInput,
  validateResources,
  validateTable,
  verifyLedger,
} from '../../src/library/index.ts'

const sample = (name: string): string => readFileSync(fileURLToPath(new URL(`../../samples/${name}`, import.meta.url)), 'utf8')
const json = (name: string) => JSON.parse(sample(name))
const refill = (name: string) => json(`riverside/workflows/refill/${name}.json`)
const seed = '01234567890123456789'

async function refused(work: () => unknown): Promise<{ readonly place: string; readonly message: string }> {
  try {
    await work()
  } catch (error) {
    if (error instanceof InvalidInput) return { place: error.place, message: error.message }
    throw error
  }
  throw new Error('It was not refused')
}

test('several tables with a package give the report of a run of the core, masked, whatever form the bytes have', async () => {
  const files = ['patients.csv', 'allergies.csv']
  const dataPackage = json('data/datapackage.json')
  const inputs = files.map((name) => ({
    source: bytesSource(name, new TextEncoder().encode(sample(`data/${name}`))),
    ...{ side: null, format: null, table: name.replace('.csv', ''), reading: {}, schema: null },
  }))
  const result = await finish(validate({ inputs, package: dataPackage, asOf: '2026-03-01' }, new AbortController().signal))
  const run = { started: '', seconds: 0 }
  const { findings } = reportOf(result, { version: '', run, paths: files, reveal: false })
  expect(findings.length).toBeGreaterThan(3)
  const forms: readonly ((text: string) => TableInput['data'])[] = [
    (text) => text,
    (text) => new TextEncoder().encode(text),
    (text) => new Blob([text]),
  ]
  for (const form of forms) {
    const tables = files.map((name) => ({ name, data: form(sample(`data/${name}`)) }))
    const report = await validateTable(tables, { package: dataPackage, asOf: '2026-03-01' })
    expect(report.findings).toEqual(findings)
    expect(report.findings.flatMap(({ rows }) => rows).every(({ value }) => value === null)).toBe(true)
  }
})

test('rules of the team, a schema and the choices of reading are followed; values are shown on request', async () => {
  const rules = [{ rules: [{ id: 'seen', on: 'visits', assert: 'seen >= born' }] }]
  const schema = { fields: [{ name: 'id' }, { name: 'born', type: 'date' }, { name: 'seen', type: 'date' }] }
  const data = 'id|born|seen\n1|2000-01-01|1999-01-01\n2|1999-02-30|2001-01-01\n'
  const report = await validateTable({ name: 'visits.csv', data, schema, reading: { delimiter: '|' } }, { rules, reveal: true })
  expect(report.findings.map(({ field }) => field)).toEqual(expect.arrayContaining(['born', 'seen']))
  expect(report.findings.flatMap(({ rows }) => rows.map(({ value }) => value))).toContain('1999-02-30')
  expect(JSON.parse(reportText(report, 'sarif')).version).toBe('2.1.0')
  expect(reportText(report, 'markdown')).toContain('born')
})

test('resources are judged as objects and as a file, against profiles that were given', async () => {
  const objects = [
    { resourceType: 'Patient', id: 'a', birthDate: '1990-13-01' },
    { resourceType: 'Observation', id: 'b', subject: { reference: 'Patient/zzz' } },
  ]
  const report = await validateResources(objects)
  const places = report.findings.map(({ element }) => element)
  expect(places).toEqual(expect.arrayContaining(['Patient.birthDate', 'Observation.status']))
  const lines = objects.map((one) => `${JSON.stringify(one)}\n`).join('')
  const file = await validateResources({ name: 'resources.ndjson', data: lines })
  expect(file.findings).toEqual(report.findings)
  expect(JSON.parse(reportText(report, 'operationoutcome')).resourceType).toBe('OperationOutcome')
  const needsName = {
    ...{ resourceType: 'StructureDefinition', url: 'urn:x', name: 'X', status: 'active', kind: 'resource', abstract: false },
    ...{ type: 'Patient', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint' },
    differential: { element: [{ id: 'Patient.name', path: 'Patient.name', min: 1 }] },
  }
  const [patient] = [{ resourceType: 'Patient', id: 'a' }]
  expect((await validateResources([patient])).findings).toEqual([])
  const held = await validateResources([patient], { definitions: [needsName], profiles: ['urn:x'] })
  expect(held.findings.map(({ element }) => element)).toEqual(['Patient.name'])
})

test('two maps are compared, with waits estimated or simulated', async () => {
  const pair = { current: refill('current'), future: refill('future'), trace: refill('trace') }
  const estimated = await compareWorkflows(pair)
  expect([estimated.level, estimated.leadTime, estimated.problems]).toEqual(['estimated', null, []])
  expect(estimated.findings.map(({ outcome }) => outcome)).toContain('digitized')
  const scenario = { ...refill('scenario'), replications: 2, cases: 60 }
  const simulated = await compareWorkflows({ ...pair, scenario })
  expect(simulated.level).toBe('simulated')
  const future = await simulate({ map: pair.future, scenario })
  expect(future.leadTime?.mean).toBeGreaterThan(0)
  expect(await simulate({ map: pair.future, scenario })).toEqual(future)
  const odd = { ...pair, policy: { nothing: 1 } }
  expect((await compareWorkflows(odd)).problems).toMatchObject([{ of: 'policy', sentence: expect.stringContaining('nothing') }])
})

test('a sample is the same for everybody, in proportion or by stratum', () => {
  const units = Array.from({ length: 40 }, (_, i) => ({ id: `r${i}`, stratum: i < 10 ? 'a' : 'b' }))
  const drawn = drawSample({ units, seed, n: 8 })
  expect(drawn.records.map(({ stratum }) => stratum)).toEqual(['a', 'a', 'b', 'b', 'b', 'b', 'b', 'b'])
  expect(drawSample({ units: units.toReversed(), seed, n: { a: 2, b: 6 } })).toEqual(drawn)
  expect(drawSample({ units, seed: seed.replace('0', '9'), n: 8 }).tickets).not.toBe(drawn.tickets)
})

test('a run is followed and stopped', async () => {
  const heard: Progress[] = []
  const data = `id\n${Array.from({ length: 200_000 }, (_, i) => `${i}\n`).join('')}`
  await validateTable({ name: 'long.csv', data, schema: { fields: [{ name: 'id' }] } }, { onProgress: (one) => heard.push(one) })
  expect(heard.length).toBeGreaterThan(1)
  expect(heard.every(({ done, total, unit }) => done <= total && unit === 'bytes')).toBe(true)
  const stop = new AbortController()
  const run = validateTable(
    { name: 'long.csv', data },
    { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) },
  )
  await expect(run).rejects.toThrow('enough')
})

test('what can not be used is refused with its place and a sentence', async () => {
  const table = { name: 'a.csv', data: 'id\n1\n' }
  const cases: readonly (readonly [place: string, work: () => unknown, words: RegExp])[] = [
    ['tables', () => validateTable([]), /at least one table/],
    ['tables[1].name', () => validateTable([table, { ...table, name: '' }]), /Give a file name/],
    ['tables.data', () => validateTable({ name: 'a.csv', data: 7 as never }), /no text, no bytes and no blob/],
    [
      'tables',
      () => validateTable({ name: 'a.ndjson', data: '{"resourceType":"Patient"}\n{"a":1}\n' }),
      /Call validateResources/,
    ],
    ['tables.schema', () => validateTable({ ...table, schema: [] }), /is no object/],
    ['rules[0]', () => validateTable(table, { rules: [{}] }), /the list "rules"/],
    ['asOf', () => validateTable(table, { asOf: '1.3.2026' }), /YYYY-MM-DD/],
    ['maxRows', () => validateTable(table, { maxRows: -1 }), /from 0 up/],
    ['resources', () => validateResources([]), /at least one/],
    ['resources', () => validateResources({ name: 'a.csv', data: 'id,name\n1,a\n2,b\n' }), /Call validateTable/],
    ['settings', () => validateResources([{}], { settings: { nothing: 'true' } }), /nothing/],
    ['profiles', () => validateResources([{ resourceType: 'Patient' }], { profiles: ['urn:none'] }), /urn:none/],
    ['definitions[0]', () => validateResources([{}], { definitions: [{ a: 1 }] }), /no conformance resource/],
    ['current', () => compareWorkflows({ current: {}, future: refill('future') }), /carryover-workflow\/1/],
    ['scenario', () => simulate({ map: refill('future'), scenario: {} }), /carryover-scenario\/1/],
    ['map', () => simulate({ map: { format: 'carryover-workflow/1' }, scenario: refill('scenario') }), /can not be simulated/],
    ['seed', () => drawSample({ units: [{ id: 'a' }], seed: '1', n: 1 }), /20 decimal digits/],
    ['units', () => drawSample({ units: [{ id: 'a' }, { id: 'a' }], seed, n: 1 }), /twice/],
    ['n', () => drawSample({ units: [{ id: 'a' }], seed, n: 2 }), /there is 1 unit/],
    ['n', () => drawSample({ units: [{ id: 'a' }], seed, n: { all: 0.5 } }), /whole numbers/],
    ['text', () => verifyLedger(''), /Give the content of ledger.jsonl/],
    ['expectedHead', () => verifyLedger('{}', { expectedHead: 'x' }), /64 hexadecimal/],
    ['format', () => reportText({} as never, 'pdf' as never), /which is none/],
  ]
  for (const [place, work, words] of cases) expect(await refused(work)).toEqual({ place, message: expect.stringMatching(words) })
})

test('a ledger is verified, and a changed one names its entry', async () => {
  const { ok, checks } = await verifyLedger('{"a":1}\n')
  expect([ok, checks[0]?.id, checks[0]?.ok, checks[0]?.first?.line]).toEqual([false, 'V1', false, 1])
})
