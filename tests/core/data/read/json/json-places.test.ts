/** Places in JSON documents: every finding of a Bundle leads to the line, column and byte of its element. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../../src/core/data/fhir/judge.ts'
import { JsonPlaces } from '../../../../../src/core/data/read/json/json-places.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import type { Finding } from '../../../../../src/core/finding.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

async function findingsOf(name: string, bytes: Uint8Array): Promise<readonly Finding[]> {
  const input = { source: bytesSource(name, bytes), side: null, format: null, table: 't', reading: {}, schema: null }
  const run = validate({ inputs: [input], asOf: '2024-06-30' }, new AbortController().signal, (context) =>
    createFhirJudge(context),
  )
  for await (const update of run) if (update.kind === 'result') return update.value.findings
  throw new Error('no result')
}

test('whatever the document, the byte of a path is where that value is written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 0, max: 3 }), (inner, indent) => {
      const text = `\uFEFF${' '.repeat(indent)}${JSON.stringify({ a: inner, 'q"ä\n': [inner, { z: 1 }] }, null, indent)}`
      const bytes = bytesOf(text)
      const places = new JsonPlaces(bytes, 3)
      const check = (value: unknown, path: string): void => {
        const from = places.find(path)
        // What begins there is that value: its text is the start of what follows.
        const rest = new TextDecoder().decode(bytes.subarray(from))
        const written = JSON.stringify(value, null, indent).split('\n')[0] ?? ''
        expect(rest.startsWith(written)).toBe(true)
        const { line, column } = places.spot(from)
        const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, from)).split('\n')
        expect([line, column]).toEqual([before.length, [...(before.at(-1) ?? '')].length + 1])
        if (Array.isArray(value)) for (const [index, item] of value.entries()) check(item, `${path}[${index}]`)
        else if (typeof value === 'object' && value !== null)
          for (const [name, item] of Object.entries(value))
            if (/^\w+$/.test(name) && !/^\d+$/.test(name)) check(item, `${path}.${name}`)
      }
      check({ a: inner, 'q"ä\n': [inner, { z: 1 }] }, 'T')
    }),
    { numRuns: 200 },
  )
})

const patient = (id: string, born: string) => ({
  fullUrl: `http://ehr.example.com/Patient/${id}`,
  resource: {
    resourceType: 'Patient',
    id,
    name: [{ family: 'Ö' }],
    birthDate: born,
    link: [{ other: { reference: '#x' }, type: 'refer' }],
  },
})

test('a defect of one entry among many is told at its own line, column and byte, packed or not', async () => {
  const entry = Array.from({ length: 3000 }, (_, index) => patient(`p${index}`, index === 2345 ? '2021-02-30' : '2021-02-03'))
  const text = JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }, null, 2)
  const byte = bytesOf(text.slice(0, text.indexOf('"2021-02-30"'))).length
  const before = text.slice(0, text.indexOf('"2021-02-30"')).split('\n')
  const expected = { line: before.length, column: (before.at(-1) ?? '').length + 1, byte, record: 2346 }
  for (const [name, bytes] of [
    ['bundle.json', bytesOf(text)],
    ['bundle.json.gz', new Uint8Array(gzipSync(bytesOf(text)))],
  ] as const) {
    const findings = await findingsOf(name, bytes)
    expect(findings.find(({ code }) => code === 'data/fhir-calendar')?.sample[0]?.at).toMatchObject(expected)
    // One in every entry: each at its own line.
    const links = findings.find(({ code }) => code === 'data/fhir-contained-reference')
    expect(new Set(links?.sample.map(({ at }) => (at.kind === 'cell' ? at.line : 0))).size).toBe(links?.sample.length)
  }
})

test('what is missing is told at the object that lacks it, and a fault of the frame at its member', async () => {
  const text = `{
  "resourceType": "Bundle",
  "type": "wrong",
  "entry": [
    { "resource": { "resourceType": "Patient",
        "contact": [ { "gender": "male" } ] } },
    { "resource":
      { "resourceType": "Observation", "code": { "text": "x" } } }
  ]
}`
  const findings = await findingsOf('b.json', bytesOf(text))
  const placed = findings.flatMap(({ code, place, sample }) =>
    sample.map(({ at }) => [code, place, 'line' in at ? at.line : null, at.kind === 'cell' ? at.column : null]),
  )
  expect(placed).toContainEqual(['data/fhir-code-required', 'Bundle.type', 3, null])
  expect(placed).toContainEqual(['data/fhir-invariant', 'Patient.contact', 6, 22])
  expect(placed).toContainEqual(['data/fhir-cardinality', 'Observation.status', 8, 7])
})
