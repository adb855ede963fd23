/** One graph as rules see it: indexed, timed, traced, with the policy; and the facts they leave as evidence. */
import { compareText, type EvidenceLevel, type Fact, type Severity } from '../../finding.ts'
import { type View, viewOf } from '../graph.ts'
import type { Policy, PolicyKey } from '../policy.ts'
import type { SimulationResult } from '../simulation/result.ts'
import { type StepTimes, type Times, timesOf } from '../times.ts'
import { type Trace, traceOf } from '../trace.ts'
import { factLevels, type Node, type Workflow, type WorkflowSide } from '../workflow.ts'

export interface Side {
  readonly name: WorkflowSide
  readonly view: View
  readonly times: Times
  readonly policy: Policy
  readonly trace: Trace
  /** The other graph, for rules that compare. */
  readonly other: View
}

export interface Results {
  readonly current: SimulationResult | null
  readonly future: SimulationResult | null
}

export function sidesOf(workflow: Workflow, policy: Policy, results: Results): { readonly current: Side; readonly future: Side } {
  const trace = traceOf(workflow)
  const views = { current: viewOf(workflow.current), future: viewOf(workflow.future) }
  const side = (name: WorkflowSide): Side => ({
    name,
    view: views[name],
    times: timesOf(views[name], workflow.scenario, results[name]),
    policy,
    trace,
    other: views[name === 'current' ? 'future' : 'current'],
  })
  return { current: side('current'), future: side('future') }
}

/** Weakest evidence level of the steps a finding rests on; a step that says nothing is assumed. */
export function levelOf(nodes: readonly Node[]): EvidenceLevel {
  let worst = 0
  for (const node of nodes) worst = Math.max(worst, factLevels.indexOf(node.evidence?.level ?? 'assumed'))
  return factLevels[worst] ?? 'assumed'
}

export function factOf(name: string, value: Fact['value'], unit: string, nodes: readonly Node[]): Fact {
  const source = nodes.find((node) => node.evidence?.source)?.evidence?.source
  return { name, value, unit, level: levelOf(nodes), ...(source === undefined ? {} : { source }) }
}

/** A number out of the simulation, or out of a formula while none has run. */
export function timeFact(side: Side, name: string, value: number, unit: string): Fact {
  return { name, value, unit, level: side.times.level }
}

/** Which threshold was used and where it comes from. */
export function thresholdFact(side: Side, key: PolicyKey): Fact {
  const { value, unit, reference } = side.policy[key]
  return { name: `threshold ${key}`, value, unit, level: 'assumed', source: reference }
}

export interface Lead {
  /** Minutes per case; null with the absent facts named. */
  readonly minutes: number | null
  readonly waitMinutes: number | null
  readonly series: readonly number[] | null
  readonly missing: readonly string[]
}

/** Wait and touch of a step in minutes per case. */
export function leadOf(side: Side, at: number): Lead {
  const times = side.times.steps[at]
  const node = side.view.nodes[at]
  if (!times || !node) return { minutes: null, waitMinutes: null, series: null, missing: ['the step'] }
  const missing: string[] = []
  if (times.touch === null) missing.push(`working time of “${node.label}”`)
  const wait = waitOf(times)
  if (wait === null) missing.push(`wait of “${node.label}” (or arrivals and staff to work it out)`)
  if (times.visits === null) missing.push('a way out of a loop')
  if (missing.length > 0 || times.touch === null || wait === null || times.visits === null)
    return { minutes: null, waitMinutes: null, series: null, missing }
  const factor = times.visits / 60
  return {
    minutes: (wait + times.touch) * factor,
    waitMinutes: wait * factor,
    series: times.series ? times.series.lead.map((seconds) => seconds / 60) : null,
    missing,
  }
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

export function stepsOf(side: Side): readonly { readonly at: number; readonly node: Node }[] {
  return side.view.steps.flatMap((at) => {
    const node = side.view.nodes[at]
    return node ? [{ at, node }] : []
  })
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
