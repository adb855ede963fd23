/** Day or month first: while both can be read, both are kept; the first cell that only one of them can read settles it for all. */
import { Doubles } from './growing.ts'
import type { InstantReader, TimeForm } from './instants.ts'

/** How dates are written, as a person says it. */
export const dateOrders = ['day-first', 'month-first', 'year-first'] as const
export type DateOrder = (typeof dateOrders)[number]

/** Words for a form of times, to say which one was used. */
export const formWords: Readonly<Record<TimeForm, string>> = {
  iso: 'year first',
  'day-first': 'day first',
  'month-first': 'month first',
  seconds: 'seconds since 1970',
  milliseconds: 'milliseconds since 1970',
}

/** Reads the times of a table row by row; `time` and `begun` are those of the row at hand. */
export class OrderedTimes {
  form: TimeForm
  /** What settled the order while rows were read; null where nothing did. */
  settledBy: string | null = null
  /** False once one order is known to be meant. */
  open: boolean
  /** Whether the rows kept so far have to be exchanged for those of `others`. */
  private turned = false
  private readonly reader: InstantReader
  private readonly kept = { time: new Doubles(), begun: new Doubles() }
  private readonly other = { time: Number.NaN, begun: Number.NaN }
  readonly row = { time: Number.NaN, begun: Number.NaN }

  constructor(reader: InstantReader, form: TimeForm, open: boolean) {
    this.reader = reader
    this.form = form
    this.open = open
  }

  clear(): void {
    for (const key of ['time', 'begun'] as const) this.row[key] = this.other[key] = Number.NaN
  }

  /** False where the bytes are no time. */
  read(what: 'time' | 'begun', bytes: Uint8Array, from: number, to: number, line: number): boolean {
    // Read last, so that the offset of the reader is that of the time that is used.
    const other = this.open ? this.reader.parse(bytes, from, to, 'month-first') : Number.NaN
    const time = this.reader.parse(bytes, from, to, this.form)
    this.row[what] = time
    if (!this.open) return !Number.isNaN(time)
    this.other[what] = other
    if (Number.isNaN(time) === Number.isNaN(other)) return !Number.isNaN(time)
    this.open = false
    this.settledBy = `a time in line ${line} can not be read otherwise`
    if (Number.isNaN(time)) {
      this.form = 'month-first'
      this.turned = true
      Object.assign(this.row, this.other)
    }
    return true
  }

  /** The row was taken: its other reading is kept for as long as the order is open. */
  keep(): void {
    if (!this.open) return
    this.kept.time.push(this.other.time)
    this.kept.begun.push(this.other.begun)
  }

  /** Times of the rows kept before the order turned out to be the other one; asked for once. */
  turnedRows(): { readonly time: Float64Array; readonly begun: Float64Array } | null {
    if (!this.turned) return null
    this.turned = false
    return { time: this.kept.time.done(), begun: this.kept.begun.done() }
  }
}
