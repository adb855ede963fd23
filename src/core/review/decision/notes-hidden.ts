/** How many records each reader judged before the program's notes on them were on the screen, as noted at reading: a plan is not a measure. */
import { counted } from '../../counted.ts'
import { compareEvents, type ReviewEvent } from '../model/review-event.ts'

/** Records that one reader closed. */
export type ReaderNotes = {
  /** Slug, as in the ledger. */
  readonly reader: string
  readonly hidden: number
  readonly open: number
  /** Nobody noted it: versions before did not. */
  readonly unknown: number
}

/**
 * By reader, sorted by slug. What counts is the first time that a reader closed a record, taken back or not: after it the notes were told.
 * @param records the drawn ones: seeded copies are told by nothing
 */
export function notesOf(events: readonly ReviewEvent[], records: ReadonlySet<string>): readonly ReaderNotes[] {
  const first = new Set<string>()
  const readers = new Map<string, { -readonly [Name in keyof ReaderNotes]: ReaderNotes[Name] }>()
  for (const event of events.toSorted(compareEvents)) {
    const name = `${event.by}\n${event.record}`
    if (event.kind !== 'record' || !records.has(event.record) || first.has(name)) continue
    first.add(name)
    const own = readers.get(event.by) ?? { reader: event.by, hidden: 0, open: 0, unknown: 0 }
    readers.set(event.by, own)
    if (event.notes === 'hidden') own.hidden++
    else if (event.notes === 'open') own.open++
    else own.unknown++
  }
  return [...readers.values()].sort((a, b) => (a.reader < b.reader ? -1 : 1))
}

/** "r-haas: 12 of 18 records judged with the program’s notes hidden, 4 with them open; of 2 it is not known." */
export function notesSentence({ reader, hidden, open, unknown }: ReaderNotes): string {
  const all = hidden + open + unknown
  if (hidden + open === 0)
    return `${reader}: whether the program’s notes were hidden is not known for ${all === 1 ? 'the record' : `any of ${counted(all, 'record')}`} read.`
  const rest = [...(open > 0 ? [`, ${open} with them open`] : []), ...(unknown > 0 ? [`; of ${unknown} it is not known`] : [])]
  return `${reader}: ${hidden} of ${counted(all, 'record')} judged with the program’s notes hidden${rest.join('')}.`
}
