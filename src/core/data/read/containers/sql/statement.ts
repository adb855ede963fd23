/** What the head of a statement says: a name, a list of columns, the columns of a new table. */

import { mostCells } from '../unpacked/cells.ts'
import { Damaged } from '../unpacked/damaged.ts'
import {
  backtick,
  close,
  closeSquare,
  comma,
  dot,
  doubleQuote,
  gapEnd,
  isWord,
  isWordByte,
  latin,
  open,
  openSquare,
  quote,
  quotedEnd,
  unfinished,
  wordEnd,
} from './bytes.ts'

const decoder = new TextDecoder()

/** A name as written, and the place behind it; null where none begins, `unfinished` where it is cut off. */
export type Named = { readonly name: string; readonly end: number } | typeof unfinished | null

/** One name, quoted or bare. */
function part(bytes: Uint8Array, at: number): Named {
  if (at >= bytes.length) return unfinished
  const mark = bytes[at]
  const closing = mark === openSquare ? closeSquare : mark === doubleQuote || mark === backtick ? mark : null
  if (closing !== null) {
    const end = quotedEnd(bytes, at, closing, false)
    if (end === unfinished) return unfinished
    const sign = String.fromCharCode(closing)
    return { name: decoder.decode(bytes.subarray(at + 1, end - 1)).replaceAll(sign + sign, sign), end }
  }
  if (!isWordByte(mark)) return null
  const end = wordEnd(bytes, at)
  return end >= bytes.length ? unfinished : { name: decoder.decode(bytes.subarray(at, end)), end }
}

/** What a table is in without saying so: the name of the schema tells nothing then. */
const usualSchemas: ReadonlySet<string> = new Set(['public', 'dbo'])

/** A table by its path; the database is left out, and so is the schema that every table is in. */
export function tableName(bytes: Uint8Array, from: number): Named {
  const parts: string[] = []
  let at = from
  for (;;) {
    const one = part(bytes, at)
    if (one === null || one === unfinished) return one
    parts.push(one.name)
    if (bytes[one.end] !== dot) {
      const table = parts.at(-1) ?? ''
      const schema = parts.at(-2)
      return { name: schema === undefined || usualSchemas.has(schema.toLowerCase()) ? table : `${schema}.${table}`, end: one.end }
    }
    at = one.end + 1
  }
}

function named(names: string[], name: string): void {
  if (names.length === mostCells) throw new Damaged(`a table has more than ${mostCells} columns, which no database allows`)
  names.push(name)
}

/** `(a, "b c")`: the names, and the place behind the bracket. */
export function columnList(
  bytes: Uint8Array,
  at: number,
): { readonly names: string[]; readonly end: number } | typeof unfinished | null {
  const names: string[] = []
  let i = at + 1
  for (;;) {
    i = gapEnd(bytes, i, false)
    if (i === unfinished) return unfinished
    const one = part(bytes, i)
    if (one === null || one === unfinished) return i >= bytes.length ? unfinished : one
    named(names, one.name)
    i = gapEnd(bytes, one.end, false)
    if (i === unfinished || i >= bytes.length) return unfinished
    if (bytes[i] === close) return { names, end: i + 1 }
    if (bytes[i] !== comma) return null
    i++
  }
}

/** What begins a line of CREATE TABLE that is no column. */
const noColumns = [
  'primary',
  'unique',
  'key',
  'index',
  'constraint',
  'foreign',
  'check',
  'fulltext',
  'spatial',
  'exclude',
  'like',
  'period',
]

/** The columns of `CREATE TABLE name ( … )`, whose whole text is there. @param at the opening bracket */
export function createdColumns(bytes: Uint8Array, at: number): string[] {
  const names: string[] = []
  let depth = 0
  let starts = true
  for (let i = at; i < bytes.length; ) {
    if (starts && depth === 1) {
      i = gapEnd(bytes, i, false)
      if (i === unfinished) break
      const one = part(bytes, i)
      if (one !== null && one !== unfinished) {
        const bare = isWordByte(bytes[i])
        if (!bare || !noColumns.some((word) => isWord(bytes, i, word))) named(names, one.name)
        i = one.end
      }
      starts = false
      continue
    }
    const byte = bytes[i]
    if (byte === quote || byte === doubleQuote || byte === backtick) {
      i = quotedEnd(bytes, i, byte, false)
      if (i === unfinished) break
      continue
    }
    if (byte === open) {
      depth++
      starts = depth === 1
    } else if (byte === close && --depth === 0) break
    else if (byte === comma && depth === 1) starts = true
    i++
  }
  return names
}

/** The word at `at` in lower case, as far as `longest` letters; `unfinished` where the text ends in it. */
export function wordAt(bytes: Uint8Array, at: number, longest = 24): string | typeof unfinished {
  const end = wordEnd(bytes, at)
  return end >= bytes.length && end - at <= longest ? unfinished : latin(bytes, at, Math.min(end, at + longest)).toLowerCase()
}
