/** The day written in a cell, as a number that is the same for the same day, whatever the order of its parts. */

/** Year × 10,000 + first part × 100 + second part; -1 where the cell holds no day. Judged on bytes. */
export function dayLiteral(bytes: Uint8Array, start: number, end: number): number {
  // Of 1-12-2020 the fifth byte is a hyphen, too.
  const first = bytes[start + 4] === 45 ? digits(bytes, start, start + 4) : -1
  if (first >= 0) {
    const [month, day] = [digits(bytes, start + 5, start + 7), digits(bytes, start + 8, start + 10)]
    return month < 1 || month > 12 || day < 1 || day > 31 ? -1 : first * 10_000 + month * 100 + day
  }
  const firstEnd = isDigit(bytes[start + 1] as number) ? start + 2 : start + 1
  const second = firstEnd + 1
  const secondEnd = isDigit(bytes[second + 1] as number) ? second + 2 : second + 1
  if (secondEnd + 5 > end || bytes[firstEnd] !== bytes[secondEnd]) return -1
  const [a, b, year] = [
    digits(bytes, start, firstEnd),
    digits(bytes, second, secondEnd),
    digits(bytes, secondEnd + 1, secondEnd + 5),
  ]
  return year < 1000 || a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12) ? -1 : year * 10_000 + a * 100 + b
}

/** True where the literal can be this day in either order. */
export function isDay(literal: number, year: number, month: number, day: number): boolean {
  const parts = literal % 10_000
  return Math.floor(literal / 10_000) === year && (parts === month * 100 + day || parts === day * 100 + month)
}

function digits(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57
}
