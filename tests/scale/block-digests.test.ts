/** The digest `sha256-blocks/256MiB`: the same by one reader and by many tasks. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { validate } from '../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../src/core/data/validate/validate-input.ts'
import { blocksDigest, digestBlock, hashOf } from '../../src/core/file-hash.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { blockHash, pathSource } from '../../src/io/files/files-node.ts'
import { validateInTasks } from './in-tasks.ts'

const { signal } = new AbortController()
const text = `id,name\n${Array.from({ length: 90 }, (_, i) => `${i},Name${i}`).join('\n')}\n`
const bytes = new TextEncoder().encode(text)

const sha = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest()

/** By the words of the definition. */
function defined(data: Uint8Array, blockBytes: number): string {
  const blocks = Array.from({ length: Math.max(1, Math.ceil(data.length / blockBytes)) }, (_, i) =>
    sha(data.subarray(i * blockBytes, (i + 1) * blockBytes)),
  )
  return sha(Buffer.concat(blocks)).toString('hex')
}

function input(): ValidateInput {
  const given = { side: null, format: null, table: 'names', reading: {}, schema: null }
  return { inputs: [{ source: bytesSource('names.csv', bytes), ...given }] }
}

test.each([1, 7, 100, 256, 1_000, 5_000])(
  'one reader digests blocks of %i bytes, however the chunks come',
  async (blockBytes) => {
    for (const chunk of [1, 64, 100, 4_096]) {
      const hash = blockHash(blockBytes)
      for (let at = 0; at < bytes.length; at += chunk) hash.update(bytes.subarray(at, at + chunk))
      expect(await hash.blocks()).toBe(defined(bytes, blockBytes))
      expect(await hash.digest()).toBe(sha(bytes).toString('hex'))
    }
  },
)

test('a file of one block needs no second digest; an empty file has one block', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-blocks-'))
  try {
    for (const data of [bytes, new Uint8Array(0)]) {
      writeFileSync(join(folder, 'names.csv'), data)
      const source = await pathSource(join(folder, 'names.csv'))
      const hash = hashOf(source)
      expect(hash.blocks).toBeUndefined()
      hash.update(data)
      expect(await blocksDigest(hash, data.length, await hash.digest())).toBe(defined(data, digestBlock))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a longer file whose blocks nobody digested has none', async () => {
  expect(await blocksDigest(hashOf(bytesSource('a', bytes)), digestBlock + 1, sha(bytes).toString('hex'))).toBe(null)
})

test('a run alone and one in tasks report the same digest; tasks with blocks of another size leave it out', async () => {
  const alone = await finish(validate(input(), signal))
  expect(alone.inputs[0]?.sha256Blocks).toBe(defined(bytes, digestBlock))
  const whole = await validateInTasks(input(), { blockBytes: digestBlock, partitions: 1 })
  expect(whole.result.inputs[0]).toMatchObject({ sha256: alone.inputs[0]?.sha256, sha256Blocks: alone.inputs[0]?.sha256Blocks })
  // Small blocks that fill a block of the digest are scanned together.
  for (const blockBytes of [1 << 6, 1 << 10]) {
    const parts = await validateInTasks(input(), { blockBytes, partitions: 1, scanned: digestBlock / blockBytes })
    expect(parts.stretches).toBeGreaterThan(blockBytes < bytes.length ? 1 : 0)
    expect(parts.result.inputs[0]).toEqual(alone.inputs[0])
  }
  const many = await validateInTasks(input(), { blockBytes: 300, partitions: 1 }, undefined, true)
  try {
    expect(many.result.inputs[0]).toMatchObject({ sha256: null })
    expect(many.result.inputs[0]).not.toHaveProperty('sha256Blocks')
    const cuts = JSON.parse(readFileSync(join(many.path, 'parts/cuts-000000.json'), 'utf8'))
    expect(cuts.inputs[0].sha256Blocks).toBe(defined(bytes, 300))
  } finally {
    rmSync(many.path, { recursive: true, force: true })
  }
})
