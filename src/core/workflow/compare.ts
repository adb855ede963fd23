/** Current against future: every survival rule judged over the trace, with numbers, minutes at stake and what goes nowhere. */
import { compareText, type Finding, type Severity, severities } from '../finding.ts'
import { fingerprintOf } from '../tally.ts'
import { openPains } from './pains.ts'
import { type Remembered, sidesAfter } from './past.ts'
import { defaultPolicy, type Policy } from './policy.ts'
import { survivalRules } from './rules/index.ts'
import { type Practice, practices } from './rules/practices.ts'
import type { Results } from './rules/side.ts'
import type { DataEvidence, SurvivalRule } from './rules/survival-rule.ts'
import { sentenceOf } from './sentence.ts'
import type { SimulationResult } from './simulation/result.ts'
import { blockers, checkStructure, type StructureFinding } from './structure/index.ts'
import { judge, type Outcome, type Survival } from './survival.ts'
import { inferFate } from './trace.ts'
import { type Graph, sides, type TraceLink, type Workflow, type WorkflowSide } from './workflow.ts'

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

export interface Comparison {
  readonly findings: readonly CompareFinding[]
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
  const findings = [...written.values()].sort(byScore).map(({ finding }) => finding)
  const remembered = { workflow, policy, results, evidence, sides: both, judged, written, perWeek }
  lately.set(workflow.current, remembered)
  lately.set(workflow.future, remembered)
  const untraced = current.trace.untraced
  const of = current.view.steps.length
  return {
    findings,
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
    score: weight[survival.severity] * stake,
    fingerprint: fingerprintOf(rule.code, survival.severity, place, workflow.id),
  }
  return { finding, place }
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

/** The same findings in the common shape, for runs, the findings list and readiness; `outcome` stands beside each. */
export function asFindings(
  comparison: Comparison,
  workflow: string,
): readonly { readonly finding: Finding; readonly outcome: Outcome | null }[] {
  const survived = comparison.findings.map((found) => ({
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
