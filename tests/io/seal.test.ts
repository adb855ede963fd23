import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type PassphraseCost, type StretchPassphrase, sealedCost } from '../../src/io/keys/passphrase-cost.ts'
import { openSealed, sealFiles } from '../../src/io/keys/seal.ts'
import { stretchPassphrase } from '../../src/io/keys/stretch-passphrase.ts'
import { timesOf } from '../threat-counts.ts'

const files = new Map([
  ['private/roster.json', new TextEncoder().encode('{"records":{"a":"MRN-1"}}\n')],
  ['private/salt.json', new TextEncoder().encode('{"salt":"00"}\n')],
])
const cheap: PassphraseCost = { memoryKiB: 1_024, passes: 1 }
/** Quick and weak: what is tested below is the sealing, not the work of a passphrase. */
const quick: StretchPassphrase = async (passphrase, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${passphrase} ${salt.join()}`)))

const sealed = await sealFiles(files, 'a long passphrase', quick, cheap)

test('what was sealed comes back with the passphrase, and with the recovery key as somebody types it', async () => {
  expect(await openSealed(sealed.bytes, 'a long passphrase', quick)).toEqual({ ok: true, files })
  const typed = sealed.recoveryKey.toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ')
  expect(await openSealed(sealed.bytes, typed, quick)).toEqual({ ok: true, files })
  expect(sealed.recoveryKey).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
})

test('no word of the content, the passphrase or the recovery key stands in the file', () => {
  const text = new TextDecoder('latin1').decode(sealed.bytes)
  for (const word of ['MRN-1', 'roster', 'private/', 'a long passphrase', sealed.recoveryKey]) expect(text).not.toContain(word)
})

test('a passphrase that reads like a recovery key opens what it sealed', async () => {
  for (const secret of ['3f2b8c1a-9d4e-4f6a-8b7c-1d2e3f4a5b6c', '0123456789abcdef0123456789abcdef']) {
    const own = await sealFiles(files, secret, quick, cheap)
    expect(await openSealed(own.bytes, secret, quick)).toEqual({ ok: true, files })
    expect(await openSealed(own.bytes, own.recoveryKey, quick)).toEqual({ ok: true, files })
    expect(await openSealed(sealed.bytes, secret, quick)).toMatchObject({ ok: false })
  }
})

test('a wrong secret opens nothing', async () => {
  for (const secret of ['', 'a long passphras', 'A long passphrase', '0'.repeat(32)])
    expect(await openSealed(sealed.bytes, secret, quick)).toMatchObject({ ok: false })
})

test('whatever is flipped, cut, swapped or appended, everything is refused and nothing given out', async () => {
  const large = new Map([['private/comments.json', new Uint8Array(2_300_000).map((_, i) => i % 251)]])
  const three = await sealFiles(large, 'p', quick, cheap)
  const start = three.bytes.indexOf(0x0a) + 1
  const chunk = (1 << 20) + 16
  const part = (n: number): Uint8Array => three.bytes.slice(start + n * chunk, start + (n + 1) * chunk)
  const glued = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(Buffer.concat([three.bytes.slice(0, start), ...parts]))
  for (const changed of [
    glued(part(1), part(0), part(2)),
    glued(part(0), part(1)),
    glued(part(0), part(2)),
    glued(part(0), part(1), part(2), part(2)),
    glued(part(0), part(0), part(2)),
    glued(),
  ])
    expect(await openSealed(changed, 'p', quick)).toMatchObject({ ok: false })
  for (const n of [0, 1, 2])
    for (const place of [0, 0.5, 1]) {
      const damaged = part(n)
      const at = Math.round((damaged.length - 1) * place)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      expect(await openSealed(glued(...[0, 1, 2].map((each) => (each === n ? damaged : part(each)))), 'p', quick)).toMatchObject({
        ok: false,
      })
    }
  const whole = await openSealed(glued(part(0), part(1), part(2)), 'p', quick)
  const back = whole.ok ? whole.files.get('private/comments.json') : undefined
  expect(Buffer.compare(back ?? new Uint8Array(), large.get('private/comments.json') ?? new Uint8Array())).toBe(0)
  const change = fc.oneof(
    fc.record({ how: fc.constant('flip' as const), at: fc.nat(sealed.bytes.length - 1), bit: fc.nat(7) }),
    fc.record({ how: fc.constant('cut' as const), at: fc.nat(sealed.bytes.length - 1), bit: fc.nat(7) }),
    fc.record({ how: fc.constant('add' as const), at: fc.nat(40), bit: fc.nat(7) }),
  )
  await fc.assert(
    fc.asyncProperty(change, async ({ how, at, bit }) => {
      const damaged = how === 'flip' ? Uint8Array.from(sealed.bytes) : null
      if (damaged) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
      const bytes =
        damaged ??
        (how === 'cut' ? sealed.bytes.slice(0, at) : Uint8Array.from([...sealed.bytes, ...new Array(at + 1).fill(bit)]))
      const outcome = await openSealed(bytes, 'a long passphrase', quick)
      expect(outcome.ok).toBe(false)
      expect(JSON.stringify(outcome)).not.toMatch(/MRN|salt"/)
    }),
    { numRuns: timesOf('T18') },
  )
})

test('a file of another project is not opened with the key of this one, and absurd work is refused at once', async () => {
  const other = await sealFiles(files, 'a long passphrase', quick, cheap)
  const start = (bytes: Uint8Array): number => bytes.indexOf(0x0a) + 1
  const mixed = Uint8Array.from(
    Buffer.concat([sealed.bytes.slice(0, start(sealed.bytes)), other.bytes.slice(start(other.bytes))]),
  )
  expect(await openSealed(mixed, 'a long passphrase', quick)).toMatchObject({ ok: false })
  const heavy = new TextDecoder('latin1').decode(sealed.bytes).replace('"memoryKiB":1024', '"memoryKiB":9999999')
  const outcome = await openSealed(Uint8Array.from(Buffer.from(heavy, 'latin1')), 'a long passphrase', quick)
  expect(outcome).toMatchObject({ ok: false, problem: expect.stringContaining('more work') })
})

test('a passphrase is stretched with argon2id, 64 MiB and three passes', async () => {
  expect(sealedCost).toEqual({ memoryKiB: 65_536, passes: 3 })
  // Vector of the reference implementation: m = 64 MiB, t = 2, p = 1.
  const key = await stretchPassphrase('password', new TextEncoder().encode('somesalt'), { memoryKiB: 65_536, passes: 2 })
  expect(Buffer.from(key).toString('hex')).toBe('09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7')
  const strong = await sealFiles(files, 'pass', stretchPassphrase, cheap)
  expect(await openSealed(strong.bytes, 'pass', stretchPassphrase)).toEqual({ ok: true, files })
})
