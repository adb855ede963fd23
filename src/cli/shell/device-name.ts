/** Each machine has a chain of its own in the ledger; what it is called is nobody's business. */
import { hostname } from 'node:os'
import { sha256Hex } from '../../core/canonical.ts'

export function deviceName(): string {
  return `cli-${sha256Hex(hostname()).slice(0, 8)}`
}
