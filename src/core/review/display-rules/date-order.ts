/** Whether one chart writes its days in two orders: 03/04/2025 is then two days, and nobody sees which. */
import type { Chart, ChartEntry, ChartSectionId } from '../model/chart.ts'

/** Sections whose days prove an order: a number above 12 can only be a day. */
export interface DateOrders {
  readonly dayFirst: readonly ChartSectionId[]
  readonly monthFirst: readonly ChartSectionId[]
  /** Days that can be read both ways. */
  readonly open: number
}

const numeric = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d./-])/g

/** Of one side, as it is written; null where all of it is written in one order, or none is told. */
export function mixedDateOrders({ sections }: Pick<Chart, 'sections'>, side: 'legacy' | 'target'): DateOrders | null {
  const dayFirst = new Set<ChartSectionId>()
  const monthFirst = new Set<ChartSectionId>()
  let open = 0
  for (const { id, rows } of sections)
    for (const row of rows)
      for (const text of textsOf(row[side]))
        for (const [, first, , second] of text.matchAll(numeric)) {
          const [a, b] = [Number(first), Number(second)]
          if (a > 12 && b >= 1 && b <= 12) dayFirst.add(id)
          else if (b > 12 && b <= 31 && a >= 1 && a <= 12) monthFirst.add(id)
          else if (a >= 1 && a <= 12 && b >= 1 && b <= 12 && a !== b) open++
        }
  return dayFirst.size > 0 && monthFirst.size > 0 ? { dayFirst: [...dayFirst], monthFirst: [...monthFirst], open } : null
}

function textsOf(entry: ChartEntry | null): readonly string[] {
  return entry ? [entry.title, ...entry.details, ...entry.unmapped].map(({ text }) => text) : []
}
