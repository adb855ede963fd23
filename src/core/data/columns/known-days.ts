/** Days written as `YYYY-MM-DD`: each has one spelling, so that a cell of a day that was seen before is only counted. */
import type { CellRun } from './cell-run.ts'
import { isoDay } from './written-moment.ts'

const pageBits = 10
const pageSize = 1 << pageBits
/** Days of the years 0 to 9999. */
const pageCount = 3600

/** Most columns hold no days: what counts them is made with the first one. */
const noPages = new Int32Array(pageCount)
const noCounts = new Uint32Array(0)

export class KnownDays {
  /** By the upper bits of a day: where its page begins in `counts`, 0 for one that is not made. */
  private pages = noPages
  private counts = noCounts
  private used = pageSize

  /** Counts the cells of days that were seen before and takes them out of the run; those of new days stay. */
  dropKnown(run: CellRun): void {
    const { words, starts, ends, count } = run
    // A column of dates begins with one in nearly every run.
    if (count === 0 || !isDay(run, 0)) return
    let kept = 0
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const day = (ends[cell] as number) - start === 10 ? isoDay(words, start) : -1
      if (day >= 0) {
        const page = (this.pages[day >> pageBits] as number) || this.newPage(day >> pageBits)
        const at = page | (day & (pageSize - 1))
        const before = this.counts[at] as number
        this.counts[at] = before + 1
        if (before !== 0) continue
      }
      if (kept !== cell) run.move(cell, kept)
      kept++
    }
    run.count = kept
  }

  /** Every day with the number of cells that were taken out for it. */
  each(see: (day: number, cells: number) => void): void {
    for (let index = 0; index < pageCount; index++) {
      const page = this.pages[index] as number
      if (page === 0) continue
      for (let at = 0; at < pageSize; at++) {
        const count = this.counts[page + at] as number
        if (count > 1) see((index << pageBits) + at, count - 1)
      }
    }
  }

  private newPage(index: number): number {
    if (this.pages === noPages) this.pages = new Int32Array(pageCount)
    const page = this.used
    this.used += pageSize
    if (this.used > this.counts.length) {
      const bigger = new Uint32Array(Math.max(2 * pageSize, this.counts.length * 2))
      bigger.set(this.counts)
      this.counts = bigger
    }
    this.pages[index] = page
    return page
  }
}

function isDay({ words, starts, ends }: CellRun, cell: number): boolean {
  const start = starts[cell] as number
  return (ends[cell] as number) - start === 10 && isoDay(words, start) >= 0
}
