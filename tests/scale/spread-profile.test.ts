/** A profile in tasks gives the report of one alone, whatever the blocks and the order are. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bigExtract } from '../../samples/extract/extract.ts'
import type { ReadingChoices } from '../../src/core/data/model/source.ts'
import type { ValidateSource } from '../../src/core/data/model/validation.ts'
import { profileDocument } from '../../src/core/data/profile/document.ts'
import { type ProfileInput, type ProfileResult, profile } from '../../src/core/data/profile/profile.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { profileInTasks } from './in-tasks.ts'
import { sameProfile } from './random-profiles.ts'

const { signal } = new AbortController()
const data = join(import.meta.dirname, '../../samples/data')

function table(content: string | Uint8Array, reading: ReadingChoices = {}, name = 't.csv'): ValidateSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { source: bytesSource(name, bytes), side: null, format: null, table: 't', reading, schema: null }
}

function written(result: ProfileResult): string {
  return JSON.stringify(profileDocument(result, { version: '1', paths: ['t.csv'], reveal: true }), null, 1)
}

async function alone(input: ProfileInput): Promise<string> {
  return written(await finish(profile(input, signal)))
}

test.each([1, 2, 7, 64])('the sample in %i blocks, from the last to the first', async (many) => {
  const names = ['patients.csv', 'allergies.csv']
  const inputs = names.map((name) => table(readFileSync(join(data, name)), {}, name))
  const size = Math.max(...inputs.map(({ source }) => source.size))
  const order = <T>(tasks: readonly T[]): readonly T[] => [...tasks].reverse()
  const input = { inputs, groups: { date: 'BIRTH_DATE' } }
  const spread = await profileInTasks(input, { blockBytes: Math.ceil(size / many), partitions: 1, order })
  expect(written(spread.result)).toBe(await alone(input))
  expect([spread.readHere, spread.reportRead]).toEqual([[], 0])
})

test.each([0, 1, 2, 3, 4, 5])('tables with quotes, line breaks and damage cut anywhere: seed %i', async (seed) => {
  await sameProfile(seed, 90 + seed * 13)
})

test('an extract with quoted line breaks is read in stretches, and twice in all', async () => {
  const chunks: Uint8Array[] = []
  for await (const chunk of bigExtract(200_000).source.stream()) chunks.push(chunk)
  const input = { inputs: [table(new Uint8Array(Buffer.concat(chunks)))] }
  const size = input.inputs[0]?.source.size ?? 0
  const spread = await profileInTasks(input, { blockBytes: Math.ceil(size / 16), partitions: 1 })
  expect(written(spread.result)).toBe(await alone(input))
  expect([spread.stretches, spread.whole, spread.reportRead]).toEqual([16, 0, 0])
  expect(spread.bytesRead / size).toBeLessThan(2.9)
})

test.each([
  ['UTF-16', new Uint8Array(Buffer.from('\uFEFFa,b\r\n1,é\r\n2,ü\r\n', 'utf16le')), { encoding: 'utf-16le' }],
  ['windows-1252', new Uint8Array(Buffer.from(`a,b\n${'1,M\xfcller\n'.repeat(60)}`, 'latin1')), { encoding: 'windows-1252' }],
  ['gzip', new Uint8Array(gzipSync(`\uFEFFa,b\r\n${'1,"two\r\nlines"\r\n'.repeat(60)}`)), {}],
  ['nothing', new Uint8Array(0), {}],
  ['lines of resources', new TextEncoder().encode('{"resourceType":"Patient","id":"a"}\n'.repeat(30)), {}],
])('%s', async (_, bytes, reading) => {
  const input = { inputs: [table(bytes, reading)] }
  const spread = await profileInTasks(input, { blockBytes: 100, partitions: 1 })
  expect(written(spread.result)).toBe(await alone(input))
  expect([spread.readHere, spread.reportRead]).toEqual([[], 0])
})

test('a file of several tables is read by the report, which says so', async () => {
  const input = { inputs: [table('id,name\n1,Ada\n2,Lee\n\nvisit,day,ward\n7,2020-01-02,B\n8,2020-01-03,C\n9,2020-01-04,C\n')] }
  const { result, readHere } = await profileInTasks(input, { blockBytes: 20, partitions: 1 })
  expect(result.inputs).toHaveLength(2)
  expect(written(result)).toBe(await alone(input))
  expect(readHere).toEqual(['t.csv holds several tables, so the report reads it itself.'])
})

test('no value of the data lies in the folder', async () => {
  const rows = Array.from({ length: 600 }, (_, i) => `Zqcanary${i},${4_000_000 + i * 7},1931-07-1${i % 10}`)
  const input = { inputs: [table(`name,mrn,born\n${rows.join('\n')}\n`)] }
  const spread = await profileInTasks(input, { blockBytes: 2000, partitions: 1 }, true)
  try {
    expect(spread.stretches).toBeGreaterThan(5)
    for (const entry of readdirSync(spread.path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const text = readFileSync(join(entry.parentPath, entry.name), 'latin1')
      expect(text).not.toMatch(/Zqcanary|1931-07/)
    }
  } finally {
    rmSync(spread.path, { recursive: true, force: true })
  }
})
