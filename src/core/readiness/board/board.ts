/** The board: every criterion judged on its evidence, every phase with its gate. The date is an input; the same input gives the same board. */

import { waiversOfDraw } from '../../project/duties/waivers.ts'
import type { Project } from '../../project/format/project.ts'
import { daysBetween } from '../../values/day.ts'
import { errorWords } from '../../values/error-words.ts'
import { criteria } from '../criteria/index.ts'
import { lastDay, tooOld } from '../evidence/artifact-age.ts'
import { type ClaimStanding, standingClaim } from '../evidence/claim.ts'
import { BeforeGoLive, type Due, dueAfter, dueOn, dueWords, sinceGoLive } from '../evidence/due.ts'
import { type Evidence, evidenceRun, gather, NoRow, type Verification } from '../evidence/evidence.ts'
import { type LimitAct, type Limits, limitsOf } from '../evidence/limits.ts'
import { rowAge } from '../evidence/row-age.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveConflict, goLiveOf, notInLedger } from '../kept-files/go-live.ts'
import { formerDay } from '../kept-files/go-live-moves.ts'
import { originSentence } from '../kept-files/origin.ts'
import { type Artifact, type Kind, kinds } from '../model/artifact.ts'
import type { Criterion, Measure, Thresholds } from '../model/criterion.ts'
import { proves } from '../model/origin-kind.ts'
import { blocks, type CriterionState, type Gate, gateOf, type Phase, type PhaseId, phases, worstGate } from '../model/phase.ts'
import { type Standing, standingOf, tallyOf } from '../model/standing.ts'
import { actionFor, seeTrouble } from './next-action.ts'

export interface JudgedCriterion {
  readonly criterion: Criterion
  readonly state: CriterionState
  /** What it does to its gate: the word beside it, and what it is counted as. */
  readonly standing: Standing
  /** What was computed, also where it no longer counts; null where nothing could be. */
  readonly measure: Measure | null
  /** Why the state is stale, missing or unknown, in words; null otherwise. */
  readonly reason: string | null
  /** What it was judged by. */
  readonly thresholds: Thresholds
  /** Who changed a limit, from what to what and why, in words; every change is printed. */
  readonly thresholdNote: string | null
  /** Who changed its limits, in the order of the ledger. */
  readonly limitActs: readonly LimitAct[]
  readonly due: Due
  /** What it would be, had the day of go-live not been moved; null where it is due, or would not be by any earlier day. */
  readonly byFormerDay: CriterionState | null
  /** True for a claim where proof is asked for: its evidence was typed, edited, laid beside the ledger, or its limit loosened. */
  readonly lacksProof: boolean
  readonly evidence: readonly Artifact[]
  /** Kinds it needs that are not there. */
  readonly absent: readonly Kind[]
  readonly claim: ClaimStanding | null
  readonly owner: string | null
  /** Last day on which the evidence or the claim counts; null when it does not age. */
  readonly until: string | null
  /** Where the next action on it is: hash route without `#`, and its words. */
  readonly action: { readonly label: string; readonly route: string }
  /** Everything the judgement rests on, by digest: equal keys mean the same judgement. */
  readonly key: string
}

export interface JudgedPhase {
  readonly phase: Phase
  readonly gate: Gate
  readonly criteria: readonly JudgedCriterion[]
}

export interface ReadinessBoard {
  readonly asOf: string
  /** The latest complete run, which the page names. */
  readonly run: { readonly number: number; readonly started: string } | null
  /** Worst gate of all phases. */
  readonly gate: Gate
  readonly phases: readonly JudgedPhase[]
  /** Blocked lines, worst first: what must change before a gate can open. */
  readonly blockers: readonly JudgedCriterion[]
  /** Claimed lines that keep a gate shut all the same, because proof is asked for. */
  readonly unproven: readonly JudgedCriterion[]
  readonly claimed: number
  readonly goLive: GoLive
}

/**
 * Judges all criteria. Judgements of an earlier board are kept where nothing they rest on has changed.
 * @param verification null where nobody has verified the project: its signatures then count for nothing
 */
export function assess(
  project: Project,
  asOf: string,
  earlier: ReadinessBoard | null = null,
  rules: readonly Criterion[] = criteria,
  verification: Verification | null = null,
): ReadinessBoard {
  const evidence = gather(project, verification)
  const known = new Map(earlier?.phases.flatMap((each) => each.criteria.map((judged) => [judged.key, judged] as const)))
  const judgedPhases = phases.map((phase) => {
    const own = rules.filter((rule) => rule.phase === phase.id)
    const judged = own.map((rule) => judge(rule, project, evidence, asOf, known, verification?.broken ?? null))
    const gate = gateOf(judged.map((each) => voteOf(each, asOf)))
    return { phase, gate, criteria: judged.map((each) => standingIn(each, gate)) }
  })
  const all = judgedPhases.flatMap((each) => each.criteria)
  const run = evidenceRun(project, () => true)
  return {
    asOf,
    run: run && { number: run.number, started: run.started },
    gate: worstGate(judgedPhases.map((each) => each.gate)),
    phases: judgedPhases,
    blockers: all.filter(({ standing }) => standing === 'blocked').sort(worstFirst),
    unproven: all.filter((each) => each.standing === 'claimed' && shutsGate(each)).sort(worstFirst),
    claimed: all.filter((each) => each.state === 'claimed').length,
    goLive: goLiveIn(project, evidence),
  }
}

/** A line is the same object as long as its judgement and its word are the same. */
function standingIn(judged: Unplaced, gate: Gate): JudgedCriterion {
  const standing = standingOf({ state: judged.state, severity: judged.criterion.severity }, gate)
  return isPlaced(judged, standing) ? judged : { ...judged, standing }
}

type Unplaced = Omit<JudgedCriterion, 'standing'> & { readonly standing?: Standing }

function isPlaced(judged: Unplaced, standing: Standing): judged is JudgedCriterion {
  return judged.standing === standing
}

/** True where this line keeps its gate shut: it is blocked, or only claimed where proof is asked for. */
export function shutsGate({ standing, state, criterion, lacksProof }: JudgedCriterion): boolean {
  return standing === 'blocked' || (state === 'claimed' && blocks({ state, severity: criterion.severity, lacksProof }))
}

/** Criticals first, then in the order of the phases; the sort is stable. */
function worstFirst(a: JudgedCriterion, b: JudgedCriterion): number {
  return rank(a) - rank(b)
}

function rank({ criterion }: JudgedCriterion): number {
  return criterion.severity === 'critical' ? 0 : 1
}

/** The phases whose gates must open before go-live: what "go or no-go" is about. */
const beforeGoLive: ReadonlySet<PhaseId> = new Set(['discovery', 'configuration', 'training', 'pre-launch'])

/** Phases, and lines of phases, that go-live waits for. */
export function phasesBeforeGoLive(board: ReadinessBoard): readonly JudgedPhase[] {
  return board.phases.filter(({ phase }) => beforeGoLive.has(phase.id))
}

/** Lines by standing, before go-live and from go-live on: what every page and print counts by. */
export function linesByGoLive(board: ReadinessBoard): Readonly<Record<'before' | 'later', ReturnType<typeof tallyOf>>> {
  const all = board.phases.flatMap(({ criteria }) => criteria)
  return { before: tallyOf(all.filter(isBeforeGoLive)), later: tallyOf(all.filter((each) => !isBeforeGoLive(each))) }
}

export function isBeforeGoLive({ criterion }: JudgedCriterion): boolean {
  return beforeGoLive.has(criterion.phase)
}

function voteOf(judged: Unplaced, asOf: string): Parameters<typeof gateOf>[0][number] {
  return {
    state: judged.state,
    severity: judged.criterion.severity,
    lacksProof: judged.lacksProof,
    // Every project has a ledger: it begins no phase.
    hasInput: judged.evidence.some(({ kind }) => kind !== 'ledger'),
    expiresSoon: judged.until !== null && daysBetween(asOf, judged.until) <= 7,
  }
}

function judge(
  rule: Criterion,
  project: Project,
  evidence: Evidence,
  asOf: string,
  known: ReadonlyMap<string, JudgedCriterion>,
  broken: string | null,
): Unplaced {
  const artifacts = rule.needs.flatMap((kind) => evidence.artifacts.get(kind) ?? [])
  const absent = rule.needs.filter((kind) => !evidence.artifacts.has(kind))
  const limits = limitsOf(rule, project, artifacts)
  const { thresholds } = limits
  const said = rule.claimable || rule.sayable ? standingClaim(rule.code, project, asOf) : null
  // No act names an owner: who answers for a line is what a file says, on every page that prints it.
  const named = own(project.board.owners, rule.code)
  const owner = named === undefined ? null : `${named} (${notInLedger})`
  const goLive = goLiveIn(project, evidence)
  const due = dueOn(rule, goLive.day, asOf)
  const waivers = rule.needs.includes('signatures') ? waiversOfDraw(project.ledger) : []
  const doubts = [
    ...(broken === null ? [] : [`the project does not verify: ${broken.replace(/\.$/, '')}`]),
    ...doubtsOf(rule, artifacts, limits, goLive),
  ]
  const former = due.isDue ? null : formerDay(project)
  const key = keyOf(rule, asOf, artifacts, [limits, said, owner, goLive, former, waivers, doubts])
  const held = known.get(key)
  if (held) return held
  const computed = computeState(rule, evidence, artifacts, absent, thresholds, { asOf, goLive: goLive.day })
  const wasDue = former !== null && (former === 'unknown' || dueOn(rule, former, asOf).isDue)
  const by = { asOf, goLive: former === 'unknown' ? null : former }
  const byFormerDay = wasDue ? computeState(rule, evidence, artifacts, absent, thresholds, by).state : null
  // A statement fills a gap; it never overrules what was computed.
  const claim = rule.claimable || said === null || said.void !== null ? said : { ...said, void: overtaken(computed, artifacts) }
  const stated =
    due.isDue && claim !== null && claim.void === null && (computed.state === 'missing' || computed.state === 'unknown')
  // What a signature proves rests on duties kept apart; where one was waived it is the word of whoever waived it.
  const waived =
    computed.state === 'proven' ? waivers.map(({ duty, by, reason }) => `${duty} was waived by ${by}: ${reason}`) : []
  const unproven = computed.state === 'proven' ? doubts : []
  const reasons = [...unproven, ...waived]
  return {
    criterion: rule,
    state: !due.isDue ? 'not-due' : stated || reasons.length > 0 ? 'claimed' : computed.state,
    measure: computed.measure,
    reason: !due.isDue ? notDueWords(due, goLive) : reasons.length > 0 ? reasons.join('; ') : computed.reason,
    thresholds,
    thresholdNote: limits.note,
    limitActs: limits.acts,
    due,
    byFormerDay,
    lacksProof: due.isDue && unproven.length > 0,
    evidence: artifacts,
    absent,
    claim,
    owner,
    until: stated ? claim.statement.expires : (computed.until ?? lastDay(rule, artifacts)),
    action:
      unproven.length > 0 && broken !== null
        ? seeTrouble
        : actionFor(rule, unproven.length > 0 ? 'claimed' : computed.state, asOf, computed.measure, absent, artifacts, project),
    key,
  }
}

/** Why what a person said of evidence that was silent counts no more, in words; null while that evidence is current and silent. */
function overtaken({ measure, reason }: Computed, artifacts: readonly Artifact[]): string | null {
  if (measure === null) return reason ?? 'nothing is computed yet'
  const stale = artifacts.find((artifact) => artifact.stale !== null)?.stale ?? null
  if (stale !== null) return stale
  return measure.state === 'missing' ? null : `the data speak for themselves now: ${measure.words}`
}

/** What is not due rests on the day of go-live as well: who moved it is said beside it. */
function notDueWords(due: Due, { doubt }: GoLive): string {
  return doubt === null ? dueWords(due) : `${dueWords(due)}; ${doubt}`
}

/** The day that all gates are counted by. */
export interface GoLive {
  /** YYYY-MM-DD; null where nobody says it. */
  readonly day: string | null
  /** Why nobody answers for that day, in words; null where the milestones are signed, or there is no day. */
  readonly doubt: string | null
}

/** The day of go-live that the files say, or else `board.json`. Where both differ the earlier one: what has failed since then stays in sight. */
function goLiveIn(project: Project, evidence: Evidence): GoLive {
  const rows = rowsOf(project, 'milestones') ?? []
  const stated = project.board.goLive?.slice(0, 10) ?? null
  const conflict = goLiveConflict(rows, project.board.goLive)
  const milestones = goLiveOf(rows)
  const origin = evidence.artifacts.get('milestones')?.origin
  if (conflict !== null) return { day: [milestones ?? '', stated ?? ''].sort()[0] ?? null, doubt: conflict }
  if (milestones !== null) return { day: milestones, doubt: origin && !proves(origin) ? originSentence(origin) : null }
  return { day: stated, doubt: stated === null ? null : 'go-live stands in board.json alone: no act of the ledger names it' }
}

/** Why what is computed is only claimed, in words: where its evidence comes from, and limits loosened after it was there. */
function doubtsOf(rule: Criterion, artifacts: readonly Artifact[], limits: Limits, goLive: GoLive): readonly string[] {
  const origins = artifacts.filter(({ origin }) => !proves(origin)).map(({ origin }) => originSentence(origin))
  // From when on the work after go-live counts hangs on the day of go-live.
  const day = dueAfter(rule) >= -14 && goLive.doubt !== null ? [goLive.doubt] : []
  const loosened = limits.loosened ? ['a looser limit is proposed'] : []
  return [...new Set([...origins, ...day, ...loosened])]
}

function keyOf(rule: Criterion, asOf: string, artifacts: readonly Artifact[], rest: readonly unknown[]): string {
  const marks = artifacts.map(({ kind, digest, run, date, newest, stale, origin }) =>
    [kind, digest, run, date, newest, stale, JSON.stringify(origin)].join(' '),
  )
  return [rule.code, asOf, ...marks, JSON.stringify(rest)].join('\n')
}

interface Computed {
  readonly state: Exclude<CriterionState, 'claimed'>
  readonly measure: Measure | null
  readonly reason: string | null
  /** Last day on which the rows that decide it are young enough; null where none of them ages. */
  readonly until?: string | null
}

function computeState(
  rule: Criterion,
  evidence: Evidence,
  artifacts: readonly Artifact[],
  absent: readonly Kind[],
  thresholds: Thresholds,
  { asOf, goLive }: { readonly asOf: string; readonly goLive: string | null },
): Computed {
  if (absent.length > 0) {
    // Findings can be accepted as soon as a run has found them: naming both would name one thing twice.
    const named = absent.length > 1 ? absent.filter((kind) => kind !== 'baseline') : absent
    const names = named.map((kind) => kinds[kind].label.toLowerCase()).join(', ')
    return { state: 'missing', measure: null, reason: `not there yet: ${names}` }
  }
  const given = sinceGoLive(rule, evidence.given(rule.code, rule.needs), goLive)
  let measure: Measure
  try {
    measure = rule.compute(given, thresholds, asOf)
  } catch (error) {
    const reason = errorWords(error)
    const isAbsent = error instanceof NoRow || error instanceof BeforeGoLive
    return { state: isAbsent ? 'missing' : 'unknown', measure: null, reason }
  }
  // A share of nothing is never proof; that none of no findings is open, is.
  if (measure.state === 'proven' && measure.of === 0 && (measure.threshold ?? 0) > 0) measure = { ...measure, state: 'missing' }
  const stale = artifacts.find((artifact) => artifact.stale !== null)?.stale ?? tooOld(rule, artifacts, asOf)
  if (stale !== null && measure.state !== 'missing') return { state: 'stale', measure, reason: stale }
  if (measure.state === 'not-due') return { state: 'not-due', measure, reason: measure.words }
  const age = measure.state === 'proven' && rowAge(rule, given, thresholds, { asOf, goLive, last: lastDay(rule, artifacts) })
  if (age && age.stale !== null) return { state: 'stale', measure, reason: age.stale }
  if (age) return { state: 'proven', measure, reason: null, until: age.until }
  const explains = measure.state === 'missing' || measure.state === 'unknown'
  return { state: measure.state, measure, reason: explains ? measure.words : null }
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
