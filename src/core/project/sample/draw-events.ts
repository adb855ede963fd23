/** The verdicts that count for the sample drawn last: what was said about an earlier sample was said about other records, or other data. */
import { digestOf } from '../../canonical.ts'
import { beginsWith } from '../../grown-list.ts'
import type { ReviewEvent } from '../../review/model/review-event.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { drawsGivenUp } from '../ledger/given-up.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'

/** Action of the ledger: the list that was drawn goes on to every record of its frame. */
export const sampleExtended = 'sample-extended'

/** What an extension is about: the draw that it goes on with, so that it says nothing of any other. */
export function extensionOf(drawn: string | null): string {
  return `${paths.draw}#${drawn ?? ''}`
}

/** Where the list drawn last was extended; -1 where it was not. One that was drawn elsewhere meanwhile has not been. */
export function extendedAt(ledger: readonly LedgerEntry[]): number {
  const drawn = ledger.findLastIndex(({ action }) => action === 'sample-drawn')
  const about = extensionOf(ledger[drawn]?.digest ?? null)
  return ledger.findLastIndex(({ action, object }, at) => at > drawn && action === sampleExtended && object === about)
}

/** Where the ledger names the sample as it is now: where it was drawn last, or extended since. */
export function sampleNamedAt(ledger: readonly LedgerEntry[]): number {
  const extended = extendedAt(ledger)
  return extended < 0 ? ledger.findLastIndex(({ action }) => action === 'sample-drawn') : extended
}

/** Digest that names a sample, as the ledger does: that of the list drawn first, whatever it was extended to. */
export function nameOfSample({ ledger, review }: Pick<Project, 'ledger' | 'review'>): string | null {
  if (!review.draw) return null
  return ledger.findLast(({ action }) => action === 'sample-drawn')?.digest ?? digestOf(jsonOf(review.draw))
}

interface Counted {
  readonly ledger: readonly LedgerEntry[]
  readonly events: readonly ReviewEvent[]
  /** Names of what was said before the last draw. */
  readonly earlier: ReadonlySet<string>
  readonly counted: readonly ReviewEvent[]
}

/** By ledger: the answer is asked for on every screen of a review. */
const known = new WeakMap<readonly LedgerEntry[], Counted>()

/** By first entry: what was counted last of a ledger that has only grown since. */
const last = new WeakMap<LedgerEntry, Counted>()

/**
 * Events without those that the ledger names before its last `sample-drawn`. An event that the ledger does not name stays in, so that
 * nothing is hidden from the check that finds it. While nothing is added to the events, the same list.
 */
export function eventsOfDraw({ ledger, review }: Pick<Project, 'ledger' | 'review'>): readonly ReviewEvent[] {
  const held = known.get(ledger)
  if (held?.events === review.events) return held.counted
  const [first] = ledger
  const before = first && last.get(first)
  const now = (before && grown(before, ledger, review.events)) ?? countedAnew(ledger, review.events)
  known.set(ledger, now)
  if (first) last.set(first, now)
  return now.counted
}

function countedAnew(ledger: readonly LedgerEntry[], events: readonly ReviewEvent[]): Counted {
  const drawn = ledger.findLastIndex((entry) => entry.action === 'sample-drawn')
  const earlier = new Set(ledger.slice(0, Math.max(0, drawn)).map((entry) => entry.object))
  return { ledger, events, earlier, counted: events.filter((event) => counts(event, earlier)) }
}

/** Null where either list did more than grow, or a sample was drawn since. */
function grown(before: Counted, ledger: readonly LedgerEntry[], events: readonly ReviewEvent[]): Counted | null {
  if (!beginsWith(ledger, before.ledger) || !beginsWith(events, before.events)) return null
  if (ledger.some(({ action }, index) => index >= before.ledger.length && action === 'sample-drawn')) return null
  const added = events.slice(before.events.length).filter((event) => counts(event, before.earlier))
  return { ...before, ledger, events, counted: added.length === 0 ? before.counted : [...before.counted, ...added] }
}

function counts(event: ReviewEvent, earlier: ReadonlySet<string>): boolean {
  return !earlier.has(`${paths.verdicts}#${event.id}`)
}

/** How often samples were drawn: from the list of records committed last, and in the whole project, states that were given up included. */
export function drawsOf(ledger: readonly LedgerEntry[]): { readonly frame: number; readonly total: number } {
  const committed = ledger.findLast((entry) => entry.action === 'frame-committed')?.digest ?? null
  let same = false
  let frame = 0
  let total = 0
  for (const entry of ledger) {
    if (entry.action === 'frame-committed') same = entry.digest === committed
    if (entry.action !== 'sample-drawn') continue
    total++
    if (same) frame++
  }
  return { frame, total: total + drawsGivenUp(ledger) }
}
