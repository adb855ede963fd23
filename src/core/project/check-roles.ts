/** V6: roles and separation of duties (trust.md §9). Where roles are granted they are enforced; where none is, what is not kept apart is stated. */
import { nameOf, type Place, type Verdict } from './chain.ts'
import { checkSeparation } from './check-separation.ts'
import { eventsOfDraw } from './draw-events.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'
import { judgeRoles } from './roles.ts'
import { payloadOf, type Verifier } from './signature.ts'
import { waiverFault } from './waive-duty.ts'
import { isWaived, waiversIn } from './waivers.ts'

export async function checkRoles(
  project: Project,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  const { grants, refused } = await judgeRoles(project.manifest.id, entries, verifier)
  const [first] = [...refused].sort(([a], [b]) => a - b)
  if (first) {
    const [index, why] = first
    return { ok: false, first: place(index), why: `Entry ${nameOf(entries[index])} does not count: ${why}.` }
  }
  const waiver = await waiverFault(project.manifest.id, entries, verifier)
  if (waiver)
    return {
      ok: false,
      first: place(waiver.at),
      why: `The waiver ${nameOf(entries[waiver.at])} does not count: ${waiver.why}.`,
    }
  const waived = waiversIn(entries)
    .map(({ duty, by, reason }) => ` ${duty} was waived by ${by}: ${reason}.`)
    .join('')
  const apart = checkSeparation(project, entries, place)
  if (!apart.ok) return apart
  if (grants.length === 0)
    return { ok: true, why: `No role is granted, so every role is open to everybody; ${apart.why}${waived}` }
  const broken =
    rolledAlone(project, entries, place) ?? mappedAndRead(project, entries, place) ?? signedTooEarly(project, entries, place)
  return (
    broken ?? {
      ok: true,
      why: `${grants.length} roles granted, every entry allowed; ${apart.why}${waived} S6 and S8 stand in no ledger and are not judged.`,
    }
  )
}

/** S7. */
function rolledAlone({ review }: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  if (!review.draw || new Set(review.draw.rolledBy).size > 1) return null
  const at = entries.findLastIndex(({ action }) => action === 'seed-rolled')
  return { ok: false, first: place(at), why: 'S7: the seed was rolled by one person alone; it needs two.' }
}

/** S1: the ledger does not say which rules a person confirmed, so the whole mapping counts. */
function mappedAndRead(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict | null {
  const read = new Set(eventsOfDraw(project).flatMap((event) => (event.kind === 'record' ? [event.by] : [])))
  const at = entries.findIndex(({ action, actor }) => action === 'mapping-confirmed' && read.has(actor))
  if (at < 0 || isWaived(entries, 'S1')) return null
  return { ok: false, first: place(at), why: `S1: ${entries[at]?.actor ?? ''} confirmed the mapping and read records.` }
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
    if (payload.meaning === 'review') signed.set(entry.actor, state)
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
