/** The acts of a review on the open project: plan, draw, verdicts, signature. Each is kept for good before it counts as done. */

import { type Hand, record, type Step } from '../../../../core/project/acts/hand.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import { doubleReadingIn } from '../../../../core/project/duties/separation-in-force.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { recordName, saltOf } from '../../../../core/project/format/record-name.ts'
import { confirmationBy } from '../../../../core/project/review/confirmed-mapping.ts'
import { extendSample } from '../../../../core/project/review/extend-sample.ts'
import { hasEndedReading } from '../../../../core/project/review/may-sign.ts'
import {
  addCalibration,
  addVerdicts,
  type CalibrationAct,
  calibrationOf,
  drawSample,
  lockPlan,
  openRecord,
  type ReviewAct,
  reopenPlan,
  seedTraps,
  setSalt,
  undoVerdict,
} from '../../../../core/project/review/review-steps.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapSeedsOf, trapsOf } from '../../../../core/project/sample/trap-list.ts'
import { mappingDigest } from '../../../../core/project/signing/signature.ts'
import { burstSize, type CalibrationState } from '../../../../core/review/decision/calibration.ts'
import { decisionsBy, decisionsOf, lastEventOf } from '../../../../core/review/decision/decision.ts'
import { seedFromBytes } from '../../../../core/review/draw/draw.ts'
import { buildFrame } from '../../../../core/review/draw/frame.ts'
import { chartSections } from '../../../../core/review/model/chart.ts'
import type { Claim } from '../../../../core/review/model/claim.ts'
import type { NotesShown } from '../../../../core/review/model/review-event.ts'
import { spareTraps } from '../../../../core/review/pair/traps.ts'
import {
  type Blind,
  listSizes,
  planSizes,
  type SamplingPlan,
  type StratumWish,
} from '../../../../core/review/plan/sampling-plan.ts'
import { type Population, type StrataChoices, stratify } from '../../../../core/review/plan/strata.ts'
import { type PlannedTraps, planWithTraps } from '../../../../core/review/plan/trap-plan.ts'
import { sectionsLeft } from '../../../../core/review/result/attention.ts'
import { readingDueBy } from '../../../../core/review/result/double-reading.ts'
import { act, beforeEveryAct, type Refusal } from '../../../session/act.ts'
import { hand } from '../../../session/ledger.ts'
import { newSalt, recordNames, rosterOf, withRoster } from '../../../session/record-names.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { withPreparedRecords } from './prepared-records.ts'
import { closingAct } from './reading.ts'
import { seedableTraps } from './trap-seeds.ts'

/** What the plan page decides. */
export interface PlanChoices {
  readonly claims: readonly Claim[]
  readonly strata: StrataChoices
  readonly errorsAllowed: number
  /** Share of the sample that two people read, parts per million; 0 for one reader only. */
  readonly secondReaderPpm: number
  /** Whether defects are seeded among the records, to measure what readers see. */
  readonly traps: boolean
  /** Whether reading may stop as soon as the evidence suffices. */
  readonly early: boolean
  /** Whether each session of a reader opens with prepared records. */
  readonly calibration: boolean
  /** Where readers judge before they see what the program found. */
  readonly blind: Blind
  readonly lookSeconds: number
  readonly criteria: string
}

/** Locks plan and frame together: what can be drawn is fixed before any digit of the seed exists. */
export function lockReview(choices: PlanChoices): Promise<Refusal> {
  return act(async (project, hand) => {
    const run = workspace().run
    const population = run?.summary.partial === false ? run.pairing : null
    if (!population) return refuse('Run all checks first: the plan counts the records that the run paired.')
    const { strata, unknown } = stratify(population, choices.strata)
    if (unknown.length > 0)
      return refuse(
        `${unknown.length} of the golden patients or the records chosen by hand are not in the old system: ${unknown.slice(0, 3).join(', ')}.`,
      )
    const salted = saltOf(project) === null ? setSalt(project, newSalt(), hand) : project
    const salt = saltOf(salted) ?? ''
    const units: (readonly [string, string])[] = []
    for (const stratum of strata) for (const name of await recordNames(salt, stratum.keys)) units.push([stratum.id, name])
    const frame = buildFrame(units)
    if (!frame.ok) return refuse(frame.problems.join(' '))
    const wishes = strata.map(({ keys: _, booked = 0, ...wish }) => ({ ...wish, booked }))
    const { sizes, traps } = sizesOf(choices, wishes)
    const plan: SamplingPlan = {
      format: 'carryover-plan/1',
      unit: 'patient record',
      claims: choices.claims,
      strata: sizes.strata,
      errorsAllowed: choices.early ? 0 : choices.errorsAllowed,
      secondReaderPpm: choices.secondReaderPpm,
      lookSeconds: choices.lookSeconds,
      criteria: choices.criteria,
      ...(choices.traps ? { traps } : {}),
      ...(choices.calibration ? { calibration: burstSize } : {}),
      ...(choices.early ? { stopping: 'early' as const } : {}),
      blind: choices.blind,
    }
    // Where nobody was named when the checks ran, whoever locks the plan over their mapping stands for it.
    const confirming = run?.summary.mapping === mappingDigest(project.mapping) ? confirmationBy(project, hand) : null
    return lockPlan(confirming ? record(salted, [confirming], hand) : salted, plan, frame.frame, hand)
  })
}

/** How many records the choices ask for; with seeded defects, what the bound corrected for readers needs. */
export function sizesOf(
  { claims, errorsAllowed, traps, early }: Pick<PlanChoices, 'claims' | 'errorsAllowed' | 'traps' | 'early'>,
  wishes: readonly StratumWish[],
): PlannedTraps {
  // An audit that may stop forgives single errors by itself: its list starts from the sizes that allow none.
  const allowed = early ? 0 : errorsAllowed
  const planned = traps ? planWithTraps(claims, wishes, allowed) : { sizes: planSizes(claims, wishes, allowed), traps: 0 }
  return early ? { ...planned, sizes: listSizes(planned.sizes, planned.traps * spareTraps) } : planned
}

/** Opens the plan again: the earlier draw stays in the ledger and is counted. */
export function planAgain(): Promise<Refusal> {
  return act(reopenPlan)
}

/** Twenty digits from this machine's chance; the draw names the machine. */
export function machineSeed(): string {
  for (;;) {
    const seed = seedFromBytes(crypto.getRandomValues(new Uint8Array(32)))
    if (seed !== null) return seed
  }
}

/** Draws with a rolled seed. Keys of the drawn records go to `private/roster.json`, so that they can be shown. */
export async function rollAndDraw(seed: string, rolledBy: readonly string[], reason: string | null): Promise<Refusal> {
  const refusal = await act(async (project, hand) => {
    return await withDrawnNames(drawSample(project, seed, rolledBy, reason, hand))
  })
  if (refusal !== null) return refusal
  // The sample is drawn, and the form that asked for it is gone: what could not be seeded is said on the page.
  const unseeded = (await hideTraps(seed)) ?? (await hidePrepared(seed))
  if (unseeded !== null) setWorkspace({ problem: unseeded })
  return null
}

/** Where only every record can decide, the list goes on to all of them. */
export function extendToAll(): Promise<Refusal> {
  return act((project, hand) => withDrawnNames(extendSample(project, hand)))
}

/** The project with the keys of its drawn records in the roster, where the run of this session knows them. */
async function withDrawnNames(step: Step): Promise<Step> {
  const salt = step.ok ? saltOf(step.project) : null
  if (!step.ok || salt === null) return step
  const { project } = step
  const population = workspace().run?.pairing
  const drawn = new Set(project.review.draw?.records.map((record) => record.id))
  const records = new Map(rosterOf(project))
  const keys = population ? everyKey(population) : []
  for (const [index, name] of (await recordNames(salt, keys)).entries()) {
    const key = keys[index]
    if (key !== undefined && drawn.has(name)) records.set(name, key)
  }
  return { ok: true, project: withRoster(project, records) }
}

/** Seeds the defects that the plan asks for; a sample without them is still a sample, so what could not be seeded is said, not undone. */
async function hideTraps(seed: string): Promise<Refusal> {
  const wanted = openProject().review.plan?.traps ?? 0
  if (wanted === 0) return null
  const population = workspace().run?.pairing
  if (!population)
    return 'The sample is drawn, but no defects were seeded: run all checks in this session first, then draw again.'
  return await act(async (project, hand) => {
    const { seeds, traps } = await seedableTraps(project, everyKey(population), seed, wanted)
    if (traps.length < wanted)
      return refuse(`The sample is drawn, but only ${traps.length} of ${wanted} defects could be seeded in records outside it.`)
    return seedTraps(project, seeds, traps, hand)
  })
}

/** Chooses the records that open sessions; where there are none, readers say why they begin without. */
async function hidePrepared(seed: string): Promise<Refusal> {
  const population = workspace().run?.pairing
  if (!openProject().review.plan?.calibration || !population) return null
  return await act(async (project, hand) => ({
    ok: true,
    project: await withPreparedRecords(project, everyKey(population), seed, hand),
  }))
}

/** Where this reader stands with the prepared records of the session that is now. */
export function calibrationNow(): CalibrationState {
  return calibrationOf(openProject(), hand())
}

/** What this reader said of a prepared record, or why the rest is left out. */
export function recordCalibration(answer: CalibrationAct): Promise<Refusal> {
  return act((project, hand) => addCalibration(project, answer, hand))
}

/** The key behind a record name; null where neither the roster nor the last run in this session knows it. */
export function keyOfRecord(name: string): string | null {
  const project = openProject()
  if (project.manifest.reader) return name
  // A trap is known by its name alone: whose record was copied is the business of the pairing.
  if (trapSeedsOf(project).some(({ id }) => id === name)) return name
  return rosterOf(project).get(name) ?? keysOfRun(project).get(name) ?? null
}

let found: { readonly from: readonly unknown[]; readonly keys: ReadonlyMap<string, string> } = { from: [], keys: new Map() }

/** Keys of the drawn records, found among all records of the last run: for a draw that came without its roster. */
function keysOfRun(project: Project): ReadonlyMap<string, string> {
  const salt = saltOf(project)
  const population = workspace().run?.pairing
  const from = [salt, population, project.review.draw]
  if (from.every((part, index) => part === found.from[index])) return found.keys
  const drawn = new Set(project.review.draw?.records.map((record) => record.id))
  const keys = new Map<string, string>()
  if (salt !== null && population)
    for (const key of everyKey(population)) {
      const name = recordName(salt, key)
      if (drawn.has(name)) keys.set(name, key)
    }
  found = { from, keys }
  return keys
}

function everyKey(population: Population): readonly string[] {
  return [...population.frame.map((unit) => unit.key), ...population.targetOnly]
}

/** A record that was opened and is not in the ledger yet, with the project that it lies in and whoever opened it. */
interface Opened {
  readonly record: string
  readonly project: string
  readonly by: Hand
}

let opened: Opened | null = null
// Nobody says anything of a record before it is noted that they opened it.
beforeEveryAct(keepOpened)

/** Notes who opened which record: reading is an entry, too. It is written when the record is on screen, and before anything is said of it. */
export function noteOpened(record: string): void {
  if (opened !== null) keepOpened()
  opened = { record, project: openProject().manifest.id, by: hand() }
  setTimeout(keepOpened, 50)
}

function keepOpened(): void {
  if (opened === null) return
  const note = opened
  opened = null
  void noteInLedger(note)
}

/** What can not be noted is said, and tried again before the next act: nobody judges a record whose opening is quietly missing. */
async function noteInLedger(note: Opened): Promise<void> {
  const left = (project: Project): boolean => project.manifest.id !== note.project
  const refusal = await act((project) =>
    left(project)
      ? refuse('The project was left before it was in the ledger that a record was opened.')
      : { ok: true, project: openRecord(project, note.record, note.by) },
  )
  const { project } = workspace()
  if (refusal === null || project?.readOnly != null) return
  if (project && !left(project)) opened ??= note
  setWorkspace({ problem: refusal })
}

/** What a difference is, for its verdict. */
export interface JudgedDifference {
  readonly record: string
  readonly item: string
  readonly domain: string
  readonly class: string
  /** Paths of the field map that differ. */
  readonly fields?: readonly string[]
}

/** Closes a record for this reader. */
export function recordVerdict(closing: {
  readonly record: string
  /** What could be judged; what has a verdict counts. */
  readonly items: readonly string[]
  readonly sections: readonly string[]
  readonly seconds: number
  /** Whether the program's notes waited for the reader's word, as the page showed them. */
  readonly notes?: NotesShown
}): Promise<Refusal> {
  return act((project, hand) => {
    const events = eventsOfDraw(project)
    const { record, items, sections, seconds, notes } = closing
    const decision = decisionsOf(events).get(record)
    const earlier = decision?.readings.findLast(({ by }) => by === hand.actor)?.reading
    const own = decisionsBy(events, hand.actor, [record]).get(record)?.differences ?? new Map()
    const made = closingAct(own, {
      record,
      differences: items.filter((item) => own.has(item)),
      sections,
      seconds,
      ...(notes && { notes }),
      comment: null,
      lookSeconds: project.review.plan?.lookSeconds ?? 0,
      // Everybody reads a seeded defect as if nobody had, and nobody decides between readers of one.
      reading: trapsOf(project).some(({ id }) => id === record)
        ? 'first'
        : (readingDueBy(hand.actor, record, decision, doubleReadingIn(project)) ?? earlier ?? 'first'),
    })
    if (!made.ok) return made
    // What neither system wrote is read with the rest: it is closed as empty, by name, with the record.
    const empty = sections.length === 0 ? [] : chartSections.filter((id) => id !== 'other' && !sections.includes(id))
    const acts = sectionsLeft(events, hand.actor, record, empty).map((section): ReviewAct => {
      return { kind: 'section-confirmed', record, section, entries: 0, words: 0, seconds: 0 }
    })
    return verdictStep(project, [...acts, made.act], hand)
  })
}

/** Takes back this reader's last act and gives the record it was about. */
export async function undoLast(): Promise<{ readonly refusal: Refusal; readonly record: string | null }> {
  let record: string | null = null
  const refusal = await act((project, hand) => {
    // Looked up when its turn comes: verdicts given just before may still be on their way to the disk.
    record = lastEventOf(eventsOfDraw(project), hand.actor)?.record ?? null
    return undoVerdict(project, hand)
  })
  return { refusal, record }
}

/** Acts of one reader, refused where nobody said who reads and where the reader has signed a whole reading. */
export function verdictStep(project: Project, acts: readonly ReviewAct[], hand: Hand): Step {
  if (hand.actor === 'unnamed') return refuse('Say who is reading before the first verdict.')
  if (hasEndedReading(project, hand.actor))
    return refuse('You signed this review as read to its end: your verdicts are closed. Draw again to read again.')
  return addVerdicts(project, acts, hand)
}
