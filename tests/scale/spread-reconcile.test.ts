/** A reconciliation in tasks gives the account of one alone, whatever the blocks, the shares and the order are. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ReconcileInput, ReconcileResult } from '../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { dataPath, hasData } from '../beside.ts'
import { handWritten } from '../foreign/pair-12/compared.ts'
import { readSample } from '../samples/riverside.ts'
import { reconcileInTasks } from './in-tasks.ts'
import { sameAccount } from './random-reconciliations.ts'

const { signal } = new AbortController()
const reversed = <T>(tasks: readonly T[]): readonly T[] => [...tasks].reverse()

function written(result: ReconcileResult): string {
  return JSON.stringify(result, null, 1)
}

async function alone(input: ReconcileInput): Promise<string> {
  return written(await finish(reconcile(input, signal)))
}

const sample = readSample({ patients: 60, seed: 'shards' })

test.each([1, 2, 7, 64])('the sample, tables against lines of resources, in %i blocks and shares', async (many) => {
  const input = sample.pairInput
  const total = input.inputs.reduce((sum, { source }) => sum + source.size, 0)
  const spread = await reconcileInTasks(input, { blockBytes: Math.ceil(total / many), partitions: many, order: reversed })
  expect(written(spread.result)).toBe(await alone(input))
  expect(spread.reportRead).toBe(0)
  if (many < 64) expect(spread.bytesRead / total).toBeLessThan(2.9)
})

test.each([0, 1, 2, 3])('small clinics cut anywhere, tasks in any order: seed %i', async (seed) => {
  expect((await sameAccount(seed, 10 + seed * 6)).length).toBeGreaterThan(2)
})

test('packed files, byte order marks and returns are read as alone', async () => {
  const inputs = await Promise.all(
    sample.pairInput.inputs.map(async (one, i) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of one.source.stream()) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const text = bytes.toString('utf8')
      const isPacked = i % 3 === 0
      const returned = one.side === 'legacy' && !isPacked ? `\uFEFF${text.replace(/\r?\n/g, '\r\n')}` : text
      const own = isPacked ? gzipSync(bytes) : Buffer.from(returned)
      return { ...one, source: bytesSource(isPacked ? `${one.source.name}.gz` : one.source.name, new Uint8Array(own)) }
    }),
  )
  const input = { ...sample.pairInput, inputs }
  const { result } = await reconcileInTasks(input, { blockBytes: 20_000, partitions: 3, processes: 2 })
  expect(written(result)).toBe(await alone(input))
})

test.skipIf(!hasData('pair-12'))('a pair of other programs: tables against packed Bundles', async () => {
  const legacy = readdirSync(dataPath('pair-12/legacy')).map((name) => ({
    source: bytesSource(name, new Uint8Array(readFileSync(join(dataPath('pair-12/legacy'), name)))),
    ...{ side: 'legacy' as const, table: name.replace('.csv', ''), format: null, reading: {} },
  }))
  const target = readdirSync(dataPath('pair-12/target')).map((name, i) => {
    const bytes = readFileSync(join(dataPath('pair-12/target'), name))
    const own = i % 2 === 0 ? bytes : gunzipSync(bytes)
    return {
      source: bytesSource(i % 2 === 0 ? name : name.replace('.gz', ''), new Uint8Array(own)),
      ...{ side: 'target' as const, table: name.replace('.json.gz', ''), format: null, reading: {} },
    }
  })
  const input = { inputs: [...legacy, ...target], mapping: handWritten.mapping }
  const { result } = await reconcileInTasks(input, { blockBytes: 70_000, partitions: 7, order: reversed })
  expect(written(result)).toBe(await alone(input))
})

test('no key and no value of the data lies in the folder', async () => {
  const spread = await reconcileInTasks(sample.pairInput, { blockBytes: 50_000, partitions: 3 }, true)
  try {
    const texts = readdirSync(spread.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    expect(texts.length).toBeGreaterThan(30)
    for (const { patient } of sample.truth) for (const text of texts) expect(text).not.toContain(patient)
  } finally {
    rmSync(spread.path, { recursive: true, force: true })
  }
})
