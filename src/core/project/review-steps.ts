/** The order of a review, kept by the ledger: run, plan and frame, seed, draw, verdicts, signature. What comes out of turn is refused in words. */
import { digestOf, utf8 } from '../canonical.ts'
import { decisionsOf, lastEventOf, type Moment, type ReviewEvent } from '../review/decision.ts'
import { draw, drawDocument, isSeed } from '../review/draw.ts'
import { type Frame, frameBytes, frameDigest, mustSeeStratum, parseFrame, targetOnlyStratum } from '../review/frame.ts'
import { drawCounts, type SamplingPlan } from '../review/sampling-plan.ts'
import { paths } from './documents.ts'
import { drawsOf, eventsOfDraw } from './draw-events.ts'
import { appendEntries, type EntryDraft, lastEntryOf, nextMoment } from './ledger.ts'
import type { Project, PublicKeyFile } from './project.ts'
import { jsonOf } from './save.ts'
import { currentRun, type Signer, type SigningWords, signaturePayload, signPayload } from './signature.ts'
import { changedSinceDraw, changedSinceRun, changeSinceDraw } from './since-draw.ts'

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

/** The next readings of this device's clock, one per act. */
function moments(project: Project, hand: Hand, howMany: number): readonly Moment[] {
  const list: Moment[] = []
  let last = lastEntryOf(project.ledger, hand.device)?.time ?? null
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
  const mismatch = planMismatch(plan, frame)
  if (mismatch) return refuse(mismatch)
  const review = { ...project.review, plan, frame: new TextDecoder().decode(frameBytes(frame)), draw: null }
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
  const review = { ...project.review, plan: null, frame: null, draw: null }
  return done(
    record({ ...project, review }, [{ action: 'plan-reopened', object: paths.plan, digest: digestOf(jsonOf(plan)) }], hand),
  )
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
  const acts: Act[] = [
    { action: 'seed-rolled', object: paths.draw, digest: digestOf([seed, ...rolledBy]) },
    { action: 'sample-drawn', object: paths.draw, digest: digestOf(jsonOf(document)) },
  ]
  return done(record({ ...project, review: { ...project.review, draw: document } }, acts, hand))
}

/** Notes that a record was opened; reading is an entry, too. */
export function openRecord(project: Project, id: string, hand: Hand): Project {
  return record(project, [{ action: 'record-opened', object: id, digest: null }], hand)
}

/** Adds verdicts of one reader; each gets its line and its ledger entry. */
export function addVerdicts(project: Project, acts: readonly ReviewAct[], hand: Hand): Step {
  const drawn = new Set(project.review.draw?.records.map((each) => each.id))
  const stranger = acts.find((act) => !drawn.has(act.record))
  if (stranger) return refuse('This record is not in the sample: a verdict on it would not count.')
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
  const act = { action: 'key-enrolled', object: `keys/${key.id}.pub.json`, digest: digestOf(key.publicKey) }
  return record({ ...project, keys }, [act], hand)
}

/** Signs what is here now and appends the signature. A review is signed only when every drawn record has a verdict. */
export async function sign(project: Project, words: SigningWords, signer: Signer, hand: Hand): Promise<Step> {
  const { draw: drawn } = project.review
  if (words.name.trim() === '') return refuse('Enter your full name as it should be printed.')
  if (!drawn) return refuse('No sample is drawn yet: there is nothing to sign.')
  const decisions = decisionsOf(eventsOfDraw(project))
  const open = drawn.records.filter((each) => decisions.get(each.id)?.state !== 'judged').length
  if (open > 0 && words.meaning !== 'rejection')
    return refuse(`${open} of ${drawn.records.length} records have no verdict yet. Judge them before you sign.`)
  const changed = words.meaning === 'rejection' ? null : (changedSinceDraw(project) ?? changedSinceRun(project))
  if (changed) return refuse(changed)
  const key = digestOf(signer.publicKey)
  if (!project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key))
    return refuse('Enrol your key before you sign.')
  const signature = await signPayload(signaturePayload(project, words), signer)
  const time = nextMoment(lastEntryOf(project.ledger, hand.device)?.time ?? null, hand.wall)
  const draft: EntryDraft = {
    device: hand.device,
    time,
    actor: hand.actor,
    action: 'signed',
    object: 'review',
    digest: digestOf(signature.payload),
    signature,
  }
  return done({ ...project, ledger: appendEntries(project.ledger, [draft]) })
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

function refuse(problem: string): Step {
  return { ok: false, problem }
}
