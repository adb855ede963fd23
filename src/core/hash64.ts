/** 64-bit hash of ids: at 10 million ids the chance of any false match is about 3 in a million (n²/2⁶⁵). Not for secrets. */
import { mix32 } from './random.ts'

export interface Hash64 {
  readonly high: number
  readonly low: number
}

/** Two lanes with different multipliers that are crossed at the end, after the pattern of MurmurHash3. */
export function hash64(text: string): Hash64 {
  let a = 0x9368e53c
  let b = 0x586dcd20
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x9e3779b1)
    b = Math.imul(b ^ unit, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  const high = mix32(a ^ Math.imul(b, 0x85ebca6b) ^ text.length)
  const low = mix32(b ^ Math.imul(high, 0xc2b2ae35))
  return { high, low }
}
