/** One node of a graph, compiled: who works, how long, and where cases go on. */
import { hash32 } from '../../../random.ts'
import type { Flow, View } from '../../map/graph.ts'
import type { Scenario } from '../../map/scenario.ts'
import type { Batch, Node } from '../../map/workflow.ts'
import { needsStaff } from '../../times/times.ts'
import { readCondition, testOf } from './condition.ts'
import type { Attributes } from './model-attribute.ts'
import type { ModelLane } from './model-lane.ts'
import { type Sampler, samplerOf } from './sampler.ts'

export type Role = 'pass' | 'work' | 'end' | 'parallel' | 'inclusive'

/** People of one role that work needs. */
export interface Need {
  readonly lane: number
  readonly count: number
}

/** A node and which of its inputs a flow is. */
export interface Way {
  readonly to: number
  readonly input: number
}

export interface ModelNode {
  readonly id: string
  readonly part: number
  readonly does: Role
  /** Index of the lane whose staff is needed; −1: nobody has to be free. */
  readonly lane: number
  /** Everybody needed at once, by lane: taken in this order in every step, so that no two steps wait for each other for ever. */
  readonly needs: readonly Need[]
  readonly stream: number
  readonly service: Sampler | null
  /** Mean of a purely exponential service, or −1. */
  readonly exponential: number
  readonly delay: Sampler | null
  readonly batch: Batch | null
  readonly inputs: number
  readonly to: Int32Array
  /** Which of the inputs of the target each way is. */
  readonly input: Int32Array
  /** Running sums of the shares of the ways out, timeouts left out. */
  readonly sums: Float64Array
  /** Ways taken when the case has what their condition says; null without any. */
  readonly asks: readonly Ask[] | null
  readonly timeout: (Way & { readonly after: number }) | null
  /** Where cases go that found no room, gave up or failed; null: they leave for good. */
  readonly exception: Way | null
  readonly patience: Sampler | null
  /** Places to wait; −1: as many as come. */
  readonly room: number
  readonly retry: { readonly share: number; readonly times: number; readonly after: number } | null
  /** Something but shares and means decides how much work comes here. */
  readonly decidedByRun: boolean
}

export interface Ask {
  readonly way: number
  readonly attribute: number
  readonly test: (value: number) => boolean
}

export interface NodeContext {
  readonly view: View
  /** Index in the view. */
  readonly at: number
  readonly part: number
  /** Where the nodes of this view begin in the model. */
  readonly offset: number
  readonly scenario: Scenario
  readonly keys: ReadonlyMap<string, string>
  readonly laneAt: ReadonlyMap<string, number>
  readonly lanes: readonly ModelLane[]
  readonly attributes: Attributes
  readonly notes: string[]
}

export function compileNode(context: NodeContext): ModelNode {
  const { view, at, offset, part, scenario } = context
  const node = view.nodes[at] as Node
  const flows = view.out[at] ?? []
  const timed = flows.find((flow) => flow.edge.timeout !== null)
  const ways = flows.filter(
    (flow) =>
      flow.edge.timeout === null &&
      (flow.share > 0 || node.type === 'parallel' || (flow.edge.condition !== null && !flow.edge.exception)),
  )
  const total = ways.reduce((sum, flow) => sum + flow.share, 0)
  let sum = 0
  const sums = ways.map((flow) => {
    sum += node.type === 'inclusive' ? flow.share : flow.share / (total || 1)
    return node.type === 'inclusive' ? flow.share : sum
  })
  const wait = node.type === 'wait' ? (node.wait ?? node.service) : node.wait
  const service = node.type === 'wait' ? null : node.service
  const lane = needsStaff(node) && node.lane !== null ? (context.laneAt.get(node.lane) ?? -1) : -1
  const facts = scenario.steps.get(node.id)
  const asks = asksOf(context, ways)
  const name = context.keys.get(node.id) ?? node.id
  const exception = flows.find((flow) => flow.edge.exception)
  const wayOf = (flow: Flow): Way => ({ to: offset + flow.to, input: (view.into[flow.to] ?? []).indexOf(flow) })
  const needs = needsOf(context, node, lane)
  return {
    id: node.id,
    part,
    does: roleOf(node),
    lane: lane >= 0 ? lane : (needs[0]?.lane ?? -1),
    needs,
    stream: hash32(part === 0 ? name : `${view.graph.id} ${name}`),
    service: service && samplerOf(service),
    exponential: service?.dist === 'exponential' ? service.mean : -1,
    delay: wait && samplerOf(wait),
    batch: node.batch,
    inputs: view.into[at]?.length ?? 0,
    to: Int32Array.from(ways, (flow) => offset + flow.to),
    input: Int32Array.from(ways, (flow) => (view.into[flow.to] ?? []).indexOf(flow)),
    sums: Float64Array.from(sums),
    asks,
    timeout: timed?.edge.timeout == null ? null : { after: timed.edge.timeout, ...wayOf(timed) },
    exception: exception === undefined ? null : wayOf(exception),
    patience: facts?.patience ? samplerOf(facts.patience) : null,
    room: facts?.room ?? -1,
    retry: facts?.retry ?? null,
    decidedByRun:
      asks !== null ||
      timed !== undefined ||
      (facts !== undefined && (facts.patience !== null || facts.room !== null || facts.retry !== null || facts.needs !== null)),
  }
}

function roleOf(node: Node): Role {
  switch (node.type) {
    case 'end':
    case 'parallel':
    case 'inclusive':
      return node.type
    case 'step':
    case 'wait':
    case 'subworkflow':
      return 'work'
    default:
      return 'pass'
  }
}

function needsOf({ scenario, laneAt, lanes, notes }: NodeContext, node: Node, lane: number): readonly Need[] {
  const named = scenario.steps.get(node.id)?.needs ?? null
  const needs = new Map<number, number>()
  if (lane >= 0) needs.set(lane, 1)
  for (const [id, count] of named ?? []) {
    const index = laneAt.get(id)
    if (index === undefined) notes.push(`“${node.label}” needs “${id}”, a role without staff in this map: nobody is waited for.`)
    else needs.set(index, Math.round(count))
  }
  for (const [index, count] of needs) {
    const { servers = 0, label = '' } = lanes[index] ?? {}
    if (count <= servers || servers === 0) continue
    notes.push(`“${node.label}” needs ${count} people as ${label}, and ${servers} work there: it is done with ${servers}.`)
    needs.set(index, servers)
  }
  return [...needs].map(([index, count]) => ({ lane: index, count })).sort((a, b) => a.lane - b.lane)
}

/** Conditions that name an attribute of the scenario; any other text on a flow is for readers. */
function asksOf({ attributes, notes }: NodeContext, ways: readonly Flow[]): readonly Ask[] | null {
  const asks: Ask[] = []
  ways.forEach(({ edge }, way) => {
    const condition = readCondition(edge.condition)
    const attribute = condition === null ? undefined : attributes.indexOf.get(condition.attribute)
    if (condition === null || attribute === undefined) return
    const test = testOf(condition, attributes.all[attribute]?.words ?? null)
    if (test) asks.push({ way, attribute, test })
    else notes.push(`The condition “${edge.condition}” compares words by size: the way is taken by its share.`)
  })
  return asks.length === 0 ? null : asks
}
