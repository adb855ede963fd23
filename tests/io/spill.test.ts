/** Temporary files of keys: what is written is read, nothing is left behind, a dead process is cleaned up after. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeSpillStore } from '../../src/io/files/spill-node.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-spill-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('bytes come back from where they were put, and nothing is left', async () => {
  const store = nodeSpillStore(folder)
  expect(await store.room()).toBeGreaterThan(0)
  const spill = await store.open()
  const pieces = [new Uint8Array(3 << 20).fill(1), new Uint8Array(5).fill(2), new Uint8Array(1 << 20).fill(3)]
  const places = pieces.map((piece) => spill?.append(piece))
  expect(places).toEqual([0, 3 << 20, (3 << 20) + 5])
  const across = new Uint8Array(9)
  spill?.read((3 << 20) - 2, across)
  expect([...across]).toEqual([1, 1, 2, 2, 2, 2, 2, 3, 3])
  await spill?.close()
  await spill?.close()
  expect(readdirSync(folder)).toEqual([])
})

test('what a process left that is no more is removed at the next start, what a living one holds stays', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const left = join(folder, `carryover-keys-${dead}-abc`)
  const held = join(folder, `carryover-keys-${process.pid}-abc`)
  for (const each of [left, held]) {
    mkdirSync(each)
    writeFileSync(join(each, 'keys'), 'x')
  }
  const spill = await nodeSpillStore(folder).open()
  expect([existsSync(left), existsSync(held)]).toEqual([false, true])
  await spill?.close()
})

test('a place that can not be written gives no file instead of an error', async () => {
  const missing = join(folder, 'nowhere')
  expect(await nodeSpillStore(missing).open()).toBeNull()
})
