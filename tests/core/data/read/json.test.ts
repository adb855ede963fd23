import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ReadProblem, ResourceEvent } from '../../../../src/core/data/model/events.ts'
import type { ResourceRecord } from '../../../../src/core/data/model/record.ts'
import { jsonFault } from '../../../../src/core/data/read/json/json-fault.ts'
import { readResources } from '../../../../src/core/data/read/json/read-resources.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { chunkedSource, signal } from '../reading.ts'

const suite = new URL('../../../../../shared/reference/review/json_test_suite.json', import.meta.url)
const encoder = new TextEncoder()

async function read(
  events: AsyncIterable<ResourceEvent>,
): Promise<{ resources: ResourceRecord[]; problems: ReadProblem[]; codes: string[]; status: string; records: number }> {
  const resources: ResourceRecord[] = []
  const problems: ReadProblem[] = []
  let end = { status: 'none', records: -1 }
  for await (const event of events) {
    if (event.kind === 'resources') resources.push(...event.resources)
    else if (event.kind === 'problem') problems.push(event.problem)
    else if (event.kind === 'end') end = event
  }
  return { resources, problems, codes: problems.map((problem) => problem.sighting.code), ...end }
}

const ndjson = (text: string) => read(readResources(bytesSource('x.ndjson', encoder.encode(text)), 'ndjson', signal))

test('a torn last line is told with its place and the lines before it are kept', async () => {
  const first = '{"resourceType":"Patient","id":"a"}\n'
  const { resources, problems, status } = await ndjson(`${first}{"resourceType":"Pat`)
  expect(resources.map((resource) => resource.id)).toEqual(['a'])
  expect(status).toBe('partial')
  expect(problems[0]?.sighting).toMatchObject({ code: 'data/torn-json', at: { line: 2, byte: first.length + 20 } })
})

test('CRLF, a byte order mark and blank lines do no harm, and blank lines are told', async () => {
  const { resources, codes } = await ndjson(
    '\uFEFF{"resourceType":"Patient","id":"a"}\r\n\r\n{"resourceType":"Patient","id":"b"}\r\n',
  )
  expect(resources.map(({ id, line, byte }) => [id, line, byte])).toEqual([
    ['a', 1, 3],
    ['b', 3, 42],
  ])
  expect(codes).toEqual(['data/blank-line'])
})

test('a bad line costs itself: list, invalid JSON, missing type', async () => {
  const { resources, codes } = await ndjson('[1]\n{"v":NaN}\n{"id":"x"}\n{"resourceType":"Patient","id":"a"}\n')
  expect(resources.map((resource) => resource.type)).toEqual(['', 'Patient'])
  expect(codes).toEqual(['data/not-a-resource', 'data/invalid-json', 'data/resource-type-missing'])
})

test('lines split over chunks of any size are the same lines', async () => {
  const bytes = encoder.encode(
    '{"resourceType":"Patient","id":"é"}\n{"resourceType":"Patient"\n{"resourceType":"Basic","id":"b"}',
  )
  const whole = await read(readResources(chunkedSource('x', bytes, [bytes.length]), 'ndjson', signal))
  for (const size of [1, 2, 3, 7, 40])
    expect(await read(readResources(chunkedSource('x', bytes, [size]), 'ndjson', signal))).toEqual(whole)
})

test('entries of a Bundle are records with their path and fullUrl', async () => {
  const bundle = {
    resourceType: 'Bundle',
    entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient', id: 'a' } }, { resource: { resourceType: 'Basic' } }],
  }
  const { resources } = await read(readResources(bytesSource('b.json', encoder.encode(JSON.stringify(bundle))), 'bundle', signal))
  expect(resources.map(({ type, within, fullUrl }) => ({ type, within, fullUrl }))).toEqual([
    { type: 'Patient', within: 'Bundle.entry[0].resource', fullUrl: 'urn:uuid:1' },
    { type: 'Basic', within: 'Bundle.entry[1].resource', fullUrl: null },
  ])
})

test.skipIf(!existsSync(suite))('JSON test suite: what must be refused has a place, what must be accepted has none', async () => {
  const cases = JSON.parse(readFileSync(suite, 'utf8')) as { name: string; expect: string; base64: string }[]
  for (const { name, expect: expected, base64 } of cases) {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
    const fault = jsonFault(bytes)
    if (expected === 'accept') expect(fault, name).toBeNull()
    const { codes } = await read(readResources(bytesSource(name, bytes), 'json', signal))
    const refused = codes.some((code) =>
      ['data/invalid-json', 'data/torn-json', 'data/invalid-bytes', 'data/empty-file'].includes(code),
    )
    if (expected === 'reject') expect(refused, name).toBe(true)
    if (expected === 'accept') expect(refused, name).toBe(false)
  }
})
