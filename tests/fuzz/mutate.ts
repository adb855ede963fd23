/** Mutants of an input: bytes and words changed, lost, doubled, moved, and parts of another input put in. */
import type { Random } from '../../src/core/random.ts'

/** Inputs stay small: what breaks a reader does so within a few kilobytes, and every run stays short. */
export const longest = 8_192

const telling = [
  0, 1, 9, 10, 13, 0x20, 0x22, 0x27, 0x2c, 0x2f, 0x3b, 0x3c, 0x3e, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x7f, 0x80, 0xc3, 0xef, 0xff,
]
const numbers = [
  '0',
  '-1',
  '1e400',
  '-0',
  '255',
  '256',
  '65535',
  '65536',
  '2147483648',
  '4294967295',
  '9007199254740993',
  '1e-400',
  'NaN',
  '0.1',
]

export interface Mutator {
  readonly words: readonly string[]
  /** Another input of the corpus. */
  readonly other: () => Uint8Array
}

export function mutant(bytes: Uint8Array, random: Random, { words, other }: Mutator): Uint8Array<ArrayBuffer> {
  let out: number[] = [...bytes]
  const put = (at: number, drop: number, text: Uint8Array | string): void => {
    const added = typeof text === 'string' ? Buffer.from(text, 'utf8') : text
    out = [...out.slice(0, at), ...added, ...out.slice(at + drop)]
  }
  const place = (): number => random.below(out.length + 1)
  const span = (): number => 1 + random.below(random.below(4) === 0 ? 400 : 16)
  for (let edits = 1 << random.below(5); edits > 0; edits--) {
    const at = place()
    switch (random.below(13)) {
      case 0:
        if (at < out.length) out[at] = (out[at] ?? 0) ^ (1 << random.below(8))
        break
      case 1:
        if (at < out.length) out[at] = random.pick(telling)
        break
      case 2:
        put(at, 0, Uint8Array.of(random.pick(telling)))
        break
      case 3:
        out.splice(at, span())
        break
      case 4:
        put(at, 0, Uint8Array.from(out.slice(at, at + span())))
        break
      case 5: {
        const moved = Uint8Array.from(out.splice(at, span()))
        put(place(), 0, moved)
        break
      }
      case 6:
      case 7:
        if (words.length > 0) put(at, random.below(2) === 0 ? 0 : span(), random.pick(words))
        break
      case 8: {
        // A number as it is written becomes another one.
        const run = /\d+/.exec(Buffer.from(out.slice(at)).toString('latin1'))
        if (run) put(at + run.index, run[0].length, random.pick(numbers))
        break
      }
      case 9: {
        const from = other()
        const start = random.below(from.length + 1)
        put(at, random.below(2) === 0 ? 0 : span(), from.subarray(start, start + span() * 4))
        break
      }
      case 10:
        // Numbers of two and four bytes, as containers have them.
        if (at + 4 <= out.length) {
          const value = random.pick([0, 1, 0xff, 0xffff, 0x7fffffff, 0xffffffff, out.length])
          for (let i = 0; i < random.pick([2, 4]); i++) out[at + i] = (value >>> (8 * i)) & 0xff
        }
        break
      case 11:
        // Depth: what opens is opened many times.
        put(
          at,
          0,
          Buffer.from(out.slice(at, at + 1 + random.below(12)))
            .toString('latin1')
            .repeat(1 + random.below(60)),
        )
        break
      default:
        out.length = at
    }
    if (out.length > longest) out.length = longest
  }
  return Uint8Array.from(out)
}
