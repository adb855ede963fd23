/** The acts of a review on the open project: plan, draw, verdicts, signature. Each is kept for good before it counts as done. */
import { digestOf, sha256Hex } from '../../core/canonical.ts'
import { eventsOfDraw } from '../../core/project/draw-events.ts'
import type { Project } from '../../core/project/project.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  type Hand,
  lockPlan,
  openRecord,
  type ReviewAct,
  reopenPlan,
  type Step,
  setSalt,
  sign,
  undoVerdict,
} from '../../core/project/review-steps.ts'
import type { SigningWords } from '../../core/project/signature.ts'
import type { Claim } from '../../core/review/claim.ts'
import { lastEventOf, type Reason, type Verdict } from '../../core/review/decision.ts'
import { seedFromBytes } from '../../core/review/draw.ts'
import { buildFrame } from '../../core/review/frame.ts'
import { planSizes, type SamplingPlan } from '../../core/review/sampling-plan.ts'
import { signingKey } from '../../io/keys-browser.ts'
import { browserStore, keepNow } from './keep.ts'
import { actorSlug, hand } from './ledger.ts'
import { closingAct, differenceAct, ownReadings } from './reading.ts'
import { newSalt, recordName, recordNames, rosterOf, saltOf, withComment, withRoster } from './record-names.ts'
import { changeProject, openProject, workspace } from './state.ts'
import { type Population, type StrataChoices, stratify } from './strata.ts'
import { whatIsBroken } from './verified.ts'

declare const __VERSION__: string

/** Null when done and kept; otherwise the sentence that says why not. */
export type Refusal = string | null

/** What the plan page decides. */
export interface PlanChoices {
  readonly claims: readonly Claim[]
  readonly strata: StrataChoices
  readonly errorsAllowed: number
  readonly lookSeconds: number
  readonly criteria: string
}

/** Locks plan and frame together: what can be drawn is fixed before any digit of the seed exists. */
export function lockReview(choices: PlanChoices): Promise<Refusal> {
  return take(async (project, hand) => {
    const run = workspace().run
    const population = run?.summary.partial === false ? run.pairing : null
    if (!population) return refuse('Run all checks first: the plan counts the records that the run paired.')
    const { strata, unknown } = stratify(population, choices.strata)
    if (unknown.length > 0)
      return refuse(
        `${unknown.length} of the records chosen by hand are not in the old system: ${unknown.slice(0, 3).join(', ')}.`,
      )
    const salted = saltOf(project) === null ? setSalt(project, newSalt(), hand) : project
    const salt = saltOf(salted) ?? ''
    const units: (readonly [string, string])[] = []
    for (const stratum of strata) for (const name of await recordNames(salt, stratum.keys)) units.push([stratum.id, name])
    const frame = buildFrame(units)
    if (!frame.ok) return refuse(frame.problems.join(' '))
    const wishes = strata.map(({ id, rule, size, minimum, booked = 0 }) => ({ id, rule, size, minimum, booked }))
    const plan: SamplingPlan = {
      format: 'carryover-plan/1',
      unit: 'patient record',
      claims: choices.claims,
      strata: planSizes(choices.claims, wishes, choices.errorsAllowed).strata,
      errorsAllowed: choices.errorsAllowed,
      secondReaderPpm: 0,
      lookSeconds: choices.lookSeconds,
      criteria: choices.criteria,
    }
    return lockPlan(salted, plan, frame.frame, hand)
  })
}

/** Opens the plan again: the earlier draw stays in the ledger and is counted. */
export function planAgain(): Promise<Refusal> {
  return take(reopenPlan)
}

/** Twenty digits from this machine's chance; the draw names the machine. */
export function machineSeed(): string {
  for (;;) {
    const seed = seedFromBytes(crypto.getRandomValues(new Uint8Array(32)))
    if (seed !== null) return seed
  }
}

/** Draws with a rolled seed. Keys of the drawn records go to `private/roster.json`, so that they can be shown. */
export function rollAndDraw(seed: string, rolledBy: readonly string[], reason: string | null): Promise<Refusal> {
  return take(async (project, hand) => {
    const step = drawSample(project, seed, rolledBy, reason, hand)
    const salt = saltOf(project)
    if (!step.ok || salt === null) return step
    const population = workspace().run?.pairing
    const drawn = new Set(step.project.review.draw?.records.map((record) => record.id))
    const records = new Map(rosterOf(project))
    const keys = population ? everyKey(population) : []
    for (const [index, name] of (await recordNames(salt, keys)).entries()) {
      const key = keys[index]
      if (key !== undefined && drawn.has(name)) records.set(name, key)
    }
    return { ok: true, project: withRoster(step.project, records) }
  })
}

/** The key behind a record name; null where neither the roster nor the last run in this session knows it. */
export function keyOfRecord(name: string): string | null {
  const project = openProject()
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

/** Notes who opened which record: reading is an entry, too. */
export function noteOpened(record: string): Promise<Refusal> {
  return take((project, hand) => ({ ok: true, project: openRecord(project, record, hand) }))
}

/** What a difference is, for its verdict. */
export interface JudgedDifference {
  readonly record: string
  readonly item: string
  readonly domain: string
  readonly class: string
}

/** Resolves with null only after the verdict is on disk; until then no row may show it as recorded. */
export function recordDifferenceVerdict(about: JudgedDifference, verdict: Verdict, reason: Reason | null): Promise<Refusal> {
  return take((project, hand) => {
    const made = differenceAct(about, verdict, reason)
    return made.ok ? verdictStep(project, made.act, hand) : made
  })
}

/** Closes a record for this reader. */
export function recordVerdict(closing: {
  readonly record: string
  readonly differences: readonly string[]
  readonly seconds: number
  readonly comment: string
}): Promise<Refusal> {
  return take((project, hand) => {
    const text = closing.comment.trim()
    const comment = text === '' ? null : sha256Hex(text)
    const events = eventsOfDraw(project)
    const others = ownReadings(
      events.filter((event) => event.by !== hand.actor),
      hand.actor,
    )
    const made = closingAct(ownReadings(events, hand.actor).get(closing.record)?.differences ?? new Map(), {
      ...closing,
      comment,
      lookSeconds: project.review.plan?.lookSeconds ?? 0,
      reading: others.get(closing.record)?.state === 'elsewhere' ? 'second' : 'first',
    })
    if (!made.ok) return made
    return verdictStep(comment === null ? project : withComment(project, comment, text), made.act, hand)
  })
}

/** Leaves a record for later; until somebody judges it, it counts as wrong. */
export function skipRecord(record: string): Promise<Refusal> {
  return take((project, hand) => verdictStep(project, { kind: 'skip', record }, hand))
}

/** Takes back this reader's last act and gives the record it was about. */
export async function undoLast(): Promise<{ readonly refusal: Refusal; readonly record: string | null }> {
  const record = lastEventOf(eventsOfDraw(openProject()), actorSlug())?.record ?? null
  return { refusal: await take((project, hand) => undoVerdict(project, hand)), record }
}

/** Signs with a key of this browser that can not be taken out of it; the key is enrolled at its first signature. */
export function signReview(words: Omit<SigningWords, 'time' | 'tool'>, time: string): Promise<Refusal> {
  return take(async (project, hand) => {
    const broken = await whatIsBroken(project)
    if (broken !== null) return refuse(`Nothing can be signed: ${broken}`)
    const { signer } = await signingKey(await browserStore(), project.manifest.id, `${hand.actor}-${hand.device}`)
    const key = digestOf(signer.publicKey)
    const enrolled = project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key)
    const ready = enrolled
      ? project
      : enrolKey(
          project,
          {
            id: `${hand.actor}-${hand.device}`,
            actor: hand.actor,
            name: words.name,
            role: words.role,
            device: hand.device,
            created: hand.wall,
            publicKey: signer.publicKey,
          },
          hand,
        )
    return await sign(ready, { ...words, time, tool: `carryover ${__VERSION__}` }, signer, hand)
  })
}

function verdictStep(project: Project, act: ReviewAct, hand: Hand): Step {
  if (hand.actor === 'unnamed') return refuse('Say who is reading before the first verdict.')
  const signed = project.ledger.findLastIndex((entry) => entry.action === 'signed' && entry.actor === hand.actor)
  const drawn = project.ledger.findLastIndex((entry) => entry.action === 'sample-drawn')
  if (signed > drawn) return refuse('You signed this review: your verdicts are closed. Draw again to read again.')
  return addVerdicts(project, [act], hand)
}

let last: Promise<unknown> = Promise.resolve()

/** Acts run one after the other; one that can not be kept is taken back, so that nothing unkept looks recorded. */
function take(step: (project: Project, hand: Hand) => Step | Promise<Step>): Promise<Refusal> {
  const next = last.then(() => takeNow(step))
  last = next
  return next
}

async function takeNow(step: (project: Project, hand: Hand) => Step | Promise<Step>): Promise<Refusal> {
  try {
    const before = openProject()
    if (before.readOnly !== null) return before.readOnly
    const taken = await step(before, hand())
    if (!taken.ok) return taken.problem
    if (!sameParts(openProject(), before)) return 'The project changed meanwhile. Try again.'
    changeProject(partsOf(taken.project))
    try {
      await keepNow()
    } catch (error) {
      if (sameParts(openProject(), taken.project)) changeProject(partsOf(before))
      return `Not recorded: ${sentenceOf(error)}`
    }
    return null
  } catch (error) {
    return sentenceOf(error)
  }
}

type Parts = Pick<Project, 'review' | 'ledger' | 'keys' | 'private'>

function partsOf({ review, ledger, keys, private: hidden }: Project): Parts {
  return { review, ledger, keys, private: hidden }
}

function sameParts(a: Project, b: Project): boolean {
  return a.review === b.review && a.ledger === b.ledger && a.keys === b.keys && a.private === b.private
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
