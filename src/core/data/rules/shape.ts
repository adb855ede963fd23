/** The shape of a cell by its bytes, cheap enough to be asked for every cell. */
import { shapes } from '../checks/contract/column-check.ts'

export function shapeOf(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start] as number
  const length = end - start
  if (first >= 48 && first <= 57) {
    if (length >= 6 && length <= 32 && isSlashDate(bytes, start)) return shapes.date
    if (length >= 10 && length <= 35 && bytes[start + 4] === 45 && bytes[start + 7] === 45) return shapes.date
    for (let i = start + 1; i < end; i++) {
      const byte = bytes[i] as number
      if (byte < 48 || byte > 57)
        return byte === 45 && i - start <= 2 && length <= 6 && isLetter(bytes[i + 1] as number) ? shapes.dayMonth : shapes.numeric
    }
    return shapes.digits
  }
  if (first === 35) return shapes.hash
  if (first === 45 || first === 43 || first === 46) return shapes.numeric
  if (isLetter(first) && length >= 5 && length <= 6 && bytes[start + 3] === 45 && isDigit(bytes[start + 4] as number))
    return shapes.dayMonth
  return shapes.text
}

/** One or two digits, a separator, one or two digits, the same separator, a digit. */
function isSlashDate(bytes: Uint8Array, start: number): boolean {
  const at = isSeparator(bytes[start + 1] as number) ? start + 1 : start + 2
  const mark = bytes[at] as number
  if (!isSeparator(mark) || !isDigit(bytes[at - 1] as number) || !isDigit(bytes[at + 1] as number)) return false
  const next = bytes[at + 2] === mark ? at + 2 : at + 3
  return bytes[next] === mark && isDigit(bytes[next - 1] as number) && isDigit(bytes[next + 1] as number)
}

function isSeparator(byte: number): boolean {
  return byte === 47 || byte === 46 || byte === 45
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}

function isLetter(byte: number): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}
