/** A search for duplicate patients in tasks gives the result of one alone. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { LinkInput, LinkSource } from '../../src/core/data/linkage/linkage-types.ts'
import { link } from '../../src/core/data/linkage/probable-pairs.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { csvOf, population } from '../core/data/linkage/population.ts'
import { readSample } from '../samples/riverside.ts'
import { linkInTasks } from './in-tasks.ts'

const reversed = <T>(tasks: readonly T[]): readonly T[] => [...tasks].reverse()

function file(content: string | Uint8Array, name: string): LinkSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { source: bytesSource(name, bytes), format: null, table: 'patients', reading: {} }
}

async function alone(input: LinkInput): Promise<string> {
  return JSON.stringify(await finish(link(input, new AbortController().signal)), null, 1)
}

test.each([1, 2, 7, 64])('a population in %i blocks and shares', async (many) => {
  const csv = csvOf(population(700, 'tasks').records)
  const input = { inputs: [file(csv, 'patients.csv')] }
  const expected = await alone(input)
  const { result, reportRead } = await linkInTasks(input, {
    blockBytes: Math.ceil(csv.length / many),
    partitions: many,
    order: reversed,
  })
  expect(JSON.stringify(result, null, 1)).toBe(expected)
  expect([result.pairs.length > 20, reportRead]).toEqual([true, 0])
})

test('tables, lines of resources, packed and empty files, and what holds no patients', async () => {
  const { pairInput } = readSample({ patients: 120, seed: 'tasks' })
  const inputs = pairInput.inputs.flatMap(({ source, format, table, reading }) =>
    /atient/.test(source.name) ? [{ source, format, table, reading }] : [],
  )
  const more = [
    file(new Uint8Array(gzipSync(csvOf(population(60, 'packed').records))), 'more.csv.gz'),
    file('', 'empty.csv'),
    file('nothing here', 'words.txt'),
    file('a,b\n1,2\n', 'other.csv'),
    file('{"resourceType":"Group","id":"g"}\n', 'Group.ndjson'),
  ]
  const input = { inputs: [...inputs, ...more] }
  const { result, reportRead } = await linkInTasks(input, { blockBytes: 9000, partitions: 5, processes: 2 })
  expect(JSON.stringify(result, null, 1)).toBe(await alone(input))
  expect(reportRead).toBe(0)
})
