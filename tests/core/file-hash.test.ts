import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { expect, test } from 'vitest'
import { fileHash } from '../../src/core/file-hash.ts'

test.each([
  ['a small file, digested by the platform', 1000, [0, 1, 64, 935]],
  ['a file that grew beyond what is held', 10, [9 << 20, 8 << 20, 3]],
  ['a file too large to be held', 17 << 20, [1 << 20, 5]],
])('%s has the SHA-256 of its bytes, whatever the pieces', async (_, size, pieces) => {
  const hash = fileHash(size)
  const direct = sha256.create()
  // One buffer for all pieces, as readers reuse theirs.
  const buffer = new Uint8Array(Math.max(...pieces))
  for (const [i, length] of pieces.entries()) {
    buffer.fill(i + 65)
    hash.update(buffer.subarray(0, length))
    direct.update(buffer.subarray(0, length))
  }
  expect(await hash.digest()).toBe(bytesToHex(direct.digest()))
})
