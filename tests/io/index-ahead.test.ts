/** Threads of Node that index ahead: what they find is taken, and one that fails is done without. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AheadBlocks } from '../../src/core/data/read/records/ahead-blocks.ts'
import { validate } from '../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../src/core/operation.ts'
import { pathSource } from '../../src/io/files/files-node.ts'
import { nodeAhead } from '../../src/io/threads/index-ahead-node.ts'

const signal = new AbortController().signal
const form = { origin: 0, size: 40 << 20, delimiter: 44, quote: 34, width: 3, asks: [] }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'index-ahead-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('only large files of the disk, of not too many columns, are read by more than one thread', async () => {
  const path = join(folder, 't.csv')
  const script = join(folder, 'thread.mjs')
  writeFileSync(path, 'a,b,c\n1,2,3\n')
  writeFileSync(script, '')
  const source = await pathSource(path)
  expect(nodeAhead(script, 1)(source, form)).toBeNull()
  expect(nodeAhead(script, 2)(source, { ...form, size: 1 << 20 })).toBeNull()
  expect(nodeAhead(script, 2)(source, { ...form, width: 300 })).toBeNull()
  expect(nodeAhead(script, 2)(bytesSource('t.csv', new Uint8Array(9)), form)).toBeNull()
  const ahead = nodeAhead(script, 3)(source, form)
  expect(ahead?.blocks).toBeInstanceOf(AheadBlocks)
  expect(ahead?.blocks.memories).toHaveLength(2)
  await ahead?.close()
})

test('a thread that fails or never starts costs no finding', async () => {
  const path = join(folder, 't.csv')
  const script = join(folder, 'thread.mjs')
  const line = '1,2020-01-01,some words that make the line longer than it has to be\n'
  writeFileSync(path, `id,day,note\n${line.repeat(Math.ceil((33 << 20) / line.length))}x,2020-13-01,last\n`)
  writeFileSync(script, "throw new Error('no room')")
  const schema = { fields: [{ name: 'id', type: 'integer' }, { name: 'day', type: 'date' }, { name: 'note' }] }
  const given = { source: await pathSource(path), side: null, format: null, table: 't', reading: {}, schema }
  const told = async (jobs: number, started = script): Promise<string> => {
    const { findings, inputs } = await finish(validate({ inputs: [given], ahead: nodeAhead(started, jobs) }, signal))
    return JSON.stringify({ findings, inputs })
  }
  const alone = await told(1)
  expect(JSON.parse(alone).findings.map(({ code }: { code: string }) => code)).toContain('data/date-format')
  expect((await told(2)) === alone).toBe(true)
  // A path that is neither absolute nor relative is refused at once, as threads are that the machine has no room for.
  expect((await told(3, 'thread.mjs')) === alone).toBe(true)
})
