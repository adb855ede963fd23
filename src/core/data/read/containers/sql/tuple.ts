/** One row of an INSERT: the values between two brackets, as the text that a CSV export of the same table would hold. */

import type { Cells } from '../unpacked/cells.ts'
import {
  backslash,
  close,
  closeSquare,
  colon,
  comma,
  commentEnd,
  dash,
  doubleQuote,
  gapEnd,
  hash,
  isBlank,
  isWord,
  isWordByte,
  latin,
  open,
  openSquare,
  quote,
  quotedEnd,
  slash,
  unfinished,
  wordEnd,
} from './bytes.ts'
import type { SqlDialect } from './dialect.ts'
import { binaryMoment } from './moments.ts'

export class TupleReader {
  private readonly escapes: boolean
  private readonly hashes: boolean

  constructor(dialect: SqlDialect) {
    this.escapes = dialect === 'mysql'
    this.hashes = dialect === 'mysql'
  }

  /** Reads the row whose bracket opens at `at`; returns the place behind it, or `unfinished`. */
  read(bytes: Uint8Array, at: number, cells: Cells): number {
    cells.clear()
    let i = gapEnd(bytes, at + 1, this.hashes)
    if (i === unfinished) return unfinished
    if (bytes[i] === close) return i + 1
    for (;;) {
      i = this.value(bytes, i, cells)
      if (i === unfinished) return unfinished
      const byte = bytes[i]
      if (byte === close) return i + 1
      if (byte !== comma) return unfinished
      i = gapEnd(bytes, i + 1, this.hashes)
      if (i === unfinished) return unfinished
    }
  }

  /** One value, up to the comma or bracket behind it. */
  private value(bytes: Uint8Array, from: number, cells: Cells): number {
    const end = this.end(bytes, from)
    if (end === unfinished) return unfinished
    let to = end
    while (to > from && isBlank(bytes[to - 1])) to--
    cells.begin()
    cells.end(this.cell(bytes, from, to, cells))
    return end
  }

  /** Where the value that begins at `from` ends: the next comma or bracket that belongs to the row itself. */
  private end(bytes: Uint8Array, from: number): number {
    let depth = 0
    let i = from
    while (i < bytes.length) {
      const byte = bytes[i]
      if (byte === quote) i = quotedEnd(bytes, i, quote, this.escapes || this.isEscaped(bytes, i, from))
      else if (byte === doubleQuote) i = quotedEnd(bytes, i, doubleQuote, this.escapes)
      else if (byte === openSquare) i = quotedEnd(bytes, i, closeSquare, false)
      else if (depth === 0 && (byte === comma || byte === close)) return i
      else {
        if (byte === open) depth++
        else if (byte === close) depth--
        const next = byte === dash || byte === slash || byte === hash ? commentEnd(bytes, i, this.hashes) : i
        i = next === i ? i + 1 : next
      }
      if (i === unfinished) return unfinished
    }
    return unfinished
  }

  /** `E'…'` of PostgreSQL: the backslash means something in it. */
  private isEscaped(bytes: Uint8Array, at: number, from: number): boolean {
    return at > from && ((bytes[at - 1] ?? 0) | 32) === 101 && !(at - 2 >= from && isWordByte(bytes[at - 2]))
  }

  /** Writes what a value says; true where it says that there is none. */
  private cell(bytes: Uint8Array, from: number, to: number, cells: Cells): boolean {
    if (isWord(bytes, from, 'null') && this.isCast(bytes, from + 4, to)) return true
    let at = from
    while (at < to && at - from < 12 && isWordByte(bytes[at])) at++
    const blanks = gapEnd(bytes, at, false)
    // `N'…'`, `E'…'`, `_utf8mb4'…'`; of `X'…'` and `B'…'` the digits are the value.
    const opening = at > from && bytes[at] !== quote && bytes[from] === 95 ? blanks : at
    if (bytes[opening] === quote) {
      const word = latin(bytes, from, at).toLowerCase()
      const end = quotedEnd(bytes, opening, quote, this.escapes || word === 'e')
      const isText = word === '' || word === 'n' || word === 'e' || word.startsWith('_')
      if (end !== unfinished && end <= to && this.isCast(bytes, end, to) && (isText || word === 'x' || word === 'b')) {
        if (word === 'x') cells.addText('0x')
        this.text(bytes, opening + 1, end - 1, this.escapes || word === 'e', cells)
        return false
      }
    }
    if (bytes[from] === doubleQuote && quotedEnd(bytes, from, doubleQuote, this.escapes) === to) {
      this.text(bytes, from + 1, to - 1, this.escapes, cells, doubleQuote)
      return false
    }
    const replaced = isWord(bytes, from, 'replace') ? withBreaks(decoder.decode(bytes.subarray(from, to))) : null
    if (replaced !== null) {
      cells.addText(replaced)
      return false
    }
    const inner = this.insideCall(bytes, from, to)
    if (inner !== null) return this.converted(bytes, inner, cells)
    let end = to
    for (let i = from; i + 1 < to; i++)
      if (bytes[i] === colon && bytes[i + 1] === colon) {
        end = i
        break
      }
    cells.addAll(bytes, from, end)
    return false
  }

  /** Nothing but `::type` follows. */
  private isCast(bytes: Uint8Array, from: number, to: number): boolean {
    let at = from
    while (at < to && isBlank(bytes[at])) at++
    return at >= to || (bytes[at] === colon && bytes[at + 1] === colon)
  }

  /** The value and the type of `CAST(value AS type)` and `CONVERT(type, value)`; null for anything else. */
  private insideCall(bytes: Uint8Array, from: number, to: number): Call | null {
    const end = wordEnd(bytes, from)
    const name = latin(bytes, from, Math.min(end, from + 12)).toLowerCase()
    if ((name !== 'cast' && name !== 'convert') || bytes[end] !== open || bytes[to - 1] !== close) return null
    const text = latin(bytes, end + 1, to - 1)
    if (name === 'cast') {
      const type = /\s+as\s+([\w ]+(?:\([\d, ]*\))?)\s*$/i.exec(text)
      if (!type) return null
      const lead = /^\s*/.exec(text)?.[0].length ?? 0
      return { from: end + 1 + lead, to: end + 1 + type.index, type: (type[1] ?? '').toLowerCase() }
    }
    const type = /^\s*([\w]+(?:\([\d, ]*\))?)\s*,\s*/.exec(text)
    if (!type) return null
    const start = end + 1 + type[0].length
    const stop = this.end(bytes, start)
    return { from: start, to: stop === unfinished ? to - 1 : Math.min(stop, to - 1), type: (type[1] ?? '').toLowerCase() }
  }

  private converted(bytes: Uint8Array, { from, to, type }: Call, cells: Cells): boolean {
    const moment = to - from <= 34 ? binaryMoment(latin(bytes, from, to).trim(), type) : null
    if (moment === null) return this.cell(bytes, from, to, cells)
    cells.addText(moment)
    return false
  }

  private text(bytes: Uint8Array, from: number, to: number, escapes: boolean, cells: Cells, mark = quote): void {
    let plain = from
    for (let i = from; i < to; i++) {
      const byte = bytes[i]
      if (byte === mark) {
        cells.addAll(bytes, plain, i)
        // The second mark of a doubled one is the text.
        plain = ++i
      } else if (escapes && byte === backslash && i + 1 < to) {
        cells.addAll(bytes, plain, i)
        const meant = escaped.get(bytes[i + 1] as number)
        if (meant !== undefined) cells.add(meant)
        plain = meant === undefined ? i + 1 : i + 2
        i++
      }
    }
    cells.addAll(bytes, plain, to)
  }
}

const decoder = new TextDecoder()

/** SQLite writes a line break as `replace('a\nb','\n',char(10))`. Null where the call is another one. */
function withBreaks(call: string): string | null {
  const inner = /^replace\(([\s\S]*),'((?:[^']|'')*)',char\((10|13)\)\)$/.exec(call)
  if (!inner) return null
  const [, value = '', written = '', code = ''] = inner
  const text = /^'(?:[^']|'')*'$/.test(value) ? value.slice(1, -1).replaceAll("''", "'") : withBreaks(value)
  return text?.replaceAll(written.replaceAll("''", "'"), String.fromCharCode(Number(code))) ?? null
}

interface Call {
  readonly from: number
  readonly to: number
  readonly type: string
}

/** What a letter behind a backslash stands for; every other byte stands for itself. */
export const escaped: ReadonlyMap<number, number> = new Map(
  Object.entries({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0', Z: '\x1a' }).map(([letter, meant]) => [
    letter.charCodeAt(0),
    meant.charCodeAt(0),
  ]),
)
