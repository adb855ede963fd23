/** Day-first or month-first: counted per column, because a single date can not tell. */
import { daysIn } from '../../../values/calendar.ts'
import { alwaysPasses, type Cell, type CellCheck, type CellJudge, SEPARATED } from '../contract/check.ts'

/** How the slash-like dates of a column can be read. */
export interface DateOrderCounts {
  dayFirst: number
  monthFirst: number
  either: number
}

export const dateOrder: CellCheck = {
  code: 'data/date-order',
  title: 'Two date conventions in one column',
  why: 'Some dates prove day-first, others month-first, and the rest can be read both ways: birth dates and stop dates are wrong without any error.',
  remedy: 'Find out which site or period wrote which order, and split the column before it is mapped.',
  severity: 'critical',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  decides: false,
  bind({ order }) {
    const counts: DateOrderCounts = { dayFirst: 0, monthFirst: 0, either: 0 }
    const isMixed = (): boolean => {
      const { dayFirst, monthFirst, either } = counts
      // Dates that read both ways are taken in the order that was declared or chosen, which counts as theirs.
      return dayFirst + (order === 'day-first' ? either : 0) > 0 && monthFirst + (order === 'month-first' ? either : 0) > 0
    }
    return {
      only: SEPARATED,
      isCounter: true,
      see(cell) {
        countOrder(cell, counts)
        return null
      },
      counted: counted(counts),
      finish: () => {
        if (!isMixed()) return null
        return {
          facts: [...factsOf(counts), ...(typeof order === 'string' ? [{ name: 'declared or chosen', value: order }] : [])],
        }
      },
    }
  },
}

export const dateOrderUndecided: CellCheck = {
  code: 'data/date-order-undecided',
  title: 'Dates that can be read day-first or month-first',
  why: 'Nothing in the column says which it is; read the wrong way, most of these dates become another day without any error.',
  remedy: 'Choose the order in Sources, or declare the format in the schema, after asking somebody who knows the legacy system.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  decides: false,
  bind(params) {
    if (params.settled === true) return { see: () => null, passes: alwaysPasses }
    const counts: DateOrderCounts = { dayFirst: 0, monthFirst: 0, either: 0 }
    return {
      only: SEPARATED,
      isCounter: true,
      see(cell) {
        countOrder(cell, counts)
        return null
      },
      counted: counted(counts),
      finish: () => (counts.either > 0 && counts.dayFirst === 0 && counts.monthFirst === 0 ? { facts: factsOf(counts) } : null),
    }
  },
}

/** The order that a declared format gives to dates of numbers; null where the year stands first or a month is written in letters. */
export function orderOfFormat(format: unknown): 'day-first' | 'month-first' | null {
  const [day, month, year] = ['%d', '%m', '%Y'].map((part) => (typeof format === 'string' ? format.indexOf(part) : -1))
  if (day === undefined || month === undefined || year === undefined || Math.min(day, month) < 0) return null
  return year < day && year < month ? null : day < month ? 'day-first' : 'month-first'
}

function counted(counts: DateOrderCounts): NonNullable<CellJudge['counted']> {
  return {
    get: () => [counts.dayFirst, counts.monthFirst, counts.either],
    add([dayFirst = 0, monthFirst = 0, either = 0]) {
      counts.dayFirst += dayFirst
      counts.monthFirst += monthFirst
      counts.either += either
    },
  }
}

function factsOf(counts: DateOrderCounts): { name: string; value: number }[] {
  return [
    { name: 'only day-first', value: counts.dayFirst },
    { name: 'only month-first', value: counts.monthFirst },
    { name: 'either way', value: counts.either },
  ]
}

/** Counts a cell of the form d/d/yyyy (or with dots or hyphens), judged on its bytes; everything else is no such date. */
export function countOrder(cell: Cell, counts: DateOrderCounts): void {
  const { bytes, start, end } = cell
  const length = end - start
  if (length < 8 || length > 22) return
  const lead = bytes[start] as number
  if (lead < 48 || lead > 57) return
  const mark = bytes[start + 2] === bytes[start + 1] ? 0 : separatorAt(bytes, start)
  if (mark === 0) return
  const firstEnd = bytes[start + 1] === mark ? start + 1 : start + 2
  const second = firstEnd + 1
  const secondEnd = bytes[second + 1] === mark ? second + 1 : second + 2
  if (bytes[secondEnd] !== mark) return
  const a = number(bytes, start, firstEnd)
  const b = number(bytes, second, secondEnd)
  const year = number(bytes, secondEnd + 1, secondEnd + 5)
  const after = secondEnd + 5 < end ? bytes[secondEnd + 5] : 32
  if (a < 1 || b < 1 || year < 1000 || secondEnd + 5 > end || (after !== 32 && after !== 84)) return
  const day = b <= 12 && a <= daysIn(year, b)
  const month = a <= 12 && b <= daysIn(year, a)
  // The 3rd of March reads the same both ways.
  if (a === b) return
  if (day && month) counts.either++
  else if (day) counts.dayFirst++
  else if (month) counts.monthFirst++
}

function separatorAt(bytes: Uint8Array, start: number): number {
  const first = bytes[start + 1] as number
  if (isSeparator(first)) return first
  const second = bytes[start + 2] as number
  return isSeparator(second) ? second : 0
}

/** Slash, dot or hyphen. */
function isSeparator(byte: number): boolean {
  return byte === 47 || byte === 46 || byte === 45
}

function number(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] ?? 0) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return to > from ? value : -1
}
