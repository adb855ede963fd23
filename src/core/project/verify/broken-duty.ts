/** V6 where roles are granted: who mapped does not read (S1), an approval comes last (S4), and two people roll the seed (S7) (trust.md §9). */
import { type Excused, waivedLate } from '../duties/waivers.ts'
import type { Project } from '../format/project.ts'
import { nameOf, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { eventsOfDraw } from '../sample/draw-events.ts'
import { payloadOf } from '../signing/signature.ts'
import { verdictPlaces } from './check-separation.ts'

/** The first duty that was not kept apart; null where all were, or were waived in time. */
export function brokenDuty(project: Project, entries: readonly LedgerEntry[], place: Place, excused: Excused): Verdict | null {
  return (
    rolledAlone(project, entries, place) ??
    mappedAndRead(project, entries, place, excused) ??
    signedTooEarly(project, entries, place)
  )
}

/** S7. */
function rolledAlone({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  if (!review.draw || new Set(review.draw.rolledBy).size > 1) return null
  const at = entries.findLastIndex(({ action }) => action === 'seed-rolled')
  return { ok: false, first: place(at), why: 'S7: the seed was rolled by one person alone; it needs two.' }
}

/** S1: the ledger does not say which rules a person confirmed, so the whole mapping counts. */
function mappedAndRead(project: Project, entries: readonly LedgerEntry[], place: Place, excused: Excused): Verdict | null {
  const places = verdictPlaces(entries)
  const read = new Map<string, number>()
  for (const { kind, by, id } of eventsOfDraw(project))
    if (kind === 'record') read.set(by, Math.min(read.get(by) ?? Number.POSITIVE_INFINITY, places.get(id) ?? -1))
  const mapped = new Set<string>()
  for (const [at, { action, actor }] of entries.entries()) {
    const first = action === 'mapping-confirmed' && !mapped.has(actor) ? read.get(actor) : undefined
    if (first === undefined) continue
    mapped.add(actor)
    // It is not kept apart from the second of the two acts on.
    if (excused('S1', Math.max(at, first))) continue
    const late = excused('S1', entries.length) ? ` ${waivedLate}` : ''
    return { ok: false, first: place(at), why: `S1: ${actor} confirmed the mapping and read records.${late}` }
  }
  return null
}

/** S4: an approval comes after the signatures of everybody who read. */
function signedTooEarly(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const read = new Set(eventsOfDraw(project).flatMap((event) => (event.kind === 'record' ? [event.by] : [])))
  const drawn = entries.findLastIndex(({ action }) => action === 'sample-drawn')
  const signed = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    if (index < drawn || entry.action !== 'signed') continue
    const payload = payloadOf(entry)
    if (!payload) continue
    // Heads differ by the signatures between them; what was read and what it was read from must not.
    const { verdicts, sample, run } = payload.digests
    const state = `${verdicts} ${sample ?? ''} ${run ?? ''}`
    if (payload.meaning === 'review' && !payload.part) signed.set(entry.actor, state)
    const missing = payload.meaning === 'approval' ? [...read].filter((reader) => signed.get(reader) !== state) : []
    if (missing.length > 0)
      return {
        ok: false,
        first: place(index),
        why: `S4: ${nameOf(entry)} approves before ${missing.join(', ')} signed what they read, as it is now.`,
      }
  }
  return null
}
