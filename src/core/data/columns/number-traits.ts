/** The numbers of a column: how many, their exact sum, their extremes, and buckets narrow enough for quantiles within one percent. */
import { compareDecimals, decimalOf } from '../../values/decimal.ts'
import { mostRecords } from '../read/records/record-block.ts'
import type { CellRun } from './cell-run.ts'
import { Extremes } from './extremes.ts'
import { Histogram } from './histogram.ts'
import type { RecordStretch } from './live-place.ts'
import { bucketOf, quantilesOf } from './number-buckets.ts'
import { digitsShape, pointShape } from './written-shapes.ts'

/** Longer numbers are left to those who look at shapes. */
const mostShaped = 16

/** Digits of an exponent that `decimalOf` reads. */
const mostExponent = 6

const powers = Array.from({ length: 23 }, (_, i) => 10 ** i)
/** Sums of whole numbers are exact below this; then they move into a big integer. */
const safe = 2 ** 52
/** A sum over values of more places than this is not written out. */
const mostPlaces = 400

/** Values of a run; what is no number stands as NaN. */
const values = new Float64Array(mostRecords)

export class NumberTraits {
  decimals = 0
  integers = 0
  leadingZeros = 0
  /** Cells whose exponent is too large for a sum. */
  unsummed = 0
  /** Sums of the digits by number of decimal places. */
  readonly sums = new Map<number, bigint>()
  readonly buckets = new Map<number, number>()
  readonly extremes = new Extremes(compareNumbers)
  /** The smallest and the largest number seen here: what lies between them is no extreme. */
  private readonly ends = Float64Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  private readonly partial = new Float64Array(16)
  /** Counts by bucket; `finish` moves them into `buckets`. */
  private counted = new Histogram()

  /** True where the bytes are a decimal number. */
  see(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): boolean {
    let i = start
    const sign = bytes[i]
    if (sign === 45 || sign === 43) i++
    const first = i
    let digits = 0
    let mantissa = 0
    let places = -1
    for (; i < end; i++) {
      const byte = bytes[i] as number
      if (byte >= 48 && byte <= 57) {
        digits++
        mantissa = mantissa * 10 + (byte - 48)
        if (places >= 0) places++
      } else if (byte === 46 && places < 0) places = 0
      else break
    }
    if (digits === 0 || end - start > 400) return false
    const leads = bytes[first] === 48 && first + 1 < end && isDigit(bytes[first + 1] as number)
    // What stops the digits of a number can only be an exponent: dates and identifiers end here.
    if (i < end && !isExponent(bytes, i, end)) return false
    if (i < end || digits > 15) return this.long(bytes, start, end, weight, at, leads)
    const scale = Math.max(places, 0)
    const digitsValue = sign === 45 ? -mantissa : mantissa
    this.count(places < 0, leads, weight)
    this.addDigits(scale, digitsValue, weight)
    this.place(digitsValue / (powers[scale] as number), bytes, start, end, weight, at)
    return true
  }

  /** As `see`, for many cells; notes the shapes of plain ones in the run, in which dates were found before. */
  seeRun(run: CellRun): void {
    const { bytes, starts, ends, weights, count, shapes } = run
    const { counted } = this
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      values[cell] = Number.NaN
      if (shapes[cell] !== 0) continue
      const sign = bytes[start] as number
      if (sign > 57 || sign < 43) continue
      const first = sign === 45 || sign === 43 ? start + 1 : start
      let i = first
      let mantissa = 0
      for (; i < end && isDigit(bytes[i] as number); i++) mantissa = mantissa * 10 + (bytes[i] as number) - 48
      let places = 0
      const isWhole = i === end
      const before = i - first
      if (isWhole && first === start) shapes[cell] = digitsShape(before)
      if (!isWhole && bytes[i] === 46) {
        const from = ++i
        for (; i < end && isDigit(bytes[i] as number); i++) mantissa = mantissa * 10 + (bytes[i] as number) - 48
        places = i - from
        if (i === end && first === start && i - start <= mostShaped) shapes[cell] = pointShape(before, places)
      }
      if (i < end || i - first > 15 || i === first) {
        // Most cells that stop here are dates and identifiers; numbers of another kind are read with care.
        if (i > first && (i === end || isExponent(bytes, i, end)))
          this.see(bytes, start, end, weights[cell] as number, run.stretchOf(cell))
        continue
      }
      if (!isWhole && i - first === 1) continue
      const weight = weights[cell] as number
      this.decimals += weight
      if (isWhole) this.integers += weight
      if (bytes[first] === 48 && first + 1 < end && isDigit(bytes[first + 1] as number)) this.leadingZeros += weight
      const signed = sign === 45 ? -mantissa : mantissa
      const weighed = signed * weight
      const sum = (this.partial[places] as number) + weighed
      if (sum < safe && sum > -safe && weighed < safe && weighed > -safe) this.partial[places] = sum
      else this.addDigits(places, signed, weight)
      const value = signed / (powers[places] as number)
      values[cell] = value
      counted.add(bucketOf(value), weight)
      if (value < least) least = value
      if (value > most) most = value
    }
    this.seeEnds(run, least, most)
  }

  /** The smallest and the largest of a run are shown to the extremes, all the others are passed over. */
  private seeEnds(run: CellRun, least: number, most: number): void {
    const { ends } = this
    if (least > (ends[0] as number) && most < (ends[1] as number)) return
    for (let cell = 0; cell < run.count; cell++) {
      const value = values[cell] as number
      if (value === least || value === most)
        this.extremes.see(value, run.bytes, run.starts[cell] as number, run.ends[cell] as number, run.stretchOf(cell))
    }
    ends[0] = Math.min(least, ends[0] as number)
    ends[1] = Math.max(most, ends[1] as number)
  }

  /** Numbers of many digits or with an exponent. */
  private long(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch, leads: boolean): boolean {
    const text = textOf(bytes, start, end)
    const decimal = decimalOf(text)
    if (decimal === null) return false
    this.count(/^[-+]?\d+$/.test(text), leads, weight)
    const scale = Math.max(0, decimal.digits.length - decimal.exponent)
    if (scale > mostPlaces || decimal.exponent > mostPlaces) this.unsummed += weight
    else {
      const size = BigInt(`0${decimal.digits}${'0'.repeat(Math.max(0, decimal.exponent - decimal.digits.length))}`)
      this.addBig(scale, (decimal.negative ? -size : size) * BigInt(weight))
    }
    this.place(Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, Number(text))), bytes, start, end, weight, at)
    return true
  }

  private count(isInteger: boolean, leads: boolean, weight: number): void {
    this.decimals += weight
    if (isInteger) this.integers += weight
    if (leads) this.leadingZeros += weight
  }

  private addDigits(scale: number, digits: number, weight: number): void {
    const sum = (this.partial[scale] as number) + digits * weight
    if (Math.abs(sum) < safe && Math.abs(digits * weight) < safe) {
      this.partial[scale] = sum
      return
    }
    this.settle(scale)
    this.addBig(scale, BigInt(digits) * BigInt(weight))
  }

  private settle(scale: number): void {
    const sum = this.partial[scale] as number
    if (sum !== 0) this.addBig(scale, BigInt(sum))
    this.partial[scale] = 0
  }

  private addBig(scale: number, sum: bigint): void {
    this.sums.set(scale, (this.sums.get(scale) ?? 0n) + sum)
  }

  private place(value: number, bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): void {
    this.counted.add(bucketOf(value), weight)
    const { ends } = this
    if (value > (ends[0] as number) && value < (ends[1] as number)) return
    this.extremes.see(value, bytes, start, end, at)
    ends[0] = Math.min(value, ends[0] as number)
    ends[1] = Math.max(value, ends[1] as number)
  }

  private settleBuckets(): void {
    for (const [bucket, count] of this.counted.entries()) this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + count)
    this.counted = new Histogram()
  }

  /** Moves what is summed on the fast path into the exact sums. */
  finish(): void {
    this.settleBuckets()
    for (let scale = 0; scale < this.partial.length; scale++) this.settle(scale)
  }

  merge(other: NumberTraits): void {
    this.decimals += other.decimals
    this.integers += other.integers
    this.leadingZeros += other.leadingZeros
    this.unsummed += other.unsummed
    for (const [scale, sum] of other.sums) this.addBig(scale, sum)
    for (const [bucket, count] of other.buckets) this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + count)
    this.extremes.merge(other.extremes)
  }

  /** The exact sum as plain digits without trailing zeros; null where a cell could not be added. */
  sum(): string | null {
    if (this.unsummed > 0) return null
    const scale = Math.max(0, ...this.sums.keys())
    let total = 0n
    for (const [places, sum] of this.sums) total += sum * 10n ** BigInt(scale - places)
    const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0')
    const whole = digits.slice(0, digits.length - scale)
    const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
    return `${total < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
  }

  /** The values below which shares of the cells lie, as the middles of their buckets. */
  quantiles(shares: readonly number[]): number[] {
    return quantilesOf(this.buckets, this.decimals, shares)
  }
}

function compareNumbers(a: string, b: string): number {
  const [one, other] = [decimalOf(a), decimalOf(b)]
  return one && other ? compareDecimals(one, other) : 0
}

export function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

function isDigit(byte: number): boolean {
  return (byte - 48) >>> 0 <= 9
}

/** True for a letter E, a sign or none, and up to six digits to the end. */
function isExponent(bytes: Uint8Array, at: number, end: number): boolean {
  if (((bytes[at] as number) | 32) !== 101) return false
  const sign = bytes[at + 1]
  const from = sign === 45 || sign === 43 ? at + 2 : at + 1
  if (from >= end || end - from > mostExponent) return false
  for (let i = from; i < end; i++) if (!isDigit(bytes[i] as number)) return false
  return true
}
