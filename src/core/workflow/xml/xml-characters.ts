/** Which bytes are the characters that XML 1.0 allows (production 2, in UTF-8), and which characters make names (4, 4a). */

/** How bytes may begin a character: 1 stands alone, 2 to 4 are the length of a sequence, 0 begins none. */
const lengths = new Uint8Array(256)
lengths.fill(1, 0x20, 0x80)
for (const byte of [0x09, 0x0a, 0x0d]) lengths[byte] = 1
lengths.fill(2, 0xc2, 0xe0)
lengths.fill(3, 0xe0, 0xf0)
lengths.fill(4, 0xf0, 0xf5)

/** Looks at the bytes of a document as they come; a character may be cut by the end of a chunk. */
export class XmlCharacters {
  /** Bytes of the character at hand that are still to come, and its code so far. */
  private due = 0
  private point = 0
  private least = 0

  /** Index of the first byte that is, or completes, no character of XML; -1 where all are. */
  check(bytes: Uint8Array): number {
    const { length } = bytes
    let i = 0
    while (i < length) {
      const byte = bytes[i] as number
      if (this.due === 0) {
        const size = lengths[byte] as number
        if (size === 0) return i
        if (size > 1) {
          this.due = size - 1
          this.point = byte & (0xff >> (size + 1))
          this.least = size === 2 ? 0x80 : size === 3 ? 0x800 : 0x10000
        }
      } else {
        if ((byte & 0xc0) !== 0x80) return i
        this.point = (this.point << 6) | (byte & 0x3f)
        this.due--
        if (this.due === 0 && (this.point < this.least || !isXmlCharacter(this.point))) return i
      }
      i++
    }
    return -1
  }

  /** Whether the document may end here. */
  get isComplete(): boolean {
    return this.due === 0
  }
}

/** Production 2: Char. */
export function isXmlCharacter(point: number): boolean {
  if (point < 0x20) return point === 0x09 || point === 0x0a || point === 0x0d
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff)
}

const start =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const xmlName = new RegExp(`^[${start}][${start}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040]*$`, 'u')

/** 1 begins a name, 2 goes on with one, 0 is in no name; bytes above 127 are looked at as text. */
const inName = new Uint8Array(128)
for (let byte = 0; byte < 128; byte++) {
  const char = String.fromCharCode(byte)
  inName[byte] = /[:A-Z_a-z]/.test(char) ? 1 : /[-.0-9]/.test(char) ? 2 : 0
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Whether the bytes are a name (production 5). */
export function isXmlName(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from] as number
  if (to <= from || (first < 128 && inName[first] !== 1)) return false
  for (let i = from; i < to; i++) {
    const byte = bytes[i] as number
    if (byte >= 128) return xmlName.test(utf8.decode(bytes.subarray(from, to)))
    if (inName[byte] === 0) return false
  }
  return true
}

const predefined: ReadonlySet<string> = new Set(['lt', 'gt', 'amp', 'quot', 'apos'])

/**
 * What is wrong with the references between two bytes (productions 66 to 68; nothing but the five predefined entities is declared):
 * the index of the faulty `&` and the words, or null.
 */
export function faultyReference(
  bytes: Uint8Array,
  from: number,
  to: number,
): { readonly at: number; readonly why: string } | null {
  const part = bytes.subarray(from, to)
  for (let at = part.indexOf(0x26); at >= 0; at = part.indexOf(0x26, at + 1)) {
    const end = part.subarray(at, at + longestReference).indexOf(0x3b)
    const why = end < 0 ? unclosed : faultOfReference(utf8.decode(part.subarray(at + 1, at + end)))
    if (why !== null) return { at: from + at, why }
  }
  return null
}

/** Names of entities that XML knows are short; leading zeros of a number may be many. */
const longestReference = 256
const unclosed = 'a "&" begins no reference. Write &amp; where the sign itself is meant'

function faultOfReference(name: string): string | null {
  if (predefined.has(name)) return null
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name) ?? []
  if (hex !== undefined || decimal !== undefined) {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return isXmlCharacter(point) ? null : `&${name.slice(0, 40)}; stands for a character that XML does not allow`
  }
  return xmlName.test(name) ? `the entity &${name.slice(0, 40)}; is not declared` : unclosed
}
