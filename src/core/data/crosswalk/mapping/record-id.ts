/** Ids made of a key: the same key gives the same id in every load, and no two tables share one. */
import { sha256Hex } from '../../../canonical.ts'

/** A UUID of version 8 (RFC 9562 §5.8) from the SHA-256 of table and key. */
export function uuidOf(table: string, key: string): string {
  const hex = sha256Hex(`${table}\n${key}`)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A positive whole number below 2^53 from the SHA-256 of table and key, for targets whose keys are numbers. */
export function numberOf(table: string, key: string): string {
  return String(Number.parseInt(sha256Hex(`${table}\n${key}`).slice(0, 13), 16) || 1)
}
