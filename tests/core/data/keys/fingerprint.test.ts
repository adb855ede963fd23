/** Fingerprints: every bit of a key reaches every bit of the fingerprint, for keys as clinics have them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeyHash } from '../../../../src/core/data/keys/fingerprint.ts'
import { KeyBatch } from '../../../../src/core/data/keys/key-batch.ts'

const encoder = new TextEncoder()

function fingerprint(parts: readonly string[], seed = 'secret'): bigint {
  const hash = new KeyHash(seed)
  hash.start()
  for (const part of parts) {
    const bytes = encoder.encode(part)
    hash.part(bytes, 0, bytes.length)
  }
  hash.finish()
  return (BigInt(hash.high) << 32n) | BigInt(hash.low)
}

const hex = (n: number): string => n.toString(16).padStart(8, '0')
const families: Readonly<Record<string, (n: number) => string>> = {
  'sequential numbers': (n) => String(n),
  'zero-padded numbers': (n) => String(n).padStart(12, '0'),
  'numbers with a prefix': (n) => `MRN-${n}`,
  uuids: (n) => `${hex(Math.imul(n, 0x9e3779b1) >>> 0)}-0000-4000-8000-0000${hex(n)}`,
}

describe('fingerprints', () => {
  for (const [name, keyOf] of Object.entries(families)) {
    test(`${name}: each of the 64 bits is set in half of the keys, and neighbours differ in half of the bits`, () => {
      const keys = 20_000
      const set = new Array<number>(64).fill(0)
      let differing = 0
      let before = fingerprint([keyOf(0)])
      for (let n = 1; n <= keys; n++) {
        const next = fingerprint([keyOf(n)])
        for (let rest = next ^ before; rest > 0n; rest >>= 1n) differing += Number(rest & 1n)
        for (let bit = 0; bit < 64; bit++) set[bit] = (set[bit] ?? 0) + Number((next >> BigInt(bit)) & 1n)
        before = next
      }
      // Six standard deviations of a fair coin.
      const slack = 6 * Math.sqrt(keys / 4)
      for (const count of set) expect(Math.abs(count - keys / 2)).toBeLessThan(slack)
      expect(Math.abs(differing - keys * 32)).toBeLessThan(6 * Math.sqrt(keys * 16))
    })
  }

  test('flipping any bit of a key flips each bit of the fingerprint about half of the time', () => {
    const flips = new Array<number>(64).fill(0)
    let trials = 0
    for (let n = 0; n < 400; n++) {
      const bytes = encoder.encode(`P${n * 7919}`.padEnd(9, 'x'))
      const of = (): bigint => {
        const hash = new KeyHash('s')
        hash.start()
        hash.part(bytes, 0, bytes.length)
        hash.finish()
        return (BigInt(hash.high) << 32n) | BigInt(hash.low)
      }
      const whole = of()
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const changed = whole ^ of()
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        for (let i = 0; i < 64; i++) flips[i] = (flips[i] ?? 0) + Number((changed >> BigInt(i)) & 1n)
        trials++
      }
    }
    for (const count of flips) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.02)
  })

  test('parts can not run into each other, and the seed decides', () => {
    expect(fingerprint(['1', '12'])).not.toBe(fingerprint(['11', '2']))
    expect(fingerprint(['a', ''])).not.toBe(fingerprint(['', 'a']))
    expect(fingerprint(['a\0'])).not.toBe(fingerprint(['a']))
    expect(fingerprint(['a'], 'one')).not.toBe(fingerprint(['a'], 'two'))
  })
})

test('a key of one part has the same fingerprint alone and in a batch', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 20 }), (bytes, skip) => {
      const start = Math.min(skip, bytes.length)
      const hash = new KeyHash('batch')
      const batch = new KeyBatch()
      hash.start()
      hash.part(bytes, start, bytes.length)
      hash.finish()
      hash.whole(bytes, start, bytes.length, batch, 3)
      expect([batch.highs[3], batch.lows[3]]).toEqual([hash.high | 0, hash.low | 0])
    }),
  )
})
