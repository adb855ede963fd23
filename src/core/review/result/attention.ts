/**
 * How attentively charts were read, measured without watching: which sections were on the screen, for how long, and confirmed. Nothing else
 * is kept. Told to the reader at once, and stated in the certificate.
 */

import { liveEvents } from '../decision/decision.ts'
import type { ChartSection } from '../model/chart.ts'
import type { RecordEvent, ReviewEvent, SectionEvent } from '../model/review-event.ts'
import type { ReaderReads } from './reads.ts'

/**
 * Faster than this, nobody reads. Adults read 238 words of English prose a minute in silence, and the fastest of 190 studies 600
 * (M. Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019).
 */
export const fastestWordsPerMinute = 600
/** A section with anything in it takes at least one look. */
const floorSeconds = 1

/** What is counted of a reader and by what limit, said before anything is read. */
export const paceRule = `How long each section is on the screen is counted. Read faster than ${fastestWordsPerMinute} words a minute, it counts as confirmed too quickly, and the certificate says so.`

/** Whole seconds below which a section with so many words on both sides was confirmed too quickly. */
export function leastSeconds({ entries, words }: Pick<SectionEvent, 'entries' | 'words'>): number {
  return entries === 0 ? 0 : Math.max(floorSeconds, Math.floor((words * 60) / fastestWordsPerMinute))
}

export function isTooQuick(event: Pick<SectionEvent, 'entries' | 'words' | 'seconds'>): boolean {
  return event.seconds < leastSeconds(event)
}

/** Counts of the records that one reader closed with their charts. */
export type ReaderAttention = {
  readonly reader: string
  readonly records: number
  /** Sections of their charts. */
  readonly sections: number
  readonly tooQuick: number
  /** On the screen, and never confirmed. */
  readonly unconfirmed: number
  /** Never on the screen. */
  readonly unopened: number
}

/**
 * Sorted by reader; empty where nobody closed a record with its chart. What was confirmed after a record was closed was not read for the
 * verdict that closed it: it counts where the same reader closes the record once more.
 * @param records the drawn ones: seeded copies are told by nothing
 */
export function attentionOf(events: readonly ReviewEvent[], records: ReadonlySet<string>): readonly ReaderAttention[] {
  const closed = new Map<string, Closed>()
  const seen = new Map<string, Map<string, SectionEvent>>()
  for (const event of liveEvents(events)) {
    if (!records.has(event.record)) continue
    const name = `${event.by}\n${event.record}`
    const own = seen.get(name) ?? new Map<string, SectionEvent>()
    if (event.kind === 'record' && event.sections) closed.set(name, { event, seen: new Map(own) })
    if (event.kind !== 'section-opened' && event.kind !== 'section-confirmed') continue
    // A section that is opened once more stays confirmed; confirmed again, the last time counts.
    if (event.kind === 'section-confirmed' || own.get(event.section)?.kind !== 'section-confirmed') own.set(event.section, event)
    seen.set(name, own)
  }
  const readers = new Map<string, { -readonly [Name in keyof ReaderAttention]: ReaderAttention[Name] }>()
  for (const { event, seen: before } of closed.values()) {
    const { by, sections = [] } = event
    const own = readers.get(by) ?? { reader: by, records: 0, sections: 0, tooQuick: 0, unconfirmed: 0, unopened: 0 }
    readers.set(by, own)
    own.records++
    for (const section of sections) {
      own.sections++
      const looked = before.get(section)
      if (!looked) own.unopened++
      else if (looked.kind === 'section-opened') own.unconfirmed++
      else if (isTooQuick(looked)) own.tooQuick++
    }
  }
  return [...readers.values()].sort((a, b) => (a.reader < b.reader ? -1 : 1))
}

/** A record as this reader closed it last, with the sections as they stood then. */
interface Closed {
  readonly event: RecordEvent
  readonly seen: ReadonlyMap<string, SectionEvent>
}

/** Sections of a chart that this reader has not confirmed, in the order given. */
export function sectionsLeft(
  events: readonly ReviewEvent[],
  by: string,
  record: string,
  sections: readonly string[],
): readonly string[] {
  const own = liveEvents(events.filter((event) => event.by === by && (event.record === record || event.kind === 'undo')))
  const confirmed = new Set(own.flatMap((event) => (event.kind === 'section-confirmed' ? [event.section] : [])))
  return sections.filter((section) => !confirmed.has(section))
}

/** "2 of 96 sections were confirmed too quickly; 1 was not opened." Null where no chart was measured. */
export function attentionSentence(readers: readonly ReaderAttention[]): string | null {
  const sum = (of: (one: ReaderAttention) => number): number => readers.reduce((total, one) => total + of(one), 0)
  const sections = sum((one) => one.sections)
  if (sections === 0) return null
  const were = (n: number): string => `${n} ${n === 1 ? 'was' : 'were'}`
  const [quick, unconfirmed, unopened] = [sum((one) => one.tooQuick), sum((one) => one.unconfirmed), sum((one) => one.unopened)]
  if (quick + unconfirmed + unopened === 0) return `All ${sections} sections were opened and confirmed, none too quickly.`
  const said = [
    `${quick} of ${sections} sections ${quick === 1 ? 'was' : 'were'} confirmed too quickly`,
    ...(unconfirmed > 0 ? [`${were(unconfirmed)} not confirmed`] : []),
    ...(unopened > 0 ? [`${were(unopened)} not opened`] : []),
  ]
  return `${said.join('; ')}.`
}

/**
 * "How the chart was read is not known for 6 of 18 records that mika-ito read." Null where every reading was measured. Asked of pages that
 * name their signer: versions before measured nothing.
 */
export function unmeasuredSentence(
  reads: readonly Pick<ReaderReads, 'reader' | 'records'>[],
  measured: readonly Pick<ReaderAttention, 'reader' | 'records'>[],
): string | null {
  const parts = reads.flatMap(({ reader, records }) => {
    const known = measured.find((one) => one.reader === reader)?.records ?? 0
    return records > known ? [`${records - known} of ${records} records that ${reader} read`] : []
  })
  return parts.length === 0 ? null : `How the chart was read is not known for ${parts.join(', ')}.`
}

/** Rows of a section and words on both sides of them: what a reader has to read before confirming it. */
export function shownIn({ rows }: Pick<ChartSection, 'rows'>): { readonly entries: number; readonly words: number } {
  const texts = rows.flatMap(({ legacy, target }) =>
    [legacy, target].flatMap((entry) => (entry ? [entry.title, ...entry.details, ...entry.unmapped] : [])),
  )
  const words = texts.reduce((sum, { text }) => sum + text.split(/\s+/).filter((word) => word !== '').length, 0)
  return { entries: rows.length, words }
}
