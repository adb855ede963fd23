/** Numbers judged on their digits in place: what is plainly a whole or decimal number, and whether it lies within limits. */

import type { Decimal } from '../../../values/decimal.ts'
import { type ColumnQuestion, numbersQuestion } from '../../read/records/column-kernels.ts'
import type { BytesTest, CellColumn, ColumnTest } from '../contract/check.ts'

const minus = 45
const plus = 43

/** Sign and digits. */
export const isPlainInteger: BytesTest = Object.assign(
  (bytes: Uint8Array, start: number, end: number): boolean => {
    let i = start
    const lead = bytes[i]
    if (lead === minus || lead === plus) i++
    if (i >= end) return false
    for (; i < end; i++) if (((bytes[i] as number) - 48) >>> 0 > 9) return false
    return true
  },
  { all: markIntegers, question: anyNumber(0), excludesOrder: true, excludesSuspects: true },
)

function markIntegers({ bytes, starts, ends, at, step, count }: CellColumn, marks: Uint8Array): void {
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const end = ends[cell] as number
    let i = starts[cell] as number
    if (i === end) continue
    const lead = bytes[i] as number
    if (lead === minus || lead === plus) i++
    const first = i
    while (i < end && ((bytes[i] as number) - 48) >>> 0 <= 9) i++
    if (i < end || i === first) marks[row] = 1
  }
}

/** Sign, digits, and at most one `point` with a digit beside it; no exponent. */
export function isPlainNumber(point: number): BytesTest {
  const test: BytesTest = (bytes, start, end) => {
    let i = start
    const lead = bytes[i]
    if (lead === minus || lead === plus) i++
    let digits = end - i
    let points = 0
    for (; i < end; i++) {
      const byte = bytes[i] as number
      if ((byte - 48) >>> 0 <= 9) continue
      if (byte !== point || points > 0) return false
      points++
      digits--
    }
    return digits > 0
  }
  const all = ({ bytes, starts, ends, at, step, count }: CellColumn, marks: Uint8Array): void => {
    for (let cell = at, row = 0; row < count; row++, cell += step) {
      const end = ends[cell] as number
      let i = starts[cell] as number
      if (i === end) continue
      const lead = bytes[i] as number
      if (lead === minus || lead === plus) i++
      const first = i
      while (i < end && ((bytes[i] as number) - 48) >>> 0 <= 9) i++
      let digits = i - first
      if (i < end && bytes[i] === point) {
        const fraction = ++i
        while (i < end && ((bytes[i] as number) - 48) >>> 0 <= 9) i++
        digits += i - fraction
      }
      if (i < end || digits === 0) marks[row] = 1
    }
  }
  return Object.assign(test, {
    all,
    question: anyNumber(point),
    excludesOrder: true,
    excludesSuspects: true,
    form: formOf(point),
  })
}

/** Numbers of every size. */
function anyNumber(point: number): ColumnQuestion {
  return numbersQuestion(new Float64Array(16).fill(-Infinity), new Float64Array(16).fill(Infinity), point)
}

/** Plain numbers with this decimal mark. */
function formOf(point: number): string {
  return `number ${point}`
}

/** A limit of a range. */
export interface Limit {
  readonly value: Decimal
  readonly isMinimum: boolean
  readonly exclusive: boolean
}

/** So many digits are whole numbers without loss, whatever is done with them here. */
const exactDigits = 15

/**
 * True only for plain numbers that keep all limits and are multiples of `step`. Both sides are brought to the same number of
 * decimals and compared as whole numbers below 10^15, so nothing is rounded; longer numbers are left to the slow comparison (false).
 */
export function rangeBytes(limits: readonly Limit[], step: Decimal | null, point: number): BytesTest | null {
  const rows = limits.map(({ value, ...limit }) => ({ ...limit, at: scaledTo(value) }))
  const steps = step === null ? null : scaledTo(step)
  if (rows.some(({ at }) => at === null) || (step !== null && steps === null)) return null
  const test: BytesTest = (bytes, start, end) => {
    let i = start
    const lead = bytes[i]
    if (lead === minus || lead === plus) i++
    if (end - i > exactDigits) return false
    let whole = 0
    let pointAt = -1
    let digits = 0
    for (; i < end; i++) {
      const byte = bytes[i] as number
      const digit = byte - 48
      if (digit >>> 0 <= 9) {
        whole = whole * 10 + digit
        digits++
      } else if (byte === point && pointAt < 0) pointAt = i
      else return false
    }
    if (digits === 0) return false
    const scale = pointAt < 0 ? 0 : end - 1 - pointAt
    const value = lead === minus ? -whole : whole
    for (let k = 0; k < rows.length; k++) {
      const { at, isMinimum, exclusive } = rows[k] as { at: Scaled; isMinimum: boolean; exclusive: boolean }
      const own = value * (at.times[scale] as number)
      const limit = at.values[scale] as number
      if (!(own <= most && own >= -most && (isMinimum ? own >= limit : own <= limit)) || (exclusive && own === limit))
        return false
    }
    if (steps === null) return true
    const own = value * (steps.times[scale] as number)
    return own <= most && own >= -most && own % (steps.values[scale] as number) === 0
  }
  return steps === null ? Object.assign(test, { ...rangeOfColumn(limits, point), covers: formOf(point) }) : test
}

/** The loop of a range: by number of decimals, the lowest and highest whole number that every limit allows. */
function rangeOfColumn(limits: readonly Limit[], point: number): Pick<BytesTest, 'all' | 'question'> {
  const lowest = new Float64Array(exactDigits + 1).fill(-most)
  const highest = new Float64Array(exactDigits + 1).fill(most)
  for (const { value, isMinimum, exclusive } of limits) {
    const scaled = scaledTo(value)
    for (let scale = 0; scale <= exactDigits; scale++) {
      const times = scaled?.times[scale] ?? 1
      const limit = scaled?.values[scale] ?? Number.NaN
      // The whole numbers next to the limit, itself left out where it is exclusive. What is not a number marks every cell.
      const above = exclusive ? Math.floor(limit / times) + 1 : Math.ceil(limit / times)
      const below = exclusive ? Math.ceil(limit / times) - 1 : Math.floor(limit / times)
      if (isMinimum) lowest[scale] = Math.max(lowest[scale] as number, above)
      else highest[scale] = Math.min(highest[scale] as number, below)
    }
  }
  const all: ColumnTest = ({ bytes, starts, ends, at, step, count }, marks) => {
    for (let cell = at, row = 0; row < count; row++, cell += step) {
      const end = ends[cell] as number
      let i = starts[cell] as number
      if (i === end) continue
      const lead = bytes[i] as number
      if (lead === minus || lead === plus) i++
      const first = i
      let whole = 0
      let pointAt = end
      for (; i < end; i++) {
        const byte = bytes[i] as number
        const digit = byte - 48
        if (digit >>> 0 <= 9) whole = whole * 10 + digit
        else if (byte === point && pointAt === end) pointAt = i
        else break
      }
      const scale = pointAt === end ? 0 : end - 1 - pointAt
      const digits = end - first - (pointAt === end ? 0 : 1)
      const value = lead === minus ? -whole : whole
      const isGood =
        i === end &&
        digits > 0 &&
        end - first <= exactDigits &&
        value >= (lowest[scale] as number) &&
        value <= (highest[scale] as number)
      if (!isGood) marks[row] = 1
    }
  }
  return { all, question: numbersQuestion(lowest, highest, point) }
}

const most = 10 ** exactDigits

/** By the number of decimals of the other side: the limit with as many decimals, and what the other side is to be multiplied by. */
interface Scaled {
  readonly values: readonly number[]
  readonly times: readonly number[]
}

function scaledTo({ negative, digits, exponent }: Decimal): Scaled | null {
  const decimals = Math.max(0, digits.length - exponent)
  const whole = digits === '' ? 0 : Number(digits) * 10 ** Math.max(0, exponent - digits.length)
  if (digits.length > exactDigits || decimals > exactDigits || whole > most) return null
  const values: number[] = []
  const times: number[] = []
  for (let scale = 0; scale <= exactDigits; scale++) {
    const value = whole * 10 ** Math.max(0, scale - decimals)
    // Not a number compares as false with everything: such cells go the slow way.
    values.push(value > most ? Number.NaN : negative ? -value : value)
    times.push(10 ** Math.max(0, decimals - scale))
  }
  return { values, times }
}
