/** Dates and times on a real calendar: ISO 8601 as Table Schema's default, and strptime patterns. No engine's Date is asked. */

export interface Moment {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Seconds of the day, with fraction. */
  readonly seconds: number
}

export type DateType = 'date' | 'time' | 'datetime' | 'year' | 'yearmonth'

export type DateParser = (text: string) => Moment | null

/** A parser for a type and format (`default`, `any` or a strptime pattern); null where the format asks for something unknown. */
export function dateParser(type: DateType, format: string): DateParser | null {
  if (format === 'default' || format === '') return (text) => defaultMoment(type, text)
  if (format === 'any') return (text) => defaultMoment(type, text) ?? anyMoment(text)
  return strptime(format)
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

export function daysIn(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function moment(year: number, month: number, day: number, seconds = 0): Moment | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  return { year, month, day, seconds }
}

function clock(hour: number, minute: number, second: number): number | null {
  return hour <= 23 && minute <= 59 && second < 60 ? hour * 3600 + minute * 60 + second : null
}

const time = '(\\d{2}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)'
const zone = '(?:Z|[-+]\\d{2}:?\\d{2})?'
const forms = {
  date: /^(-?\d{4,})-(\d{2})-(\d{2})$/,
  datetime: new RegExp(`^(-?\\d{4,})-(\\d{2})-(\\d{2})[T ]${time}${zone}$`),
  time: new RegExp(`^${time}${zone}$`),
  year: /^-?\d{4}$/,
  yearmonth: /^(-?\d{4})-(\d{2})$/,
}

function defaultMoment(type: DateType, text: string): Moment | null {
  const parts = forms[type].exec(text)
  if (!parts) return null
  const n = (i: number): number => Number(parts[i])
  if (type === 'year') return moment(Number(text), 1, 1)
  if (type === 'yearmonth') return moment(n(1), n(2), 1)
  if (type === 'date') return moment(n(1), n(2), n(3))
  const at = type === 'time' ? 1 : 4
  const seconds = clock(n(at), n(at + 1), n(at + 2))
  if (seconds === null) return null
  return type === 'time' ? { year: 0, month: 1, day: 1, seconds } : moment(n(1), n(2), n(3), seconds)
}

/** The listed formats behind `any`: ISO with blanks or slashes, and slash dates in either order. */
function anyMoment(text: string): Moment | null {
  const parts =
    /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s?([AaPp][Mm])?(?:Z|[-+]\d{2}:?\d{2})?)?$/.exec(
      text,
    )
  if (!parts) return null
  const [a, b, c] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const half = parts[7]?.toLowerCase()
  const hour = Number(parts[4] ?? 0)
  const seconds = clock(
    half === 'pm' ? (hour % 12) + 12 : half === 'am' ? hour % 12 : hour,
    Number(parts[5] ?? 0),
    Number(parts[6] ?? 0),
  )
  if (seconds === null) return null
  if ((parts[1]?.length ?? 0) === 4) return moment(a, b, c, seconds)
  return moment(c, b, a, seconds) ?? moment(c, a, b, seconds)
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const directives: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  b: '(?<b>[A-Za-z]{3})',
  B: '(?<b>[A-Za-z]{3,9})',
  H: '(?<H>\\d{1,2})',
  I: '(?<I>\\d{1,2})',
  p: '(?<p>[AaPp][Mm])',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  f: '(?<f>\\d{1,6})',
  z: '(?:Z|[-+]\\d{2}:?\\d{2})',
  '%': '%',
}

/** Our own pattern made of the directives, never the user's text as an expression. Two-digit years as in POSIX: 69–99 are 19xx. */
function strptime(format: string): DateParser | null {
  let source = ''
  for (let i = 0; i < format.length; i++) {
    const char = format[i] as string
    if (char !== '%') {
      source += char.replace(/[\\^$.|?*+()[\]{}/]/, '\\$&')
      continue
    }
    const directive = directives[format[++i] ?? '']
    if (directive === undefined || (directive.startsWith('(?<') && source.includes(directive.slice(0, 5)))) return null
    source += directive
  }
  const expression = new RegExp(`^${source}$`)
  return (text) => {
    const groups = expression.exec(text)?.groups
    return groups ? fromGroups(groups) : null
  }
}

function fromGroups(groups: Readonly<Record<string, string | undefined>>): Moment | null {
  const n = (name: string, otherwise: number): number => (groups[name] === undefined ? otherwise : Number(groups[name]))
  const short = n('y', -1)
  const year = short < 0 ? n('Y', 0) : short + (short >= 69 ? 1900 : 2000)
  const month = groups.b === undefined ? n('m', 1) : monthNames.indexOf(groups.b.slice(0, 3).toLowerCase()) + 1
  const half = groups.p?.toLowerCase()
  const hour = half === undefined ? n('H', n('I', 0)) : (n('I', n('H', 0)) % 12) + (half === 'pm' ? 12 : 0)
  const seconds = clock(hour, n('M', 0), Number(`${groups.S ?? '0'}.${groups.f ?? '0'}`))
  return seconds === null ? null : moment(year, month, n('d', 1), seconds)
}

/** Negative, zero or positive as in sorting. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.year - b.year || a.month - b.month || a.day - b.day || a.seconds - b.seconds
}

const dateTypes = ['date', 'time', 'datetime', 'year', 'yearmonth']

export function isDateType(named: unknown): named is DateType {
  return typeof named === 'string' && dateTypes.includes(named)
}
