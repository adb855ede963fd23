/** Number formats of workbooks: which of them show a date, and the day a serial number stands for (ECMA-376, 18.8.30 and 18.17.4). */

export type Shown = 'number' | 'date' | 'time' | 'date-time'

const builtIn: Readonly<Record<number, Shown>> = {
  14: 'date',
  15: 'date',
  16: 'date',
  17: 'date',
  18: 'time',
  19: 'time',
  20: 'time',
  21: 'time',
  22: 'date-time',
  45: 'time',
  46: 'number',
  47: 'time',
}

/** What a format shows: by its code where the workbook defines it, else by its number. Durations (`[h]:mm`) stay numbers. */
export function shownAs(id: number, code: string | undefined): Shown {
  if (code === undefined) {
    if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date'
    return builtIn[id] ?? 'number'
  }
  const [first = ''] = code.split(';')
  const bare = first.replace(/"[^"]*"|\\.|_.|\*./g, '')
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'number'
  const plain = bare.replace(/\[[^\]]*\]/g, '').replace(/general/i, '')
  const day = /[yd]/i.test(plain) || /m{3,}/i.test(plain) || (/m/i.test(plain) && !/[hs]/i.test(plain))
  const time = /[hs]/i.test(plain)
  return day ? (time ? 'date-time' : 'date') : time ? 'time' : 'number'
}

const daysTo1970From1900 = 25_569
const daysBetweenSystems = 1_462

/** The text of a serial number; null where it is no moment of the calendar (negative, beyond the year 9999). */
export function serialText(serial: number, shown: Shown, is1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0) return null
  // Rounded to milliseconds: noon is stored as 0.49999999999999994 by some programs.
  const milliseconds = Math.round(serial * 86_400_000)
  const days = Math.floor(milliseconds / 86_400_000)
  const rest = milliseconds - days * 86_400_000
  const time = timeText(rest)
  if (shown === 'time' && days === 0) return time
  const day = dayText(is1904 ? days + daysBetweenSystems : days, is1904)
  if (day === null) return null
  return shown === 'date' && rest === 0 ? day : `${day}T${time}`
}

/** Excel counts a 29 February 1900 that never was: earlier days are one off, and that day is told as it is shown. */
function dayText(serial: number, is1904: boolean): string | null {
  if (!is1904 && serial === 0) return '1900-01-00'
  if (!is1904 && serial === 60) return '1900-02-29'
  const since1970 = serial - daysTo1970From1900 + (!is1904 && serial < 60 ? 1 : 0)
  if (serial > 2_958_465) return null
  return isoDay(since1970)
}

/** Civil date of a day number, by the algorithm of Howard Hinnant. */
function isoDay(since1970: number): string {
  const z = since1970 + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const fraction = milliseconds % 1000
  const clock = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`
  return fraction === 0 ? clock : `${clock}.${pad(fraction, 3)}`
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0')
}
