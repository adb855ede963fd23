/** A validation in tasks gives the report of one alone, whatever the blocks, the partitions and the order are. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createFhirJudge } from '../../src/core/data/fhir/judge.ts'
import { type CreateJudge, validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { comparable, validateInTasks } from './in-tasks.ts'
import { messyTables } from './messy-tables.ts'
import { sameReport } from './random-cuts.ts'

const data = join(import.meta.dirname, '../../samples/data')
const { signal } = new AbortController()

function sample(): ValidateInput {
  const pack = JSON.parse(readFileSync(join(data, 'datapackage.json'), 'utf8'))
  const inputs = ['patients.csv', 'allergies.csv'].map((name) => ({
    source: bytesSource(name, readFileSync(join(data, name))),
    side: null,
    format: null,
    table: name.replace('.csv', ''),
    reading: {},
    schema: null,
  }))
  const text = readFileSync(join(data, 'rules.json'), 'utf8')
  return { inputs, package: pack, rules: [{ name: 'rules.json', text }], asOf: '2026-06-30' }
}

test.each([
  [1 << 20, 1],
  [700, 2],
  [300, 7],
  [90, 64],
])('the sample in blocks of %i bytes and %i partitions', async (blockBytes, partitions) => {
  const alone = await finish(validate(sample(), signal))
  const { result, readHere, reportRead } = await validateInTasks(sample(), {
    blockBytes,
    partitions,
    order: (tasks) => [...tasks].reverse(),
  })
  expect(alone.findings.length).toBeGreaterThan(3)
  expect(comparable(result)).toBe(comparable(alone))
  expect([readHere, reportRead]).toEqual([[], 0])
})

test.each([0, 1, 2, 3, 4])('messy tables cut anywhere, tasks in any order: seed %i', async (seed) => {
  expect(await sameReport(seed, 60 + seed * 17)).toEqual([])
})

test('a file in another encoding, one that is packed and an empty one are judged by one task each', async () => {
  const { inputs, ...rest } = messyTables(4, 80)
  const [visits, patients] = await Promise.all(
    inputs.map(async ({ source }) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of source.stream()) chunks.push(chunk)
      return Buffer.concat(chunks)
    }),
  )
  const sources = [
    bytesSource('visits.csv.gz', new Uint8Array(gzipSync(visits ?? Buffer.alloc(0)))),
    bytesSource('patients.csv', new Uint8Array(Buffer.from((patients ?? Buffer.alloc(0)).toString('utf8'), 'utf16le'))),
    bytesSource('empty.csv', new Uint8Array(0)),
  ]
  const input: ValidateInput = {
    ...rest,
    inputs: sources.map((source, i) => ({
      ...{ source, side: null, format: null, table: ['visits', 'patients', 'empty'][i] ?? '', schema: null },
      reading: i === 1 ? { encoding: 'utf-16le' } : {},
    })),
  }
  const alone = await finish(validate(input, signal))
  const { result, readHere } = await validateInTasks(input, { blockBytes: 500, partitions: 2 })
  expect(comparable(result)).toBe(comparable(alone))
  expect(readHere).toEqual([])
})

test('a file of several tables is read by the report, which says so', async () => {
  const text = 'id,name\n1,Ada\n2,Lee\n\nvisit,day,ward\n7,2020-01-02,B\n8,2020-01-03,C\n9,2020-01-04,C\n'
  const source = bytesSource('two.csv', new TextEncoder().encode(text))
  const input: ValidateInput = { inputs: [{ source, side: null, format: null, table: 'two', reading: {}, schema: null }] }
  const alone = await finish(validate(input, signal))
  expect(alone.inputs).toHaveLength(2)
  const { result, readHere } = await validateInTasks(input, { blockBytes: 20, partitions: 1 })
  expect(comparable(result)).toBe(comparable(alone))
  expect(readHere).toEqual(['two.csv holds several tables, so the report reads all inputs itself.'])
})

test('what tasks read does not grow with their number, and no part holds a value of the data', async () => {
  const words = 'PlantedOne,PlantedTwo'
  const rows = Array.from({ length: 900 }, (_, i) => `${i % 880},PlantedOne,${i % 7 === 0 ? 'PlantedTwo' : '2001-02-03'},none`)
  const source = bytesSource('planted.csv', new TextEncoder().encode(`id,name,born,note\n${rows.join('\n')}\n`))
  const schema = {
    fields: [{ name: 'id' }, { name: 'name' }, { name: 'born', type: 'date' }, { name: 'note' }],
    primaryKey: 'id',
  }
  const input: ValidateInput = { inputs: [{ source, side: null, format: null, table: 'planted', reading: {}, schema }] }
  const one = await validateInTasks(input, { blockBytes: 1 << 20, partitions: 1 })
  const many = await validateInTasks(input, { blockBytes: 8192, partitions: 3 }, undefined, true)
  try {
    expect(comparable(many.result)).toBe(comparable(one.result))
    expect([one.stretches, many.stretches, many.whole]).toEqual([1, 4, 0])
    expect(many.result.findings.map(({ code }) => code)).toContain('data/unique-key')
    expect(many.reportRead).toBe(0)
    const texts = readdirSync(many.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    expect(texts.length).toBeGreaterThan(20)
    for (const word of words.split(',')) for (const text of texts) expect(text).not.toContain(word)
  } finally {
    rmSync(many.path, { recursive: true, force: true })
  }
})

/** Patients and what was observed of them, with lines that are torn, blank, twice there, and that refer to nobody. */
function resources(records: number): ValidateInput {
  const patient = (id: number): string =>
    JSON.stringify({ resourceType: 'Patient', id: `p${id}`, gender: id % 9 === 0 ? 'x' : 'male', birthDate: '1980-02-30' })
  const observation = (id: number): string =>
    JSON.stringify({
      ...{ resourceType: 'Observation', id: `o${id % (records - 3)}`, status: id % 7 === 0 ? 'done' : 'final' },
      code: { text: `Größe "${id}"` },
      subject: { reference: `Patient/p${id % 40}` },
    })
  const people = Array.from({ length: 30 }, (_, i) => patient(i))
  const seen = Array.from({ length: records }, (_, i) => (i % 23 === 0 ? '' : i % 31 === 0 ? '{"resourceType":' : observation(i)))
  const bundle = JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: { resourceType: 'Patient', id: 'b1' } }],
  })
  const source = (name: string, lines: readonly string[], end: string): ValidateInput['inputs'][number] => ({
    source: bytesSource(name, new TextEncoder().encode(lines.join('\n') + end)),
    ...{ side: null, format: null, table: name.replace('.ndjson', ''), reading: {}, schema: null },
  })
  return {
    inputs: [source('Observation.ndjson', [...seen, bundle], ''), source('Patient.ndjson', people, '\n')],
    asOf: '2026-06-30',
  }
}

test.each([
  [1 << 20, 1],
  [2000, 2],
  [331, 7],
])('resources in lines, in blocks of %i bytes', async (blockBytes, partitions) => {
  const createJudge: CreateJudge = async ({ bytes: _bytes, ...context }) => await createFhirJudge(context)
  const alone = await finish(validate(resources(60), signal, createJudge))
  const order = <T>(tasks: readonly T[]): readonly T[] => [...tasks].reverse()
  const spread = await validateInTasks(resources(60), { blockBytes, partitions, order, processes: 2 }, createJudge)
  const codes = alone.findings.map(({ code }) => code)
  expect(codes.length).toBeGreaterThan(4)
  expect(comparable(spread.result)).toBe(comparable(alone))
  expect([spread.readHere, spread.reportRead]).toEqual([[], 0])
})

test('packed lines are judged by one task, and a torn package is told', async () => {
  const createJudge: CreateJudge = async ({ bytes: _bytes, ...context }) => await createFhirJudge(context)
  const { inputs, ...rest } = resources(60)
  const [first] = inputs
  const chunks: Uint8Array[] = []
  for await (const chunk of first?.source.stream() ?? []) chunks.push(chunk)
  const packed = gzipSync(Buffer.concat(chunks))
  for (const bytes of [packed, packed.subarray(0, packed.length - 200)]) {
    const source = bytesSource('Observation.ndjson.gz', new Uint8Array(bytes))
    const input: ValidateInput = { ...rest, inputs: first ? [{ ...first, source }] : [] }
    const alone = await finish(validate(input, signal, createJudge))
    const { result } = await validateInTasks(input, { blockBytes: 300, partitions: 1 }, createJudge)
    expect(comparable(result)).toBe(comparable(alone))
  }
})

test.each([
  ['its own', ['one']],
  ['another that asks back', ['two', 'one']],
])('a rule of a table that asks %s tests every record, as alone', async (_, asked) => {
  const rows = Array.from(
    { length: 100 },
    (_, i) => `${i},${(i + 37) % 100}${i % 19 === 0 ? ',more' : ''},${i % 3 === 0 ? 'A' : 'B'}`,
  )
  const bytes = new TextEncoder().encode(`visit,before,ward\n${rows.join('\n')}\n`)
  const one = (table: string): ValidateInput['inputs'][number] => ({
    source: bytesSource(`${table}.csv`, bytes),
    ...{ side: null, format: null, table, reading: {}, schema: null },
  })
  const rules = asked.map((of, i) => ({
    ...{ id: `rule-${i}`, on: ['one', 'two'][i], assert: `ward = lookup('${of}', 'visit', before, 'ward')`, severity: 'error' },
    ...{ title: 'Another ward', why: 'It is another.', remedy: 'Ask the ward.', kahn: 'plausibility' },
  }))
  const text = JSON.stringify({ $schema: 'urn:carryover:schema:rules:1', rules })
  const input: ValidateInput = { inputs: [one('one'), one('two')], rules: [{ name: 'rules.json', text }], asOf: '2026-01-01' }
  const alone = await finish(validate(input, signal))
  const found = alone.findings.filter(({ code }) => code === 'data/custom-rule')
  expect(found.map(({ count }) => count > 20)).toEqual(asked.map(() => true))
  const { result, reportRead } = await validateInTasks(input, { blockBytes: 300, partitions: 2 })
  expect(comparable(result)).toBe(comparable(alone))
  expect(reportRead).toBe(0)
})
