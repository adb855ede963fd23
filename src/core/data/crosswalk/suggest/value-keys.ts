/** Cells and elements as keys that are equal where a person would call the values equal: instants, days, numbers, words. */

const day = /^(\d{4})-(\d{2})-(\d{2})$/
const moment = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$/
const otherDay = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ](\d{1,2}):(\d{2})(?::\d{2})?)?$/
const number = /^[+-]?\d+(?:[.,]\d+)?$/

/** How the parts of a date stand in the cells of a column. */
export type DateOrder = 'day-first' | 'month-first' | 'year-first'

export function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.<>%]+/gu, ' ')
    .trim()
}

/** Keys of a legacy cell, the most exact one first; any of them found on the other side is a match. */
export function legacyKeys(cell: string, order: DateOrder): readonly string[] {
  const text = cell.trim()
  if (text === '') return []
  const [, year, month, date, hour, minute, second = '00', zone] = moment.exec(text) ?? []
  if (year !== undefined)
    return zone === undefined
      ? [
          `m:${year}-${month}-${date}T${hour}:${minute}`,
          ...(hour === '00' && minute === '00' ? [`d:${year}-${month}-${date}`] : []),
        ]
      : [`i:${instant(`${year}-${month}-${date}T${hour}:${minute}:${second}${zone}`)}`]
  if (day.test(text)) return [`d:${text}`]
  const [, one = '', two = '', years, hours, minutes] = otherDay.exec(text) ?? []
  if (years !== undefined) {
    const [m, d] = order === 'day-first' ? [two, one] : [one, two]
    const whole = `${years}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
    return hours === undefined ? [`d:${whole}`] : [`m:${whole}T${hours.padStart(2, '0')}:${minutes}`]
  }
  if (number.test(text)) return [`n:${numberText(text)}`, `w:${words(text)}`]
  return [`w:${words(text)}`]
}

/** All keys under which a target value can be met. */
export function targetKeys(value: string): readonly string[] {
  const text = value.trim()
  if (text === '') return []
  const [, year, month, date, hour, minute, second = '00', zone] = moment.exec(text) ?? []
  if (year !== undefined) {
    const local = [`m:${year}-${month}-${date}T${hour}:${minute}`, `d:${year}-${month}-${date}`]
    if (zone === undefined) return local
    const at = instant(`${year}-${month}-${date}T${hour}:${minute}:${second}${zone}`)
    const utc = Number.isNaN(at) ? '' : new Date(at * 1000).toISOString()
    return [`i:${at}`, ...local, `m:${utc.slice(0, 16)}`, `d:${utc.slice(0, 10)}`]
  }
  if (day.test(text)) return [`d:${text}`]
  if (number.test(text)) {
    const plain = Number(text.replace(',', '.'))
    const rounded = [0, 1, 2, 3, 4].map((digits) => `n:${numberText(plain.toFixed(digits))}`)
    return [...new Set([`n:${numberText(text)}`, ...rounded, `w:${words(text)}`])]
  }
  return [`w:${words(text)}`]
}

function instant(text: string): number {
  return Math.floor(Date.parse(text) / 1000)
}

function numberText(text: string): string {
  return String(Number(text.replace(',', '.')))
}

/** The order that the cells themselves prove; null where every one of them can be read both ways. */
export function dateOrder(cells: Iterable<string>): DateOrder | null {
  for (const cell of cells) {
    const [, one, two] = otherDay.exec(cell.trim()) ?? []
    if (Number(one) > 12) return 'day-first'
    if (Number(two) > 12) return 'month-first'
  }
  return null
}
