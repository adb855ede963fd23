/** Tags of an XML document, scanned as bytes in one pass, whatever the chunks are. No document types, no entities of its own, bounded depth. */
import { ByteNames } from '../log/byte-names.ts'

/** Says what is wrong with a document and where; `refused` where nothing of it may be believed. */
export class XmlFault extends Error {
  readonly refused: boolean
  readonly byte: number
  constructor(sentence: string, byte: number, refused: boolean) {
    super(sentence)
    this.name = 'XmlFault'
    this.byte = byte
    this.refused = refused
  }
}

/** One start tag; valid during the call only. Ranges lie in `bytes`. */
export interface XmlTag {
  readonly bytes: Uint8Array
  /** Without its prefix. */
  readonly nameStart: number
  readonly nameEnd: number
  readonly count: number
  /** Four numbers per attribute: name from, name to, value from, value to. */
  readonly ranges: Int32Array
  /** 1 where the value holds references or line breaks. */
  readonly coded: Uint8Array
  /** Offset of the tag in the document. */
  readonly at: number
}

type Draft = { -readonly [Member in keyof XmlTag]: XmlTag[Member] }

export interface XmlSink {
  open(tag: XmlTag): void
  close(): void
  /** Text between tags, references resolved; in pieces only around comments and CDATA. Left out where nobody reads text. */
  text?(text: string): void
}

const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const AMPERSAND = 0x26
const mostLevels = 1000
/** Longest tag, comment or text that is held. */
const longest = 16 << 20

export class XmlScanner {
  private rest: Uint8Array = new Uint8Array(0)
  private waited = 0
  private base = 0
  private readonly names = new ByteNames()
  private readonly path: number[] = []
  private seenRoot = false
  private readonly sink: XmlSink
  private readonly tag: Draft = {
    bytes: new Uint8Array(0),
    nameStart: 0,
    nameEnd: 0,
    count: 0,
    ranges: new Int32Array(64),
    coded: new Uint8Array(16),
    at: 0,
  }

  constructor(sink: XmlSink) {
    this.sink = sink
  }

  push(chunk: Uint8Array): void {
    let bytes = chunk
    if (this.rest.length > 0) {
      bytes = new Uint8Array(this.rest.length + chunk.length)
      bytes.set(this.rest)
      bytes.set(chunk, this.rest.length)
    }
    if (bytes.length < this.waited * 2) {
      this.rest = bytes
      return
    }
    const used = this.scan(bytes)
    this.base += used
    this.rest = bytes.slice(used)
    this.waited = this.rest.length > 4096 ? this.rest.length : 0
    if (this.rest.length > longest) throw new XmlFault(`A tag or text is longer than ${longest >> 20} MB.`, this.base, true)
  }

  end(): void {
    const used = this.scan(this.rest)
    const left = this.rest.subarray(used)
    const open = this.path[this.path.length - 1]
    if (open !== undefined || left.some((byte) => byte > 0x20)) {
      const where = open === undefined ? 'in the middle of a tag' : `before </${this.names.text(open)}>`
      throw new XmlFault(`The file ends ${where}: its end is missing.`, this.base + used, false)
    }
    if (!this.seenRoot) throw new XmlFault('The file holds no XML element.', this.base, true)
  }

  /** Gives how many bytes were used up; the rest waits for more. */
  private scan(bytes: Uint8Array): number {
    this.tag.bytes = bytes
    let at = 0
    for (;;) {
      const open = bytes.indexOf(LESS, at)
      if (open < 0) {
        if (this.sink.text) return at
        return bytes.length
      }
      const next = bytes[open + 1]
      if (next === undefined) return at
      let after: number
      if (next === SLASH) {
        const end = bytes.indexOf(GREATER, open)
        if (end < 0) return at
        this.characters(bytes, at, open)
        this.close(bytes, open + 2, end)
        after = end + 1
      } else if (next === 0x21) after = this.declaration(bytes, at, open)
      else if (next === 0x3f) {
        const end = find(bytes, open + 2, 0x3f, GREATER)
        if (end >= 0) this.characters(bytes, at, open)
        after = end < 0 ? -1 : end + 2
      } else after = this.open(bytes, at, open)
      if (after < 0) return at
      at = after
    }
  }

  /** A comment, CDATA or a document type; -1 where more bytes are needed. */
  private declaration(bytes: Uint8Array, from: number, open: number): number {
    if (bytes.length < open + 9) return -1
    if (bytes[open + 2] === 0x2d && bytes[open + 3] === 0x2d) {
      for (let i = open + 4; ; i++) {
        i = find(bytes, i, 0x2d, 0x2d)
        if (i < 0) return -1
        if (bytes[i + 2] === GREATER) {
          this.characters(bytes, from, open)
          return i + 3
        }
      }
    }
    if (bytes[open + 2] === 0x5b) {
      for (let i = open + 9; ; i++) {
        i = find(bytes, i, 0x5d, 0x5d)
        if (i < 0) return -1
        if (bytes[i + 2] !== GREATER) continue
        this.characters(bytes, from, open)
        this.sink.text?.(utf8.decode(bytes.subarray(open + 9, i)))
        return i + 3
      }
    }
    throw new XmlFault(
      'The file declares a document type (DOCTYPE), which can make programs read other files or grow without end. Remove the declaration and try again.',
      this.base + open,
      true,
    )
  }

  private characters(bytes: Uint8Array, from: number, to: number): void {
    if (this.sink.text && to > from && this.path.length > 0) this.sink.text(textOf(bytes, from, to, 2))
  }

  private open(bytes: Uint8Array, from: number, open: number): number {
    const end = bytes.length
    const { tag } = this
    let i = open + 1
    let nameStart = i
    while (i < end && !endsName(bytes[i] as number)) {
      if (bytes[i] === 0x3a) nameStart = i + 1
      i++
    }
    tag.nameStart = nameStart
    tag.nameEnd = i
    tag.count = 0
    tag.at = this.base + open
    for (;;) {
      while (i < end && (bytes[i] as number) <= 0x20) i++
      if (i >= end) return -1
      const byte = bytes[i] as number
      if (byte === GREATER || byte === SLASH) break
      const keyStart = i
      while (i < end && bytes[i] !== 0x3d && !endsName(bytes[i] as number)) i++
      const keyEnd = i
      while (i < end && (bytes[i] as number) <= 0x20) i++
      if (i >= end) return -1
      const quote = this.valueAfter(bytes, i, keyEnd > keyStart)
      if (quote < 0) return -1
      const mark = bytes[quote] as number
      i = quote + 1
      let coded = 0
      while (i < end) {
        const value = bytes[i] as number
        if (value === mark) break
        if (value === AMPERSAND || value < 0x20) coded = 1
        i++
      }
      if (i >= end) return -1
      if (tag.count === tag.coded.length) this.grow()
      const slot = tag.count * 4
      tag.ranges[slot] = keyStart
      tag.ranges[slot + 1] = keyEnd
      tag.ranges[slot + 2] = quote + 1
      tag.ranges[slot + 3] = i
      tag.coded[tag.count++] = coded
      i++
    }
    const empty = bytes[i] === SLASH
    if (empty) i++
    if (i >= end) return -1
    if (bytes[i] !== GREATER || tag.nameEnd === tag.nameStart)
      throw new XmlFault('A tag is not written as XML wants it.', this.base + open, false)
    this.characters(bytes, from, open)
    this.seenRoot = true
    if (!empty) {
      if (this.path.length === mostLevels)
        throw new XmlFault(
          `Elements lie in more than ${mostLevels.toLocaleString('en')} levels inside each other, which no such file needs.`,
          this.base + open,
          true,
        )
      this.path.push(this.names.code(bytes, open + 1, tag.nameEnd))
    }
    this.sink.open(tag)
    if (empty) this.sink.close()
    return i + 1
  }

  /** Index of the opening quote of a value; -1 where more bytes are needed. */
  private valueAfter(bytes: Uint8Array, at: number, named: boolean): number {
    let i = at
    if (bytes[i] === 0x3d && named) {
      i++
      while (i < bytes.length && (bytes[i] as number) <= 0x20) i++
      if (i >= bytes.length) return -1
      if (bytes[i] === 0x22 || bytes[i] === 0x27) return i
    }
    throw new XmlFault('An attribute has no value in quotes.', this.base + i, false)
  }

  private close(bytes: Uint8Array, from: number, end: number): void {
    let to = end
    while (to > from && (bytes[to - 1] as number) <= 0x20) to--
    const open = this.path.pop()
    if (open === undefined || this.names.find(bytes, from, to) !== open) {
      const name = utf8.decode(bytes.subarray(from, Math.min(to, from + 60)))
      const expected = open === undefined ? 'but nothing is open' : `where </${this.names.text(open)}> is due`
      throw new XmlFault(`The tag </${name}> stands ${expected}.`, this.base + from - 2, false)
    }
    this.sink.close()
  }

  private grow(): void {
    const { tag } = this
    const ranges = new Int32Array(tag.ranges.length * 2)
    ranges.set(tag.ranges)
    const coded = new Uint8Array(tag.coded.length * 2)
    coded.set(tag.coded)
    tag.ranges = ranges
    tag.coded = coded
  }
}

function endsName(byte: number): boolean {
  return byte <= 0x20 || byte === GREATER || byte === SLASH
}

function find(bytes: Uint8Array, from: number, first: number, second: number): number {
  for (let i = bytes.indexOf(first, from); i >= 0; i = bytes.indexOf(first, i + 1)) if (bytes[i + 1] === second) return i
  return -1
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Bytes as text with references resolved; references to entities of a document type stay as written. `coded` 1 for values of attributes, 2 for text. */
export function textOf(bytes: Uint8Array, from: number, to: number, coded: number): string {
  const raw = utf8.decode(bytes.subarray(from, to))
  if (coded === 0) return raw
  const plain = coded === 1 ? raw.replace(/\r\n|[\t\r\n]/g, ' ') : raw
  return plain.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return known[name] ?? whole
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole
  })
}
