/** One line of PostgreSQL's COPY: cells apart by tabulators, `\N` for none, backslashes for what a line can not hold. */

import type { Cells } from '../unpacked/cells.ts'
import { backslash } from './bytes.ts'
import { escaped } from './tuple.ts'

const tab = 9
const capitalN = 78

/** Reads the line from `from` to `to`, its break left out. */
export function copyRow(bytes: Uint8Array, from: number, to: number, cells: Cells): void {
  cells.clear()
  for (let start = from; start <= to; ) {
    let end = start
    while (end < to && bytes[end] !== tab) end += bytes[end] === backslash ? 2 : 1
    end = Math.min(end, to)
    cells.begin()
    const isNull = end - start === 2 && bytes[start] === backslash && bytes[start + 1] === capitalN
    if (!isNull) unescaped(bytes, start, end, cells)
    cells.end(isNull)
    start = end + 1
  }
}

function unescaped(bytes: Uint8Array, from: number, to: number, cells: Cells): void {
  let plain = from
  for (let i = from; i < to; ) {
    if (bytes[i] !== backslash || i + 1 >= to) {
      i++
      continue
    }
    cells.addAll(bytes, plain, i)
    const code = coded(bytes, i + 1, to)
    if (code) {
      cells.add(code.byte)
      plain = code.end
      i = code.end
      continue
    }
    const letter = bytes[i + 1] as number
    const meant = letter === capitalZ ? undefined : escaped.get(letter)
    if (meant !== undefined) cells.add(meant)
    plain = meant === undefined ? i + 1 : i + 2
    // What follows the backslash is text, a backslash included.
    i += 2
  }
  cells.addAll(bytes, plain, to)
}

const capitalZ = 90

/** `\101` and `\x41`: a byte by its octal or hexadecimal digits. */
function coded(bytes: Uint8Array, at: number, to: number): { readonly byte: number; readonly end: number } | null {
  const text = String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 3)))
  const octal = /^[0-7]{1,3}/.exec(text)?.[0]
  if (octal !== undefined) return { byte: Number.parseInt(octal, 8) & 255, end: at + octal.length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(text)
  return hex ? { byte: Number.parseInt(hex[1] ?? '', 16), end: at + hex[0].length } : null
}
