/** Dates written with all their digits, judged on bytes: nearly every date of a file. Whatever fits no mask is left to the parser. */
import { type DateType, daysIn } from './calendar.ts'
import type { Cell } from './check.ts'

/** Parts by letter, as in strptime; every other character stands for itself. */
const widths: ReadonlyMap<string, number> = new Map([
  ['Y', 4],
  ['m', 2],
  ['d', 2],
  ['H', 2],
  ['M', 2],
  ['S', 2],
])

const isoMasks: Readonly<Record<DateType, readonly string[]>> = {
  date: ['%Y-%m-%d'],
  datetime: ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%d %H:%M:%S'],
  time: [],
  year: [],
  yearmonth: [],
}

interface Mask {
  readonly length: number
  /** Offset of a part, or -1. */
  readonly at: Readonly<Record<'Y' | 'm' | 'd' | 'H' | 'M' | 'S', number>>
  readonly literals: readonly { readonly at: number; readonly byte: number }[]
}

/** True only for cells that the parser of the same type and format accepts. */
export function plainDates(type: DateType, format: string): (cell: Cell) => boolean {
  const isDefault = format === 'default' || format === '' || format === 'any'
  const masks = (isDefault ? isoMasks[type] : [format]).map(maskOf).filter((mask) => mask !== null)
  return (cell) => {
    for (const mask of masks) if (fits(mask, cell)) return true
    return false
  }
}

function maskOf(format: string): Mask | null {
  const at = { Y: -1, m: -1, d: -1, H: -1, M: -1, S: -1 }
  const literals: { at: number; byte: number }[] = []
  let length = 0
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i)
    const code = char.charCodeAt(0)
    if (char !== '%') {
      if (code < 33 && char !== ' ') return null
      if (code > 126) return null
      literals.push({ at: length++, byte: code })
      continue
    }
    const part = format.charAt(++i)
    const width = widths.get(part)
    if (width === undefined || !(part in at) || at[part as keyof typeof at] >= 0) return null
    at[part as keyof typeof at] = length
    length += width
  }
  // A format that starts or ends with a blank is for the parser, which trims.
  return at.Y < 0 || at.m < 0 || at.d < 0 || format.trim() !== format ? null : { length, at, literals }
}

function fits({ length, at, literals }: Mask, { bytes, start, end }: Cell): boolean {
  if (end - start !== length) return false
  for (const literal of literals) if (bytes[start + literal.at] !== literal.byte) return false
  const year = digits(bytes, start + at.Y, 4)
  const month = digits(bytes, start + at.m, 2)
  const day = digits(bytes, start + at.d, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false
  return isClock(bytes, start, at.H, 23) && isClock(bytes, start, at.M, 59) && isClock(bytes, start, at.S, 59)
}

function isClock(bytes: Uint8Array, start: number, at: number, most: number): boolean {
  if (at < 0) return true
  const value = digits(bytes, start + at, 2)
  return value >= 0 && value <= most
}

function digits(bytes: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
