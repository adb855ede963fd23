/** Columns at fixed places: found by blanks that stand above each other in nearly all lines, or given as a layout. */

import type { Guess } from '../../model/events.ts'
import type { FixedColumn, FixedLayout } from '../../model/source.ts'
import type { Measure } from '../records/fixed-scanner.ts'
import { charactersOf } from '../text/characters.ts'
import { scannedInPlace } from '../text/transcode.ts'
import { sequenceLength } from '../text/utf8.ts'
import { kindOf } from './column-kinds.ts'

/** Fewer lines prove nothing. */
const leastLines = 20
const mostLines = 2000
const blankShare = 0.95

/**
 * The columns of a text without delimiters; null where blanks do not stand above each other.
 * @param text the first lines, the last of which may be torn
 */
export function detectLayout(text: string): Guess<FixedLayout> | null {
  const lines = text.split(/\r\n|\n|\r/)
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '').slice(0, mostLines)
  if (whole.length < leastLines) return null
  const width = Math.max(...whole.map((line) => Array.from(line).length))
  if (width > 4000) return null
  const filled = new Uint32Array(width)
  for (const line of whole)
    Array.from(line).forEach((char, at) => {
      if (char !== ' ') filled[at] = (filled[at] ?? 0) + 1
    })
  const isGap = (at: number): boolean => (filled[at] ?? 0) <= whole.length * (1 - blankShare)
  const starts: number[] = []
  for (let at = 0; at < width; at++) if (!isGap(at) && (at === 0 || isGap(at - 1))) starts.push(at)
  if (starts.length < 2) return null
  const columns = starts.map((start, index) => ({ name: '', start, width: (starts[index + 1] ?? width) - start }))
  if (!tells(whole, columns)) return null
  const [first = ''] = whole
  const named = namesOf(first, whole.slice(1), columns)
  const shares = starts.slice(1).map((start) => 1 - (filled[start - 1] ?? 0) / whole.length)
  const evidence = `Blanks stand above each other in at least ${Math.floor(Math.min(...shares) * 100)} % of ${whole.length} lines at ${starts.length - 1} places, and no delimiter separates them.`
  return { value: { unit: 'characters', columns: named }, confidence: 0.8, evidence, alternatives: [], chosen: false }
}

/** Words of free text do not line up; columns have at least one that holds numbers, dates or codes of one length. */
function tells(lines: readonly string[], columns: readonly FixedColumn[]): boolean {
  return columns.some((column) => {
    const cells = lines.slice(1).map((line) => cut(line, column))
    const filled = cells.filter((cell) => cell !== '')
    const typed = filled.filter((cell) => kindOf(cell) === 'number' || kindOf(cell) === 'date').length
    const lengths = new Set(filled.map((cell) => cell.length))
    return filled.length >= lines.length / 2 && (typed >= filled.length * 0.9 || lengths.size === 1)
  })
}

function namesOf(first: string, rest: readonly string[], columns: readonly FixedColumn[]): FixedColumn[] {
  const cells = columns.map((column) => cut(first, column))
  const typed = columns.filter((column) => rest.every((line) => ['number', 'date', 'empty'].includes(kindOf(cut(line, column)))))
  const isHeader =
    typed.length > 0
      ? typed.every((column) => kindOf(cut(first, column)) === 'text')
      : cells.every((cell) => /^\p{L}[\p{L}\d _.-]*$/u.test(cell))
  return columns.map((column, index) => ({ ...column, name: isHeader ? (cells[index] ?? '') : '' }))
}

function cut(line: string, { start, width }: FixedColumn): string {
  return Array.from(line)
    .slice(start, start + width)
    .join('')
    .trim()
}

/** Whether a chosen layout can be read, as a sentence; null where it can. */
export function layoutFault(layout: FixedLayout): string | null {
  if (layout.columns.length === 0) return 'The layout names no columns.'
  for (const { name, start, width } of layout.columns)
    if (!Number.isInteger(start) || !Number.isInteger(width) || start < 0 || width < 1)
      return `The column ${name} of the layout needs a start of 0 or more and a width of 1 or more.`
  if (layout.recordLength !== undefined && !(Number.isInteger(layout.recordLength) && layout.recordLength > 0))
    return 'The record length of the layout is no whole number above 0.'
  return null
}

/** How the units of a layout are counted in the bytes that are scanned (the file's own, or UTF-8 made of them). */
export function measureOf(layout: FixedLayout, encoding: string): Measure {
  const inPlace = scannedInPlace(encoding)
  if (inPlace && (layout.unit === 'bytes' || encoding !== 'utf-8')) return null
  if (layout.unit === 'characters') return () => 1
  const { widthOf } = charactersOf(encoding)
  return (bytes, at) => widthOf(bytes, at) || narrow(bytes, at)
}

/** Bytes of a character in the encodings of East Asia: one for ASCII and half-width katakana, two for all others. */
function narrow(bytes: Uint8Array, at: number): number {
  const length = sequenceLength(bytes, at, bytes.length)
  if (length <= 1) return 1
  return length === 3 && bytes[at] === 0xef && (bytes[at + 1] === 0xbd || bytes[at + 1] === 0xbe) ? 1 : 2
}
