/** Exact sums of decimal texts: whole numbers of the smallest unit met, never binary fractions, so that order can not change a total. */

import { type Decimal, decimalOf } from '../../../values/decimal.ts'

const mostDigits = 400

export type ExactSumRecord = readonly [total: string, scale: number, count: number]

export class ExactSum {
  private total = 0n
  private scale = 0
  count = 0

  /** Adds a decimal such as `12.50`; false where the text is none, or a number of more than 400 digits. */
  add(text: string): boolean {
    const value = decimalOf(text)
    return value !== null && this.addDecimal(value)
  }

  /** False for a number of more than 400 digits. */
  addDecimal(value: Decimal): boolean {
    if (Math.abs(value.exponent) > mostDigits || value.digits.length > mostDigits) return false
    const places = value.digits.length - value.exponent
    const scale = Math.max(0, places)
    let units = BigInt(value.digits) * 10n ** BigInt(scale - places)
    if (scale > this.scale) {
      this.total *= 10n ** BigInt(scale - this.scale)
      this.scale = scale
    } else units *= 10n ** BigInt(this.scale - scale)
    this.total += value.negative ? -units : units
    this.count++
    return true
  }

  /** As plain data, for `ofRecord`. */
  record(): ExactSumRecord {
    return [String(this.total), this.scale, this.count]
  }

  static ofRecord([total, scale, count]: ExactSumRecord): ExactSum {
    const sum = new ExactSum()
    sum.total = BigInt(total)
    sum.scale = scale
    sum.count = count
    return sum
  }

  merge(other: ExactSum): void {
    const scale = Math.max(this.scale, other.scale)
    this.total = this.total * 10n ** BigInt(scale - this.scale) + other.total * 10n ** BigInt(scale - other.scale)
    this.scale = scale
    this.count += other.count
  }

  /** Decimal without trailing zeros after the point. */
  toString(): string {
    const negative = this.total < 0n
    const digits = (negative ? -this.total : this.total).toString().padStart(this.scale + 1, '0')
    const whole = digits.slice(0, digits.length - this.scale)
    const fraction = this.scale === 0 ? '' : digits.slice(digits.length - this.scale).replace(/0+$/, '')
    return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
  }
}
