/** The cells of one row as bytes, and the line of delimited text that they make. */
import { Damaged } from './damaged.ts'

const lf = 10
const cr = 13
const space = 32
const doubleQuote = 34
const comma = 44
const doubledMark = 2
/** SQL Server has tables of 30,000 sparse columns; the others have far fewer. */
export const mostCells = 1 << 15

/** The first line of delimited text: names that hold a delimiter, a mark or a break are quoted. */
export function headerLine(names: readonly string[]): Uint8Array {
  const quoted = (name: string): string => (/[",\r\n]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
  return names.length === 0 ? new Uint8Array(0) : encoder.encode(`${names.map(quoted).join(',')}\n`)
}

export class Cells {
  count = 0
  private bytes = new Uint8Array(64 << 10)
  private length = 0
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  /** Bytes that quotation marks add; -1 for a cell without a value. */
  private readonly marks: number[] = []

  clear(): void {
    this.count = 0
    this.length = 0
  }

  /** Begins a cell; its bytes follow by `add`. */
  begin(): void {
    if (this.count === mostCells) throw new Damaged(`a row has more than ${mostCells} values, which no table has`)
    this.starts[this.count] = this.length
  }

  add(byte: number): void {
    if (this.length === this.bytes.length) this.grow(this.length + 1)
    this.bytes[this.length++] = byte
  }

  addAll(bytes: Uint8Array, from: number, to: number): void {
    if (this.length + to - from > this.bytes.length) this.grow(this.length + to - from)
    copy(bytes, from, to, this.bytes, this.length)
    this.length += to - from
  }

  addText(text: string): void {
    for (const byte of encoder.encode(text)) this.add(byte)
  }

  /** Ends the cell that was begun. An empty text and a missing value are written apart: `""` and nothing. */
  end(isNull = false): void {
    const at = this.count++
    this.ends[at] = this.length
    this.marks[at] = isNull ? -1 : this.marksOf(this.starts[at] as number, this.length)
  }

  /** Bytes of a cell as written, its marks included. */
  widthOf(cell: number): number {
    return (this.ends[cell] as number) - (this.starts[cell] as number) + Math.max(0, this.marks[cell] as number)
  }

  isNull(cell: number): boolean {
    return this.marks[cell] === -1
  }

  /** Writes a cell at `at` of a buffer with room for it; returns where it ends. */
  write(cell: number, into: Uint8Array, at: number): number {
    const from = this.starts[cell] as number
    const to = this.ends[cell] as number
    if ((this.marks[cell] as number) <= 0) {
      copy(this.bytes, from, to, into, at)
      return at + to - from
    }
    let end = at
    into[end++] = doubleQuote
    for (let i = from; i < to; i++) {
      const byte = this.bytes[i] as number
      if (byte === doubleQuote) into[end++] = doubleQuote
      into[end++] = byte
    }
    into[end++] = doubleQuote
    return end
  }

  private marksOf(from: number, to: number): number {
    if (from === to) return doubledMark
    let inside = 0
    let needed = this.bytes[from] === space || this.bytes[to - 1] === space
    for (let i = from; i < to; i++) {
      const byte = this.bytes[i]
      if (byte === doubleQuote) inside++
      else if (byte === comma || byte === lf || byte === cr) needed = true
    }
    return needed || inside > 0 ? inside + doubledMark : 0
  }

  private grow(least: number): void {
    const grown = new Uint8Array(Math.max(least, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}

const encoder = new TextEncoder()

/** A view of a few bytes costs more than the bytes. */
const shortBytes = 64

function copy(bytes: Uint8Array, from: number, to: number, into: Uint8Array, at: number): void {
  if (to - from > shortBytes) into.set(bytes.subarray(from, to), at)
  else for (let i = from, j = at; i < to; i++, j++) into[j] = bytes[i] as number
}
