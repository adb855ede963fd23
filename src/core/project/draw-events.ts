/** The verdicts that count for the sample drawn last: what was said about an earlier sample was said about other records, or other data. */
import type { ReviewEvent } from '../review/decision.ts'
import { paths } from './documents.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'

interface Counted {
  readonly events: readonly ReviewEvent[]
  readonly counted: readonly ReviewEvent[]
}

/** By ledger: the answer is asked for on every screen of a review. */
const known = new WeakMap<readonly LedgerEntry[], Counted>()

/**
 * Events without those that the ledger names before its last `sample-drawn`. An event that the ledger does not name stays in, so that
 * nothing is hidden from the check that finds it.
 */
export function eventsOfDraw({ ledger, review }: Pick<Project, 'ledger' | 'review'>): readonly ReviewEvent[] {
  const held = known.get(ledger)
  if (held?.events === review.events) return held.counted
  const drawn = ledger.findLastIndex((entry) => entry.action === 'sample-drawn')
  const earlier = new Set(ledger.slice(0, Math.max(0, drawn)).map((entry) => entry.object))
  const counted = review.events.filter((event) => !earlier.has(`${paths.verdicts}#${event.id}`))
  known.set(ledger, { events: review.events, counted })
  return counted
}

/** How often samples were drawn: from the list of records committed last, and in the whole project. */
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
  return { frame, total }
}
