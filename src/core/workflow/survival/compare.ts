/** Current against future: every survival rule judged over the trace, with numbers, minutes at stake and what goes nowhere. */

import { compareText, type Finding, type Severity, severities } from '../../finding.ts'
import { fingerprintOf } from '../../tally.ts'
import { defaultPolicy, type Policy } from '../map/policy.ts'
import { type Graph, sides, type TraceLink, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import type { DataEvidence } from '../rules/data-states.ts'
import { survivalRules } from '../rules/index.ts'
import { type Practice, practices } from '../rules/practices.ts'
import type { Results } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import { blockers, checkStructure, type StructureFinding } from '../structure/index.ts'
import type { SimulationResult } from '../times/result.ts'
import { inferFate } from '../trace/trace.ts'
import { type Cause, causesOf } from './causes.ts'
import { type Balance, balanceOf, type Effect, effectsOf } from './effects.ts'
import type { Outcome, Survival } from './outcomes.ts'
import { openPains } from './pains.ts'
import { type Remembered, sidesAfter } from './past.ts'
import { sentenceOf } from './sentence.ts'
import { judge } from './survival.ts'

export interface CompareOptions {
  readonly policy?: Policy
  /** Both or none: one simulated side against an estimated one would compare methods, not workflows. */
  readonly results?: { readonly current: SimulationResult; readonly future: SimulationResult }
  /** What is known of the data behind each element; left out, rules that need it can not judge. */
  readonly evidence?: DataEvidence
}

/** One finding as the command line prints it; `sentence` names the step and the numbers. */
export interface CompareFinding {
  readonly code: string
  readonly db: string
  readonly severity: Severity
  readonly outcome: Outcome
  /** True where it asks about what was not drawn or might go wrong; false for a verdict on a hurt of today or tomorrow. */
  readonly question: boolean
  readonly current: readonly string[]
  readonly future: readonly string[]
  readonly lanes: Survival['lanes']
  readonly metric: Survival['metric']
  readonly sentence: string
  readonly title: string
  readonly why: string
  readonly remedy: string
  /** What can be done, each with the effects its authors describe. */
  readonly levers: readonly (Practice & { readonly how: string })[]
  readonly facts: Survival['facts']
  readonly level: Survival['level']
  readonly missing: readonly string[]
  readonly mediumChanged: boolean
  readonly note: string | null
  /** Minutes of cases per week at stake, per side; null where the metric is no time or nothing arrives. */
  readonly minutesPerWeek: { readonly current: number | null; readonly future: number | null }
  /** Further signs of one cause name the finding that tells it; null for the finding that does. */
  readonly partOf: Cause['partOf']
  /** The finding that counts the same minutes; this one then has none per week, so that a sum counts each minute once. */
  readonly countedWith: Cause['countedWith']
  /** Weight of the severity × minutes at stake per week: what to look at first. */
  readonly score: number
  readonly fingerprint: string
}

export interface StructureProblem {
  readonly code: string
  readonly severity: Severity
  readonly side: WorkflowSide
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  readonly sentence: string
  readonly title: string
  readonly why: string
  readonly remedy: string
}

/** An effect beside the findings; `toldBy` names the finding that says the same of the same steps already. */
export type ComparedEffect = Effect & { readonly toldBy: string | null }

export interface Comparison {
  readonly findings: readonly CompareFinding[]
  /** What became of each traced piece of work, gains included. */
  readonly effects: readonly ComparedEffect[]
  readonly balance: Balance | null
  readonly trace: readonly (Pick<TraceLink, 'from' | 'to' | 'fate' | 'suggested' | 'score'> & { readonly shape: string })[]
  readonly untraced: { readonly current: readonly string[]; readonly future: readonly string[] }
  /** Current steps with an answer, of all current steps. */
  readonly traced: { readonly n: number; readonly of: number }
  readonly structure: readonly StructureProblem[]
  /** Set when a map can not be run through: survival was not judged. */
  readonly blocked: readonly string[]
  readonly level: 'simulated' | 'estimated'
  readonly casesPerWeek: number | null
}

const weight: Readonly<Record<Severity, number>> = { critical: 8, error: 4, warning: 2, info: 1 }

const neverRun: Results = { current: null, future: null }

interface Compared extends Remembered {
  readonly perWeek: number | null
  readonly written: ReadonlyMap<Survival, Written>
}

interface Written {
  readonly finding: CompareFinding
  /** Put together once: it is asked for at every comparison of two findings while they are sorted. */
  readonly place: string
}

/** The last comparison of each map: an edit leaves the other map as it is, so that what came before an edit is found by it. */
const lately = new WeakMap<Graph, Compared>()

export function compare(workflow: Workflow, options: CompareOptions = {}): Comparison {
  const policy = options.policy ?? defaultPolicy
  const results = options.results ?? neverRun
  const evidence = options.evidence ?? null
  const earlier = lately.get(workflow.current) ?? lately.get(workflow.future) ?? null
  const { sides: both, past } = sidesAfter(workflow, policy, results, evidence, earlier)
  const { current, future } = both
  const structure = sides.flatMap((side) => checkStructure(workflow[side]).map((finding) => problemOf(finding, side)))
  const blocked = sides.flatMap((side) => blockers(workflow[side]).map((finding) => finding.sentence))
  const judged = new Map(blocked.length > 0 ? [] : survivalRules.map((rule) => [rule, judge(rule, both, past)]))
  const survived = [...judged.values()].flatMap(({ survivals }) => survivals)
  const pains = blocked.length > 0 ? [] : openPains(workflow, current, future, survived)
  const perWeek = current.times.casesPerWeek
  const written = new Map<Survival, Written>()
  const known = earlier?.perWeek === perWeek && earlier.workflow.id === workflow.id ? earlier.written : written
  for (const survival of [...survived, ...pains])
    written.set(survival, known.get(survival) ?? findingOf(survival, workflow, perWeek))
  const ranked = [...written.values()].sort(byScore).map(({ finding }) => finding)
  const causes = causesOf(ranked)
  const findings = ranked.map((finding) => withCause(finding, causes.get(finding.fingerprint)))
  const tellers = tellersIn(findings)
  const effects =
    blocked.length > 0 ? [] : effectsOf(workflow, both).map((effect) => ({ ...effect, toldBy: tellerOf(effect, tellers) }))
  const remembered = { workflow, policy, results, evidence, sides: both, judged, written, perWeek }
  lately.set(workflow.current, remembered)
  lately.set(workflow.future, remembered)
  const untraced = current.trace.untraced
  const of = current.view.steps.length
  return {
    findings,
    effects,
    balance: blocked.length > 0 ? null : balanceOf(both),
    trace: [...workflow.trace].sort(([a], [b]) => compareText(a, b)).map(([, link]) => linkOf(workflow, link)),
    untraced,
    traced: { n: of - untraced.current.length, of },
    structure,
    blocked,
    level: current.times.level,
    casesPerWeek: perWeek,
  }
}

function findingOf(survival: Survival, workflow: Workflow, perWeek: number | null): Written {
  const { rule, minutes } = survival
  const place = placeOf(survival)
  const weekly = (value: number | null): number | null =>
    value === null || perWeek === null || !Number.isFinite(value) ? null : value * perWeek
  const minutesPerWeek = { current: weekly(minutes.current), future: weekly(minutes.future) }
  const stake = survival.outcome === 'eliminated' ? 0 : (minutesPerWeek.future ?? minutesPerWeek.current ?? 0)
  const finding = {
    code: rule.code,
    db: rule.db,
    severity: survival.severity,
    outcome: survival.outcome,
    question: rule.question === true,
    current: survival.current,
    future: survival.future,
    lanes: survival.lanes,
    metric: survival.metric,
    sentence: sentenceOf(survival, workflow),
    title: rule.title,
    why: rule.why,
    remedy: rule.remedy,
    levers: leversOf(rule),
    facts: survival.facts,
    level: survival.level,
    missing: survival.missing,
    mediumChanged: survival.mediumChanged,
    note: survival.note,
    minutesPerWeek,
    partOf: null,
    countedWith: null,
    score: weight[survival.severity] * stake,
    fingerprint: fingerprintOf(rule.code, survival.severity, place, workflow.id),
  }
  return { finding, place }
}

/** Findings by their steps, in their order; a question is no verdict, and a role as a whole speaks of none of its steps. */
interface Tellers {
  readonly list: readonly CompareFinding[]
  readonly at: Readonly<Record<WorkflowSide, ReadonlyMap<string, readonly number[]>>>
}

function tellersIn(findings: readonly CompareFinding[]): Tellers {
  const list = findings.filter(({ question, lanes }) => !question && lanes.current === null && lanes.future === null)
  const at = { current: new Map<string, number[]>(), future: new Map<string, number[]>() }
  for (const [index, finding] of list.entries())
    for (const side of sides)
      for (const id of finding[side]) {
        const known = at[side].get(id)
        if (known) known.push(index)
        else at[side].set(id, [index])
      }
  return { list, at }
}

/** A rule that says the same of one of these steps, or goes the same way. */
function tellerOf({ outcome, current, future }: Effect, { list, at }: Tellers): string | null {
  const near = current.length > 0 ? current.map((id) => at.current.get(id)) : future.map((id) => at.future.get(id))
  const places = [...new Set(near.flatMap((indexes) => indexes ?? []))].sort((a, b) => a - b)
  const told = places.flatMap((index) => list[index] ?? [])
  const same = told.find((finding) => finding.outcome === outcome) ?? told.find((finding) => goesLike(finding.outcome, outcome))
  return same === undefined ? null : (same.partOf ?? same.fingerprint)
}

/** What one role no longer does because another one has it: less work there and more work here are no further pieces of news. */
function goesLike(finding: Outcome, effect: Effect['outcome']): boolean {
  if (finding === 'relocated') return isLess(effect) || effect === 'introduced'
  return isLess(effect) && isLess(finding)
}

function isLess(outcome: Outcome | Effect['outcome']): boolean {
  return outcome === 'eliminated' || outcome === 'reduced'
}

function withCause(finding: CompareFinding, cause: Cause | undefined): CompareFinding {
  if (!cause || (cause.partOf === null && cause.countedWith === null)) return finding
  return cause.countedWith === null
    ? { ...finding, ...cause }
    : { ...finding, ...cause, minutesPerWeek: { current: null, future: null } }
}

const levers = new WeakMap<SurvivalRule, CompareFinding['levers']>()

function leversOf(rule: SurvivalRule): CompareFinding['levers'] {
  const known = levers.get(rule) ?? rule.levers.map(({ practice, how }) => ({ ...practices[practice], how }))
  levers.set(rule, known)
  return known
}

function placeOf(survival: Pick<Survival, 'current' | 'future'>): string {
  return `${survival.current.join(' ')} > ${survival.future.join(' ')}`
}

function byScore(a: Written, b: Written): number {
  return (
    severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
    b.finding.score - a.finding.score ||
    compareText(a.finding.code, b.finding.code) ||
    compareText(a.place, b.place)
  )
}

function linkOf(workflow: Workflow, link: TraceLink): Comparison['trace'][number] {
  const { from, to, fate, suggested, score } = link
  return { from, to, fate, suggested, score, shape: inferFate(workflow, from, to) }
}

function problemOf({ rule, nodes, edges, sentence }: StructureFinding, side: WorkflowSide): StructureProblem {
  const { code, severity, title, why, remedy } = rule
  return { code, severity, side, nodes, edges, sentence, title, why, remedy }
}

/** One finding per cause. */
export function mainFindings(findings: readonly CompareFinding[]): readonly CompareFinding[] {
  return findings.filter(({ partOf }) => partOf === null)
}

/** The same findings in the common shape, for runs, the findings list and readiness; `outcome` stands beside each. */
export function asFindings(
  comparison: Comparison,
  workflow: string,
): readonly { readonly finding: Finding; readonly outcome: Outcome | null }[] {
  const survived = mainFindings(comparison.findings).map((found) => ({
    outcome: found.outcome,
    finding: common(found.code, found.severity, placeOf(found), workflow, {
      code: found.code,
      at: { kind: 'trace', workflow, current: found.current, future: found.future },
      evidence: { facts: found.facts },
    }),
  }))
  const drawn = comparison.structure.map((problem) => ({
    outcome: null,
    finding: common(
      problem.code,
      problem.severity,
      `${problem.side} ${[...problem.nodes, ...problem.edges].join(' ')}`,
      workflow,
      {
        code: problem.code,
        at: { kind: 'step', workflow, side: problem.side, nodes: problem.nodes },
        evidence: { facts: [{ name: 'what', value: problem.sentence }] },
      },
    ),
  }))
  return [...survived, ...drawn]
}

function common(code: string, severity: Severity, place: string, workflow: string, sighting: Finding['sample'][number]): Finding {
  return {
    code,
    severity,
    place,
    input: null,
    count: 1,
    denominator: null,
    patients: null,
    sample: [sighting],
    truncated: false,
    fingerprint: fingerprintOf(code, severity, place, workflow),
  }
}
