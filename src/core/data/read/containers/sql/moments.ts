/** Dates that older scripts of SQL Server write as the bytes of their storage. */

const dayMs = 86_400_000
const year1900 = Date.UTC(1900, 0, 1)
const year1 = Date.parse('0001-01-01T00:00:00Z')

/**
 * `0x00009B8400C5C100` as a datetime: days since 1900 and three-hundredths of a second; smalldatetime: days and minutes;
 * date: three bytes, the lowest first, days since the year 1. Null for other types and for other text.
 */
export function binaryMoment(text: string, type: string): string | null {
  const digits = /^0x([0-9a-f]+)$/i.exec(text)?.[1]
  if (digits === undefined) return null
  if (type === 'datetime' && digits.length === 16) {
    const days = Number.parseInt(digits.slice(0, 8), 16) | 0
    const ticks = Number.parseInt(digits.slice(8), 16)
    return momentText(year1900 + days * dayMs + Math.round((ticks * 10) / 3))
  }
  if (type === 'smalldatetime' && digits.length === 8)
    return momentText(year1900 + Number.parseInt(digits.slice(0, 4), 16) * dayMs + Number.parseInt(digits.slice(4), 16) * 60_000)
  if (type === 'date' && (digits.length === 6 || digits.length === 8)) {
    const bytes = (digits.slice(0, 6).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
    const [low = 0, middle = 0, high = 0] = bytes
    return momentText(year1 + (low + middle * 256 + high * 65_536) * dayMs).slice(0, 10)
  }
  return null
}

/** As the same value is written in newer scripts: `2009-05-01T00:00:00.000`. */
const momentText = (ms: number): string => new Date(ms).toISOString().slice(0, 23)
