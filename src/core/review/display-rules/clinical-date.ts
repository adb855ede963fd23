/** Days and moments of the record as they are read aloud: `dd-MMM-yyyy`, so that nobody takes a month for a day (NHS CUI, date display). */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `dd-MMM-yyyy` of an ISO date or date-time; partial dates stay partial. Anything else is given back as it is. */
export function formatDate(iso: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso)
  if (!match) return iso
  const [, year, month, day] = match
  const name = month === undefined ? undefined : months[Number(month) - 1]
  if (name === undefined) return year ?? iso
  return day === undefined ? `${name}-${year}` : `${day}-${name}-${year}`
}

/** A text that is an ISO day, month or moment as `dd-MMM-yyyy`, with the time and the zone where they are written; other text stays as it is. */
export function clinicalDate(text: string): string {
  const match = /^(\d{4}-\d{2}(?:-\d{2})?)(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return text
  const [, day = '', time, zone] = match
  return [formatDate(day), time, zone === 'Z' ? 'UTC' : zone].filter(Boolean).join(' ')
}
