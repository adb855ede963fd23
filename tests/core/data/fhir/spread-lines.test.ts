/** NDJSON judged by several threads: what is told is what one thread tells, whoever judged which lines. */
import { expect, test } from 'vitest'
import { createBlockJudge } from '../../../../src/core/data/fhir/block-judge.ts'
import { createFhirJudge } from '../../../../src/core/data/fhir/judge.ts'
import type { BlockHelper, OpenHelpers } from '../../../../src/core/data/fhir/spread-lines.ts'
import type { JsonObject, ResourceRecord } from '../../../../src/core/data/model/record.ts'
import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { type LineBlock, LineBlocks } from '../../../../src/core/data/read/json/line-blocks.ts'
import { type ReadBlock, readBlock } from '../../../../src/core/data/read/json/ndjson.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, Cancelled, finish } from '../../../../src/core/operation.ts'
import { seededRandom } from '../../../../src/core/random.ts'

/** Threads of this thread: everything crosses as it would between two, and answers come late. */
function helpers(count: number, seed: string, log: { judged: number; closed: number }): OpenHelpers {
  const random = seededRandom(seed)
  const late = async (): Promise<void> => {
    for (let turns = random.below(6); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
  }
  return (context) =>
    Array.from({ length: count }, (): BlockHelper => {
      const made = createBlockJudge(structuredClone(context))
      let last: Promise<unknown> = made
      const helper = {
        isReady: false,
        judge: async (block: Parameters<BlockHelper['judge']>[0], input: number) => {
          log.judged++
          const before = last
          const answer = (async () => {
            await before
            await late()
            return structuredClone((await made).judge(structuredClone(block), input))
          })()
          last = answer
          return await answer
        },
        totals: async () => structuredClone((await made).totals()),
        pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
        close: () => {
          log.closed++
        },
      }
      made.then(() => {
        helper.isReady = true
      })
      return helper
    })
}

/** Lines with every kind of trouble: broken references both ways, ids that come twice, Bundles, bad lines, foreign types and elements. */
function linesOf(seed: string, type: 'people' | 'rest'): string {
  const random = seededRandom(seed)
  const lines: string[] = []
  const put = (value: JsonObject): void => {
    lines.push(JSON.stringify(value))
  }
  for (let i = 0; i < 2500; i++) {
    const subject = { reference: `Patient/p${random.below(3000)}` }
    const note = {
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${'x'.repeat(random.below(200))}</div>` },
    }
    if (type === 'people')
      put({ resourceType: 'Patient', id: `p${i}`, ...note, gender: random.below(50) === 0 ? 'Male' : 'male' })
    else
      put({
        resourceType: 'Condition',
        id: `c${random.below(2600)}`,
        ...note,
        subject,
        encounter: { reference: `Encounter/e${i}` },
      })
    const odd = random.below(120)
    if (odd === 0) lines.push('{"resourceType":"Patient","id":')
    if (odd === 1) lines.push('')
    if (odd === 2) put({ resourceType: 'Ghost', id: 'g' })
    if (odd === 3) put({ id: 'nobody' })
    if (odd === 4)
      put({
        resourceType: 'Basic',
        id: `b${i}`,
        code: { text: 'x' },
        subject: { reference: 'https://else.example/r4/Patient/1' },
        extra: 1,
      })
    if (odd === 5)
      put({ resourceType: 'Parameters', parameter: [{ name: 'a', resource: { resourceType: 'Patient', id: `p${i}` } }] })
    if (odd === 6)
      put({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ fullUrl: `urn:uuid:${i}`, resource: { resourceType: 'Basic', code: { text: 'x' }, subject } }],
      })
    if (odd === 7)
      lines.push(`{"resourceType":"Patient","id":"d${i}","id":"twice","multipleBirthInteger":1.00000000000000000001}`)
    if (odd >= 9 && odd < 15) put(containerOf(i, odd, subject))
    if (odd === 8)
      put({ resourceType: 'Patient', id: `m${i}`, meta: { profile: ['http://example.org/none'] }, birthDate: '2021-02-30' })
  }
  return lines.join(random.below(2) === 0 ? '\n' : '\r\n')
}

/** A record that contains others: a plain one, a Bundle or Parameters whose resources are known to the run, also where they may not stand. */
function containerOf(i: number, odd: number, subject: JsonObject): JsonObject {
  const inner: JsonObject[] = [
    { resourceType: 'Patient', id: `inner${i}` },
    { resourceType: 'Patient', id: `p${i}`, managingOrganization: { reference: `Organization/inner${i}` } },
    { resourceType: 'Organization', id: `inner${i % 7}`, name: 'x' },
  ]
  const bundle: JsonObject = {
    resourceType: 'Bundle',
    id: 'in',
    type: 'collection',
    entry: inner.map((resource) => ({ resource })),
  }
  const given: JsonObject = {
    resourceType: 'Parameters',
    id: 'in',
    parameter: inner.map((resource) => ({ name: 'p', resource })),
  }
  const plain: JsonObject = { resourceType: 'Organization', id: 'in', name: 'x' }
  const held: JsonObject[] = [bundle, given, plain, { ...plain, contained: [bundle] }, { ...plain, contained: { ...given } }]
  const contained = odd === 14 ? given : [held[odd - 9] ?? plain]
  const owner = { reference: odd % 2 === 0 ? `Organization/inner${i % 9}` : `Patient/inner${i}` }
  const input = [{ type: { text: 'a' }, valueReference: { reference: '#in' } }]
  return { resourceType: 'Task', id: `t${i % 50}`, status: 'draft', intent: 'order', contained, for: subject, owner, input }
}

async function judged(
  files: readonly string[],
  open: OpenHelpers | null,
  signal = new AbortController().signal,
): Promise<ValidateResult> {
  const inputs = files.map((text, index) => ({
    source: bytesSource(`part${index}.ndjson`, new TextEncoder().encode(text)),
    side: null,
    format: 'ndjson' as const,
    table: `part${index}`,
    reading: {},
    schema: null,
  }))
  return await finish(
    validate({ inputs }, signal, (context) => createFhirJudge(open === null ? context : { ...context, helpers: open })),
  )
}

test.each([
  ['rest', 'people', 1],
  ['people', 'rest', 2],
] as const)('%s before %s: with %i helpers the result is that of one thread', async (first, second, count) => {
  const files = [linesOf('a', first), linesOf('b', second)]
  const alone = await judged(files, null)
  const log = { judged: 0, closed: 0 }
  expect(await judged(files, helpers(count, 'late', log))).toEqual(alone)
  expect(log).toEqual({ judged: expect.any(Number), closed: count })
  expect(log.judged).toBeGreaterThan(4)
  const told = new Set(alone.findings.map(({ code }) => code))
  for (const code of [
    'data/fhir-reference-missing',
    'data/fhir-duplicate-id',
    'data/torn-json',
    'data/json-duplicate-name',
    'data/fhir-calendar',
  ])
    expect(told).toContain(code)
})

test('a helper that fails ends the run with its words, a cancelled run lets go of it', async () => {
  const files = [linesOf('a', 'people')]
  const log = { judged: 0, closed: 0 }
  const broken: OpenHelpers = (context) =>
    helpers(
      1,
      'x',
      log,
    )(context).map((helper) => ({
      ...helper,
      get isReady() {
        return true
      },
      judge: () => Promise.reject(new Error('gone')),
    }))
  await expect(judged(files, broken)).rejects.toThrow('gone')
  expect(log.closed).toBe(1)
  const stop = new AbortController()
  const stopping: OpenHelpers = (context) => {
    stop.abort()
    return helpers(1, 'x', log)(context)
  }
  await expect(judged(files, stopping, stop.signal)).rejects.toThrow(Cancelled)
  expect(log.closed).toBe(2)
})

/** A block with its records, none of which is settled. */
function readWhole(block: LineBlock): ReadBlock & { readonly resources: readonly ResourceRecord[] } {
  const resources: ResourceRecord[] = []
  return { ...readBlock(block, 0, { settle: () => false, see: (record) => resources.push(record) }), resources }
}

test('blocks hold whole lines, whatever the chunks: lines, bytes and problems are those of the file', () => {
  const bytes = new TextEncoder().encode(`${linesOf('c', 'people')}\n\n{"resourceType":"Patient"}`)
  const whole = readWhole({ bytes, byte: 0, line: 0, tooLong: 0 })
  for (const seed of ['1', '2', '3']) {
    const random = seededRandom(seed)
    const blocks = new LineBlocks(500 + random.below(5000), 1 << 20)
    const cut = []
    for (let at = 0; at < bytes.length; ) {
      const to = at + 1 + random.below(20_000)
      cut.push(...blocks.push(bytes.subarray(at, to)))
      at = to
    }
    cut.push(...blocks.end())
    let records = 0
    const lines = cut.flatMap((block) => {
      const read = readWhole(block)
      const places = read.resources.map(({ line, byte, record }) => [line, byte, record + records])
      records += read.records
      return places
    })
    expect(lines).toEqual(whole.resources.map(({ line, byte, record }) => [line, byte, record]))
    expect(cut.reduce((sum, block) => sum + block.bytes.length, 0)).toBe(bytes.length)
  }
})

test('a line beyond what is held costs itself, wherever it stands', () => {
  const long = `{"resourceType":"Patient","id":"${'x'.repeat(3000)}"}`
  const short = '{"resourceType":"Patient","id":"a"}'
  for (const text of [`${long}\n${short}\n`, `${short}\n${long}\n${short}`, `${short}\n${long}`]) {
    const bytes = new TextEncoder().encode(text)
    const blocks = new LineBlocks(256, 1000)
    const cut = []
    for (let at = 0; at < bytes.length; at += 100) cut.push(...blocks.push(bytes.subarray(at, at + 100)))
    cut.push(...blocks.end())
    const read = cut.map(readWhole)
    const problems = read.flatMap((block) => block.problems.map(({ sighting }) => sighting))
    expect(problems.map(({ code }) => code)).toEqual(['data/record-too-long'])
    const before = text.startsWith(short) ? 1 : 0
    expect(problems[0]?.at).toMatchObject({ line: before + 1, byte: before * (short.length + 1) })
    expect(problems[0]?.evidence.facts).toContainEqual({ name: 'bytes', value: long.length })
    const lines = text.split('\n').flatMap((line, index) => (line === short ? [index + 1] : []))
    expect(read.flatMap(({ resources }) => resources.map(({ line }) => line))).toEqual(lines)
  }
})
