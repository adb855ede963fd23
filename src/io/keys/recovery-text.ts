/** A recovery key as it is printed: 160 bits as eight groups of four letters and digits. */
import type { Bytes } from './bytes.ts'

/** Letters and digits that are not mistaken for each other on paper (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

export function recoveryText(bytes: Bytes): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  const text = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)] ?? '').join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Null for a text that is none; small letters, blanks and what looks alike are read as meant. */
export function recoveryFrom(text: string): Bytes | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (plain.length !== 32 || [...plain].some((letter) => !letters.includes(letter))) return null
  const bits = [...plain].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
