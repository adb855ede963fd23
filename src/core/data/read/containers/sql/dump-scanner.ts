/**
 * An SQL dump read as it comes: rows of INSERT (PostgreSQL, MySQL, SQL Server, SQLite) and of COPY, columns of CREATE TABLE.
 * Everything else is passed over: functions, triggers, grants, comments. Nothing is run.
 */

import { Cells } from '../unpacked/cells.ts'
import { Damaged } from '../unpacked/damaged.ts'
import {
  backslash,
  backtick,
  closeSquare,
  comma,
  commentEnd,
  dash,
  dollar,
  dollarQuotedEnd,
  doubleQuote,
  gapEnd,
  hash,
  isBlank,
  isWord,
  latin,
  lf,
  lineEnd,
  open,
  openSquare,
  quote,
  quotedEnd,
  semicolon,
  unfinished,
} from './bytes.ts'
import { copyRow } from './copy-row.ts'
import type { SqlDialect } from './dialect.ts'
import { columnList, createdColumns, tableName, wordAt } from './statement.ts'
import { TupleReader } from './tuple.ts'

export interface DumpSink {
  /** Columns of a table in the order of the dump. */
  columns(table: string, names: readonly string[]): void
  /** A statement with rows begins. @param names the columns of its rows; null: those of the table */
  rows(table: string, names: readonly string[] | null, at: number): void
  row(cells: Cells): void
  /** The statement with rows ends before this byte. */
  rowsEnd(at: number): void
  /** Rows of the table come from a query or another file: the dump does not hold them. */
  elsewhere(table: string, why: string): void
}

/** Longer rows, and longer definitions of a table, are refused: they are held in memory. */
const longestUnit = 32 << 20

type State = 'statement' | 'values' | 'behind' | 'copy' | 'skip'

export class DumpScanner {
  private data: Uint8Array = new Uint8Array(0)
  private at = 0
  private coming: Uint8Array[] = []
  private comingBytes = 0
  /** Offset of `data` in the dump. */
  private base: number
  private state: State = 'statement'
  private last = false
  private terminator = ';'
  /** A body with statements of its own, up to `END`. */
  private inBody = false
  /** The end of a statement was not found because a text or comment in it is open. */
  private cutOff = false
  private readonly cells = new Cells()
  private readonly tuples: TupleReader
  private readonly dialect: SqlDialect
  private readonly sink: DumpSink

  /** @param base offset of the first byte that will be pushed; a statement begins there */
  constructor(dialect: SqlDialect, sink: DumpSink, base = 0) {
    this.dialect = dialect
    this.sink = sink
    this.base = base
    this.tuples = new TupleReader(dialect)
  }

  /** @throws Damaged where a row is too long */
  push(bytes: Uint8Array): void {
    this.coming.push(bytes)
    this.comingBytes += bytes.length
    // What is not over is read again from its beginning: only once it has doubled, or a long row would be read over and over.
    if (this.comingBytes >= this.data.length - this.at) this.take()
  }

  private take(): void {
    this.base += this.at
    this.data = joined([this.data.subarray(this.at), ...this.coming])
    this.at = 0
    this.coming = []
    this.comingBytes = 0
    this.work()
  }

  /** @throws Damaged where the dump ends inside of a statement with rows */
  end(): void {
    this.take()
    this.last = true
    // A line of rows without its break is cut off, but for the mark of their end.
    if (this.state === 'copy' && latin(this.data, this.at, this.data.length).trim() !== String.raw`\.`) throw this.torn()
    // A statement may end with the file; what asks for one more byte finds a line break.
    this.coming.push(Uint8Array.of(lf))
    this.take()
    if (this.state === 'values') throw this.torn()
    if (this.state === 'skip' && this.cutOff)
      throw new Damaged(`a text or comment of the statement at byte ${this.base + this.at} does not end`)
    if (this.state === 'behind') this.sink.rowsEnd(this.base + this.at)
  }

  private torn(): Damaged {
    return new Damaged(`the dump ends inside of the rows of a table, at byte ${this.base + this.at}`)
  }

  private work(): void {
    for (;;) {
      const before = this.at
      const state = this.state
      if (!this.step()) break
      if (this.at === before && this.state === state) break
    }
    if (this.data.length - this.at > longestUnit)
      throw new Damaged(`a row or statement at byte ${this.base + this.at} is longer than ${longestUnit >> 20} MB`)
  }

  /** One unit of text; false where more of it has to come first. */
  private step(): boolean {
    if (this.state === 'copy') return this.copied()
    if (this.state === 'skip') return this.skipped()
    const end = gapEnd(this.data, this.at, this.dialect === 'mysql')
    // A comment may begin with the last byte that is there.
    if (end === unfinished || (end >= this.data.length - 2 && !this.last)) {
      // Blanks are let go of, a comment that is not over is read again.
      return false
    }
    this.at = end
    if (this.at >= this.data.length) return false
    if (this.state === 'values') return this.tuple()
    return this.state === 'behind' ? this.behind() : this.statement()
  }

  private statement(): boolean {
    const { data, at } = this
    const byte = data[at]
    if (byte === semicolon) {
      this.at++
      return true
    }
    if (byte === backslash) return this.overLine()
    const word = wordAt(data, at)
    if (word === unfinished && !this.last) return false
    switch (word) {
      case 'insert':
      case 'replace':
        return this.insert()
      case 'copy':
        return this.copy()
      case 'create':
      case 'alter':
        return this.define()
      case 'go':
        this.at += 2
        return true
      case 'delimiter': {
        const end = lineEnd(data, at)
        if (end === unfinished) return false
        this.terminator = latin(data, at + 9, end).trim() || ';'
        this.at = end
        return true
      }
      case 'use':
      case 'set':
      case 'print':
        // SQL Server ends these by the line.
        if (this.dialect === 'sqlserver') return this.overLine()
    }
    this.state = 'skip'
    return true
  }

  /** Where text goes on behind blanks and comments; `unfinished` where it has to come first. */
  private gap(at: number): number {
    const end = gapEnd(this.data, at, this.dialect === 'mysql')
    return end >= this.data.length ? unfinished : end
  }

  private overLine(): boolean {
    const end = lineEnd(this.data, this.at)
    if (end === unfinished) return false
    this.at = end
    return true
  }

  /** `INSERT [IGNORE] INTO name [(columns)] VALUES`. */
  private insert(): boolean {
    const { data } = this
    const begin = this.base + this.at
    let i = this.at
    let word = wordAt(data, i)
    while (
      typeof word === 'string' &&
      /^(insert|replace|into|ignore|low_priority|delayed|high_priority|or|rollback|abort|fail)$/.test(word)
    ) {
      i = this.gap(i + word.length)
      if (i === unfinished) return false
      word = wordAt(data, i)
    }
    const named = tableName(data, i)
    if (named === unfinished) return false
    if (named === null) return this.passOver()
    i = this.gap(named.end)
    if (i === unfinished) return false
    let names: readonly string[] | null = null
    if (data[i] === open) {
      const list = columnList(data, i)
      if (list === unfinished) return false
      if (list === null) return this.elsewhere(named.name, 'a query fills it')
      names = list.names
      i = this.gap(list.end)
      if (i === unfinished) return false
    }
    const next = wordAt(data, i)
    if (next === unfinished) return false
    if (next === 'overriding') {
      const values = /^overriding\s+(?:system|user)\s+value\s+(?=values?\b)/i.exec(latin(data, i, i + 80))
      if (!values) return data.length - i < 80 && !this.last ? false : this.elsewhere(named.name, 'a query fills it')
      i += values[0].length
    } else if (next !== 'values' && next !== 'value') return this.elsewhere(named.name, 'a query fills it')
    const keyword = wordAt(data, i)
    if (keyword === unfinished) return false
    this.sink.rows(named.name, names, begin)
    this.at = i + keyword.length
    this.state = 'values'
    return true
  }

  private tuple(): boolean {
    let at = this.at
    // MySQL 8 writes `VALUES ROW(…), ROW(…)`.
    if (isWord(this.data, at, 'row')) at = this.gap(at + 3)
    if (at === unfinished) return false
    if (this.data[at] !== open) {
      this.sink.rowsEnd(this.base + this.at)
      return this.passOver()
    }
    const end = this.tuples.read(this.data, at, this.cells)
    if (end === unfinished) return false
    this.sink.row(this.cells)
    this.at = end
    this.state = 'behind'
    return true
  }

  /** Behind a row: another one, the end of the statement, or what to do about rows that are there already. */
  private behind(): boolean {
    if (this.data[this.at] === comma) {
      this.at++
      this.state = 'values'
      return true
    }
    const ends = this.data[this.at] === semicolon
    if (ends) this.at++
    else {
      const word = wordAt(this.data, this.at)
      if (word === unfinished && !this.last) return false
      this.sink.rowsEnd(this.base + this.at)
      if (word === 'on' || word === 'returning' || word === 'as') return this.passOver()
      this.state = 'statement'
      return true
    }
    this.sink.rowsEnd(this.base + this.at)
    this.state = 'statement'
    return true
  }

  /** `COPY name (columns) FROM stdin;` */
  private copy(): boolean {
    const { data } = this
    const begin = this.base + this.at
    let i = this.gap(this.at + 4)
    if (i === unfinished) return false
    const named = tableName(data, i)
    if (named === unfinished) return false
    if (named === null) return this.passOver()
    i = this.gap(named.end)
    if (i === unfinished) return false
    let names: readonly string[] | null = null
    if (data[i] === open) {
      const list = columnList(data, i)
      if (list === unfinished) return false
      if (list === null) return this.passOver()
      names = list.names
      i = list.end
    }
    const stop = data.indexOf(semicolon, i)
    if (stop < 0) return false
    const rest = latin(data, i, stop).trim()
    if (!/^from\s+stdin\b/i.test(rest))
      return /^to\b/i.test(rest) ? this.passOver() : this.elsewhere(named.name, 'another file holds its rows')
    if (/\b(csv|binary|delimiter)\b/i.test(rest)) return this.elsewhere(named.name, `COPY … ${rest} is not read`)
    const line = lineEnd(data, stop)
    if (line === unfinished) return false
    this.sink.rows(named.name, names, begin)
    this.at = line
    this.state = 'copy'
    return true
  }

  private copied(): boolean {
    const end = lineEnd(this.data, this.at)
    if (end === unfinished) return false
    let to = end - 1
    if (this.data[to - 1] === 13 && to > this.at) to--
    if (to - this.at === 2 && this.data[this.at] === backslash && this.data[this.at + 1] === 46) {
      this.sink.rowsEnd(this.base + end)
      this.state = 'statement'
    } else {
      copyRow(this.data, this.at, to, this.cells)
      this.sink.row(this.cells)
    }
    this.at = end
    return true
  }

  private define(): boolean {
    const text = latin(this.data, this.at, Math.min(this.data.length, this.at + 200))
    if (text.length < 200 && !this.last) return false
    const table = /^create\s+(?:global\s+|local\s+|temporary\s+|temp\s+|unlogged\s+)*table\s+(?:if\s+not\s+exists\s+)?/i.exec(
      text,
    )
    if (!table) {
      this.inBody =
        /^(?:create|alter)\s+(?:or\s+(?:replace|alter)\s+)?(?:definer\s*=\s*\S+\s+)?(?:temp\s+|temporary\s+)?(?:trigger|function|procedure|event|package)\b/i.test(
          text,
        )
      return this.passOver()
    }
    const at = this.at + table[0].length
    const named = tableName(this.data, at)
    if (named === unfinished) return false
    const opening = named === null ? unfinished : this.gap(named.end)
    if (named === null || opening === unfinished || this.data[opening] !== open) return this.passOver()
    const end = this.statementEnd(opening)
    if (end === unfinished) return false
    this.sink.columns(named.name, createdColumns(this.data.subarray(0, end), opening))
    return this.passOver()
  }

  private passOver(): boolean {
    this.state = 'skip'
    return true
  }

  private elsewhere(table: string, why: string): boolean {
    this.sink.elsewhere(table, why)
    return this.passOver()
  }

  private skipped(): boolean {
    const end = this.statementEnd(this.at)
    if (end !== unfinished) {
      this.at = end
      this.inBody = false
      this.state = 'statement'
      return true
    }
    return false
  }

  /** Behind the statement that `from` lies in. */
  private statementEnd(from: number): number {
    const { data, terminator } = this
    this.cutOff = false
    const first = terminator.charCodeAt(0)
    let lineStart = from === 0 || data[from - 1] === lf
    for (let i = from; i < data.length; ) {
      const byte = data[i] as number
      if (lineStart && isWord(data, i, 'go') && this.dialect === 'sqlserver') {
        let end = i + 2
        while (data[end] !== lf && isBlank(data[end])) end++
        if (end >= data.length && !this.last) return unfinished
        if (data[end] === lf || end >= data.length) return end
      }
      // SQL Server asks for no semicolon: the next statement with rows ends the one before.
      if (lineStart && i > from && !this.inBody && this.dialect === 'sqlserver' && isWord(data, i, 'insert')) return i
      lineStart = byte === lf || (lineStart && isBlank(byte))
      if (byte === first && latin(data, i, i + terminator.length) === terminator && !this.isInside(i))
        return i + terminator.length
      let next = i
      if (byte === quote) next = quotedEnd(data, i, quote, this.dialect === 'mysql')
      else if (byte === doubleQuote || byte === backtick) next = quotedEnd(data, i, byte, false)
      else if (byte === openSquare && this.dialect === 'sqlserver') next = quotedEnd(data, i, closeSquare, false)
      else if (byte === dollar && this.dialect === 'postgresql') next = dollarQuotedEnd(data, i)
      else next = commentEnd(data, i, this.dialect === 'mysql')
      if (next === unfinished) {
        // A comment to the end of its line ends with the dump, too.
        this.cutOff = byte !== dash && byte !== hash
        return unfinished
      }
      i = next === i ? i + 1 : next
    }
    return unfinished
  }

  /** Whether a semicolon belongs to the body of a trigger or function: its statements end so, too, and `END` comes last. */
  private isInside(at: number): boolean {
    if (!this.inBody || this.terminator !== ';') return false
    // In SQL Server only GO ends a procedure.
    if (this.dialect === 'sqlserver') return true
    const text = latin(this.data, this.at, at)
    return (this.dialect === 'postgresql' ? /\bbegin\s+atomic\b/i : /\bbegin\b/i).test(text) && !/\bend\s*\w*\s*$/i.test(text)
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = parts.filter(({ length }) => length > 0)
  if (first === undefined || more.length === 0) return first ?? new Uint8Array(0)
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
