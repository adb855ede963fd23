/** DER (X.690): as much as time stamps and certificates need. Lengths are definite; what runs past its end is none. */

export interface Der {
  readonly tag: number
  /** Whole element, header included, and its content. */
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly content: Uint8Array<ArrayBuffer>
}

/** The element at the beginning of these bytes; null where they hold none. */
export function readDer(bytes: Uint8Array<ArrayBuffer>): Der | null {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null
  const more = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || more > 4 || bytes.length < 2 + more) return null
  const length = more === 0 ? first : bytes.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0)
  const start = 2 + more
  if (start + length > bytes.length) return null
  return { tag, bytes: bytes.slice(0, start + length), content: bytes.slice(start, start + length) }
}

/** The elements of a constructed one, in their order; null where one of them is torn. */
export function partsOf(content: Uint8Array<ArrayBuffer>): readonly Der[] | null {
  const parts: Der[] = []
  for (let rest = content; rest.length > 0; ) {
    const part = readDer(rest)
    if (!part) return null
    parts.push(part)
    rest = rest.slice(part.bytes.length)
  }
  return parts
}

export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const size: number[] = []
  for (let left = length; left > 0; left = Math.floor(left / 256)) size.unshift(left % 256)
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | size.length, ...size]
  const bytes = new Uint8Array(header.length + length)
  bytes.set(header)
  let at = header.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** "1.2.840.113549" of the content of an object identifier. The first number stands for two (X.690 §8.19.4). */
export function oidText(content: Uint8Array): string {
  const numbers: number[] = []
  let held = 0
  for (const byte of content) {
    held = held * 128 + (byte & 0x7f)
    if (byte < 0x80) {
      numbers.push(held)
      held = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const root = Math.min(2, Math.floor(first / 40))
  return [root, first - 40 * root, ...rest].join('.')
}
