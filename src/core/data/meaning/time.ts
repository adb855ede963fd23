/** A point or stretch of time as a table or resource writes it: FHIR date and dateTime, ISO 8601, HL7 v2 timestamps, seconds or milliseconds since 1970. */

/** How exact a time is; a later one is finer. */
export const precisions = ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction'] as const
export type Precision = (typeof precisions)[number]

export interface Time {
  /** Seconds since 1970 of the clock on the wall; of a year, month or day its beginning. */
  readonly second: number
  /** Digits of the fraction of a second without trailing zeros. */
  readonly fraction: string
  readonly precision: Precision
  /** Minutes ahead of UTC; null where none is written. */
  readonly zone: number | null
}

const written =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)? ?(Z|UTC|([+-])(\d\d)(?::?(\d\d))?)?)?)?)?$/
/** HL7 v2 TS: as many pairs of digits as are known, then the offset. */
const compact = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d+))?)?)?(Z|([+-])(\d\d):?(\d\d))?)?$/

export function timeOf(text: string): Time | null {
  const dashed = text.charCodeAt(4) === 0x2d || text.length === 4
  const found = dashed ? written.exec(text) : compact.exec(text)
  const time = found === null ? null : timeOfParts(found)
  return time ?? (dashed ? null : sinceEpoch(text))
}

function timeOfParts(found: RegExpExecArray): Time | null {
  const [, year = '', month, day, hour, minute, second, fraction = '', zone, sign, ahead = '0', minutes = '0'] = found
  const whole = Date.UTC(Number(year), month === undefined ? 0 : Number(month) - 1, day === undefined ? 1 : Number(day)) / 1000
  if (day !== undefined && new Date(whole * 1000).getUTCDate() !== Number(day)) return null
  if (Number(month ?? 1) > 12 || Number(month ?? 1) < 1) return null
  // 24:00 is the end of a day in ISO 8601; a leap second is the one before it.
  if (Number(hour ?? 0) > 24 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 60) return null
  const precise = fraction.replace(/0+$/, '')
  return {
    second: whole + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0),
    fraction: precise,
    precision:
      precise !== ''
        ? 'fraction'
        : second !== undefined
          ? 'second'
          : minute !== undefined
            ? 'minute'
            : hour !== undefined
              ? 'hour'
              : day !== undefined
                ? 'day'
                : month !== undefined
                  ? 'month'
                  : 'year',
    zone: zone === undefined ? null : sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(ahead) * 60 + Number(minutes)),
  }
}

/** Nine or ten digits are seconds, twelve or thirteen milliseconds: 1973 to 2286. Shorter ones are numbers of anything. */
function sinceEpoch(text: string): Time | null {
  if (!/^(?:[1-9]\d{8,9}|[1-9]\d{11,12})$/.test(text)) return null
  const milliseconds = text.length > 10
  const fraction = milliseconds ? text.slice(-3).replace(/0+$/, '') : ''
  return {
    second: Number(milliseconds ? text.slice(0, -3) : text),
    fraction,
    precision: fraction === '' ? 'second' : 'fraction',
    zone: 0,
  }
}

/** Whether the time of day is known. */
export function hasClock({ precision }: Time): boolean {
  return precisions.indexOf(precision) > 2
}

/** The day of a date or of a moment, the latter in UTC, so that one moment has one day whatever its zone. */
export function utcDay(text: string): string {
  const time = text.length > 10 ? timeOf(text) : null
  if (time === null || time.zone === null || !hasClock(time)) return text.slice(0, 10)
  return new Date((time.second - time.zone * 60) * 1000).toISOString().slice(0, 10)
}
