/** Chunks that are written over by the next ones give the bytes of the source, from any place on, and stop when they are left. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ByteSource } from '../../src/core/operation.ts'
import { blobSource } from '../../src/io/files/files.ts'
import { pathSource } from '../../src/io/files/files-node.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-passing-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const megabyte = 1 << 20
const bytesOf = (size: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 13)) & 255)

async function read(source: ByteSource, from?: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const chunk of source.passing?.(from) ?? []) parts.push(chunk.slice())
  return Buffer.concat(parts)
}

test.each([0, 1, megabyte - 1, megabyte, 2 * megabyte, 3 * megabyte + 17])('a source of %i bytes', async (size) => {
  const bytes = bytesOf(size)
  const path = join(folder, `${size}`)
  writeFileSync(path, bytes)
  for (const source of [await pathSource(path), blobSource(new Blob([bytes]), 'blob')])
    for (const from of [0, 1, size >> 1, size]) expect((await read(source, from)).equals(bytes.subarray(from))).toBe(true)
})

test('leaving in the middle closes the file, and a file that became shorter ends early', async () => {
  const path = join(folder, 'left')
  writeFileSync(path, bytesOf(5 * megabyte))
  const source = await pathSource(path)
  for (let turn = 0; turn < 50; turn++) for await (const chunk of source.passing?.() ?? []) if (chunk.length > 0) break
  truncateSync(path, megabyte + 3)
  expect((await read(source)).length).toBe(megabyte + 3)
})
