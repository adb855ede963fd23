/** The order of a review, kept by the ledger: run, plan and frame, seed, draw, verdicts, signature. What comes out of turn is refused in words. */

import { digestOf, utf8 } from '../../canonical.ts'
import {
  type CalibrationAnswer,
  type CalibrationEvent,
  type CalibrationSkip,
  type CalibrationState,
  calibrationState,
} from '../../review/decision/calibration.ts'
import { decisionsOf, lastActOf } from '../../review/decision/decision.ts'
import { documentOfDraw, draw, isSeed } from '../../review/draw/draw.ts'
import { type Frame, frameBytes, frameDigest, mustSeeStratum, parseFrame, targetOnlyStratum } from '../../review/draw/frame.ts'
import { chartSections } from '../../review/model/chart.ts'
import type { ReviewEvent } from '../../review/model/review-event.ts'
import type { Trap, TrapSeed } from '../../review/model/trap.ts'
import { drawCounts, type SamplingPlan } from '../../review/plan/sampling-plan.ts'
import { sectionsLeft } from '../../review/result/attention.ts'
import { readingDueBy } from '../../review/result/double-reading.ts'
import { failedClaims } from '../../review/result/statement.ts'
import { type Act, type Hand, moments, record, type Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import { isWaived } from '../duties/separation-in-force.ts'
import { paths } from '../format/documents.ts'
import type { Project, PublicKeyFile } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import { appendEntries } from '../ledger/chain.ts'
import { type EntryDraft, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { drawsOf, eventsOfDraw } from '../sample/draw-events.ts'
import { changeSinceDraw } from '../sample/since-draw.ts'
import { trapsDigest, trapsOf, withHiddenTraps } from '../sample/trap-list.ts'
import { keepWorklist } from '../sample/worklist-file.ts'
import { keyNameDigest, keyNamed, pageFault } from '../signing/check-signatures.ts'
import { currentRun, type Signer, type SigningWords, signPayload } from '../signing/signature.ts'
import { mappingUnconfirmed } from './confirmed-mapping.ts'
import { endsReading, whyNotSigned } from './may-sign.ts'
import { signaturePayload } from './signing-payload.ts'

/** What a reader does to one record; id, time and reader are added. */
export type ReviewAct = ReviewEvent extends infer Event
  ? Event extends ReviewEvent
    ? Omit<Event, 'id' | 'at' | 'by'>
    : never
  : never

/** What a reader does with a prepared record; id, time and reader are added. */
export type CalibrationAct = Omit<CalibrationAnswer, 'id' | 'at' | 'by'> | Omit<CalibrationSkip, 'id' | 'at' | 'by'>

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
  const document = documentOfDraw(read.frame, seed, rolledBy, drawn.records, again)
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
  if (hand.actor === unnamed) return refuse('Say who is reading before the first record.')
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

/** Acts of a reader that prepared records come before. */
const opening: ReadonlySet<ReviewAct['kind']> = new Set(['difference', 'section-confirmed', 'record'])

/** Adds verdicts of one reader; each gets its line and its ledger entry. */
export function addVerdicts(project: Project, acts: readonly ReviewAct[], hand: Hand): Step {
  if (hand.actor === unnamed) return refuse('Say who is reading before the first verdict.')
  const stranger = strangerIn(project, new Set(acts.map((act) => act.record)))
  if (stranger) return refuse('This record is not in the sample: a verdict on it would not count.')
  const early = acts.find(
    (act) => act.kind === 'record' && act.reading === 'adjudication' && !mayDecide(project, act.record, hand.actor),
  )
  if (early) return refuse('This record waits for no decision of yours: two others must have read it first, and differ.')
  const unread = sectionsUnread(project, acts, hand.actor)
  if (unread.length > 0)
    return refuse(
      `${unread.length === 1 ? 'One section' : `${unread.length} sections`} of this record ${unread.length === 1 ? 'is' : 'are'} not confirmed: ${unread.join(', ')}. A record with unread sections is not read.`,
    )
  const left = project.review.plan?.calibration ? calibrationOf(project, hand).left : 0
  if (left > 0 && acts.some(({ kind }) => opening.has(kind)))
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

/** Sections of a chart that is closed here, and that this reader has confirmed neither before nor in the same act. */
function sectionsUnread(project: Project, acts: readonly ReviewAct[], by: string): readonly string[] {
  return acts.flatMap((act) => {
    if (act.kind !== 'record' || act.reading === 'adjudication' || !act.sections) return []
    const now = acts.flatMap((each) => (each.kind === 'section-confirmed' && each.record === act.record ? [each.section] : []))
    // A chart is read whole; of a patient whom one side lacks there is none to be read.
    const all = act.sections.length === 0 ? [] : new Set([...act.sections, ...chartSections.filter((id) => id !== 'other')])
    const open = [...all].filter((section) => !now.includes(section))
    return open.length === 0 ? [] : sectionsLeft(eventsOfDraw(project), by, act.record, open)
  })
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

/** Takes back the reader's last act, or the one of this name, until it is signed. */
export function undoVerdict(project: Project, hand: Hand, named: string | null = null): Step {
  const events = eventsOfDraw(project)
  const press = named === null ? lastActOf(events, hand.actor) : events.filter(({ id, by }) => id === named && by === hand.actor)
  const [last] = press
  if (!last) return refuse('There is nothing of yours to take back.')
  const object = `${paths.verdicts}#${last.id}`
  const given = project.ledger.findLastIndex((entry) => entry.object === object)
  const signed = project.ledger.findLastIndex((entry) => entry.action === 'signed')
  if (signed > given)
    return refuse(
      'Signed verdicts can not be taken back. Record a new verdict instead; the signature will then read "not covered".',
    )
  return addVerdicts(
    project,
    press.map(({ id, record: about }) => ({ kind: 'undo', record: about, undoes: id })),
    hand,
  )
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

/** Signs what is here now and appends the signature, where `whyNotSigned` knows no reason against it. */
export async function sign(project: Project, words: SigningWords, signer: Signer, hand: Hand): Promise<Step> {
  if (words.name.trim() === '') return refuse('Enter your full name as it should be printed.')
  const why = whyNotSigned(project, words.meaning, hand.actor)
  if (why !== null) return refuse(why)
  const key = digestOf(signer.publicKey)
  if (!project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key))
    return refuse('Enrol your key before you sign.')
  const revealed = endsReading(project, words.meaning) ? revealTraps(project, hand) : project
  const payload = signaturePayload(revealed, { ...words, signer: hand.actor })
  const failed = words.meaning === 'approval' ? failedClaims(payload.claims) : 0
  if (failed > 0 && !words.reason?.trim())
    return refuse(
      `${failed} of ${payload.claims.length} claims ${failed === 1 ? 'does' : 'do'} not hold. Say why you approve all the same; the page prints the reason. Or sign that you do not approve.`,
    )
  const signature = await signPayload(payload, signer)
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

/** What was seeded is told with the first signature that ends the reading; before that nobody who reads may know. */
function revealTraps(project: Project, hand: Hand): Project {
  const traps = trapsOf(project)
  if (traps.length === 0 || project.review.traps) return project
  const review = { ...project.review, traps }
  return record({ ...project, review }, [{ action: 'traps-revealed', object: paths.traps, digest: trapsDigest(traps) }], hand)
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
