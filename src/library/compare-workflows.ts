/** Today's workflow against tomorrow's, for callers. */

import { defaultPolicy, readPolicy } from '../core/workflow/map/policy.ts'
import { readGraph, readTrace } from '../core/workflow/map/read.ts'
import { readScenario } from '../core/workflow/map/read-scenario.ts'
import type { Workflow } from '../core/workflow/map/workflow.ts'
import { judge } from '../core/workflow/simulation/judge.ts'
import { type CompareFinding, compare } from '../core/workflow/survival/compare.ts'
import { readDataEvidence } from '../core/workflow/survival/data-evidence.ts'
import { oneSidedStaff } from '../core/workflow/times/one-sided-staff.ts'
import type { LeadTime } from '../core/workflow/times/result.ts'
import { WorkflowReader } from './read-workflow.ts'
import { lastWord, type ReadingProblem, type RunOptions } from './run-options.ts'
import type { Interval } from './simulate.ts'
import type { SeverityName } from './validation-report.ts'

/**
 * Both maps of a workflow and what is known about them, each the parsed JSON of a file of a project.
 *
 * @public
 */
export interface WorkflowPair {
  /** `current.json` (`carryover-workflow/1`). */
  readonly current: object
  /** `future.json`. */
  readonly future: object
  /** `trace.json`: links between steps. Without it every step counts as not traced. */
  readonly trace?: readonly object[]
  /** `scenario.json`: arrivals, staff and calendars. With it waits are simulated, otherwise estimated. */
  readonly scenario?: object
  /** Thresholds of the rules (`rules/workflow.json`). */
  readonly policy?: object
  /** Which data is carried over, by element: `carried`, `mapped` or `missing`. */
  readonly evidence?: Readonly<Record<string, 'carried' | 'mapped' | 'missing'>>
}

/**
 * What became of one hurt of today, or a new one of tomorrow.
 *
 * @public
 */
export interface ComparedFinding {
  /** Name of the rule; docs/rules has a page for each. */
  readonly code: string
  /** How much it weighs. */
  readonly severity: SeverityName
  /** What became of it. */
  readonly outcome: 'digitized' | 'kept' | 'reduced' | 'eliminated' | 'relocated' | 'worsened' | 'introduced' | 'unjudged'
  /** True where it asks about what was not drawn or might go wrong. */
  readonly question: boolean
  /** Ids of steps. */
  readonly current: readonly string[]
  /** Ids of steps. */
  readonly future: readonly string[]
  /** What was measured on both sides; null where it can not be told. */
  readonly metric: {
    readonly name: string
    readonly unit: string
    readonly current: number | null
    readonly future: number | null
    /** 1 − future/current, a share; negative where it grew. */
    readonly change: number | null
  }
  /** Steps and numbers in words. */
  readonly sentence: string
  /** The rule, for a person. */
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** What to do about it. */
  readonly remedy: string
  /** Minutes of cases per week at stake. */
  readonly minutesPerWeek: { readonly current: number | null; readonly future: number | null }
  /** Fingerprint of the finding whose cause this one shares; null where it stands for itself. */
  readonly partOf: string | null
  /** The same finding in the next run has the same fingerprint (SHA-256, hexadecimal). */
  readonly fingerprint: string
}

/**
 * Current against future.
 *
 * @public
 */
export interface WorkflowComparison {
  /** Worst severity first, then most minutes at stake. */
  readonly findings: readonly ComparedFinding[]
  /** Faults of the maps themselves. */
  readonly structure: readonly {
    readonly code: string
    readonly severity: SeverityName
    readonly side: 'current' | 'future'
    readonly nodes: readonly string[]
    readonly sentence: string
  }[]
  /** Current steps with a link, of all current steps. */
  readonly traced: { readonly n: number; readonly of: number }
  /** Ids of steps without a link. */
  readonly untraced: { readonly current: readonly string[]; readonly future: readonly string[] }
  /** Why nothing was judged, in sentences; empty where it was. */
  readonly blocked: readonly string[]
  /** Whether waits are `simulated` or `estimated`. */
  readonly level: 'simulated' | 'estimated'
  /** Why nothing was simulated, in sentences; empty where it was. */
  readonly notSimulated: readonly string[]
  /** Mean time of a case in seconds, with the 95 % interval over replications; null where nothing was simulated. */
  readonly leadTime: { readonly current: Interval | null; readonly future: Interval | null } | null
  /** What of the given objects could not be used. */
  readonly problems: readonly ReadingProblem[]
}

/**
 * Says which bottlenecks of today survive in the future workflow, which are gone, and which were merely digitized.
 *
 * @param pair - both maps, with trace and scenario where there are any
 * @param options - how the run is followed and stopped
 * @returns findings with the numbers they rest on; the same input gives the same result, bit for bit
 * @throws {@link InvalidInput} where a map, trace or scenario is not what its name says
 * @public
 */
export async function compareWorkflows(pair: WorkflowPair, options: RunOptions = {}): Promise<WorkflowComparison> {
  const reader = new WorkflowReader()
  const current = reader.read('current', pair.current, (json) => readGraph(json, 'current'))
  const workflow: Workflow = {
    id: current.id,
    current,
    future: reader.read('future', pair.future, (json) => readGraph(json, 'future')),
    trace: pair.trace === undefined ? new Map() : reader.read('trace', pair.trace, readTrace),
    scenario: pair.scenario === undefined ? null : reader.read('scenario', pair.scenario, readScenario),
  }
  for (const sentence of oneSidedStaff(workflow)) reader.problems.push({ of: 'scenario', place: '$.staff', sentence })
  const evidence = pair.evidence === undefined ? null : reader.read('evidence', pair.evidence, readDataEvidence)
  const policy =
    pair.policy === undefined
      ? defaultPolicy
      : reader.read('policy', pair.policy, (json) => {
          const { policy: value, problems } = readPolicy(json)
          return { value, problems: problems.map((sentence) => ({ place: '$.*', sentence })) }
        })
  const { results, obstacles } = await lastWord((signal) => judge(workflow, signal), options)
  const compared = compare(workflow, {
    policy,
    ...(results === null ? {} : { results }),
    ...(evidence === null ? {} : { evidence }),
  })
  const { structure, traced, untraced, blocked, level } = compared
  return {
    findings: compared.findings.map(findingOf),
    structure: structure.map(({ code, severity, side, nodes, sentence }) => ({ code, severity, side, nodes, sentence })),
    traced,
    untraced,
    blocked,
    level,
    notSimulated: obstacles,
    leadTime: results && { current: meanOf(results.current.leadTime), future: meanOf(results.future.leadTime) },
    problems: reader.problems,
  }
}

function findingOf(found: CompareFinding): ComparedFinding {
  const { code, severity, outcome, question, current, future, sentence, title, why, remedy, minutesPerWeek, fingerprint } = found
  const { name, unit, current: now, future: next, change } = found.metric
  const metric = { name, unit, current: now, future: next, change }
  const { partOf } = found
  return {
    ...{ code, severity, outcome, question, current, future, metric, sentence },
    ...{ title, why, remedy, minutesPerWeek, partOf, fingerprint },
  }
}

function meanOf(lead: LeadTime | null): Interval | null {
  return lead && { mean: lead.mean, interval: lead.interval }
}
