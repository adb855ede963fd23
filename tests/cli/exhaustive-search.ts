/** What somebody who has one file and nothing else learns of small spaces of values: each value is tried, under every hash of the product. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../src/core/canonical.ts'
import { dayNumber } from '../../src/core/data/columns/day-number.ts'
import { Fingerprint } from '../../src/core/data/columns/fingerprint.ts'
import { KeyHash } from '../../src/core/data/keys/fingerprint.ts'
import { hash128 } from '../../src/core/data/reconcile/loads/checksum.ts'
import { hash64 } from '../../src/core/hash64.ts'
import { hash32 } from '../../src/core/random.ts'

/** A space of values with those that stand in the data; `names` are the columns and tables that hashes may be bound to. */
export interface Space {
  readonly values: readonly string[]
  readonly planted: ReadonlySet<string>
  readonly names: readonly string[]
  /** Finds its values in a text, with the flag g. */
  readonly pattern: RegExp
}

/** What a value is called under one hash: the words of 32 bits and the hexadecimal digits that would stand in a file. */
interface Spelling {
  readonly method: string
  readonly words: readonly number[]
  readonly hex: string | null
}

/** Everything of a file that could be a hash. */
class Tokens {
  readonly words = new Set<number>()
  readonly digits = new Set<string>()
  readonly hasSketch: boolean
  readonly text: string

  constructor(bytes: Uint8Array) {
    this.text = Buffer.from(bytes).toString('latin1')
    this.hasSketch = /(?<![\da-z])[\da-z]{16384}(?![\da-z])/.test(this.text)
    for (const [number] of this.text.matchAll(/-?\d{4,20}/g)) this.number(Number(number))
    for (const [hex] of this.text.matchAll(/[\da-f]{8,}/gi)) this.hex(hex.toLowerCase())
    for (const [coded] of this.text.matchAll(/[\w+/-]{16,}={0,2}/g)) this.binary(Buffer.from(coded, 'base64'))
    this.binary(bytes)
  }

  private number(number: number): void {
    this.words.add(number | 0)
    if (Math.abs(number) > 2 ** 32) this.words.add(Math.floor(number / 2 ** 32) | 0)
  }

  private hex(hex: string): void {
    this.digits.add(hex.slice(0, 12))
    for (let at = 0; at + 8 <= Math.min(hex.length, 64); at += 8) this.words.add(Number.parseInt(hex.slice(at, at + 8), 16) | 0)
  }

  private binary(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = 0; at + 4 <= bytes.length; at += 4) this.words.add(view.getInt32(at, true)).add(view.getInt32(at, false))
    for (let at = 0; at + 32 <= bytes.length; at += 32) this.digits.add(Buffer.from(bytes.subarray(at, at + 6)).toString('hex'))
  }

  has({ words, hex }: Spelling): boolean {
    return hex !== null ? this.digits.has(hex) : words.every((word) => this.words.has(word | 0))
  }
}

const encoder = new TextEncoder()
const fingerprint = new Fingerprint()
const keyHashes = ['', '1'].map((seed) => [seed, new KeyHash(seed)] as const)

/** Salts that stand in the sources beside `hash32`. */
const salts = [0, 1, 2, 3, 0x7061, 0x5179, 0x5379, 0x6c6f, 0x7a6f, 0x1b873593, 0x2c1b3c6d, 0x51ed270b, 0x2545f491]

function spellingsOf(value: string, names: readonly string[]): Spelling[] {
  const bytes = encoder.encode(value)
  fingerprint.of(bytes, 0, bytes.length)
  const lanes = new Uint32Array(4)
  hash128(value, lanes)
  const { high, low } = hash64(value)
  const wide = (method: string, words: readonly number[]): Spelling => ({ method, words, hex: null })
  const list = [
    wide('fingerprint of a cell', [fingerprint.a, fingerprint.b]),
    wide('checksum', [...lanes]),
    wide('hash of an id', [high, low]),
  ]
  for (const [seed, hash] of keyHashes) {
    hash.start()
    hash.part(bytes, 0, bytes.length)
    hash.finish()
    list.push(wide(`fingerprint of a key, seed "${seed}"`, [hash.high, hash.low]))
  }
  for (const salt of salts) list.push(wide(`short hash, salt ${salt}`, [hash32(value, salt)]))
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) list.push(wide('day', [dayNumber(year, month, day)]))
  for (const text of [value, canonicalJson(value), ...names.map((name) => `${name}\n${value}`)])
    list.push({ method: 'SHA-256', words: [], hex: createHash('sha256').update(text).digest('hex').slice(0, 12) })
  return list
}

/** Tells for each file how many planted values the search finds, beyond what it would find in any file of that size. */
export function recovered(files: ReadonlyMap<string, Uint8Array>, spaces: readonly Space[]): ReadonlyMap<string, number> {
  const searched = [...files].map(([name, bytes]) => ({ name, tokens: new Tokens(bytes), found: 0 }))
  // Most hashes stand in no file at all.
  const anywhere = new Tokens(new Uint8Array())
  for (const { tokens } of searched) {
    for (const word of tokens.words) anywhere.words.add(word)
    for (const hex of tokens.digits) anywhere.digits.add(hex)
  }
  for (const { values, planted, names, pattern } of spaces) {
    /** Hits among values that are in the data and among others, by file and method. */
    const hits = searched.map(() => new Map<string, [planted: number, others: number]>())
    for (const value of values)
      for (const spelling of spellingsOf(value, names).filter((one) => anywhere.has(one)))
        for (const [i, { tokens }] of searched.entries()) {
          if (!tokens.has(spelling)) continue
          const [mine, others] = hits[i]?.get(spelling.method) ?? [0, 0]
          hits[i]?.set(spelling.method, planted.has(value) ? [mine + 1, others] : [mine, others + 1])
        }
    const share = planted.size / Math.max(1, values.length - planted.size)
    for (const [i, one] of searched.entries()) {
      one.found += new Set(
        [...one.tokens.text.matchAll(pattern)].map(([value]) => value).filter((value) => planted.has(value)),
      ).size
      if (one.tokens.hasSketch) one.found += planted.size
      for (const [method, [mine, others]] of hits[i] ?? []) {
        // One word of 32 bits is met by chance as well: as often among values that are not in the data.
        const byChance = /^(?:short|day)/.test(method) ? 3 * others * share + 3 : 0
        one.found += Math.max(0, mine - byChance)
      }
    }
  }
  return new Map(searched.map(({ name, found }) => [name, Math.round(found)]))
}
