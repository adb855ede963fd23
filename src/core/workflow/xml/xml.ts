/** Tags of an XML document, scanned as bytes in one pass, whatever the chunks are; what is not well-formed is refused at its place. */
import { ByteNames } from './byte-names.ts'
import { faultyReference, isXmlName, XmlCharacters } from './xml-characters.ts'
import { placeOf, XmlFault, type XmlPlace } from './xml-fault.ts'

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
}

const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const AMPERSAND = 0x26
/** Longest tag, comment or text that is held; a longer one is no fact of an event. */
const longestPiece = 8 << 20

/** Productions 23 to 26, 32, 80 and 81; any 1.x is read as 1.0 (section 2.8). */
const xmlDeclaration =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/

/** Accepts exactly the well-formed documents of XML 1.0 that declare no document type; namespaces are not looked at. */
export class XmlScanner {
  private rest: Uint8Array = new Uint8Array(0)
  private waited = 0
  private base = 0
  /** Place of the first byte of `rest`. */
  private start: XmlPlace = { line: 1, column: 1 }
  private readonly characters = new XmlCharacters()
  private readonly names = new ByteNames()
  private readonly path: number[] = []
  private seenRoot = false
  private readonly sink: XmlSink
  private readonly mostLevels: number
  private readonly tag: Draft = {
    bytes: new Uint8Array(0),
    nameStart: 0,
    nameEnd: 0,
    count: 0,
    ranges: new Int32Array(64),
    coded: new Uint8Array(16),
    at: 0,
  }

  constructor(sink: XmlSink, mostLevels = 1000) {
    this.sink = sink
    this.mostLevels = mostLevels
  }

  push(chunk: Uint8Array): void {
    const bad = this.characters.check(chunk)
    this.take(bad < 0 ? chunk : chunk.subarray(0, bad))
    if (bad < 0) return
    throw new XmlFault(badCharacter(chunk, bad), placeOf(this.rest, this.rest.length, this.start), false)
  }

  end(): void {
    const { rest } = this
    const used = this.scan(rest)
    const open = this.path[this.path.length - 1]
    if (open !== undefined) {
      const inside = used < rest.length && rest.indexOf(LESS, used) >= 0 ? ' in the middle of a tag,' : ''
      this.fail(rest, rest.length, `the file ends${inside} before </${shown(this.names.text(open))}>: its end is missing.`)
    }
    const left = firstOther(rest, used, rest.length)
    if (left < rest.length)
      this.fail(rest, left, rest[left] === LESS ? 'the file ends in the middle of a tag: its end is missing.' : outside)
    if (!this.characters.isComplete) this.fail(rest, rest.length, 'the file ends in the middle of a character.')
    if (!this.seenRoot) throw new XmlFault('The file holds no XML element.', null, true)
  }

  private take(chunk: Uint8Array): void {
    let bytes = chunk
    if (this.rest.length > 0) {
      bytes = new Uint8Array(this.rest.length + chunk.length)
      bytes.set(this.rest)
      bytes.set(chunk, this.rest.length)
    }
    if (bytes.length < this.waited * 2 && bytes.length <= longestPiece) {
      this.rest = bytes
      return
    }
    const used = this.scan(bytes)
    this.base += used
    this.start = placeOf(bytes, used, this.start)
    this.rest = bytes.slice(used)
    this.waited = this.rest.length > 4096 ? this.rest.length : 0
    if (this.rest.length > longestPiece)
      throw new XmlFault(`the tag or text that begins here is longer than ${longestPiece >> 20} MB.`, this.start, true)
  }

  private fail(bytes: Uint8Array, at: number, why: string, refused = false): never {
    throw new XmlFault(why, placeOf(bytes, at, this.start), refused)
  }

  /** Gives how many bytes were used up; the rest waits for more. */
  private scan(bytes: Uint8Array): number {
    this.tag.bytes = bytes
    let at = 0
    for (;;) {
      const open = bytes.indexOf(LESS, at)
      if (open < 0) return at
      const next = bytes[open + 1]
      if (next === undefined) return at
      if (open > at) this.text(bytes, at, open)
      const after =
        next === SLASH
          ? this.close(bytes, open)
          : next === 0x21
            ? this.declaration(bytes, open)
            : next === 0x3f
              ? this.instruction(bytes, open)
              : this.open(bytes, open)
      if (after < 0) return open
      at = after
    }
  }

  /** Production 14, or white space outside the one element (27). */
  private text(bytes: Uint8Array, from: number, to: number): void {
    const first = firstOther(bytes, from, to)
    if (first === to) return
    if (this.path.length === 0) this.fail(bytes, first, outside)
    const faulty = faultyReference(bytes, first, to)
    if (faulty !== null) this.fail(bytes, faulty.at, `${faulty.why}.`)
    for (let i = first; i + 2 < to; i++)
      if (bytes[i + 2] === GREATER && bytes[i + 1] === 0x5d && bytes[i] === 0x5d)
        this.fail(bytes, i, '"]]>" stands in a text; write ]]&gt; there.')
  }

  /** A comment (15), CDATA (18) or a document type; -1 where more bytes are needed. */
  private declaration(bytes: Uint8Array, open: number): number {
    const { length } = bytes
    if (bytes[open + 2] === 0x2d && (bytes[open + 3] === 0x2d || open + 3 >= length)) {
      const end = find(bytes, open + 4, 0x2d, 0x2d)
      if (end < 0 || end + 2 >= length) return -1
      if (bytes[end + 2] !== GREATER) this.fail(bytes, end, '"--" stands inside a comment, where it is not allowed.')
      return end + 3
    }
    const word = utf8.decode(bytes.subarray(open + 2, Math.min(length, open + 9)))
    if (word === '[CDATA[') {
      if (this.path.length === 0) this.fail(bytes, open, outside)
      for (let i = find(bytes, open + 9, 0x5d, 0x5d); i >= 0; i = find(bytes, i + 1, 0x5d, 0x5d))
        if (bytes[i + 2] === GREATER) return i + 3
      return -1
    }
    if (word === 'DOCTYPE') this.fail(bytes, open, documentType, true)
    if (open + 9 > length && ('[CDATA['.startsWith(word) || 'DOCTYPE'.startsWith(word))) return -1
    return this.fail(bytes, open, 'after "<!" comes neither a comment nor CDATA. Write &lt; where the sign itself is meant.')
  }

  /** Productions 16, 17 and 23. */
  private instruction(bytes: Uint8Array, open: number): number {
    const end = find(bytes, open + 2, 0x3f, GREATER)
    if (end < 0) return -1
    let to = open + 2
    while (to < end && !isSpace(bytes[to] as number)) to++
    const name = utf8.decode(bytes.subarray(open + 2, Math.min(to, open + 60)))
    if (name === 'xml' && this.base + open === 0) {
      if (!xmlDeclaration.test(utf8.decode(bytes.subarray(open, end + 2))))
        this.fail(
          bytes,
          open,
          'the XML declaration is not written as it must be, such as <?xml version="1.0" encoding="UTF-8"?>.',
        )
    } else if (name.toLowerCase() === 'xml')
      this.fail(bytes, open, 'an XML declaration stands elsewhere than at the very beginning.')
    else if (!isXmlName(bytes, open + 2, to)) this.fail(bytes, open, 'after "<?" comes no name.')
    return end + 2
  }

  /** Productions 40, 41 and 44. */
  private open(bytes: Uint8Array, open: number): number {
    const end = bytes.length
    const { tag } = this
    let i = open + 1
    let nameStart = i
    while (i < end && !endsName(bytes[i] as number)) {
      if (bytes[i] === 0x3a) nameStart = i + 1
      i++
    }
    if (i >= end) return this.unfinished(bytes, open)
    if (!isXmlName(bytes, open + 1, i))
      this.fail(bytes, open, 'after "<" comes no name. Write &lt; where the sign itself is meant.')
    tag.nameStart = nameStart < i ? nameStart : open + 1
    tag.nameEnd = i
    tag.count = 0
    tag.at = this.base + open
    for (;;) {
      const before = i
      while (i < end && isSpace(bytes[i] as number)) i++
      if (i >= end) return -1
      const byte = bytes[i] as number
      if (byte === GREATER || byte === SLASH) break
      if (i === before) this.fail(bytes, i, 'white space is missing before an attribute.')
      i = this.attribute(bytes, i)
      if (i < 0) return -1
    }
    const empty = bytes[i] === SLASH
    if (empty) i++
    if (i >= end) return -1
    if (bytes[i] !== GREATER) this.fail(bytes, i, '">" is missing after "/".')
    if (this.path.length === 0 && this.seenRoot)
      this.fail(
        bytes,
        open,
        `a second element <${shown(utf8.decode(bytes.subarray(open + 1, tag.nameEnd)))}> stands after the end of the first; a document has one. Are these two files in one?`,
      )
    this.seenRoot = true
    if (!empty) {
      if (this.path.length === this.mostLevels)
        this.fail(
          bytes,
          open,
          `elements lie in more than ${this.mostLevels.toLocaleString('en')} levels inside each other, which no such file needs.`,
          true,
        )
      this.path.push(this.names.code(bytes, open + 1, tag.nameEnd))
    }
    this.sink.open(tag)
    if (empty) this.sink.close()
    return i + 1
  }

  /** Reads one attribute into the tag and gives the index after it; -1 where more bytes are needed. */
  private attribute(bytes: Uint8Array, keyStart: number): number {
    const end = bytes.length
    const { tag } = this
    let i = keyStart
    while (i < end && bytes[i] !== 0x3d && !endsName(bytes[i] as number)) i++
    const keyEnd = i
    while (i < end && isSpace(bytes[i] as number)) i++
    if (i >= end) return this.unfinished(bytes, keyStart)
    if (!isXmlName(bytes, keyStart, keyEnd))
      this.fail(bytes, keyStart, 'an attribute has no name, or one that XML does not allow.')
    if (bytes[i] !== 0x3d) this.fail(bytes, i, noValue)
    i++
    while (i < end && isSpace(bytes[i] as number)) i++
    if (i >= end) return -1
    const mark = bytes[i] as number
    if (mark !== 0x22 && mark !== 0x27) this.fail(bytes, i, noValue)
    const from = ++i
    let coded = 0
    let referred = false
    while (i < end) {
      const value = bytes[i] as number
      if (value === mark) break
      if (value === LESS)
        this.fail(bytes, i, '"<" stands in the value of an attribute. Write &lt; there, or close the quotes before it.')
      if (value === AMPERSAND) referred = true
      if (value < 0x20) coded = 1
      i++
    }
    if (i >= end) return -1
    if (referred) {
      coded = 1
      const faulty = faultyReference(bytes, from, i)
      if (faulty !== null) this.fail(bytes, faulty.at, `${faulty.why}.`)
    }
    this.refuseTwice(bytes, keyStart, keyEnd)
    if (tag.count === tag.coded.length) this.grow()
    const slot = tag.count * 4
    tag.ranges[slot] = keyStart
    tag.ranges[slot + 1] = keyEnd
    tag.ranges[slot + 2] = from
    tag.ranges[slot + 3] = i
    tag.coded[tag.count++] = coded
    return i + 1
  }

  /** No attribute twice in one tag (section 3.1). */
  private refuseTwice(bytes: Uint8Array, from: number, to: number): void {
    const { tag } = this
    for (let i = 0; i < tag.count; i++) {
      const start = tag.ranges[i * 4] as number
      if ((tag.ranges[i * 4 + 1] as number) - start !== to - from) continue
      let same = 0
      while (from + same < to && bytes[start + same] === bytes[from + same]) same++
      if (from + same === to)
        this.fail(bytes, from, `the attribute ${shown(utf8.decode(bytes.subarray(from, to)))} stands twice in one tag.`)
    }
    if (tag.count === mostAttributes) this.fail(bytes, from, `a tag has more than ${mostAttributes} attributes.`, true)
  }

  /** What has begun goes on in the next bytes, unless it holds what no name may. */
  private unfinished(bytes: Uint8Array, from: number): number {
    const less = bytes.indexOf(LESS, from + 1)
    if (less >= 0) this.fail(bytes, less, '"<" stands inside a tag.')
    return -1
  }

  /** Production 42. */
  private close(bytes: Uint8Array, at: number): number {
    const end = bytes.indexOf(GREATER, at)
    if (end < 0) return this.unfinished(bytes, at)
    let to = end
    while (to > at + 2 && isSpace(bytes[to - 1] as number)) to--
    const open = this.path.pop()
    if (open === undefined || this.names.find(bytes, at + 2, to) !== open) {
      const name = shown(utf8.decode(bytes.subarray(at + 2, Math.min(to, at + 60))))
      if (open !== undefined) this.path.push(open)
      const expected = open === undefined ? 'but nothing is open' : `where </${shown(this.names.text(open))}> is due`
      this.fail(bytes, at, `the tag </${name}> stands ${expected}.`)
    }
    this.sink.close()
    return end + 1
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

/** Comparing each with each is quick up to here, and no format has tags like that. */
const mostAttributes = 1000
const outside = 'text stands outside the one element of the document.'
const noValue = 'an attribute has no value in quotes.'
const documentType =
  'the file declares a document type (DOCTYPE), which can make programs read other files or grow without end. Remove the declaration and try again.'

const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name)

function endsName(byte: number): boolean {
  return byte <= 0x20 || byte === GREATER || byte === SLASH
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d
}

function firstOther(bytes: Uint8Array, from: number, to: number): number {
  let i = from
  while (i < to && isSpace(bytes[i] as number)) i++
  return i
}

function find(bytes: Uint8Array, from: number, first: number, second: number): number {
  for (let i = bytes.indexOf(first, from); i >= 0; i = bytes.indexOf(first, i + 1)) if (bytes[i + 1] === second) return i
  return -1
}

/** What is wrong at the first byte that is no character of XML. */
function badCharacter(bytes: Uint8Array, at: number): string {
  const byte = bytes[at] as number
  if (byte < 0x20)
    return `the control character U+${byte.toString(16).toUpperCase().padStart(4, '0')} stands here, which XML does not allow. Remove it.`
  return `the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')} belongs to no character of UTF-8 that XML allows. Save the file as UTF-8, or let its first line name its encoding.`
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Bytes of the value of an attribute as text; with `coded`, references are resolved and line breaks are blanks. */
export function textOf(bytes: Uint8Array, from: number, to: number, coded: number): string {
  const raw = utf8.decode(bytes.subarray(from, to))
  if (coded === 0) return raw
  return raw
    .replace(/\r\n|[\t\r\n]/g, ' ')
    .replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w{1,8}));/g, (whole, hex, decimal, name) =>
      name !== undefined
        ? (known[name] ?? whole)
        : String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
}
