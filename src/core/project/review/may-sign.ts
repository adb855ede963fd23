/** What may be signed now, by whom, and in words why the rest may not: asked before anybody is offered a choice, and again when it is signed. */
import { decisionsOf } from '../../review/decision/decision.ts'
import { verdictsOnEntries } from '../../review/decision/own-verdicts.ts'
import type { DrawnRecord } from '../../review/draw/draw.ts'
import { agreementGate, doubleReadingOf } from '../../review/result/double-reading.ts'
import { readerTrust } from '../../review/result/reader-trust.ts'
import { readsOf } from '../../review/result/reads.ts'
import { recordsAsked } from '../../review/result/result.ts'
import type { Project } from '../format/project.ts'
import { forksIn } from '../ledger/ledger-union.ts'
import { eventsOfDraw, sampleNamedAt } from '../sample/draw-events.ts'
import { rereadingMissing } from '../sample/settlements.ts'
import { changedSinceDraw, changedSinceRun } from '../sample/since-draw.ts'
import { trapResultOf } from '../sample/trap-list.ts'
import { payloadOf } from '../signing/signature.ts'
import type { Meaning } from '../signing/signature-page.ts'
import { readingsMissing, unfinishedReading } from './readings-missing.ts'

/** Null where this person may sign in this meaning now. @param actor slug of who signs */
export function whyNotSigned(project: Project, meaning: Meaning, actor: string): string | null {
  const { draw: drawn, plan } = project.review
  if (!drawn) return 'No sample is drawn yet: there is nothing to sign.'
  const [fork] = forksIn(project.ledger)
  if (fork)
    return `The chain of ${fork.device} has two continuations from entry ${fork.seq} on: nothing is signed until a named person has settled which one stands.`
  // Whoever refuses may refuse at any time, on whatever was read.
  if (meaning === 'rejection') return null
  const decisions = decisionsOf(eventsOfDraw(project))
  const asked = recordsAsked(plan, drawn.records, decisions, trapResultOf(project))
  if (meaning === 'review' && unfinishedReading(project) !== null) {
    const own = readsOf(decisions, new Set(drawn.records.map(({ id }) => id))).find(({ reader }) => reader === actor)
    if (!own) return 'You have read no record of this sample yet. Read one to its end, then sign what you read.'
    const [first, ...more] = unclosedRecords(project, asked, actor)
    if (first !== undefined)
      return `Record ${first} holds verdicts of yours${more.length > 0 ? `, and so do ${more.length} more` : ''}, and is not closed: no count has them. Open it, press Next record, then sign.`
  } else {
    const open = asked.filter(({ id }) => decisions.get(id)?.state !== 'judged').length
    if (open > 0) return `${open} of ${asked.length} records have no verdict yet. Judge them before you sign.`
    const waiting = readingsMissing(project) ?? trapsMissing(project)
    if (waiting) return waiting
  }
  const apart = meaning === 'approval' ? agreementMissing(project, asked) : null
  return apart ?? rereadingMissing(project) ?? changedSinceDraw(project) ?? changedSinceRun(project)
}

/** Numbers, from 1 on, of records in which this person gave verdicts that no reading of theirs has closed. */
function unclosedRecords(project: Project, asked: readonly DrawnRecord[], actor: string): readonly number[] {
  const events = eventsOfDraw(project)
  const decisions = decisionsOf(events)
  const said = new Set(verdictsOnEntries(events, actor).map(({ record }) => record))
  return asked.flatMap(({ id }, index) =>
    said.has(id) && !decisions.get(id)?.readings.some(({ by }) => by === actor) ? [index + 1] : [],
  )
}

/** Whether a signature of this meaning ends the reading: seeded defects are told with it. A refusal and a part end nothing. */
export function endsReading(project: Project, meaning: Meaning): boolean {
  return meaning !== 'rejection' && !(meaning === 'review' && unfinishedReading(project) !== null)
}

/** Whether this person signed a whole reading of the sample as it is named now: nothing of theirs is added to it. */
export function hasEndedReading({ ledger }: Pick<Project, 'ledger'>, actor: string): boolean {
  const named = sampleNamedAt(ledger)
  return ledger.some((entry, index) => {
    if (index <= named || entry.action !== 'signed' || entry.actor !== actor) return false
    const payload = payloadOf(entry)
    return payload === null || (payload.meaning !== 'rejection' && !payload.part)
  })
}

/** Why what readers see is not measured although the plan asks for it; null when it is, or was not asked for. */
function trapsMissing(project: Pick<Project, 'review' | 'ledger' | 'private'>): string | null {
  const { plan, draw: drawn } = project.review
  if (!plan || !drawn) return null
  const trust = readerTrust(plan, drawn.records, decisionsOf(eventsOfDraw(project)), trapResultOf(project))
  if (!trust?.waiting) return null
  return `${trust.why ?? ''} Read on until they are read, or open the plan again and plan without them.`
}

/** Why nobody may approve on what two readers said (review.md §10); null where they agree, or where one reader is planned. */
function agreementMissing({ review, ...project }: Project, records: readonly DrawnRecord[]): string | null {
  const double = doubleReadingOf(review.draw, review.plan)
  if (!double || !review.draw) return null
  const why = agreementGate({ ...review.draw, records }, decisionsOf(eventsOfDraw({ review, ...project })), double)
  return (
    why && `${why} Nobody can approve on this: agree on the criteria, then draw and read again, or sign that you do not approve.`
  )
}
