/** Characters that were destroyed before the file was written: double-encoded UTF-8 and replacement characters. */
import { byteTable } from '../../read/text/cell-text.ts'
import { DAMAGED, secondLeads } from '../../read/text/high-bytes.ts'
import { HIGH } from '../../read/text/record-view.ts'
import { firstInvalidUtf8 } from '../../read/text/utf8.ts'
import { type CellCheck, cellEvidence } from '../contract/check.ts'

export const encodingDamage: CellCheck = {
  code: 'data/encoding-damage',
  title: 'Characters damaged by a wrong encoding',
  why: 'Names and notes read "MÃ¼ller" or "M�ller": patients are not found, and a lost character can not be brought back.',
  remedy: 'Where the evidence shows a repair, have it applied to the column; otherwise export these records again.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'cell',
  decides: false,
  bind() {
    return {
      only: HIGH,
      mayFail,
      see(cell) {
        if (cell.isUtf8 && !mayBeDamaged(cell.bytes, cell.start, cell.end)) return null
        const { text } = cell
        if (text.includes('\uFFFD')) return cellEvidence(cell, [{ name: 'kind', value: 'characters replaced by U+FFFD: lost' }])
        const depth = repairDepth(text)
        return depth === 0
          ? null
          : cellEvidence(cell, [
              { name: 'kind', value: 'UTF-8 read as windows-1252 and encoded again' },
              { name: 'times', value: depth },
            ])
      },
    }
  },
}

const mayFail = { traits: DAMAGED, in: (...cells: Parameters<typeof mayBeDamaged>) => mayBeDamaged(...cells) }

/**
 * False where UTF-8 shows neither kind of damage. A replacement character is EF BF BD. A first byte of two to four, C2 to F4, that was read
 * as windows-1252 is written C3 and another byte; the byte behind it, 80 to BF, is written with a first byte out of C2, C5, C6, CB and E2.
 */
export function mayBeDamaged(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte < 0xc3) continue
    if (byte === 0xc3 && i + 2 < end) {
      if (secondLeads[bytes[i + 2] as number] === 1) return true
    } else if (byte === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) return true
  }
  return false
}

let windows: ReadonlyMap<string, number> | null = null
const strict = new TextDecoder('utf-8')

/** How often the text was wrongly decoded: it encodes to windows-1252, and those bytes are UTF-8 with at least one character beyond ASCII. */
export function repairDepth(text: string): number {
  let current = text
  for (let depth = 0; depth < 3; depth++) {
    const repaired = repair(current)
    if (repaired === null) return depth
    current = repaired
  }
  return 3
}

function repair(text: string): string | null {
  windows ??= new Map(byteTable('windows-1252').map((char, byte) => [char, byte]))
  const bytes = new Uint8Array(text.length)
  let high = false
  for (let i = 0; i < text.length; i++) {
    const byte = windows.get(text[i] ?? '')
    if (byte === undefined) return null
    if (byte >= 0x80) high = true
    bytes[i] = byte
  }
  return high && firstInvalidUtf8(bytes, 0, bytes.length) < 0 ? strict.decode(bytes) : null
}
