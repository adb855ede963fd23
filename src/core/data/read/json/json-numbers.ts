/** Numbers whose text says more than a program can hold: JSON allows any number of digits, engines keep about 17 (RFC 8259 §6). */
import { decimalOf, sameDecimal } from '../../../values/decimal.ts'

/** More digits than every double keeps. */
export const heldDigits = 15

export interface ChangedNumber {
  /** Index of its first byte. */
  readonly at: number
  /** As it is written; the beginning of a very long one. */
  readonly text: string
  /** What becomes of it, for a person. */
  readonly why: string
}

/** The first number in well-formed JSON that changes its value when it is read; null where all are kept. */
export function changedNumber(bytes: Uint8Array): ChangedNumber | null {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte === 0x22) for (i++; i < bytes.length && bytes[i] !== 0x22; i++) i += bytes[i] === 0x5c ? 1 : 0
    else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const from = i
      while (i + 1 < bytes.length && isPart(bytes[i + 1] as number)) i++
      // So short that all of it is kept.
      if (byte !== 0x2d && i - from < heldDigits && !hasExponent(bytes, from, i)) continue
      const text = String.fromCharCode(...bytes.subarray(from, Math.min(i + 1, from + 4096)))
      if (isChanged(text)) return { at: from, text, why: becomes(text) }
    }
  }
  return null
}

/** In IEEE 754 binary64, which JSON is read into. */
function becomes(text: string): string {
  const held = Number(text)
  if (!Number.isFinite(held)) return 'it is larger than any number that programs hold (about 1.8e308), and read as infinite'
  if (held === 0) return 'it is closer to zero than any number that programs hold (about 5e-324), and read as 0'
  return 'it has more digits than programs keep, and is read as another number'
}

function hasExponent(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (bytes[i] === 0x65 || bytes[i] === 0x45) return true
  return false
}

function isPart(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2d || byte === 0x2b || byte === 0x65 || byte === 0x45
}

function isChanged(text: string): boolean {
  // Zero is zero under any power of ten, and zeros before a power say nothing.
  if (/^-?[0.]+[eE]/.test(text)) return false
  const plain = text.replace(/([eE][-+]?)0+(?=\d)/, '$1')
  const [written, held] = [decimalOf(plain), decimalOf(String(Number(text)))]
  return written === null || held === null || !sameDecimal(written, held)
}
