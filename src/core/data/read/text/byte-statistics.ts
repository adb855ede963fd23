/** What the bytes alone say about old encodings: EBCDIC of mainframes, Mac Roman and the code pages of DOS. */
import { byteTable } from './cell-text.ts'
import { codePage } from './code-pages.ts'

export interface MainframeGuess {
  readonly value: 'ebcdic-037' | 'ebcdic-500'
  readonly other: 'ebcdic-037' | 'ebcdic-500'
  /** Share of bytes that are letters, digits or blanks of EBCDIC. */
  readonly share: number
  /** The end of a sentence: what tells the two apart. */
  readonly speaks: string
}

const letters = rangesOf([0x81, 0x89], [0x91, 0x99], [0xa2, 0xa9], [0xc1, 0xc9], [0xd1, 0xd9], [0xe2, 0xe9], [0xf0, 0xf9])
/** Blank, full stop, comma, quotation mark, hyphen, slash and the ends of lines. */
const signs = rangesOf([0x40, 0x40], [0x4b, 0x4b], [0x6b, 0x6b], [0x7f, 0x7f], [0x60, 0x61], [0x15, 0x15], [0x25, 0x25])

function rangesOf(...ranges: readonly (readonly [number, number])[]): ReadonlySet<number> {
  return new Set(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))
}

/** EBCDIC has its letters and digits above 0x80 and controls where ASCII has blanks, digits and commas. */
export function mainframe(head: Uint8Array): MainframeGuess | null {
  if (head.length < 16) return null
  const counts = new Uint32Array(256)
  for (let at = 0; at < head.length; at++) counts[head[at] as number] = (counts[head[at] as number] as number) + 1
  let known = 0
  let words = 0
  let controls = 0
  counts.forEach((n, byte) => {
    if (letters.has(byte)) words += n
    if (letters.has(byte) || signs.has(byte)) known += n
    else if (byte < 0x40 && byte !== 0x05 && byte !== 0x0d && byte !== 0x15 && byte !== 0x25) controls += n
  })
  const share = known / head.length
  if (share < 0.7 || words < head.length * 0.2 || controls > head.length * 0.01) return null
  const of = (...bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum + (counts[byte] ?? 0), 0)
  // The bar, brackets and the exclamation mark stand at different bytes.
  const swiss = of(0xbb) > of(0x4f) || (of(0x4a) > 0 && of(0x4a) === of(0x5a))
  return swiss
    ? { value: 'ebcdic-500', other: 'ebcdic-037', share, speaks: 'bars or brackets stand where code page 500 has them.' }
    : { value: 'ebcdic-037', other: 'ebcdic-500', share, speaks: 'code pages 037 and 500 read its letters alike.' }
}

const common = 'éèêëàâäáçíñóôöúùûüßãõåø'

export interface LatinScores {
  /** Bytes above ASCII inside words. */
  readonly seen: number
  readonly own: number
  readonly best: { readonly value: string; readonly score: number } | null
}

/**
 * How well accents fit into the words around them: `own` in windows-1252, `best` in Mac Roman or code page 850. A lower-case letter
 * inside a lower-case word fits, a quotation mark or capital there does not. 0 to 1.
 */
export function latinScores(bytes: Uint8Array): LatinScores {
  const counts = new Map<number, number>()
  let seen = 0
  for (let i = 1; i + 1 < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte < 0x80 || !insideWord(bytes[i - 1], bytes[i + 1])) continue
    counts.set(byte, (counts.get(byte) ?? 0) + 1)
    seen++
  }
  if (seen < 3) return { seen, own: 0, best: null }
  const score = (table: readonly string[]): number => {
    let sum = 0
    for (const [byte, n] of counts) sum += n * fitsWord(table[byte] ?? '')
    return sum / seen
  }
  const others = [
    { value: 'macintosh', score: score(byteTable('macintosh')) },
    { value: 'cp850', score: score(codePage('cp850') ?? []) },
  ].sort((a, b) => b.score - a.score)
  return { seen, own: score(byteTable('windows-1252')), best: others[0] ?? null }
}

function fitsWord(char: string): number {
  if (common.includes(char)) return 1
  if (/\p{Ll}/u.test(char)) return 0.6
  return /\p{Lu}/u.test(char) ? 0.1 : char === '’' ? 0.9 : 0
}

/** After any letter and before a small one, or at the end of a word in small letters. */
function insideWord(before: number | undefined, after: number | undefined): boolean {
  if (isLower(after)) return isLower(before) || (before !== undefined && before >= 0x41 && before <= 0x5a)
  return isLower(before) && (after === undefined || after < 0x30)
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a
}
