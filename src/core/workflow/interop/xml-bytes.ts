/** The bytes of an XML document as UTF-8, whatever its byte order mark or declaration says they are. */
import { XmlFault } from './xml.ts'

/** UTF-8 passes through as it is; other encodings are decoded while they come. Throws `XmlFault` for a label nobody knows. */
export async function* xmlBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  let decoder: Decoder | null = null
  let settled = false
  for await (const chunk of chunks) {
    let bytes = chunk
    if (!settled) {
      head = joined(head, chunk)
      if (head.length < 200 && !head.includes(0x3e)) continue
      settled = true
      decoder = decoderOf(encodingOf(head))
      bytes = decoder ? head : withoutMark(head)
    }
    yield decoder ? encoder.encode(decoder.decode(bytes, { stream: true })) : bytes
  }
  if (!settled) {
    decoder = decoderOf(encodingOf(head))
    yield decoder ? encoder.encode(decoder.decode(head, { stream: true })) : withoutMark(head)
  }
  if (decoder) yield encoder.encode(decoder.decode())
}

type Decoder = InstanceType<typeof TextDecoder>

const encoder = new TextEncoder()

/** By byte order mark, then by the zero bytes of UTF-16, then by the declaration. */
export function encodingOf(head: Uint8Array): string {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0x3c && b === 0) return 'utf-16le'
  if (a === 0 && b === 0x3c) return 'utf-16be'
  const text = String.fromCharCode(...head.subarray(0, 200))
  return /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(text)?.[1]?.toLowerCase() ?? 'utf-8'
}

function decoderOf(label: string): Decoder | null {
  if (label === 'utf-8' || label === 'utf8' || label === 'us-ascii' || label === 'ascii') return null
  try {
    return new TextDecoder(label)
  } catch {
    throw new XmlFault(`The file says that its encoding is "${label}", which is not known. Save it as UTF-8.`, 0, true)
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
