/** Where a plan keeps what the program found from readers until they have judged: else they sign what the program compared. */
import { counted } from '../../counted.ts'
import { liveEvents } from '../decision/decision.ts'
import type { DrawnRecord } from '../draw/draw.ts'
import { mustSeeStratum } from '../draw/frame.ts'
import { compareEvents, type DifferenceEvent, type RecordEvent, type ReviewEvent, type Verdict } from '../model/review-event.ts'
import { sectionOfDomain } from '../model/section-of-domain.ts'
import type { Blind, SamplingPlan } from './sampling-plan.ts'

/** Plans of early versions hid nothing. */
export function blindOf(plan: Pick<SamplingPlan, 'blind'> | null): Blind {
  return plan?.blind ?? 'none'
}

/** Whether the program's notes on this record are hidden until the reader has judged; a seeded copy has the stratum `null` and looks like any drawn one. */
export function isBlind(plan: Pick<SamplingPlan, 'blind'> | null, stratum: string | null): boolean {
  const blind = blindOf(plan)
  return blind === 'all' || (blind === 'random' && stratum !== mustSeeStratum)
}

/** What one reader said otherwise once the program's notes on it were on the screen. */
export type ReaderChanges = {
  readonly reader: string
  readonly records: number
  /** Rows, and verdicts that closed a record without one. */
  readonly verdicts: number
}

type Spoken = DifferenceEvent | RecordEvent

/**
 * Verdicts on blind records that stand otherwise than they were given before their notes were seen; sorted by reader, readers without one
 * left out. A note is on the screen as soon as its row is judged, its section confirmed or its record closed; a row
 * that was passed over by then was called acceptable.
 */
export function changedAfterNotes(
  plan: Pick<SamplingPlan, 'blind'> | null,
  drawn: readonly DrawnRecord[],
  events: readonly ReviewEvent[],
): readonly ReaderChanges[] {
  const blind = new Set(drawn.flatMap(({ id, stratum }) => (isBlind(plan, stratum) ? [id] : [])))
  if (blind.size === 0) return []
  const live = new Set(liveEvents(events))
  const first = new Map<string, { readonly event: Spoken; readonly said: Verdict | null }>()
  const last = new Map<string, Verdict>()
  const confirmed = new Set<string>()
  const closed = new Set<string>()
  for (const event of events.toSorted(compareEvents)) {
    if (!blind.has(event.record)) continue
    const about = `${event.by}\n${event.record}\n`
    if (event.kind === 'section-confirmed') confirmed.add(`${about}${event.section}`)
    if (event.kind !== 'difference' && event.kind !== 'record') continue
    if (event.kind === 'record' && event.reading === 'adjudication') continue
    if (event.kind === 'record') closed.add(about)
    const row = `${about}${event.kind === 'difference' ? event.item : ''}`
    const isTold = event.kind === 'difference' && (closed.has(about) || confirmed.has(`${about}${sectionOfDomain(event.domain)}`))
    if (!first.has(row)) first.set(row, { event, said: isTold ? 'acceptable' : event.verdict })
    if (live.has(event)) last.set(row, event.verdict)
  }
  const readers = new Map<string, { rows: number; records: Set<string> }>()
  // The verdict that closes a record follows from its rows: it counts where none of them does.
  const rowsFirst = [...first].toSorted(([, a], [, b]) => Number(a.event.kind === 'record') - Number(b.event.kind === 'record'))
  for (const [row, { event, said }] of rowsFirst) {
    // What was taken back and never said again stands as acceptable; a record that is open again is not judged at all.
    const now = last.get(row) ?? (event.kind === 'difference' ? 'acceptable' : said)
    if (now === said) continue
    const own = readers.get(event.by) ?? { rows: 0, records: new Set<string>() }
    readers.set(event.by, own)
    if (event.kind === 'record' && own.records.has(event.record)) continue
    own.rows++
    own.records.add(event.record)
  }
  return [...readers]
    .map(([reader, { rows, records }]) => ({ reader, records: records.size, verdicts: rows }))
    .sort((a, b) => (a.reader < b.reader ? -1 : 1))
}

/** "3 verdicts in 2 records were changed after the program's notes on them were seen (ito: 3)." Null where none was. */
export function changesSentence(changes: readonly ReaderChanges[]): string | null {
  const sum = (of: (one: ReaderChanges) => number): number => changes.reduce((total, one) => total + of(one), 0)
  const [verdicts, records] = [sum((one) => one.verdicts), sum((one) => one.records)]
  if (verdicts === 0) return null
  const who = changes.map(({ reader, verdicts: own }) => `${reader}: ${own}`).join(', ')
  const were = verdicts === 1 ? 'was' : 'were'
  return `${counted(verdicts, 'verdict')} in ${counted(records, 'record')} ${were} changed after the program’s notes were seen (${who}).`
}

/** Why the program's notes on this record are there before the reader has judged; null where they wait. */
export function openNotesSentence(plan: Pick<SamplingPlan, 'blind' | 'strata'> | null, stratum: string | null): string | null {
  if (isBlind(plan, stratum)) return null
  const rule = plan?.strata.find(({ id }) => id === stratum)?.rule
  return blindOf(plan) === 'none'
    ? 'The plan of this review shows the program’s notes before you judge.'
    : `This record is on the must-see list${rule === undefined ? '' : ` (${rule})`}: the program’s notes are open before you judge, and it is counted apart from the random part.`
}

/** What the plan asked for; what was done is counted apart (`notes-hidden.ts`). */
export function blindPlanSentence(blind: Blind): string {
  if (blind === 'all') return 'The plan hides what the program found on every record until its reader has judged.'
  if (blind === 'random')
    return 'The plan hides what the program found in the random part until its reader has judged, and shows it on records chosen on purpose.'
  return 'The plan shows what the program found while readers read.'
}

/** Of pages that were signed before it was noted at reading: only the files that were handed out with them hold these words. */
export function earlierBlindSentence(blind: Blind): string {
  if (blind === 'all') return 'Readers judged every record before they saw what the program had found in it.'
  if (blind === 'random')
    return 'Readers judged the random part before they saw what the program had found; of records chosen on purpose they saw it at once.'
  return 'Readers saw what the program had found while they read.'
}
