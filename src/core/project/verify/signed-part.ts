/**
 * A part that was signed and its readers read on from: the verdicts are put back to those that its signer had, and every decision on a
 * record that was judged then has to be the one of now. A second reader who agrees changes none of it; one who does not breaks it.
 */
import { counted } from '../../counted.ts'
import { decisionsBy, decisionsOf, liveEvents, worstVerdict } from '../../review/decision/decision.ts'
import type { RecordDecision, ReviewEvent, Verdict } from '../../review/model/review-event.ts'
import type { Project } from '../format/project.ts'
import { projectAsOf } from '../hazards/as-of.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
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

/** Why a page signed as a part is none, as the rest of a sentence; null where it is one. @param before the ledger above its entry */
export function partFault(
  { head, reads, signer }: SignaturePayload,
  { device, seq }: LedgerEntry,
  before: readonly LedgerEntry[],
): string | null {
  const ends = new Map(head.devices.map((each) => [each.device, each.size]))
  const known = new Set(before.map((each) => each.device))
  const isEnd = ([name, size]: readonly [string, number]): boolean => Number.isSafeInteger(size) && size >= 1 && known.has(name)
  if (ends.size < head.devices.length || ![...ends].every(isEnd))
    return 'is of a part, and does not name the end of each chain once.'
  if ((ends.get(device) ?? 0) !== seq - 1) return 'is of a part, and leaves out entries of the device that it was signed on.'
  const own = reads?.find(({ reader }) => reader === signer)?.records ?? 0
  return own > 0 ? null : 'is of a part, and whoever signs it has read no record.'
}

/** Null where the verdicts under the page are not all here as they were signed. */
export function signedPart(project: Project, payload: Pick<SignaturePayload, 'head' | 'digests'>): SignedPart | null {
  const signed = asSigned(project, payload)
  if (verdictsDigest(signed.review.events) !== payload.digests.verdicts) return null
  const [before, now] = [eventsOfDraw(signed), eventsOfDraw(project)]
  const had = new Set(before.map(({ id }) => id))
  const since = now.filter(({ id }) => !had.has(id))
  const recordOf = new Map(now.map(({ id, record }) => [id, record]))
  // What takes back names its own record, and the one it takes from. Of seeded records not even a number is told.
  const drawn = new Set(project.review.draw?.records.map(({ id }) => id))
  const touched = new Set(
    since
      .flatMap((each) => [each.record, each.kind === 'undo' ? recordOf.get(each.undoes) : undefined])
      .filter((record) => record !== undefined && drawn.has(record)),
  )
  const about = (events: readonly ReviewEvent[]): readonly ReviewEvent[] =>
    events.filter(({ record, kind }) => kind === 'undo' || touched.has(record))
  const [wordsThen, wordsNow] = [byRecord(liveEvents(about(before))), byRecord(liveEvents(about(now)))]
  const [then, standing] = [decisionsOf(about(before)), decisionsOf(about(now))]
  const broken = [...then.values()].filter(
    (each) =>
      each.state === 'judged' &&
      !(
        stands(each, standing.get(each.record)) &&
        isUncontradicted(each, wordsThen.get(each.record) ?? [], wordsNow.get(each.record) ?? [])
      ),
  )
  const later = [...wordsNow.values()].filter((words) => words.some((event) => isVerdict(event) && !had.has(event.id)))
  return { broken: broken.length, later: later.length }
}

function byRecord(events: readonly ReviewEvent[]): ReadonlyMap<string, readonly ReviewEvent[]> {
  const lists = new Map<string, ReviewEvent[]>()
  for (const event of events) {
    const list = lists.get(event.record)
    if (list) list.push(event)
    else lists.set(event.record, [event])
  }
  return lists
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

/**
 * Every signed word on this record stands and is the last one of its reader there, and nobody has said otherwise since, be it milder. A
 * row that nobody judged when the record was closed was called the same by that.
 */
function isUncontradicted(
  { record, verdict }: RecordDecision,
  signed: readonly ReviewEvent[],
  now: readonly ReviewEvent[],
): boolean {
  const [had, live] = [new Set(signed.map(({ id }) => id)), new Set(now.map(({ id }) => id))]
  const added = now.filter(({ id }) => !had.has(id))
  const own = new Set(signed.map((event) => `${event.by} ${aboutWhat(event)}`))
  const worst = (item: string): Verdict =>
    worstVerdict(signed.flatMap((each) => (each.kind === 'difference' && each.item === item ? [each.verdict] : []))) ??
    'acceptable'
  return (
    signed.every(({ id }) => live.has(id)) &&
    added.every(
      (event) =>
        !own.has(`${event.by} ${aboutWhat(event)}`) &&
        (event.kind !== 'difference' || event.verdict === worst(event.item)) &&
        (event.kind !== 'record' || decisionsBy(now, event.by, [record]).get(record)?.verdict === verdict),
    )
  )
}

/** What an event is the word on; two of one reader with the same name are an earlier and a later word. */
function aboutWhat(event: ReviewEvent): string {
  if (event.kind === 'difference') return `row ${event.item}`
  if (event.kind === 'section-confirmed') return `section ${event.section}`
  // That a section was looked at again says nothing of it.
  if (event.kind !== 'record') return `${event.kind} ${event.id}`
  return event.reading === 'adjudication' ? 'decision' : 'record'
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
export const nothingWhole = 'A part was signed last: no claim rests on it, and nobody has signed the whole as it is here.'

/** What nobody may take from such a project. */
export const unsignedSentence = 'What was judged after the part was signed stands unsigned: it is the word of nobody yet.'

export function brokenSentence({ broken }: SignedPart): string {
  return `A part was signed, and verdicts on ${counted(broken, 'record')} in it were changed since: not covered until it is signed again.`
}
