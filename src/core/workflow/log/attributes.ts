/** The other attributes of events and cases: a number per distinct value; within a stated budget, and said where it was not enough. */
import { ByteNames } from '../xml/byte-names.ts'
import type { AttributeColumn } from './event-log.ts'
import { Integers } from './growing.ts'

/** More distinct values than this are ids or texts, which no filter uses. */
const mostValues = 50_000
/** Entries of all attributes together: 4 bytes each. */
const mostEntries = 16_000_000

interface Column {
  readonly name: string
  readonly codes: Integers
  readonly values: ByteNames
}

export class Attributes {
  private readonly columns = new Map<number, Column | null>()
  private readonly names = new ByteNames()
  private entries = 0
  readonly notKept: string[] = []

  /** Value of an attribute of event or case `row`; the first one counts. */
  add(row: number, name: number, bytes: Uint8Array, from: number, to: number): void {
    let column = this.columns.get(name)
    if (column === undefined) {
      column = { name: this.names.text(name), codes: new Integers(), values: new ByteNames() }
      this.columns.set(name, column)
    }
    if (column === null) return
    const { codes, values } = column
    if (codes.length > row) return
    this.entries += row + 1 - codes.length
    if (values.size > mostValues || this.entries > mostEntries) {
      this.entries -= row + 1
      this.notKept.push(column.name)
      this.columns.set(name, null)
      return
    }
    codes.fillTo(row, -1)
    codes.push(values.code(bytes, from, to))
  }

  /** Forgets the values of a row that was not taken after all. */
  discard(row: number): void {
    for (const column of this.columns.values()) if (column !== null && column.codes.length > row) column.codes.pop()
  }

  name(bytes: Uint8Array, from: number, to: number): number {
    return this.names.code(bytes, from, to)
  }

  nameOf(text: string): number {
    return this.names.codeOf(text)
  }

  /** Names of all attributes that occurred, kept or not. */
  get seen(): readonly string[] {
    return [...this.columns.keys()].map((name) => this.names.text(name))
  }

  /** `order` gives for each row of the result the row it comes from, -1 for none. */
  done(order: Int32Array): readonly AttributeColumn[] {
    const found: AttributeColumn[] = []
    for (const [key, column] of this.columns) {
      // What was copied is let go at once: both together would be twice the memory.
      this.columns.delete(key)
      if (column === null) continue
      const { name, codes, values } = column
      codes.fillTo(order.length, -1)
      const known = codes.done()
      if (known.every((code) => code < 0)) continue
      found.push({ name, codes: order.map((from) => (from < 0 ? -1 : (known[from] ?? -1))), values: values.list() })
    }
    return found
  }
}
