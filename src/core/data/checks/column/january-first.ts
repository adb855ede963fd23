/** Dates that pile up on the first of January: only the year was known, and nobody said so. */

import { dayLiteral } from '../bytes/date-literal.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const januaryFirst: ColumnCheck = {
  code: 'data/january-first',
  title: 'Dates that pile up on the first of January',
  why: 'A birthday that was made up from a year gives a wrong age for months, and links the records of two people who share it.',
  remedy: 'Map these dates to their year alone where the new system allows it; never match patients by them.',
  severity: 'info',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'coarser',
  scope: 'column',
  shapes: shapes.date,
  sampled: true,
  always: true,
  watch({ type, params, isOfPatients }) {
    // Vocabularies and versions begin on such days.
    if (params === null && !isOfPatients) return null
    return type === null || type === 'date' || type === 'datetime' || type === 'any' ? new Januaries() : null
  },
}

export const fewestDates = 100
export const fewestFirsts = 20
/** One in 365 is chance; one in twenty is not. */
export const share = 0.05

class Januaries implements ColumnWatch {
  private dates = 0
  private firsts = 0

  see(cell: Cell): null {
    this.day(dayLiteral(cell.bytes, cell.start, cell.end))
    return null
  }

  seeAll({ bytes, starts, ends, picked, many }: WatchedCells): void {
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      this.day(dayLiteral(bytes, starts[at] as number, ends[at] as number))
    }
  }

  private day(literal: number): void {
    if (literal < 0) return
    this.dates++
    if (literal % 10_000 === 101) this.firsts++
  }

  finish() {
    if (this.dates < fewestDates || this.firsts < fewestFirsts || this.firsts < this.dates * share) return []
    return [
      {
        facts: [
          { name: 'first of January', value: this.firsts },
          { name: 'of dates', value: this.dates },
        ],
        kept: null,
      },
    ]
  }
}
