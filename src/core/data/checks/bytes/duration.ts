/** ISO 8601 durations, and their order where it does not depend on the calendar: a month is longer than 27 days and shorter than 32. */

export interface Duration {
  readonly months: number
  readonly seconds: number
}

const form = /^(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

export function durationOf(text: string): Duration | null {
  const parts = form.exec(text)
  if (!parts) return null
  const n = (i: number): number => Number(parts[i] ?? 0)
  const sign = parts[1] === '-' ? -1 : 1
  const days = n(4) * 7 + n(5)
  return {
    months: sign * (n(2) * 12 + n(3)),
    seconds: sign * (days * 86_400 + n(6) * 3600 + n(7) * 60 + n(8)),
  }
}

/** As most calendars have it: 30.436875 days to the month, the mean of the Gregorian cycle. */
export function compareDurations(a: Duration, b: Duration): number {
  const mean = 30.436875 * 86_400
  return a.months * mean + a.seconds - (b.months * mean + b.seconds)
}
