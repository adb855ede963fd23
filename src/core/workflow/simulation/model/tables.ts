/** The facts of all nodes in typed arrays, as the inner loop of the engine reads them. */
import { isLoop } from '../../map/graph.ts'
import type { ModelLane, ModelPart } from './model-lane.ts'
import type { ModelNode, Role } from './model-node.ts'

/** What happens at a node, as a number. */
export const does = { pass: 0, work: 1, end: 2, parallel: 3, inclusive: 4 } as const satisfies Record<Role, number>

/** Kinds of service: none, exponential by the short way, anything else by its sampler. */
export const serviceKind = { none: 0, exponential: 1, sampled: 2 } as const

export interface Tables {
  readonly does: Uint8Array
  readonly part: Uint8Array
  readonly lane: Int32Array
  readonly service: Uint8Array
  readonly mean: Float64Array
  /** 1: more than one way, conditions included; the one way needs no draw. */
  readonly chooses: Uint8Array
  readonly only: Int32Array
  readonly onlyInput: Int32Array
  /** 1: something happens before the queue (a delay, a batch, a timeout). */
  readonly before: Uint8Array
  /** 1: more than one free person of one role is needed, or patience, room or retries count. */
  readonly special: Uint8Array
  /** 1: plain work, first come first served, by a role that is always open and does plain work only: the short way through the engine. */
  readonly simple: Uint8Array
  readonly simpleLane: Uint8Array
  /** Where a node counts visits of a case; −1: a case comes once. */
  readonly visitSlot: Int32Array
  readonly visitSlots: number
  /** Where an AND-join counts the arrivals of each of its inputs; −1 for other nodes. */
  readonly joinSlot: Int32Array
  readonly joinSlots: number
  readonly hasInclusiveJoin: boolean
}

export function tablesOf(nodes: readonly ModelNode[], lanes: readonly ModelLane[], parts: readonly ModelPart[]): Tables {
  const forks = nodes.some((node) => (node.does === 'parallel' || node.does === 'inclusive') && node.to.length > 1)
  const again = new Uint8Array(nodes.length)
  for (const { view, first } of parts)
    for (const group of view.groups) if (forks || isLoop(view, group)) for (const at of group) again[first + at] = 1
  let visitSlots = 0
  let joinSlots = 0
  const joinSlot = Int32Array.from(nodes, (node) => {
    if (node.does !== 'parallel' || node.inputs < 2) return -1
    joinSlots += node.inputs
    return joinSlots - node.inputs
  })
  const before = Uint8Array.from(nodes, (node) => (node.delay || node.batch || node.timeout ? 1 : 0))
  const special = Uint8Array.from(nodes, (node) => {
    const plain = node.needs.length === 0 || (node.needs.length === 1 && node.needs[0]?.count === 1)
    return plain && !node.patience && node.room < 0 && !node.retry ? 0 : 1
  })
  const simpleLane = Uint8Array.from(lanes, (lane, index) =>
    lane.shifts.always &&
    lane.discipline === 'fifo' &&
    nodes.every((node, at) => (special[at] === 0 && before[at] === 0) || node.needs.every((need) => need.lane !== index))
      ? 1
      : 0,
  )
  return {
    does: Uint8Array.from(nodes, (node) => does[node.does]),
    part: Uint8Array.from(nodes, (node) => node.part),
    lane: Int32Array.from(nodes, (node) => node.lane),
    service: Uint8Array.from(nodes, (node) =>
      node.service === null ? serviceKind.none : node.exponential >= 0 ? serviceKind.exponential : serviceKind.sampled,
    ),
    mean: Float64Array.from(nodes, (node) => node.exponential),
    chooses: Uint8Array.from(nodes, (node) => (node.to.length > 1 || node.asks !== null ? 1 : 0)),
    only: Int32Array.from(nodes, (node) => (node.to.length === 1 ? (node.to[0] as number) : -1)),
    onlyInput: Int32Array.from(nodes, (node) => node.input[0] ?? 0),
    before,
    special,
    simple: Uint8Array.from(nodes, ({ does: what, lane }, at) =>
      what === 'work' && before[at] === 0 && special[at] === 0 && (lane < 0 || simpleLane[lane] === 1) ? 1 : 0,
    ),
    simpleLane,
    visitSlot: Int32Array.from(again, (counted) => (counted === 1 ? visitSlots++ : -1)),
    visitSlots,
    joinSlot,
    joinSlots,
    hasInclusiveJoin: nodes.some((node) => node.does === 'inclusive' && node.inputs > 1),
  }
}
