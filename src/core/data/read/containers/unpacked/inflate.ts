/** Deflated bytes unpacked as they come, with the checksum that the container promises; damage is a sentence, not an error. */
import { Inflate } from 'fflate'
import { Damaged } from './damaged.ts'

/** Compressed bytes unpacked at a time: even the densest stretch stays within some megabytes. */
const stepBytes = 8 << 10

/** Unpacks raw deflate. Throws `Damaged` where the bytes are none. */
export async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  const unpack = new Inflate((chunk) => {
    if (chunk.length > 0) parts.push(chunk)
  })
  const push = (bytes: Uint8Array, last: boolean): Uint8Array[] => {
    try {
      unpack.push(bytes, last)
    } catch (error) {
      throw new Damaged(
        error instanceof Error && /EOF/i.test(error.message) ? 'its end is missing' : 'its compressed bytes are damaged',
        parts,
      )
    }
    const made = parts
    parts = []
    return made
  }
  for await (const chunk of packed)
    for (let at = 0; at < chunk.length; at += stepBytes) yield* push(chunk.slice(at, at + stepBytes), false)
  yield* push(new Uint8Array(0), true)
}

const table = Int32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** CRC-32 of ISO 3309, as gzip and zip use it; start with 0 and hand on what came back. */
export function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] as number)) & 0xff] as number)
  return ~crc >>> 0
}
