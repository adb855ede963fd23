/** Bundles read entry by entry: the frame is judged as it is where a Bundle is read whole, in time that grows with its entries. */
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../../../../src/core/data/fhir/judge.ts'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import type { ValidateResult } from '../../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { troublesOf } from '../judged.ts'

function read(bundle: JsonObject): Promise<ValidateResult> {
  const source = bytesSource('bundle.json', new TextEncoder().encode(JSON.stringify(bundle)))
  const input = { source, side: null, format: null, table: 'bundle', reading: {}, schema: null }
  return finish(validate({ inputs: [input] }, new AbortController().signal, createFhirJudge))
}

const uuid = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

function patient(n: number, more: JsonObject = {}): JsonObject {
  return { fullUrl: uuid(n), resource: { resourceType: 'Patient', active: true }, ...more }
}

const post = { request: { method: 'POST', url: 'Patient' } }

const clean: readonly [string, JsonObject][] = [
  ['a transaction', { resourceType: 'Bundle', type: 'transaction', entry: [patient(1, post), patient(2, post)] }],
  [
    'a search with its outcome',
    {
      resourceType: 'Bundle',
      type: 'searchset',
      total: 1,
      entry: [
        { fullUrl: 'https://h.example/Patient/a', resource: { resourceType: 'Patient', id: 'a' }, search: { mode: 'match' } },
        {
          resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] },
          search: { mode: 'outcome' },
        },
      ],
    },
  ],
  [
    'requests of every kind',
    {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'DELETE', url: 'Patient/a' } },
        { request: { method: 'GET', url: 'Patient?name=x' } },
        { request: { method: 'POST', url: 'Patient/$match' } },
        patient(1, { request: { method: 'PUT', url: 'Patient?identifier=x' } }),
        { resource: { resourceType: 'Patient', id: 'b' }, request: { method: 'PUT', url: 'Patient/b' } },
      ],
    },
  ],
]

test.each(clean)('%s is told nothing about, whole or by its entries', async (_, bundle) => {
  expect(await troublesOf(bundle)).toEqual([])
  const result = await read(bundle)
  expect(result.findings.map(({ code, place }) => `${code} ${place}`)).toEqual([])
  expect(result.notEvaluated.map(({ what }) => what).join()).not.toContain('frame')
})

const composition = {
  resourceType: 'Composition',
  status: 'final',
  type: { text: 'x' },
  date: '2026-01-02',
  author: [{ display: 'x' }],
  title: 'x',
}
const one = { resourceType: 'Bundle', type: 'transaction' }

/** Bundle, code, place, record (0 for the file as a whole), and the rule where it is an invariant. */
const broken: readonly [string, JsonObject, string, string, number, string?][] = [
  ['no type', { resourceType: 'Bundle', entry: [patient(1)] }, 'data/fhir-cardinality', 'Bundle.type', 0],
  ['an unknown type', { resourceType: 'Bundle', type: 'pile' }, 'data/fhir-code-required', 'Bundle.type', 0],
  ['total outside a search', { ...one, total: 1, entry: [patient(1, post)] }, 'data/fhir-invariant', 'Bundle', 0, 'bdl-1'],
  [
    'search outside a search',
    { ...one, entry: [patient(1, { ...post, search: { mode: 'match' } })] },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-2',
  ],
  ['a transaction without request', { ...one, entry: [patient(1)] }, 'data/fhir-invariant', 'Bundle', 0, 'bdl-3'],
  [
    'a response in a collection',
    { resourceType: 'Bundle', type: 'collection', entry: [patient(1, { response: { status: '200' } })] },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-4',
  ],
  [
    'an entry that holds nothing',
    { resourceType: 'Bundle', type: 'collection', entry: [patient(1), { fullUrl: uuid(2) }] },
    'data/fhir-invariant',
    'Bundle.entry',
    0,
    'bdl-5',
  ],
  ['one address twice', { ...one, entry: [patient(1, post), patient(1, post)] }, 'data/fhir-full-url', 'Bundle.entry.fullUrl', 2],
  [
    'an address of a version',
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'https://h.example/Patient/a/_history/1', resource: { resourceType: 'Patient', id: 'a' } }],
    },
    'data/fhir-invariant',
    'Bundle.entry',
    1,
    'bdl-8',
  ],
  [
    'an address of another id',
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'https://h.example/Patient/b', resource: { resourceType: 'Patient', id: 'a' } }],
    },
    'data/fhir-full-url',
    'Bundle.entry.fullUrl',
    1,
  ],
  [
    'a document without identifier',
    {
      resourceType: 'Bundle',
      type: 'document',
      timestamp: '2026-01-02T03:04:05Z',
      entry: [{ fullUrl: uuid(1), resource: composition }],
    },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-9',
  ],
  [
    'a document without a date',
    {
      resourceType: 'Bundle',
      type: 'document',
      identifier: { system: 'urn:example:x', value: '1' },
      entry: [{ fullUrl: uuid(1), resource: composition }],
    },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-10',
  ],
  [
    'a document that does not begin with its Composition',
    {
      resourceType: 'Bundle',
      type: 'document',
      timestamp: '2026-01-02T03:04:05Z',
      identifier: { system: 'urn:example:x', value: '1' },
      entry: [patient(2), { fullUrl: uuid(1), resource: composition }],
    },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-11',
  ],
  [
    'a message that does not begin with its header',
    { resourceType: 'Bundle', type: 'message', entry: [patient(1)] },
    'data/fhir-invariant',
    'Bundle',
    0,
    'bdl-12',
  ],
  [
    'a method that does not exist',
    { ...one, entry: [patient(1, { request: { method: 'SEND', url: 'Patient' } })] },
    'data/fhir-code-required',
    'Bundle.entry.request.method',
    1,
  ],
  [
    'a search result without id',
    {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ fullUrl: uuid(1), resource: { resourceType: 'Patient', active: true } }],
    },
    'data/fhir-bundle',
    'Bundle.entry.resource.id',
    1,
  ],
  [
    'a record called the outcome of a search',
    {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ fullUrl: uuid(1), resource: { resourceType: 'Patient', id: 'a' }, search: { mode: 'outcome' } }],
    },
    'data/fhir-bundle',
    'Bundle.entry.resource',
    1,
  ],
  ['POST without a resource', { ...one, entry: [{ fullUrl: uuid(1), ...post }] }, 'data/fhir-bundle', 'Bundle.entry.resource', 0],
  [
    'DELETE with a resource',
    { ...one, entry: [patient(1, { request: { method: 'DELETE', url: 'Patient/a' } })] },
    'data/fhir-bundle',
    'Bundle.entry.resource',
    1,
  ],
  [
    'POST to another type',
    { ...one, entry: [patient(1, { request: { method: 'POST', url: 'Observation' } })] },
    'data/fhir-bundle',
    'Bundle.entry.request.url',
    1,
  ],
  [
    'PUT to another id',
    { ...one, entry: [{ resource: { resourceType: 'Patient', id: 'a' }, request: { method: 'PUT', url: 'Patient/b' } }] },
    'data/fhir-bundle',
    'Bundle.entry.request.url',
    1,
  ],
  ['an entry that is no object', { ...one, entry: [patient(1, post), 'x'] }, 'data/fhir-json-type', 'Bundle.entry', 0],
]

test.each(broken)(
  '%s is told once, at its place, as where the Bundle is read whole',
  async (_, bundle, code, place, record, rule) => {
    const { findings, inputs } = await read(bundle)
    expect(inputs[0]?.format).toBe('bundle')
    const about = findings.filter((finding) => finding.code === code && finding.place === place)
    expect(about.map(({ count }) => count)).toEqual([1])
    const [sample] = about[0]?.sample ?? []
    expect(sample?.at).toMatchObject(record === 0 ? { kind: 'input' } : { kind: 'cell', record })
    if (rule !== undefined) expect(sample?.evidence.facts).toContainEqual({ name: 'rule', value: rule })
    const whole = (await troublesOf(bundle)).map((trouble) => trouble.replaceAll(/\[\d+\]/g, ''))
    expect(whole.filter((trouble) => trouble === `${code} ${place}`)).toHaveLength(1)
  },
)

/** Entries that refer to each other, with every kind of look-up by address and by id. */
function chain(length: number): JsonObject {
  const entry = Array.from({ length }, (_, n) => ({
    fullUrl: uuid(n),
    resource: {
      resourceType: 'Patient',
      id: `p${n}`,
      link: [{ other: { reference: uuid((n * 7 + 1) % length) }, type: 'seealso' }],
      generalPractitioner: [{ reference: uuid((n * 7 + 1) % length), type: 'Patient' }],
    },
    request: { method: 'PUT', url: `Patient/p${n}` },
  }))
  return { resourceType: 'Bundle', type: 'transaction', entry }
}

/** Processor time in microseconds: other programs on the machine do not count. */
async function cost(bundle: JsonObject): Promise<number> {
  const before = process.cpuUsage()
  const { inputs, findings } = await read(bundle)
  const { user, system } = process.cpuUsage(before)
  expect(inputs[0]?.records).toBe(Array.isArray(bundle.entry) ? bundle.entry.length : 0)
  // Patients are no general practitioners: each entry is told, so telling is linear as well.
  expect(findings.find(({ code }) => code === 'data/fhir-reference-type')?.count).toBe(inputs[0]?.records)
  return user + system
}

test('10,000 entries cost at most three times what 5,000 cost', async () => {
  await cost(chain(500))
  const small: number[] = []
  const large: number[] = []
  for (let round = 0; round < 2; round++) {
    small.push(await cost(chain(5000)))
    large.push(await cost(chain(10_000)))
  }
  const ratio = Math.min(...large) / Math.min(...small)
  console.log(`bundle of 10,000 entries: ${ratio.toFixed(2)} times the cost of 5,000`)
  expect(ratio).toBeLessThanOrEqual(3)
})
