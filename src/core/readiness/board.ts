/** The board: every criterion judged on its evidence, every phase with its gate. The date is an input; the same input gives the same board. */
import type { Project } from '../project/project.ts'
import { waiversOfDraw } from '../project/waivers.ts'
import { awaitsAgreement, notAgreed } from './agreements.ts'
import { type Artifact, digestOfRecord, type Kind, kinds } from './artifact.ts'
import { type ClaimStanding, standingClaim } from './claim.ts'
import { criteria } from './criteria/index.ts'
import { type Criterion, type Measure, slugOf, type Thresholds } from './criterion.ts'
import { daysBetween, dayText } from './day.ts'
import { type Evidence, evidenceRun, gather, NoRow, type Verification } from './evidence.ts'
import { goLiveOf } from './go-live.ts'
import { inputFiles } from './input-files/files.ts'
import { blocks, type CriterionState, type Gate, gateOf, type Phase, phases, worstGate } from './phase.ts'
import { rowsOf } from './reports/rows.ts'
import { agesUpToGoLive, rowAge } from './row-age.ts'

export interface JudgedCriterion {
  readonly criterion: Criterion
  readonly state: CriterionState
  /** What was computed, also where it no longer counts; null where nothing could be. */
  readonly measure: Measure | null
  /** Why the state is stale, missing or unknown, in words; null otherwise. */
  readonly reason: string | null
  readonly thresholds: Thresholds
  /** That a threshold was changed after its evidence existed, or behind the ledger's back, in words; such a change is printed. */
  readonly thresholdNote: string | null
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
  /** Worst first: what must change before the gate can open. */
  readonly blockers: readonly JudgedCriterion[]
  readonly claimed: number
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
    const judged = own.map((rule) => judge(rule, project, evidence, asOf, known))
    return { phase, gate: gateOf(judged.map((each) => voteOf(each, asOf))), criteria: judged }
  })
  const all = judgedPhases.flatMap((each) => each.criteria)
  const run = evidenceRun(project, () => true)
  return {
    asOf,
    run: run && { number: run.number, started: run.started },
    gate: worstGate(judgedPhases.map((each) => each.gate)),
    phases: judgedPhases,
    blockers: judgedPhases
      .filter((each) => each.gate === 'blocked')
      .flatMap((each) => each.criteria.filter((judged) => blocks({ state: judged.state, severity: judged.criterion.severity })))
      .sort((a, b) => severityRank(a) - severityRank(b)),
    claimed: all.filter((each) => each.state === 'claimed').length,
  }
}

/** Failed criticals first, then in the order of the phases; the sort is stable. */
function severityRank(judged: JudgedCriterion): number {
  return judged.criterion.severity === 'critical' ? 0 : 1
}

function voteOf(judged: JudgedCriterion, asOf: string): Parameters<typeof gateOf>[0][number] {
  return {
    state: judged.state,
    severity: judged.criterion.severity,
    hasInput: judged.evidence.length > 0,
    expiresSoon: judged.until !== null && daysBetween(asOf, judged.until) <= 7,
  }
}

function judge(
  rule: Criterion,
  project: Project,
  evidence: Evidence,
  asOf: string,
  known: ReadonlyMap<string, JudgedCriterion>,
): JudgedCriterion {
  const artifacts = rule.needs.flatMap((kind) => evidence.artifacts.get(kind) ?? [])
  const absent = rule.needs.filter((kind) => !evidence.artifacts.has(kind))
  const thresholds = { ...rule.thresholds, ...own(project.board.thresholds, rule.code) }
  const claim = rule.claimable ? standingClaim(rule.code, project, asOf) : null
  const owner = own(project.board.owners, rule.code) ?? null
  const note = thresholdNote(rule, project, artifacts)
  const goLive = agesUpToGoLive(rule) ? goLiveOf(rowsOf(project, 'milestones') ?? []) : null
  const key = keyOf(rule, asOf, artifacts, [
    thresholds,
    claim,
    owner,
    note,
    goLive,
    rule.needs.includes('signatures') ? waiversOfDraw(project.ledger) : [],
  ])
  const held = known.get(key)
  if (held) return held
  const computed = computeState(rule, evidence, artifacts, absent, thresholds, { asOf, goLive })
  // A statement fills a gap; it never overrules what was computed.
  const claimed = claim !== null && claim.void === null && (computed.state === 'missing' || computed.state === 'unknown')
  // What a signature proves rests on duties kept apart; where one was waived it is the word of whoever waived it.
  const waived = rule.needs.includes('signatures') && computed.state === 'proven' ? waiversOfDraw(project.ledger) : []
  return {
    criterion: rule,
    state: claimed || waived.length > 0 ? 'claimed' : computed.state,
    measure: computed.measure,
    reason:
      waived.length > 0
        ? waived.map(({ duty, by, reason }) => `${duty} was waived by ${by}: ${reason}`).join('; ')
        : computed.reason,
    thresholds,
    thresholdNote: note,
    evidence: artifacts,
    absent,
    claim,
    owner,
    until: claimed ? claim.statement.expires : (computed.until ?? lastDay(rule, artifacts)),
    action: actionFor(rule, computed.state, asOf, computed.measure, absent, artifacts, project),
    key,
  }
}

function keyOf(rule: Criterion, asOf: string, artifacts: readonly Artifact[], rest: readonly unknown[]): string {
  const marks = artifacts.map(({ kind, digest, run, date, newest, stale }) => [kind, digest, run, date, newest, stale].join(' '))
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
  const given = evidence.given(rule.code, rule.needs)
  let measure: Measure
  try {
    measure = rule.compute(given, thresholds, asOf)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { state: error instanceof NoRow ? 'missing' : 'unknown', measure: null, reason }
  }
  const stale = artifacts.find((artifact) => artifact.stale !== null)?.stale ?? tooOld(rule, artifacts, asOf)
  if (stale !== null && measure.state !== 'missing') return { state: 'stale', measure, reason: stale }
  const age = measure.state === 'proven' && rowAge(rule, given, thresholds, { asOf, goLive, last: lastDay(rule, artifacts) })
  if (age && age.stale !== null) return { state: 'stale', measure, reason: age.stale }
  if (age) return { state: 'proven', measure, reason: null, until: age.until }
  const explains = measure.state === 'missing' || measure.state === 'unknown'
  return { state: measure.state, measure, reason: explains ? measure.words : null }
}

function tooOld(rule: Criterion, artifacts: readonly Artifact[], asOf: string): string | null {
  const found = oldest(rule, artifacts, asOf)
  if (!found) return null
  const { date, newest, kind } = found
  const name = kinds[kind].label.toLowerCase()
  if (newest !== null && daysBetween(newest, asOf) < 0)
    return `${name}: something of ${dayText(newest)} has happened after the date of this board`
  const age = daysBetween(date ?? asOf, asOf)
  if (age < 0) return `${name} of ${dayText(date ?? asOf)} is newer than the date of this board`
  return `${name} of ${dayText(date ?? asOf)} is ${age} days old; ${rule.maxAgeDays} are allowed`
}

/** The first artifact that is too old for the criterion, or newer than the board. */
function oldest(rule: Criterion, artifacts: readonly Artifact[], asOf: string): Artifact | undefined {
  return artifacts.find(({ date, newest }) => {
    if (newest !== null && daysBetween(newest, asOf) < 0) return true
    const age = date === null ? 0 : daysBetween(date, asOf)
    return age < 0 || age > rule.maxAgeDays
  })
}

function lastDay(rule: Criterion, artifacts: readonly Artifact[]): string | null {
  const dates = artifacts.flatMap((artifact) => artifact.date ?? []).sort()
  const [oldest] = dates
  if (oldest === undefined) return null
  return new Date(Date.parse(oldest.slice(0, 10)) + rule.maxAgeDays * 86_400_000).toISOString().slice(0, 10)
}

/** `sha256:…` of the thresholds of one criterion as the ledger entry `threshold-set` names them; its object is the code. */
export function thresholdDigest(thresholds: Thresholds): string {
  return digestOfRecord(thresholds)
}

function thresholdNote(rule: Criterion, project: Project, artifacts: readonly Artifact[]): string | null {
  const set = own(project.board.thresholds, rule.code)
  const last = project.ledger.findLast((entry) => entry.action === 'threshold-set' && entry.object === rule.code)
  const isOwn = !set || Object.entries(set).every(([name, value]) => rule.thresholds[name] === value)
  if (isOwn && (!last || [set ?? rule.thresholds, rule.thresholds].some((each) => last.digest === thresholdDigest(each))))
    return null
  if (!set) return 'board.json no longer holds the threshold that the ledger names last; the one of the criterion counts'
  if (last?.digest !== thresholdDigest(set)) return 'the threshold was changed without an entry in the ledger'
  const since = artifacts.flatMap((artifact) => artifact.date ?? []).sort()[0]
  if (since === undefined || Date.parse(last.time.wall) <= Date.parse(since)) return null
  return `the threshold was changed on ${dayText(last.time.wall)}, after its evidence existed`
}

/** What makes evidence count again, by its kind. */
function renewal({ kind, stale, run }: Artifact): string {
  if (kind === 'signatures' || kind === 'verdicts') return kinds[kind].action
  if (run !== null) return 'Run all checks again on the present data'
  if (!(kind in inputFiles)) return kinds[kind].action
  return stale === null ? `Bring a newer file: ${kinds[kind].label.toLowerCase()}` : kinds[kind].action
}

function actionFor(
  rule: Criterion,
  state: CriterionState,
  asOf: string,
  measure: Measure | null,
  absent: readonly Kind[],
  artifacts: readonly Artifact[],
  project: Project,
): { readonly label: string; readonly route: string } {
  const [missing] = absent
  if (missing) return { label: kinds[missing].action, route: kinds[missing].route }
  const stale = state === 'stale' && (artifacts.find((artifact) => artifact.stale !== null) ?? oldest(rule, artifacts, asOf))
  if (stale && stale.stale !== null && stale.stale === notAgreed(project, stale.kind) && awaitsAgreement(project, stale.kind))
    return {
      label: `Agree to it as it stands: ${kinds[stale.kind].label.toLowerCase()}`,
      route: `${kinds[stale.kind].route}&agree`,
    }
  if (stale) return { label: renewal(stale), route: kinds[stale.kind].route }
  const cell = measure?.cells.find((each) => each.route !== null)
  if (cell?.route) return { label: openLabel(cell.route), route: cell.route }
  const [first] = rule.needs
  // What is there says too little: a file of more weeks, or with the column filled in.
  const fuller = state === 'missing' && first !== undefined && first in inputFiles
  return first
    ? {
        label: fuller ? `Bring a fuller file: ${kinds[first].label.toLowerCase()}` : kinds[first].action,
        route: kinds[first].route,
      }
    : { label: 'State a claim', route: `/readiness?criterion=${slugOf(rule.code)}` }
}

function openLabel(route: string): string {
  if (route.startsWith('/data/findings')) return 'Open the finding'
  if (route.startsWith('/workflow')) return route.includes('?step=') ? 'Open the step' : 'Open the workflow'
  return route.startsWith('/review/records') ? 'Review the next record' : 'Open the page'
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
