import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/core/sha256.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const other = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex')

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
])('the published digest of %.20s is met', (text, digest) => {
  expect(hex(sha256(text))).toBe(digest)
})

test('every length around the ends of blocks has the digest of another implementation', () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 255)
    expect(hex(sha256(bytes)), `${length} bytes`).toBe(other(bytes))
  }
})

test('texts of any signs, long ones, and parts of larger arrays have the digest of another implementation', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(1, 7, 100),
      fc.uint8Array({ minLength: 3, maxLength: 400 }),
      (text, times, bytes) => {
        const long = text.repeat(times)
        expect(hex(sha256(long))).toBe(other(long))
        expect(hex(sha256(bytes.subarray(1, -1)))).toBe(other(bytes.subarray(1, -1)))
      },
    ),
  )
})

test('a digest is not changed by the next one', () => {
  const first = sha256('first')
  sha256('second')
  expect(hex(first)).toBe(other('first'))
})
