/**
 * Characters of encodings that are not scanned in place: where each one ends in the bytes, and its text. Every decision
 * depends on the bytes of one character alone, so that no chunk boundary can change what is read.
 */
import { codePage } from './code-pages.ts'

/** What one stretch of whole characters reads as. */
export interface Decoded {
  readonly text: string
  /** Bytes each character took, where they are not the usual ones: the stretch holds bytes that are no characters. */
  readonly widths: readonly number[] | null
  /** Indexes of characters (code points) of `text` that stand for bytes which are none. */
  readonly invalid: readonly number[]
}

export interface Characters {
  /** Bytes of the character at `at`; 0 where more bytes are needed to say. */
  lengthAt(bytes: Uint8Array, at: number, end: number): number
  /** Text of bytes that end where a character ends. */
  decode(bytes: Uint8Array): Decoded
  /** Bytes the character that begins with this UTF-8 sequence took in the original. */
  widthOf(utf8: Uint8Array, at: number): number
}

/** `encoding` is a name of `encodingName`. */
export function charactersOf(encoding: string): Characters {
  const page = codePage(encoding)
  if (page) return { lengthAt: () => 1, widthOf: () => 1, decode: (bytes) => byPage(bytes, page) }
  if (encoding.startsWith('utf-32')) return utf32(encoding === 'utf-32be')
  const lengthAt = lengthRule(encoding)
  return { lengthAt, widthOf: widthRule(encoding), decode: (bytes) => byDecoder(bytes, encoding, lengthAt) }
}

function byPage(bytes: Uint8Array, page: readonly string[]): Decoded {
  let text = ''
  for (const byte of bytes) text += page[byte]
  return { text, widths: null, invalid: [] }
}

function utf32(big: boolean): Characters {
  const decode = (bytes: Uint8Array): Decoded => {
    let text = ''
    let torn = false
    const invalid: number[] = []
    for (let at = 0, n = 0; at < bytes.length; at += 4, n++) {
      const [a = 0, b = 0, c = 0, d = 0] = big ? bytes.subarray(at, at + 4) : bytes.slice(at, at + 4).reverse()
      const point = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
      const isTorn = at + 4 > bytes.length
      const bad = isTorn || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)
      torn ||= isTorn
      if (bad) invalid.push(n)
      text += bad ? '\uFFFD' : String.fromCodePoint(point)
    }
    const count = Math.ceil(bytes.length / 4)
    const widths = torn ? Array.from({ length: count }, (_, n) => (n === count - 1 ? bytes.length % 4 : 4)) : null
    return { text, widths, invalid }
  }
  return { lengthAt: (_, at, end) => (at + 4 <= end ? 4 : 0), widthOf: () => 4, decode }
}

/** All at once where every byte is sound, one character after the other where one is not. */
function byDecoder(bytes: Uint8Array, encoding: string, lengthAt: Characters['lengthAt']): Decoded {
  try {
    return { text: strictText(bytes, encoding), widths: null, invalid: [] }
  } catch {
    // Told character by character below.
  }
  let text = ''
  const widths: number[] = []
  const invalid: number[] = []
  const lost = (length: number): void => {
    invalid.push(widths.length)
    widths.push(length)
    text += '\uFFFD'
  }
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at, bytes.length) || bytes.length - at
    try {
      const one = strictText(bytes.subarray(at, at + length), encoding)
      // Node takes half a surrogate pair for nothing at all.
      if (one === '' || (length === 2 && encoding.startsWith('utf-16') && /[\uD800-\uDFFF]/.test(one)))
        throw new Error('half a pair')
      const points = Array.from(one)
      for (let n = 0; n < points.length; n++) widths.push(n === 0 ? length : 0)
      text += one
      at += length
    } catch {
      // An ASCII byte after a lead byte is more likely itself: a line break or delimiter must never be lost.
      const isOne = encoding.startsWith('utf-16') || length === 1 || (bytes[at + 1] as number) >= 0x80
      lost(isOne ? length : 1)
      at += isOne ? length : 1
    }
  }
  return { text, widths, invalid }
}

const strictDecoders = new Map<string, InstanceType<typeof TextDecoder>>()

function strictText(bytes: Uint8Array, encoding: string): string {
  let decoder = strictDecoders.get(encoding)
  if (!decoder) {
    decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
    strictDecoders.set(encoding, decoder)
  }
  try {
    return decoder.decode(bytes)
  } catch (error) {
    // Node keeps what it had read of the bytes it refused.
    strictDecoders.delete(encoding)
    throw error
  }
}

function lengthRule(encoding: string): Characters['lengthAt'] {
  if (encoding.startsWith('utf-16')) return utf16Length(encoding === 'utf-16be' ? 0 : 1)
  if (encoding === 'gb18030' || encoding === 'gbk') return gbLength
  const [from, to] = encoding === 'shift_jis' ? [0x40, 0xfc] : encoding === 'big5' ? [0x40, 0xfe] : [0xa1, 0xfe]
  const isLead = leadRule(encoding)
  return (bytes, at, end) => {
    const lead = bytes[at] as number
    if (!isLead(lead)) return 1
    if (at + 1 >= end) return 0
    if (encoding === 'euc-jp' && lead === 0x8f) return at + 2 >= end ? 0 : inside(bytes, at + 1, 2, from, to) ? 3 : 1
    return inside(bytes, at + 1, 1, from, to) ? 2 : 1
  }
}

function leadRule(encoding: string): (byte: number) => boolean {
  if (encoding === 'shift_jis') return (byte) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc)
  if (encoding === 'euc-jp') return (byte) => byte === 0x8e || byte === 0x8f || (byte >= 0xa1 && byte <= 0xfe)
  return (byte) => byte >= 0x81 && byte <= 0xfe
}

function inside(bytes: Uint8Array, at: number, count: number, from: number, to: number): boolean {
  for (let i = at; i < at + count; i++) {
    const byte = bytes[i] as number
    if (byte < from || byte > to || byte === 0x7f) return false
  }
  return true
}

function utf16Length(high: 0 | 1): Characters['lengthAt'] {
  return (bytes, at, end) => {
    if (at + 2 > end) return 0
    if (((bytes[at + high] as number) & 0xfc) !== 0xd8) return 2
    if (at + 4 > end) return 0
    return ((bytes[at + 2 + high] as number) & 0xfc) === 0xdc ? 4 : 2
  }
}

function gbLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number
  if (lead < 0x81 || lead > 0xfe) return 1
  if (at + 1 >= end) return 0
  const second = bytes[at + 1] as number
  if (second >= 0x40 && second <= 0xfe && second !== 0x7f) return 2
  if (second < 0x30 || second > 0x39) return 1
  if (at + 4 > end) return 0
  return inside(bytes, at + 2, 1, 0x81, 0xfe) && inside(bytes, at + 3, 1, 0x30, 0x39) ? 4 : 1
}

/** Bytes by the UTF-8 sequence that a character became; where several spellings exist, `decode` gives widths instead. */
function widthRule(encoding: string): Characters['widthOf'] {
  if (encoding.startsWith('utf-16')) return (utf8, at) => ((utf8[at] as number) >= 0xf0 ? 4 : 2)
  return () => 0
}
