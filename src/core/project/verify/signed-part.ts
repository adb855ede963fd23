/**
 * A part that was signed and its readers read on from: the verdicts are put back to those that its signer had, and every decision on a
 * record that was judged then has to be the one of now. A second reader who agrees changes none of it; one who does not breaks it.
 */
import { counted } from '../../counted.ts'
import { decisionsOf, liveEvents } from '../../review/decision/decision.ts'
import type { RecordDecision, ReviewEvent } from '../../review/model/review-event.ts'
import type { Project } from '../format/project.ts'
import { projectAsOf } from '../hazards/as-of.ts'
import { eventsOfDraw } from '../sample/draw-events.ts'
import { verdictsDigest } from '../signing/signature.ts'
import type { SignaturePayload } from '../signing/signature-page.ts'

export interface SignedPart {
  /** Records whose verdict in the signed part was changed, taken back or contradicted since. */
  readonly broken: number
  /** Records on which a verdict was given since, that no page has. */
  readonly later: number
}

/** The project as the signer of this page had it. */
export function asSigned(project: Project, { head }: Pick<SignaturePayload, 'head'>): Project {
  return projectAsOf(
    project,
    head.devices.map(({ device, size }) => ({ device, seq: size })),
  )
}

/** Null where the verdicts under the page are not all here as they were signed. */
export function signedPart(project: Project, payload: Pick<SignaturePayload, 'head' | 'digests'>): SignedPart | null {
  const signed = asSigned(project, payload)
  if (verdictsDigest(signed.review.events) !== payload.digests.verdicts) return null
  const [before, now] = [eventsOfDraw(signed), eventsOfDraw(project)]
  const had = new Set(before.map(({ id }) => id))
  const since = now.filter(({ id }) => !had.has(id))
  const recordOf = new Map(now.map(({ id, record }) => [id, record]))
  // What takes back names its own record, and the one it takes from.
  const touched = new Set(since.flatMap((each) => [each.record, each.kind === 'undo' ? recordOf.get(each.undoes) : undefined]))
  const about = (events: readonly ReviewEvent[]): readonly ReviewEvent[] => events.filter(({ record }) => touched.has(record))
  const [then, standing] = [decisionsOf(about(before)), decisionsOf(about(now))]
  const broken = [...then.values()].filter((each) => each.state === 'judged' && !stands(each, standing.get(each.record)))
  const later = new Set(liveEvents(now).flatMap((event) => (isVerdict(event) && !had.has(event.id) ? [event.record] : [])))
  return { broken: broken.length, later: later.size }
}

function isVerdict({ kind }: ReviewEvent): boolean {
  return kind === 'record' || kind === 'difference'
}

/** Every word that counted still counts, and what follows from all words together is the same. */
function stands(then: RecordDecision, now: RecordDecision | undefined): boolean {
  if (now?.state !== 'judged' || now.verdict !== then.verdict) return false
  const words = new Set([...now.readings, ...now.counted].map(({ id }) => id))
  // A domain that nobody spoke of is one without an error.
  const domains = [...then.domains.keys(), ...now.domains.keys()]
  return (
    [...then.readings, ...then.counted].every(({ id }) => words.has(id)) &&
    domains.every((domain) => (now.domains.get(domain) ?? 'acceptable') === (then.domains.get(domain) ?? 'acceptable'))
  )
}

export function heldSentence({ later }: SignedPart): string {
  const after =
    later === 0
      ? 'reading went on, and nothing was judged since'
      : `later verdicts on ${counted(later, 'record')} are not part of it`
  return `The signed part holds; ${after}.`
}

/** For pages that nobody has verified yet: what they say of a part is as good as the ledger it stands in. */
export const ifVerified = 'This counts only if the ledger verifies: carryover verify.'

/** Of a part that is of now: nothing was read since, and still nobody has signed the whole. */
export const nothingWhole = 'A part is signed, and nothing is signed as a whole: no claim rests on a signature.'

/** What nobody may take from such a project. */
export const unsignedSentence = 'What was judged after the part was signed stands unsigned: it is the word of nobody yet.'

export function brokenSentence({ broken }: SignedPart): string {
  return `A part was signed, and verdicts on ${counted(broken, 'record')} in it were changed since: not covered until it is signed again.`
}
