/** One graph as rules see it: indexed, timed, traced, with the policy; and the facts they leave as evidence. */
import { compareText, type EvidenceLevel, type Fact, type Severity } from '../../finding.ts'
import { type View, viewOf } from '../map/graph.ts'
import type { Policy, PolicyKey } from '../map/policy.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import { factLevels, type Node, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import type { SimulationResult } from '../times/result.ts'
import { type StepTimes, type Times, timesOf } from '../times/times.ts'
import { type Trace, traceOf } from '../trace/trace.ts'
import type { DataEvidence } from './data-states.ts'

export interface Side {
  readonly name: WorkflowSide
  readonly view: View
  readonly times: Times
  readonly policy: Policy
  readonly trace: Trace
  /** The other graph, for rules that compare. */
  readonly other: View
  readonly otherTimes: Times
  /** What is known of the data behind each element; null where nobody gave it. */
  readonly evidence: DataEvidence | null
}

export interface Results {
  readonly current: SimulationResult | null
  readonly future: SimulationResult | null
}

export interface Sides {
  readonly current: Side
  readonly future: Side
}

export function sidesOf(
  workflow: Workflow,
  policy: Policy,
  results: Results,
  evidence: DataEvidence | null = null,
  trace: Trace = traceOf(workflow),
): Sides {
  const views = { current: viewOf(workflow.current), future: viewOf(workflow.future) }
  const times = {
    current: timesOf(views.current, scenarioOn(workflow, 'current'), results.current),
    future: timesOf(views.future, scenarioOn(workflow, 'future'), results.future),
  }
  const side = (name: WorkflowSide): Side => {
    const across = name === 'current' ? 'future' : 'current'
    return {
      name,
      view: views[name],
      times: times[name],
      policy,
      trace,
      other: views[across],
      otherTimes: times[across],
      evidence,
    }
  }
  return { current: side('current'), future: side('future') }
}

/** Weakest evidence level of the steps a finding rests on; a step that says nothing is assumed. */
export function levelOf(nodes: readonly Node[]): EvidenceLevel {
  let worst = 0
  for (const node of nodes) {
    if (node.evidence === null) return 'assumed'
    worst = Math.max(worst, factLevels.indexOf(node.evidence.level))
  }
  return factLevels[worst] ?? 'assumed'
}

function sourceOf(nodes: readonly Node[]): string | undefined {
  for (const { evidence } of nodes) if (evidence !== null && evidence.source !== '') return evidence.source
  return undefined
}

export function factOf(name: string, value: Fact['value'], unit: string, nodes: readonly Node[]): Fact {
  const source = sourceOf(nodes)
  return source === undefined
    ? { name, value, unit, level: levelOf(nodes) }
    : { name, value, unit, level: levelOf(nodes), source }
}

/** A number out of the simulation, or out of a formula while none has run. */
export function timeFact(side: Side, name: string, value: number, unit: string): Fact {
  return { name, value, unit, level: side.times.level }
}

/** The hours in which cases come, where a finding hangs on them. */
export function arrivalFact(side: Side): readonly Fact[] {
  const { arrivals } = side.times
  return arrivals === null
    ? []
    : [{ name: 'arrivals', value: arrivals.words, level: arrivals.assumed ? 'assumed' : side.times.level }]
}

const thresholds = new WeakMap<Policy[PolicyKey], Fact>()

/** Which threshold was used and where it comes from. */
export function thresholdFact(side: Side, key: PolicyKey): Fact {
  const threshold = side.policy[key]
  const known = thresholds.get(threshold)
  if (known) return known
  const { value, unit, reference } = threshold
  const fact: Fact = { name: `threshold ${key}`, value, unit, level: 'assumed', source: reference }
  thresholds.set(threshold, fact)
  return fact
}

export interface Lead {
  /** Minutes per case; null with the absent facts named. */
  readonly minutes: number | null
  readonly waitMinutes: number | null
  readonly series: readonly number[] | null
  readonly waitSeries: readonly number[] | null
  readonly missing: readonly string[]
}

const notKnown = { minutes: null, waitMinutes: null, series: null, waitSeries: null }

/** Wait and touch of a step in minutes per case. */
export function leadOf(side: Side, at: number): Lead {
  const times = side.times.steps[at]
  const node = side.view.nodes[at]
  if (!times || !node) return { ...notKnown, missing: ['the step'] }
  const missing: string[] = []
  if (times.touch === null) missing.push(`working time of “${node.label}”`)
  const wait = waitOf(times)
  if (wait === null) missing.push(`wait of “${node.label}” (or arrivals and staff to work it out)`)
  if (times.visits === null) missing.push('a way out of a loop')
  if (missing.length > 0 || times.touch === null || wait === null || times.visits === null) return { ...notKnown, missing }
  const factor = times.visits / 60
  return {
    minutes: (wait + times.touch) * factor,
    waitMinutes: wait * factor,
    series: times.series ? times.series.lead.map((seconds) => seconds / 60) : null,
    waitSeries: times.series ? times.series.wait.map((seconds) => seconds / 60) : null,
    missing,
  }
}

/** As `leadOf` for a step whose own wait somebody gave: the queue of its role comes on top, and is told once, of the role. */
export function seenLeadOf(side: Side, at: number): Lead {
  const times = side.times.steps[at]
  const lead = leadOf(side, at)
  if (!times || times.visits === null || times.touch === null || times.batch === null || !times.delay) return lead
  const wait = (times.delay + times.batch) * (times.visits / 60)
  return { minutes: wait + times.touch * (times.visits / 60), waitMinutes: wait, series: null, waitSeries: null, missing: [] }
}

/** A wait that somebody stated stands for the whole wait as long as no queue can be worked out. */
function waitOf(times: StepTimes): number | null {
  if (times.batch === null) return null
  if (times.queue !== null) return times.queue + times.batch + (times.delay ?? 0)
  return times.delay === null ? null : times.delay + times.batch
}

/** The step, or an element it reads or writes, can hurt somebody. */
export function touchesSafety(side: Side, node: Node): boolean {
  const { elements } = side.view.graph
  return (
    node.safety ||
    (node.reads ?? []).some((id) => elements.get(id)?.safety) ||
    (node.writes ?? []).some((write) => elements.get(write.element)?.safety === true)
  )
}

/** † of the catalogue: an error becomes critical where safety is touched. */
export function raised(side: Side, nodes: readonly Node[], severity: Severity): Severity {
  return nodes.some((node) => touchesSafety(side, node)) ? 'critical' : severity
}

export function idsOf(nodes: readonly Node[]): readonly string[] {
  return nodes.map((node) => node.id).sort(compareText)
}

export interface StepAt {
  readonly at: number
  readonly node: Node
}

const listed = new WeakMap<View, readonly StepAt[]>()

export function stepsOf({ view }: Side): readonly StepAt[] {
  const known = listed.get(view)
  if (known) return known
  const steps = view.steps.flatMap((at) => {
    const node = view.nodes[at]
    return node ? [{ at, node }] : []
  })
  listed.set(view, steps)
  return steps
}

/** Splits where nobody said which share of cases goes which way. */
export function unknownShares(side: Side, within: readonly number[]): readonly string[] {
  return within.flatMap((at) => {
    const node = side.view.nodes[at]
    const flows = side.view.out[at] ?? []
    return node && flows.length > 1 && flows.some((flow) => !flow.known && !flow.edge.exception && flow.edge.timeout === null)
      ? [`share of cases that goes each way at “${node.label}”`]
      : []
  })
}

export function roleName(side: Side, lane: string | null): string {
  return lane === null ? 'nobody' : side.view.graph.lanes.get(lane)?.label || lane
}
