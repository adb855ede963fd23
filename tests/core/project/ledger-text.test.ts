import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, sha256Hex } from '../../../src/core/canonical.ts'
import { entryText, hashOf, ledgerLine } from '../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { readLedger } from '../../../src/core/project/ledger/ledger-file.ts'

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary-ascii' }), fc.constantFrom('é', '"', '\\', '\u007f', '\u2028', ''))

const entries = fc.record({
  seq: fc.oneof(fc.nat(), fc.constantFrom(1.5, -0, 2 ** 60)),
  device: text,
  time: fc.record({ wall: text, counter: fc.nat() }),
  actor: text,
  action: text,
  object: text,
  digest: fc.option(text, { nil: null }),
  prev: text,
  hash: fc.stringMatching(/^[0-9a-f]{64}$/),
})

test('the short way to the text of an entry is RFC 8785, whatever stands in it', () => {
  fc.assert(
    fc.property(entries, fc.option(fc.record({ later: text }), { nil: null }), (entry, more) => {
      const whole: LedgerEntry = { ...entry, ...more }
      expect(entryText(whole)).toBe(canonicalJson({ ...whole }))
      expect(hashOf(whole)).toBe(sha256Hex(canonicalJson({ ...whole, hash: undefined })))
    }),
    { numRuns: process.env.LONG ? 10_000 : 500 },
  )
})

/** How one sign of a line is damaged: taken away, doubled, or another in its place. */
const damage = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('drop', 'double', '"', '\\', ' ', '0', '-', '.', 'e', 'f', '\u007f', 'é', ',', '}'),
})

function damaged(line: string, { at, how }: { readonly at: number; readonly how: string }): string {
  const place = at % line.length
  const sign = how === 'drop' ? '' : how === 'double' ? line.charAt(place).repeat(2) : how
  return line.slice(0, place) + sign + line.slice(place + 1)
}

/** Null for a value that canonical JSON refuses, as a number beyond the largest. */
function canonical(value: Json): string | null {
  try {
    return canonicalJson(value)
  } catch {
    return null
  }
}

function parsed(line: string): Json | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

test('a line is taken as canonical exactly where parsing and writing it again gives the same line', () => {
  const link = fc.stringMatching(/^[0-9a-f]{64}$/)
  const plain = fc.stringMatching(/^[a-z0-9:# -]{0,12}$/)
  const usual = fc.record({ seq: fc.nat(), device: plain, actor: plain, action: plain, object: plain, prev: link, hash: link })
  const time = fc.record({ wall: plain, counter: fc.integer() })
  fc.assert(
    fc.property(
      usual,
      time,
      fc.option(plain, { nil: null }),
      fc.array(damage, { maxLength: 2 }),
      (some, time, digest, damages) => {
        const whole = ledgerLine({ ...some, time, digest }).slice(0, -1)
        const line = damages.reduce(damaged, whole).replaceAll('\n', '')
        const reading = readLedger(`${line}\n`)
        const value = parsed(line)
        const [entry] = reading.entries
        if (entry) expect(entry).toEqual(value)
        if (value === undefined) expect(reading).toMatchObject({ entries: [], problems: [{ line: 1 }] })
        else expect(reading.problems.length === 0).toBe(entry !== undefined && canonical(value) === line)
      },
    ),
    { numRuns: process.env.LONG ? 20_000 : 1_000 },
  )
})
