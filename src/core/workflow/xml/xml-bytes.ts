/** The bytes of an XML document as UTF-8, whatever its byte order mark or declaration says they are; bytes of another encoding are refused. */
import { placeOf, XmlFault, type XmlPlace } from './xml-fault.ts'

/** UTF-8 passes through as it is; other encodings are decoded while they come. Throws `XmlFault` where the bytes are not what they claim. */
export async function* xmlBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const opened = new XmlDecoding()
  for await (const chunk of chunks) {
    const bytes = opened.next(chunk)
    if (bytes.length > 0) yield bytes
  }
  const last = opened.end()
  if (last.length > 0) yield last
}

/** The same, step by step. */
export class XmlDecoding {
  private head: Uint8Array | null = new Uint8Array(0)
  private decoder: Decoder | null = null
  private label = 'utf-8'
  private place: XmlPlace = { line: 1, column: 1 }

  next(chunk: Uint8Array): Uint8Array {
    if (this.head === null) return this.decoded(chunk, true)
    this.head = joined(this.head, chunk)
    return this.head.length < headBytes && !this.head.includes(0x3e) ? empty : this.begun()
  }

  end(): Uint8Array {
    const first = this.head === null ? empty : this.begun()
    return joined(first, this.decoded(empty, false))
  }

  /** The encoding is settled. */
  private begun(): Uint8Array {
    const head = this.head ?? empty
    this.head = null
    this.label = encodingOf(head)
    this.decoder = decoderOf(this.label)
    return this.decoded(this.decoder ? head : withoutMark(head), true)
  }

  private decoded(bytes: Uint8Array, stream: boolean): Uint8Array {
    const { decoder } = this
    if (decoder === null) return bytes
    try {
      const text = encoder.encode(decoder.decode(bytes, { stream }))
      this.place = placeOf(text, text.length, this.place)
      return text
    } catch {
      const { line, column } = this.place
      // What was begun in the chunk before belongs to the first character of this one.
      throw new XmlFault(
        `At or after line ${line}, column ${column}, bytes are no characters of ${this.label}, which the file says is its encoding. Save it as UTF-8.`,
        null,
        false,
      )
    }
  }
}

type Decoder = InstanceType<typeof TextDecoder>

const headBytes = 200
const empty = new Uint8Array(0)
const encoder = new TextEncoder()

/**
 * By byte order mark, then by the zero bytes of UTF-16, then by the declaration.
 * @throws XmlFault where the declaration names an encoding that the bytes plainly are not (XML 1.0, section 4.3.3)
 */
export function encodingOf(head: Uint8Array): string {
  const [a, b, c] = head
  const wide =
    (a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)
      ? 'utf-16le'
      : (a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)
        ? 'utf-16be'
        : null
  const marked = a === 0xef && b === 0xbb && c === 0xbf
  const first = head.subarray(marked ? 3 : 0, headBytes)
  const text = wide === null ? String.fromCharCode(...first) : new TextDecoder(wide).decode(first)
  const said = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1]
  const label = said?.toLowerCase() ?? wide ?? 'utf-8'
  const saysWide = /^(utf-?(16|32)|(iso-10646-)?ucs-?[24])/.test(label)
  if ((wide !== null) !== saysWide || (marked && !/^utf-?8$/.test(label)))
    throw new XmlFault(
      `the file says that its encoding is ${said}, but its bytes are ${wide === null ? (marked ? 'UTF-8' : 'of another') : 'UTF-16'}. Save it as UTF-8, or mend the first line.`,
      { line: 1, column: 1 },
      false,
    )
  return wide ?? label
}

function decoderOf(label: string): Decoder | null {
  if (label === 'utf-8' || label === 'utf8' || label === 'us-ascii' || label === 'ascii') return null
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    throw new XmlFault(`The file says that its encoding is "${label}", which is not known. Save it as UTF-8.`, null, true)
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
