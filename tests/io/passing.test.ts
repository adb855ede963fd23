/** Chunks that are written over by the next ones give the bytes of the source, from any place on, and stop when they are left. */
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
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

test('leaving in the middle closes the file', async () => {
  const path = join(folder, 'left')
  writeFileSync(path, bytesOf(5 * megabyte))
  const source = await pathSource(path)
  for (let turn = 0; turn < 50; turn++) for await (const chunk of source.passing?.() ?? []) if (chunk.length > 0) break
  expect((await read(source)).length).toBe(5 * megabyte)
})

const changes: readonly (readonly [string, (path: string) => void])[] = [
  ['became shorter', (path) => truncateSync(path, megabyte + 3)],
  ['became longer', (path) => appendFileSync(path, 'x')],
  [
    'was written in place',
    (path) => {
      const file = openSync(path, 'r+')
      writeSync(file, 'changed', 4 * megabyte)
      closeSync(file)
    },
  ],
  [
    'was put in its place',
    (path) => {
      writeFileSync(`${path}.new`, bytesOf(5 * megabyte))
      renameSync(`${path}.new`, path)
    },
  ],
]

test.each(changes)('a file that %s while it is read is refused, whichever way it is read', async (_, change) => {
  const path = join(folder, 'changed.csv')
  for (const way of ['passing', 'stream'] as const) {
    writeFileSync(path, bytesOf(5 * megabyte))
    const source = await pathSource(path)
    const reading = async (): Promise<void> => {
      let chunks = 0
      for await (const chunk of source[way]?.() ?? []) if (chunk.length > 0 && ++chunks === 2) change(path)
    }
    await expect(reading()).rejects.toThrow('changed.csv changed while it was read.')
  }
})

test('a file that is gone once it is to be read is named', async () => {
  const path = join(folder, 'gone.csv')
  writeFileSync(path, 'a\n')
  const source = await pathSource(path)
  rmSync(path)
  await expect(read(source)).rejects.toThrow('gone.csv could not be read to its end: ENOENT')
})
