/** Whole days as a calendar file (RFC 5545): no time zone, lines folded at 75 bytes, ids that stay the same from export to export. */
import { utf8 } from '../canonical.ts'
import { addDays } from './day.ts'

export interface CalendarDay {
  /** Stable and unique in its calendar: a calendar that knows it changes its entry in place of adding another. */
  readonly id: string
  /** YYYY-MM-DD. */
  readonly day: string
  readonly title: string
  readonly text: string
  readonly category: string
  readonly done: boolean
}

interface CalendarFile {
  /** Distinguishes calendars of several projects. */
  readonly id: string
  readonly name: string
  /** Day on which it is made, YYYY-MM-DD: the same input gives the same bytes. */
  readonly madeOn: string
  readonly days: readonly CalendarDay[]
}

export function calendarText({ id, name, madeOn, days }: CalendarFile): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Carryover//Plan//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(name)}`,
    ...days.flatMap((each) => [
      'BEGIN:VEVENT',
      `UID:${escaped(`${each.id}.${id}`)}@carryover.invalid`,
      `DTSTAMP:${compact(madeOn)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(each.day)}`,
      `DTEND;VALUE=DATE:${compact(addDays(each.day, 1))}`,
      `SUMMARY:${escaped(each.title)}`,
      ...(each.text === '' ? [] : [`DESCRIPTION:${escaped(each.text)}`]),
      `CATEGORIES:${escaped(each.category)}`,
      `STATUS:${each.done ? 'CONFIRMED' : 'TENTATIVE'}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

/** Section 3.3.11; other control characters are not allowed in a text. */
function escaped(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  )
}

/** Bytes of a line without its end (section 3.1). */
const longest = 75

/** A character is never cut: readers join bytes or characters, and both then get it back. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const char of line) {
    const bytes = utf8(char).length
    // The space that begins a line counts, too.
    if (size + bytes > longest) {
      parts.push(part)
      part = ' '
      size = 1
    }
    part += char
    size += bytes
  }
  return [...parts, part].join('\r\n')
}
