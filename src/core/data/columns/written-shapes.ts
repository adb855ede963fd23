/** Shapes that are known once a number or a date was read, so that nobody looks at its signs again. */

/** Longer runs of digits are one shape. */
export const longestDigits = 9
const dates = ['9999-99-99', '9999-99-99A99:99:99', '9999-99-99A99:99:99A'] as const
const firstDate = (longestDigits + 1) * (longestDigits + 2)

/** Digits alone: 1 to 9 of them, or 9 for more. */
export function digitsShape(length: number): number {
  return length > longestDigits ? longestDigits : length
}

/** Digits around a decimal point; either side may be empty. */
export function pointShape(before: number, after: number): number {
  return (digitsShape(after) + 1) * (longestDigits + 1) + digitsShape(before)
}

/** `YYYY-MM-DD`, and with a time of 9 or 10 further characters. */
export function dateShape(length: number): number {
  return firstDate + (length === 10 ? 0 : length - 18)
}

/** The kinds of signs of each shape, one of the longest standing for all longer ones; empty where no shape has the index. */
export const writtenShapes: readonly string[] = Array.from({ length: firstDate + dates.length }, (_, shape) => {
  if (shape >= firstDate) return dates[shape - firstDate] ?? ''
  const before = '9'.repeat(shape % (longestDigits + 1))
  const after = Math.floor(shape / (longestDigits + 1))
  return after === 0 ? before : `${before}.${'9'.repeat(after - 1)}`
})
