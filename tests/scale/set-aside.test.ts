/** What a run says of itself when tasks were set aside: the rest is judged as ever, and what needs the missing bytes is told, not guessed. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { canReport, setAsideLines } from '../../src/cli/scale/status-lines.ts'
import { createFhirJudge } from '../../src/core/data/fhir/judge.ts'
import type { ValidateResult } from '../../src/core/data/model/validation.ts'
import { type CreateJudge, validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { comparable, validateInTasks } from './in-tasks.ts'

const { signal } = new AbortController()
const blockBytes = 1_000

const people = [
  'id,name,born',
  ...Array.from({ length: 200 }, (_, i) => `P${i % 190},Name${i},${i % 11 === 0 ? '2001-02-31' : '2001-02-03'}`),
  '',
].join('\n')
const visits = [
  'visit,patient,ward',
  ...Array.from({ length: 200 }, (_, i) => `${i},P${i % 13 === 0 ? 'none' : i},${i % 17 === 0 ? 'Z' : 'A'}`),
  '',
].join('\n')

function tables(): ValidateInput {
  const patients = { fields: [{ name: 'id' }, { name: 'name' }, { name: 'born', type: 'date' }], primaryKey: 'id' }
  const ofVisits = {
    fields: [{ name: 'visit' }, { name: 'patient' }, { name: 'ward', constraints: { enum: ['A', 'B'] } }],
    foreignKeys: [{ fields: 'patient', reference: { resource: 'people', fields: 'id' } }],
  }
  const one = (table: string, text: string, schema: object): ValidateInput['inputs'][number] => ({
    source: bytesSource(`${table}.csv`, new TextEncoder().encode(text)),
    ...{ side: null, format: null, table, reading: {}, schema: JSON.parse(JSON.stringify(schema)) },
  })
  return { inputs: [one('people', people, patients), one('visits', visits, ofVisits)], maxRows: 1_000 }
}

/** Places of one code, as bytes of an input. */
function bytesOf({ findings }: ValidateResult, code: string, input: number): number[] {
  return findings
    .filter((finding) => finding.code === code && finding.input === input)
    .flatMap(({ sample }) => sample.map(({ at }) => ('byte' in at ? (at.byte ?? -1) : -1)))
    .sort((a, b) => a - b)
}

function whatOf({ notEvaluated }: ValidateResult): string[] {
  return notEvaluated.map(({ what }) => what)
}

/** Bytes of an input that the report says nobody judged. */
function gapOf(result: ValidateResult, name: string): readonly [number, number] {
  const found = whatOf(result)
    .map((what) => new RegExp(`^Bytes ([\\d,]+) to ([\\d,]+) of ${name}$`).exec(what))
    .find((match) => match !== null)
  return [Number(found?.[1]?.replaceAll(',', '')), Number(found?.[2]?.replaceAll(',', ''))]
}

test('a poison block is named with bytes and reason; records outside of it are judged as alone, those of it not', async () => {
  const alone = await finish(validate(tables(), signal))
  const { result, reportRead } = await validateInTasks(tables(), { blockBytes, partitions: 2, poison: ['map-000001'] })
  const [from, to] = gapOf(result, 'people.csv')
  expect(Math.abs(from - 1_000) + Math.abs(to - 2_000)).toBeLessThan(200)
  expect(people.slice(from - 1, from)).toBe('\n')
  expect(result.notEvaluated.find(({ what }) => what.startsWith('Bytes'))?.why).toBe(
    'The task was set aside after three attempts: poison',
  )
  const isOutside = (byte: number): boolean => byte < from || byte >= to
  const dates = bytesOf(alone, 'data/date-format', 0)
  expect(dates.some((byte) => !isOutside(byte))).toBe(true)
  expect(bytesOf(result, 'data/date-format', 0)).toEqual(dates.filter(isOutside))
  expect(bytesOf(result, 'data/value-list', 1)).toEqual(bytesOf(alone, 'data/value-list', 1))
  const lines = people.slice(0, from).split('\n').length - 2 + people.slice(to).split('\n').length - 1
  expect(result.inputs.map(({ records, status }) => [records, status])).toEqual([
    [lines, 'partial'],
    [200, 'read'],
  ])
  expect(reportRead).toBe(0)
  expect(result.notJudged?.length).toBeGreaterThan(0)
})

test('keys, references and verdicts about columns that need a missing block say so instead of guessing', async () => {
  const alone = await finish(validate(tables(), signal))
  expect(bytesOf(alone, 'data/foreign-key', 1)).toHaveLength(25)
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 2, poison: ['map-000001'] })
  // A patient of the missing block would seem to be missing.
  expect(bytesOf(result, 'data/foreign-key', 1)).toEqual([])
  expect(result.findings.filter(({ code }) => code === 'data/foreign-key')).toEqual([])
  const why = (start: string): string | undefined => result.notEvaluated.find(({ what }) => what.startsWith(start))?.why
  expect(why('References from visits.patient to people')).toContain('nobody knows which keys are missing')
  expect(why('Uniqueness of id in people')).toContain('lower bound')
  expect(why('The columns of people')).toContain('nothing is said of it as a whole')
  expect(whatOf(result).filter((what) => what.startsWith('The columns of visits'))).toEqual([])
  const repeated = bytesOf(alone, 'data/unique-key', 0)
  expect(repeated.length).toBeGreaterThan(0)
  for (const byte of bytesOf(result, 'data/unique-key', 0)) expect(repeated).toContain(byte)
})

test.each([
  ['the first block', 'map-000000', 'people.csv', 13],
  ['the last block', 'map-000004', 'people.csv', 4_000],
])('%s of a table can be set aside', async (_, task, name, near) => {
  const alone = await finish(validate(tables(), signal))
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 2, poison: [task] })
  const [from, to] = gapOf(result, name)
  expect(Math.abs(from - near)).toBeLessThan(60)
  expect(bytesOf(result, 'data/date-format', 0)).toEqual(
    bytesOf(alone, 'data/date-format', 0).filter((byte) => byte < from || byte >= to),
  )
})

test('behind a block that could not be scanned nobody knows where records begin: what lies before it is judged', async () => {
  const alone = await finish(validate(tables(), signal))
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 1, poison: ['census-000002'] })
  const [from, to] = gapOf(result, 'people.csv')
  expect(to).toBe(people.length)
  expect(Math.abs(from - 2_000)).toBeLessThan(60)
  expect(bytesOf(result, 'data/date-format', 0)).toEqual(bytesOf(alone, 'data/date-format', 0).filter((byte) => byte < from))
  expect(bytesOf(result, 'data/value-list', 1)).toEqual(bytesOf(alone, 'data/value-list', 1))
})

test('so it is where a task scans several blocks', async () => {
  const alone = await finish(validate(tables(), signal))
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 1, scanned: 2, poison: ['census-000001'] })
  const [from, to] = gapOf(result, 'people.csv')
  expect(to).toBe(people.length)
  expect(Math.abs(from - 2_000)).toBeLessThan(60)
  expect(bytesOf(result, 'data/date-format', 0)).toEqual(bytesOf(alone, 'data/date-format', 0).filter((byte) => byte < from))
  expect(bytesOf(result, 'data/value-list', 1)).toEqual(bytesOf(alone, 'data/value-list', 1))
})

test('a share of the keys that was not compared makes counts of repetitions and of references lower bounds', async () => {
  const alone = await finish(validate(tables(), signal))
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 2, poison: ['reduce-000000'] })
  expect(whatOf(result)).toContain('Share 1 of 2 of the keys')
  expect(result.notEvaluated.find(({ what }) => what.startsWith('References from'))?.why).toContain('lower bound')
  const all = bytesOf(alone, 'data/foreign-key', 1)
  const some = bytesOf(result, 'data/foreign-key', 1)
  expect(some.length).toBeLessThanOrEqual(all.length)
  for (const byte of some) expect(all).toContain(byte)
  expect(bytesOf(result, 'data/date-format', 0)).toEqual(bytesOf(alone, 'data/date-format', 0))
})

test('records that could not be read again are not told, and the report says so', async () => {
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 1, poison: ['strays-000005'] })
  expect(whatOf(result)).toContain('Records of visits.csv whose keys were to be compared')
  expect(result.notEvaluated.find(({ what }) => what.startsWith('References from'))?.why).toContain('lower bound')
})

test('a packed table whose one task fails is left out whole, and the others are judged', async () => {
  const { inputs, ...rest } = tables()
  const [first, second] = inputs
  if (!first || !second) throw new Error('two tables')
  const packed = { ...first, source: bytesSource('people.csv.gz', new Uint8Array(gzipSync(people))) }
  const input = { ...rest, inputs: [packed, second] }
  const alone = await finish(validate(input, signal))
  const { result } = await validateInTasks(input, { blockBytes: 1 << 20, partitions: 1, poison: ['whole-000000'] })
  expect(gapOf(result, 'people.csv.gz')[1]).toBe(packed.source.size)
  expect(result.inputs[0]).toMatchObject({ records: 0, status: 'partial' })
  expect(bytesOf(result, 'data/value-list', 1)).toEqual(bytesOf(alone, 'data/value-list', 1))
})

test('resources in lines: what a missing block may hold is not called missing, and records keep their numbers', async () => {
  const patient = (id: number): string => JSON.stringify({ resourceType: 'Patient', id: `p${id}`, gender: 'male' })
  const seen = (id: number): string =>
    JSON.stringify({
      ...{ resourceType: 'Observation', id: `o${id}`, status: id % 7 === 0 ? 'done' : 'final', code: { text: 'x' } },
      subject: { reference: `Patient/p${id}` },
    })
  const text = [...Array.from({ length: 60 }, (_, i) => patient(i)), ...Array.from({ length: 60 }, (_, i) => seen(i + 3))].join(
    '\n',
  )
  const source = bytesSource('all.ndjson', new TextEncoder().encode(`${text}\n`))
  const input: ValidateInput = {
    inputs: [{ source, side: null, format: null, table: 'all', reading: {}, schema: null }],
    maxRows: 1_000,
  }
  const createJudge: CreateJudge = async ({ bytes: _bytes, ...context }) => await createFhirJudge(context)
  const alone = await finish(validate(input, signal, createJudge))
  expect(alone.findings.map(({ code }) => code)).toContain('data/fhir-reference-missing')
  const { result } = await validateInTasks(input, { blockBytes, partitions: 1, poison: ['map-000001'] }, createJudge)
  const [from, to] = gapOf(result, 'all.ndjson')
  expect(to - from).toBeGreaterThan(500)
  const codes = result.findings.map(({ code }) => code)
  expect(codes).not.toContain('data/fhir-reference-missing')
  expect(whatOf(result).some((what) => what.includes('may not be judged'))).toBe(true)
  const kept = (all: ValidateResult) =>
    all.findings
      .filter(({ code }) => !code.startsWith('data/fhir-reference'))
      .flatMap(({ code, sample }) => sample.map(({ at }) => ({ code, at })))
      .filter(({ at }) => !('byte' in at) || at.byte === null || at.byte < from || at.byte >= to)
  expect(kept(alone).length).toBeGreaterThan(3)
  expect(kept(result)).toEqual(kept(alone))
  expect(result.inputs[0]).toMatchObject({ status: 'partial' })
})

test('tasks that were set aside are tried again, and the report is whole', async () => {
  const alone = await finish(validate(tables(), signal))
  const poison = ['map-000001', 'reduce-000000']
  const { result } = await validateInTasks(tables(), { blockBytes, partitions: 2, poison, mended: true })
  expect(comparable(result)).toBe(comparable(alone))
})

test('without its groundwork a run has no report, and says so', () => {
  const plan = {
    ...({ kind: 'carryover-run', format: 1, tool: '1', verb: 'validate', bytes: 2_000 } as const),
    command: { folder: '/', words: [] },
    asked: { blockBytes: 1_000, inputs: [{ name: 'people.csv', bytes: 2_000 }] },
    stages: [
      { name: 'open', tasks: 1 },
      { name: 'map', tasks: 2 },
    ],
  }
  const done = (task: string) => ({
    ...({ task, plan: '', outcome: 'set-aside', attempt: 3, seconds: 1, cpuSeconds: 1, peakBytes: 1 } as const),
    ...{ bytesRead: 0, bytesWritten: 0, why: 'poison' },
  })
  expect([canReport([done('open-000000')], ['open', 'cuts']), canReport([done('map-000001')], ['open', 'cuts'])]).toEqual([
    false,
    true,
  ])
  expect(setAsideLines(plan, [done('map-000001')], ['open', 'cuts'], 'work')).toContain(
    'map-000001, bytes 1,000 to 2,000 of people.csv: poison',
  )
  const lines = setAsideLines(plan, [done('open-000000'), done('map-000000'), done('map-000001')], ['open', 'cuts'], 'work')
  expect(lines).toContain('There is no report: the other tasks rest on these.\n  Not judged: open-000000: poison\n')
  expect(lines).toContain('2 tasks behind them failed, too.')
  expect(lines).toContain('carryover run --resume work')
})
