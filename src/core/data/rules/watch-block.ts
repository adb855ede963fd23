/** What watched columns have to say of the cells of a run: kept until the record is shown, because only then its patient is known. */
import type { Evidence } from '../../finding.ts'

/** In the marks of a run: the record has to be shown to the rules and watches of the table. */
export const watched = 4

interface Said<W> {
  readonly row: number
  readonly index: number
  readonly watching: W
  readonly wanted: boolean
  readonly evidence: Evidence | null
}

export class SaidInBlock<W> {
  private readonly list: Said<W>[] = []
  private record = 0
  private next = 0

  /** A run begins with this record. */
  clear(record: number): void {
    this.list.length = 0
    this.next = 0
    this.record = record
  }

  /** Column after column; `row` counts from the first record of the run. */
  add(row: number, index: number, watching: W, wanted: boolean, evidence: Evidence | null): void {
    this.list.push({ row, index, watching, wanted, evidence })
  }

  /** Marks the records of which something is to be said. */
  mark(marks: Uint8Array): void {
    for (const { row } of this.list) marks[row] = (marks[row] as number) | watched
    // The sort is stable: within a record the order of columns stays.
    this.list.sort((a, b) => a.row - b.row)
  }

  /** What is to be said of one record; asked for each record that was marked, in their order. */
  tell(record: number, say: (watching: W, index: number, wanted: boolean, evidence: Evidence | null) => void): void {
    for (; this.next < this.list.length; this.next++) {
      const { row, index, watching, wanted, evidence } = this.list[this.next] as Said<W>
      if (this.record + row > record) return
      say(watching, index, wanted, evidence)
    }
  }
}

/** The rows from `from` up to `to`; gives how many they are. */
export function listAll(from: number, to: number, rows: Int32Array): number {
  for (let row = from; row < to; row++) rows[row - from] = row
  return to - from
}

/** Those of them that are marked. */
export function listMarked(marks: Uint8Array, from: number, to: number, rows: Int32Array): number {
  let many = 0
  for (let row = from; row < to; row++) if (marks[row] !== 0) rows[many++] = row
  return many
}
