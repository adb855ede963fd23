/** Days and moments of the record as they are read aloud. */

import { dayText } from '../../values/day.ts'

/** A text that is an ISO day, month or moment as `dd-MMM-yyyy`, with the time and the zone where they are written; other text stays as it is. */
export function clinicalDate(text: string): string {
  const match = /^(\d{4}-\d{2}(?:-\d{2})?)(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return text
  const [, day = '', time, zone] = match
  return [dayText(day), time, zone === 'Z' ? 'UTC' : zone].filter(Boolean).join(' ')
}
