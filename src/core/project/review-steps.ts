/** The order of a review, kept by the ledger: run, plan and frame, seed, draw, verdicts, signature. What comes out of turn is refused in words. */
import { digestOf, utf8 } from '../canonical.ts'
import {
  type CalibrationAnswer,
  type CalibrationEvent,
  type CalibrationSkip,
  type CalibrationState,
  calibrationState,
} from '../review/calibration.ts'
import { decisionsOf, lastEventOf, type Moment, type ReviewEvent } from '../review/decision.ts'
import { agreementGate, doubleProgress, doubleReadingOf, readingDueBy } from '../review/double-reading.ts'
import { type DrawnRecord, draw, drawDocument, isSeed } from '../review/draw.ts'
import { type Frame, frameBytes, frameDigest, mustSeeStratum, parseFrame, targetOnlyStratum } from '../review/frame.ts'
import { readerTrust } from '../review/reader-trust.ts'
import { recordsAsked } from '../review/result.ts'
import { drawCounts, type SamplingPlan } from '../review/sampling-plan.ts'
import type { Trap, TrapSeed } from '../review/traps.ts'
import { keyNameDigest, keyNamed, pageFault } from './check-signatures.ts'
import { mappingUnconfirmed } from './confirmed-mapping.ts'
import { paths } from './documents.ts'
import { drawsOf, eventsOfDraw } from './draw-events.ts'
import { appendEntries, type EntryDraft, latestMoment, nextMoment } from './ledger.ts'
import { forksIn } from './ledger-union.ts'
import type { Project, PublicKeyFile } from './project.ts'
import { jsonOf } from './save.ts'
import { rereadingMissing } from './settlements.ts'
import { currentRun, type Signer, type SigningWords, signaturePayload, signPayload } from './signature.ts'
import { changedSinceDraw, changedSinceRun, changeSinceDraw } from './since-draw.ts'
import { trapResultOf, trapsDigest, trapsOf, withHiddenTraps } from './trap-list.ts'
import { isWaived } from './waived.ts'
import { keepWorklist } from './worklist-file.ts'

/** Who acts, on which device, and what the clock on the wall says (RFC 3339 with offset). */
export interface Hand {
  readonly device: string
  readonly actor: string
  readonly wall: string
}

export type Step = { readonly ok: true; readonly project: Project } | { readonly ok: false; readonly problem: string }

/** What a reader does to one record; id, time and reader are added. */
export type ReviewAct = ReviewEvent extends infer Event
  ? Event extends ReviewEvent
    ? Omit<Event, 'id' | 'at' | 'by'>
    : never
  : never

/** What a reader does with a prepared record; id, time and reader are added. */
export type CalibrationAct = Omit<CalibrationAnswer, 'id' | 'at' | 'by'> | Omit<CalibrationSkip, 'id' | 'at' | 'by'>

type Act = Pick<EntryDraft, 'action' | 'object' | 'digest'>

/** Appends entries to the ledger in this person's name. */
export function record(project: Project, acts: readonly Act[], hand: Hand): Project {
  const times = moments(project, hand, acts.length)
  const drafts = acts.map((act, index) => ({
    device: hand.device,
    time: times[index] ?? { wall: hand.wall, counter: 0 },
    actor: hand.actor,
    ...act,
  }))
  return { ...project, ledger: appendEntries(project.ledger, drafts) }
}

/** The next readings of the clock, one per act: after everything this project knows, whatever the clock on the wall says. */
function moments(project: Project, hand: Hand, howMany: number): readonly Moment[] {
  const list: Moment[] = []
  let last = latestMoment(project.ledger)
  for (let i = 0; i < howMany; i++) {
    last = nextMoment(last, hand.wall)
    list.push(last)
  }
  return list
}

/** Locks the plan and commits the frame, in one step, so that no seed can be known before either. */
export function lockPlan(project: Project, plan: SamplingPlan, frame: Frame, hand: Hand): Step {
  if (!currentRun(project))
    return refuse(
      'Run all checks once before the sample is planned: known defects go to the must-see list, not into the estimate.',
    )
  const mismatch = mappingUnconfirmed(project) ?? planMismatch(plan, frame)
  if (mismatch) return refuse(mismatch)
  const review = { ...project.review, plan, frame: new TextDecoder().decode(frameBytes(frame)), draw: null, traps: null }
  const acts: Act[] = [
    { action: 'plan-locked', object: paths.plan, digest: digestOf(jsonOf(plan)) },
    { action: 'frame-committed', object: paths.frame, digest: frameDigest(frame) },
  ]
  return done(record({ ...project, review }, acts, hand))
}

/** Opens the plan again; the ledger says that it was, and keeps the digest of the plan given up. */
export function reopenPlan(project: Project, hand: Hand): Step {
  const { plan } = project.review
  if (!plan) return refuse('No plan is locked.')
  const kept = keepWorklist(project)
  const review = { ...project.review, plan: null, frame: null, draw: null, traps: null }
  const act = { action: 'plan-reopened', object: paths.plan, digest: digestOf(jsonOf(plan)) }
  return done(record({ ...kept.project, review }, [...kept.acts, act], hand))
}

function planMismatch(plan: SamplingPlan, frame: Frame): string | null {
  if (frame.strata.every((stratum) => stratum.id === targetOnlyStratum))
    return 'The frame holds no record of the legacy system: a lost patient could never be drawn. Build it from the legacy side.'
  const seen = new Map<string, string>()
  for (const stratum of frame.strata) {
    const planned = plan.strata.find((each) => each.id === stratum.id)
    if (planned?.size !== stratum.records.length)
      return `The plan counts ${planned?.size ?? 0} records in stratum ${stratum.id}, the frame ${stratum.records.length}. Plan again from this frame.`
    for (const id of stratum.records) {
      const other = seen.get(id)
      if (other !== undefined) return `A record is in the strata ${other} and ${stratum.id}; strata must not overlap.`
      seen.set(id, stratum.id)
    }
  }
  const extra = plan.strata.find((each) => !frame.strata.some((stratum) => stratum.id === each.id) && each.size > 0)
  if (extra) return `The plan names a stratum ${extra.id} that the frame does not have.`
  if (plan.strata.some((each) => each.id === mustSeeStratum && each.n !== each.size))
    return 'The must-see list must be reviewed whole.'
  return null
}

/** Draws the sample. A second draw in the project needs a reason, and the certificate prints it. */
export function drawSample(project: Project, seed: string, rolledBy: readonly string[], reason: string | null, hand: Hand): Step {
  const { plan, frame: text } = project.review
  if (!plan || text === null)
    return refuse('Lock the plan first: the list of records must be committed before the seed is known.')
  if (!isSeed(seed)) return refuse(`The seed must be 20 decimal digits; this one has ${seed.length} characters.`)
  const read = parseFrame(text)
  if (!read.ok) return refuse(read.problems[0] ?? 'The frame can not be read.')
  const digest = frameDigest(read.frame)
  const committed = project.ledger.findLastIndex((entry) => entry.action === 'frame-committed')
  if (project.ledger[committed]?.digest !== digest)
    return refuse('The frame is not the one the ledger committed: lock the plan again.')
  const before = drawsOf(project.ledger)
  if (before.total > 0 && !reason?.trim())
    return refuse('A sample was already drawn in this project. Drawing again needs a reason, which the certificate prints.')
  const change = changeSinceDraw(project)
  if (change)
    return refuse(`The list of records is out of date: ${change.replace('drawn', 'planned')}. Run all checks and plan again.`)
  const drawn = draw(read.frame, seed, drawCounts(plan))
  if (!drawn.ok) return refuse(drawn.problem)
  const again = before.total > 0 && reason !== null ? { times: before.frame + 1, reason } : null
  const document = drawDocument(read.frame, seed, rolledBy, drawn.records, again)
  const kept = keepWorklist(project)
  const acts: Act[] = [
    ...kept.acts,
    { action: 'seed-rolled', object: paths.draw, digest: digestOf([seed, ...rolledBy]) },
    { action: 'sample-drawn', object: paths.draw, digest: digestOf(jsonOf(document)) },
  ]
  return done(record({ ...kept.project, review: { ...project.review, draw: document, traps: null } }, acts, hand))
}

/** Notes that a record was opened; reading is an entry, too. */
export function openRecord(project: Project, id: string, hand: Hand): Project {
  return record(project, [{ action: 'record-opened', object: id, digest: null }], hand)
}

/** Where this person stands with the prepared records that open a session. */
export function calibrationOf(
  project: Pick<Project, 'review' | 'ledger' | 'manifest'>,
  { actor, wall }: Pick<Hand, 'actor' | 'wall'>,
): CalibrationState {
  const { plan, calibration = [] } = project.review
  const before = project.manifest.reader?.before ?? null
  return calibrationState(plan?.calibration ?? 0, eventsOfDraw(project), calibration, actor, wall, before)
}

/** Adds what a reader said of a prepared record, or why the rest of them was left out; apart from every verdict. */
export function addCalibration(project: Project, act: CalibrationAct, hand: Hand): Step {
  if (hand.actor === 'unnamed') return refuse('Say who is reading before the first record.')
  if (calibrationOf(project, hand).left === 0)
    return refuse('No prepared record is waiting: they open a session, and are not read again in it.')
  if (act.kind === 'skip' && act.reason.trim() === '')
    return refuse('Say why the prepared records are left out; the reason is printed on the certificate.')
  const before = project.review.calibration ?? []
  const own = before.filter(({ id }) => id.startsWith(`${hand.device}-c-`)).length
  const [at = { wall: hand.wall, counter: 0 }] = moments(project, hand, 1)
  const event: CalibrationEvent = { ...act, id: `${hand.device}-c-${own + 1}`, at, by: hand.actor }
  const entry = { action: 'calibration', object: `${paths.calibration}#${event.id}`, digest: digestOf(jsonOf(event)) }
  const next = record(project, [entry], hand)
  return done({ ...next, review: { ...project.review, calibration: [...before, event] } })
}

/** Adds verdicts of one reader; each gets its line and its ledger entry. */
export function addVerdicts(project: Project, acts: readonly ReviewAct[], hand: Hand): Step {
  const stranger = strangerIn(project, new Set(acts.map((act) => act.record)))
  if (stranger) return refuse('This record is not in the sample: a verdict on it would not count.')
  const early = acts.find(
    (act) => act.kind === 'record' && act.reading === 'adjudication' && !mayDecide(project, act.record, hand.actor),
  )
  if (early) return refuse('This record waits for no decision of yours: two others must have read it first, and differ.')
  const left = project.review.plan?.calibration ? calibrationOf(project, hand).left : 0
  if (left > 0 && acts.some(({ kind }) => kind === 'difference' || kind === 'record'))
    return refuse(
      `This session opens with ${left} prepared ${left === 1 ? 'record' : 'records'}. Read them first, or say why not.`,
    )
  let number = project.review.events.filter((event) => event.id.startsWith(`${hand.device}-`)).length
  const times = moments(project, hand, acts.length)
  const events: ReviewEvent[] = acts.map((act, index) => ({
    ...act,
    id: `${hand.device}-${++number}`,
    at: times[index] ?? { wall: hand.wall, counter: 0 },
    by: hand.actor,
  }))
  const entries = events.map((event) => ({
    action: event.kind === 'record' && event.reading === 'adjudication' ? 'adjudicated' : 'verdict',
    object: `${paths.verdicts}#${event.id}`,
    digest: digestOf(jsonOf(event)),
  }))
  const next = record(project, entries, hand)
  return done({ ...next, review: { ...project.review, events: [...project.review.events, ...events] } })
}

/** Whether one of these records is not in the sample. A list of thousands is looked through, not copied: every verdict asks. */
function strangerIn(project: Project, records: Set<string>): boolean {
  for (const { id } of project.review.draw?.records ?? []) records.delete(id)
  for (const { id } of records.size > 0 ? trapsOf(project) : []) records.delete(id)
  return records.size > 0
}

/** Somebody who read it in no other way, or where S3 is waived one of both, decides where two readers differ, and may change the own decision. */
function mayDecide(project: Project, record: string, reader: string): boolean {
  // A seeded defect measures each reader alone: nobody decides between them.
  if (trapsOf(project).some(({ id }) => id === record)) return false
  const decision = decisionsOf(eventsOfDraw(project)).get(record)
  if (decision?.readings.some(({ by, reading }) => by === reader && reading === 'adjudication')) return true
  // Where the plan asks for one reader, two may have read all the same.
  const double = { drawn: new Set<string>(), readersDecide: isWaived(project, 'S3') }
  return readingDueBy(reader, record, decision, double) === 'adjudication'
}

/** Takes back the reader's last act, until it is signed. */
export function undoVerdict(project: Project, hand: Hand): Step {
  const last = lastEventOf(eventsOfDraw(project), hand.actor)
  if (!last) return refuse('There is nothing of yours to take back.')
  const object = `${paths.verdicts}#${last.id}`
  const given = project.ledger.findLastIndex((entry) => entry.object === object)
  const signed = project.ledger.findLastIndex((entry) => entry.action === 'signed')
  if (signed > given)
    return refuse(
      'Signed verdicts can not be taken back. Record a new verdict instead; the signature will then read "not covered".',
    )
  return addVerdicts(project, [{ kind: 'undo', record: last.record, undoes: last.id }], hand)
}

/** Enrols a public key for a person; a signature counts only if its key was enrolled before. */
export function enrolKey(project: Project, key: PublicKeyFile, hand: Hand): Project {
  const keys = [...project.keys.filter((each) => each.id !== key.id), key].sort((a, b) => (a.id < b.id ? -1 : 1))
  const object = `keys/${key.id}.pub.json`
  const acts = [
    { action: 'key-enrolled', object, digest: digestOf(key.publicKey) },
    { action: keyNamed, object, digest: keyNameDigest(key) },
  ]
  return record({ ...project, keys }, acts, hand)
}

/** Signs what is here now and appends the signature. A review is signed only when every drawn record has a verdict. */
export async function sign(project: Project, words: SigningWords, signer: Signer, hand: Hand): Promise<Step> {
  const { draw: drawn } = project.review
  if (words.name.trim() === '') return refuse('Enter your full name as it should be printed.')
  if (!drawn) return refuse('No sample is drawn yet: there is nothing to sign.')
  const [fork] = forksIn(project.ledger)
  if (fork)
    return refuse(
      `The chain of ${fork.device} has two continuations from entry ${fork.seq} on: nothing is signed until a named person has settled which one stands.`,
    )
  const decisions = decisionsOf(eventsOfDraw(project))
  const asked = recordsAsked(project.review.plan, drawn.records, decisions, trapResultOf(project))
  const open = asked.filter((each) => decisions.get(each.id)?.state !== 'judged').length
  if (open > 0 && words.meaning !== 'rejection')
    return refuse(`${open} of ${asked.length} records have no verdict yet. Judge them before you sign.`)
  const waiting = words.meaning === 'rejection' ? null : (readingsMissing(project) ?? trapsMissing(project))
  if (waiting) return refuse(waiting)
  const apart = words.meaning === 'approval' ? agreementMissing(project, asked) : null
  if (apart) return refuse(apart)
  const again = words.meaning === 'rejection' ? null : rereadingMissing(project)
  if (again) return refuse(again)
  const changed = words.meaning === 'rejection' ? null : (changedSinceDraw(project) ?? changedSinceRun(project))
  if (changed) return refuse(changed)
  const key = digestOf(signer.publicKey)
  if (!project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key))
    return refuse('Enrol your key before you sign.')
  const revealed = words.meaning === 'rejection' ? project : revealTraps(project, hand)
  const signature = await signPayload(signaturePayload(revealed, words), signer)
  const time = nextMoment(latestMoment(revealed.ledger), hand.wall)
  const draft: EntryDraft = {
    device: hand.device,
    time,
    actor: hand.actor,
    action: 'signed',
    object: 'review',
    digest: digestOf(signature.payload),
    signature,
  }
  const ledger = appendEntries(revealed.ledger, [draft])
  const fault = pageFault({ id: project.manifest.id, keys: project.keys }, ledger, ledger.length - 1)
  return fault === null
    ? done({ ...revealed, ledger })
    : refuse(`Nothing is signed, because it would not count: the page ${fault}`)
}

/** Hides seeded defects among the records; the ledger names them before anybody reads, so that none is added or dropped afterwards. */
export function seedTraps(project: Project, seeds: readonly TrapSeed[], traps: readonly Trap[], hand: Hand): Step {
  if (!project.review.draw) return refuse('Draw the sample first: defects are seeded in records outside it.')
  const read = project.ledger.findLastIndex(({ action }) => action === 'verdict' || action === 'adjudicated')
  const drawn = project.ledger.findLastIndex(({ action }) => action === 'sample-drawn')
  if (read > drawn) return refuse('Somebody has read already: defects are seeded before the first verdict.')
  const hidden = withHiddenTraps(project, { seeds, traps })
  return done(record(hidden, [{ action: 'traps-seeded', object: paths.traps, digest: trapsDigest(traps) }], hand))
}

/** What was seeded is told with the first signature that ends the reading, which a rejection does not; before that nobody who reads may know. */
function revealTraps(project: Project, hand: Hand): Project {
  const traps = trapsOf(project)
  if (traps.length === 0 || project.review.traps) return project
  const review = { ...project.review, traps }
  return record({ ...project, review }, [{ action: 'traps-revealed', object: paths.traps, digest: trapsDigest(traps) }], hand)
}

/** Second readings and decisions between readers that a plan asks for and nobody has given; null when none is missing. */
export function readingsMissing(project: Pick<Project, 'review' | 'ledger' | 'manifest' | 'private'>): string | null {
  const { review } = project
  const double = doubleReadingOf(review.draw, review.plan)
  if (!double || !review.draw) return null
  const decisions = decisionsOf(eventsOfDraw(project))
  const records = recordsAsked(review.plan, review.draw.records, decisions, trapResultOf(project))
  const { wanted, read, disagreements, adjudicated } = doubleProgress({ ...review.draw, records }, decisions, double)
  if (read < wanted) return `${wanted - read} of ${wanted} records that two readers must read wait for a second reader.`
  const open = disagreements - adjudicated
  const who = isWaived(project, 'S3')
    ? 'one of them where they differed from the start, as S3 was waived, or somebody else'
    : 'somebody who is neither of them'
  return open > 0 ? `Two readers differ on ${open} ${open === 1 ? 'record' : 'records'}: ${who} must decide.` : null
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

/** Bytes of a salt from outside chance, kept in `private/`, with its digest in the ledger before any seed. */
export function setSalt(project: Project, salt: string, hand: Hand): Project {
  const bytes = utf8(`${JSON.stringify({ salt }, null, 2)}\n`)
  const act = { action: 'salt-set', object: paths.salt, digest: digestOf(salt) }
  return record({ ...project, private: new Map([...project.private, [paths.salt, bytes]]) }, [act], hand)
}

function done(project: Project): Step {
  return { ok: true, project }
}

export function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
