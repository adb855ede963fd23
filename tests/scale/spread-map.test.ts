/** A mapping in tasks writes the files of one alone and tells the same, whatever the blocks and the order are. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readMapping } from '../../src/core/data/crosswalk/mapping/mapping.ts'
import type { MapInput } from '../../src/core/data/crosswalk/plan/crosswalk.ts'
import { mapRecords } from '../../src/core/data/crosswalk/records/map-records.ts'
import type { ReadingChoices } from '../../src/core/data/model/source.ts'
import { bytesSource } from '../../src/core/operation.ts'
import { readSample } from '../samples/riverside.ts'
import { type MappedFiles, mapInTasks, mappedFiles } from './in-tasks.ts'
import { sameFiles, smallMap } from './random-maps.ts'

const { signal } = new AbortController()
const reversed = <T>(tasks: readonly T[]): readonly T[] => [...tasks].reverse()

async function alone(input: MapInput): Promise<MappedFiles> {
  return await mappedFiles(mapRecords(input, signal))
}

const sample = readSample({ patients: 60, seed: 'shards' })
const sampleInput: MapInput = { inputs: sample.pairInput.inputs, mapping: sample.pairInput.mapping }
const sampleBytes = sampleInput.inputs.reduce((sum, { side, source }) => sum + (side === 'target' ? 0 : source.size), 0)

test.each([1, 2, 7, 64])('the sample, tables to lines of resources, in %i blocks', async (many) => {
  const whole = await alone(sampleInput)
  const how = { blockBytes: Math.ceil(sampleBytes / many), partitions: 1, order: reversed, processes: 2 }
  const { result, files, ...facts } = await mapInTasks(sampleInput, how)
  expect(files).toEqual(whole.files)
  expect(JSON.stringify(result, null, 1)).toBe(JSON.stringify(whole.result, null, 1))
  expect(Object.keys(files).length).toBeGreaterThan(6)
  expect(facts.reportRead).toBe(0)
  if (many === 64) expect(facts.stretches).toBeGreaterThan(30)
  else expect(facts.bytesRead / sampleBytes).toBeLessThan(2.9)
})

test.each([1, 2, 7, 64])('small tables to tables and resources in %i blocks', async (many) => {
  const input = smallMap(3, 60)
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const whole = await alone(input)
  const { result, files } = await mapInTasks(input, { blockBytes: Math.ceil(total / many), partitions: 1, order: reversed })
  expect(files).toEqual(whole.files)
  expect(JSON.stringify(result)).toBe(JSON.stringify(whole.result))
})

test('tables with links, rejects, joined rows and damage cut anywhere', { timeout: 120_000 }, async () => {
  const met = { rejected: 0, merged: 0, filtered: 0, links: 0, twice: 0 }
  for (let seed = 0; seed < 8; seed++) {
    const { result } = await sameFiles(seed, 15 + seed * 5)
    for (const name of ['rejected', 'merged', 'filtered'] as const)
      met[name] += result.tables.reduce((sum, one) => sum + one[name], 0)
    met.links += result.notEvaluated.filter(({ what }) => what.startsWith('Links to')).length
    met.twice += result.notEvaluated.filter(({ what }) => what.startsWith('Ids of')).length
  }
  for (const [what, count] of Object.entries(met)) expect(count, what).toBeGreaterThan(2)
})

const { mapping } = readMapping(
  new Map([
    [
      'mapping/fields.csv',
      new TextEncoder().encode(`legacy_source,legacy_field,rule,params,target,required,status,reason,by
t,id,copy,role=key,Patient.identifier.value,yes,confirmed,,
t,name,copy,,Patient.name.text,yes,confirmed,,
`),
    ],
  ]),
)

function table(content: string | Uint8Array, reading: ReadingChoices = {}, name = 't.csv'): MapInput {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { inputs: [{ source: bytesSource(name, bytes), side: 'legacy', format: null, table: 't', reading }], mapping }
}

test.each([
  ['UTF-16', new Uint8Array(Buffer.from(`\uFEFFid,name\r\n${'1,é\r\n2,\r\n'.repeat(30)}`, 'utf16le')), { encoding: 'utf-16le' }],
  [
    'windows-1252',
    new Uint8Array(Buffer.from(`id,name\n${'1,M\xfcller\n2,\n'.repeat(60)}`, 'latin1')),
    { encoding: 'windows-1252' },
  ],
  ['gzip', new Uint8Array(gzipSync(`\uFEFFid,name\r\n${'1,"two\r\nlines"\r\n2,\r\n'.repeat(60)}`)), {}],
  ['a torn gzip', new Uint8Array(gzipSync(`id,name\n${'1,Ada\n2,\n'.repeat(6_000)}`)).subarray(0, 100), {}],
  [
    'several tables in one file',
    new TextEncoder().encode('id,name\n1,Ada\n2,\n\nvisit,day,ward\n7,2020-01-02,B\n8,2020-01-03,C\n9,2020-01-04,C\n'),
    {},
  ],
  ['nothing', new Uint8Array(0), {}],
  ['a header alone', new TextEncoder().encode('id,name\n'), {}],
  ['lines of resources', new TextEncoder().encode('{"resourceType":"Patient","id":"a"}\n'.repeat(30)), {}],
])('%s', async (_, bytes, reading) => {
  const input = table(bytes, reading)
  const whole = await alone(input)
  const { result, files, reportRead } = await mapInTasks(input, { blockBytes: 100, partitions: 1 })
  expect(files).toEqual(whole.files)
  expect(JSON.stringify(result)).toBe(JSON.stringify(whole.result))
  expect(reportRead).toBe(0)
})

const many = Array.from({ length: 30_000 }, (_, i) => `K${i % 29_000},${i % 50 === 0 ? '' : `Zqcanary${i}`}`)

test('what a task makes goes into several files, each of several pieces, and no value of it lies open in the folder', async () => {
  const input = table(`id,name\n${many.join('\n')}\n`)
  const whole = await alone(input)
  const spread = await mapInTasks(input, { blockBytes: 1 << 20, partitions: 1 }, true, 1 << 20)
  try {
    expect(spread.files).toEqual(whole.files)
    expect(JSON.stringify(spread.result)).toBe(JSON.stringify(whole.result))
    expect(spread.result.notEvaluated.map(({ what }) => what)).toEqual(['Ids of Patient.ndjson'])
    const names = readdirSync(join(spread.path, 'shuffle'))
    expect(names.filter((name) => name.startsWith('map1-000000-')).length).toBeGreaterThan(3)
    for (const entry of readdirSync(spread.path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const text = readFileSync(join(entry.parentPath, entry.name), 'latin1')
      expect(text).not.toMatch(/Zqcanary|required and empty/)
    }
  } finally {
    rmSync(spread.path, { recursive: true, force: true })
  }
})

const linked = smallMap(8, 80)
const blocksOf = (table: string): number => Math.ceil((linked.inputs.find((one) => one.table === table)?.source.size ?? 0) / 500)

/** Name of a task of a table, which has the given turn. */
function taskOf(name: string, turn: number, turns: Readonly<Record<string, number>>, at: number): string {
  let before = 0
  for (const { table: one, source } of linked.inputs) {
    if (one === name) break
    if (turns[one] === turn) before += Math.max(1, Math.ceil(source.size / 500))
  }
  return `map${turn}-${String(before + at).padStart(6, '0')}`
}

const turns = { patients: 1, wards: 1, rooms: 1, extra: 1, visits: 2, panels: 2, notes: 3 }

test('a missing block of a table that others link to rejects none of their rows for want of it, and is named', async () => {
  expect(blocksOf('patients')).toBeGreaterThan(3)
  const whole = await alone(linked)
  const task = taskOf('patients', 1, turns, 1)
  const { result, files, reportRead } = await mapInTasks(linked, { blockBytes: 500, partitions: 1, poison: [task] })
  expect(files).toEqual({})
  const [gap] = result.notEvaluated.filter(({ what }) => what.startsWith('Bytes'))
  expect(gap?.what).toMatch(/^Bytes [\d,]+ to [\d,]+ of patients.csv$/)
  expect(gap?.why).toBe('The task was set aside after three attempts: poison. These rows are neither written nor rejected')
  expect(result.inputs.find(({ table: name }) => name === 'patients')?.status).toBe('partial')
  expect(result.notEvaluated).toContainEqual({
    what: 'Links to patients',
    why: expect.stringMatching(/^\d+ links? (is|are) written all the same: a part of patients was not mapped$/),
  })
  const countsOf = ({ tables }: MappedFiles['result'], name: string) => tables.find(({ table: one }) => one === name)
  const [patients, wholePatients] = [countsOf(result, 'patients'), countsOf(whole.result, 'patients')]
  expect(patients?.read).toBeLessThan(wholePatients?.read ?? 0)
  expect(countsOf(result, 'visits')?.read).toBe(countsOf(whole.result, 'visits')?.read)
  expect(countsOf(result, 'visits')?.rejected).toBeLessThanOrEqual(countsOf(whole.result, 'visits')?.rejected ?? 0)
  expect(countsOf(result, 'wards')).toEqual(countsOf(whole.result, 'wards'))
  expect(reportRead).toBe(0)
})

test.each([
  'census-000001',
  taskOf('patients', 1, turns, 1),
  taskOf('visits', 2, turns, 2),
  taskOf('notes', 3, turns, 0),
  'whole1-000001',
  'whole2-000001',
])('a mapping is whole once %s was tried again', async (task) => {
  const whole = await alone(linked)
  const { result, files } = await mapInTasks(linked, { blockBytes: 500, partitions: 1, poison: [task], mended: true })
  expect(JSON.stringify(result)).toBe(JSON.stringify(whole.result))
  expect(files).toEqual(whole.files)
})
