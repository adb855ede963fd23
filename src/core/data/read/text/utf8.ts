/** Strict UTF-8 (RFC 3629) on bytes in place: where it breaks, and how long the broken sequence is. */

/** Index of the first byte in [start, end) that is no part of well-formed UTF-8; -1 where all is well. */
export function firstInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  while (i < end) {
    if ((bytes[i] as number) < 0x80) {
      i++
      continue
    }
    const length = sequenceLength(bytes, i, end)
    if (length === 0) return i
    i += length
  }
  return -1
}

/** Length of the well-formed sequence at `i`; 0 where there is none (overlong, surrogate, beyond U+10FFFF, torn). */
export function sequenceLength(bytes: Uint8Array, i: number, end: number): number {
  const lead = bytes[i] as number
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = i + 1 < end ? (bytes[i + 1] as number) : 0
  if (lead < 0xe0) return isTrail(second) ? 2 : 0
  if (lead < 0xf0) {
    if (lead === 0xe0 ? second < 0xa0 || second > 0xbf : lead === 0xed ? second < 0x80 || second > 0x9f : !isTrail(second))
      return 0
    return i + 2 < end && isTrail(bytes[i + 2] as number) ? 3 : 0
  }
  if (lead === 0xf0 ? second < 0x90 || second > 0xbf : lead === 0xf4 ? second < 0x80 || second > 0x8f : !isTrail(second)) return 0
  return i + 3 < end && isTrail(bytes[i + 2] as number) && isTrail(bytes[i + 3] as number) ? 4 : 0
}

function isTrail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf
}

/** Bytes as a person reads them: `C3 28`. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
