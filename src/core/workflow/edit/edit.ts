/** Commands over a workflow: apply one, get the inverse. Total: a command that can not be done changes nothing and says why. */

import { orderedLanes } from '../drawing/layout.ts'
import type { Scenario } from '../map/scenario.ts'
import { slugOf } from '../map/slug.ts'
import {
  blankEdge,
  blankLane,
  blankLink,
  blankNode,
  type Colour,
  type Edge,
  type Element,
  type Graph,
  type Lane,
  linkKey,
  type Node,
  type TraceLink,
  type Workflow,
  type WorkflowSide,
} from '../map/workflow.ts'
import { groupChanges, ungroupChanges } from './group.ts'
import { laneChanges, lanesAs } from './lane-edits.ts'
import { duplicateChanges, type Fragment, pasteChanges } from './paste.ts'
import { applyPatch, type Change, type Patch, replaceChanges } from './patch.ts'
import { laneRemovalChanges, removalChanges, traceChanges } from './removal.ts'

/** `colour: null` takes the colour away. */
export type NodeFacts = Partial<Omit<Node, 'id' | 'colour'>> & { readonly colour?: Colour | null }
/** Empty `bends` let the way be found again. */
export type EdgeFacts = Partial<Omit<Edge, 'id'>>
/** An empty `within` takes a lane out from under its heading. */
export type LaneFacts = Partial<Omit<Lane, 'id'>>
export type LinkFacts = Partial<TraceLink>

interface OnSide {
  readonly side: WorkflowSide
}

export type Command =
  /** With `after`, the new node is connected behind that node; the share of a new flow is open until somebody gives it. */
  | (OnSide & { readonly kind: 'add-node'; readonly facts: NodeFacts; readonly after?: string })
  /** With `bridge`, each predecessor of a removed node is connected with each successor. */
  | (OnSide & { readonly kind: 'remove-nodes'; readonly ids: readonly string[]; readonly bridge: boolean })
  | (OnSide & { readonly kind: 'change-node'; readonly id: string; readonly facts: NodeFacts })
  /** Moves by hand, by keys and by layout are the same command; `lane` re-assigns the role, `lanes` sets band heights. */
  | (OnSide & {
      readonly kind: 'move-nodes'
      readonly moves: readonly { readonly id: string; readonly x: number; readonly y: number; readonly lane?: string | null }[]
      readonly heights?: readonly { readonly id: string; readonly height: number }[]
    })
  | (OnSide & { readonly kind: 'set-lane'; readonly ids: readonly string[]; readonly lane: string | null })
  /** Last, or before another lane. */
  | (OnSide & { readonly kind: 'add-lane'; readonly facts: LaneFacts; readonly before?: string })
  /** Lanes in this order or of these heights; what stands in them goes along. */
  | (OnSide & {
      readonly kind: 'arrange-lanes'
      readonly order?: readonly string[]
      readonly heights?: readonly { readonly id: string; readonly height: number }[]
    })
  | (OnSide & { readonly kind: 'change-lane'; readonly id: string; readonly facts: LaneFacts })
  /** Steps of the lane go to `moveTo`, or stay without a lane. */
  | (OnSide & { readonly kind: 'remove-lane'; readonly id: string; readonly moveTo: string | null })
  /** Between the two steps of a flow, whose words and share stay on its first half. */
  | (OnSide & { readonly kind: 'put-into'; readonly id: string; readonly edge: string })
  | (OnSide & { readonly kind: 'add-edge'; readonly from: string; readonly to: string; readonly facts?: EdgeFacts })
  | (OnSide & { readonly kind: 'change-edge'; readonly id: string; readonly facts: EdgeFacts })
  | (OnSide & { readonly kind: 'remove-edges'; readonly ids: readonly string[] })
  | (OnSide & { readonly kind: 'put-element'; readonly element: Element })
  | (OnSide & { readonly kind: 'remove-element'; readonly id: string })
  | (OnSide & { readonly kind: 'rename'; readonly label: string })
  /** A map that was imported takes the place of the one there; trace links of steps that are gone go with them. */
  | (OnSide & { readonly kind: 'replace'; readonly graph: Graph })
  | (OnSide & { readonly kind: 'paste'; readonly fragment: Fragment; readonly dx: number; readonly dy: number })
  | (OnSide & { readonly kind: 'duplicate'; readonly ids: readonly string[]; readonly dx: number; readonly dy: number })
  /** Several steps as one closed step that keeps them, and the other way. */
  | (OnSide & { readonly kind: 'group'; readonly ids: readonly string[]; readonly label: string })
  | (OnSide & { readonly kind: 'ungroup'; readonly id: string })
  | { readonly kind: 'link'; readonly link: LinkFacts }
  | { readonly kind: 'change-link'; readonly key: string; readonly facts: LinkFacts }
  | { readonly kind: 'unlink'; readonly keys: readonly string[] }
  | { readonly kind: 'set-scenario'; readonly scenario: Scenario | null }
  /** Several commands as one entry of the history. */
  | { readonly kind: 'together'; readonly commands: readonly Command[] }
  | { readonly kind: 'patch'; readonly patch: Patch }

export interface Applied {
  readonly workflow: Workflow
  /** Applying it brings back exactly the workflow before. */
  readonly inverse: Command
  /** Ids of records that the command made, in the order it made them. */
  readonly created: readonly string[]
  /** Why nothing was changed; null when the command was done. */
  readonly refused: string | null
}

export function apply(workflow: Workflow, command: Command): Applied {
  if (command.kind === 'together') return applyTogether(workflow, command.commands)
  const planned = plan(workflow, command)
  if (typeof planned === 'string') return { workflow, inverse: { kind: 'patch', patch: [] }, created: [], refused: planned }
  const { workflow: next, inverse } = applyPatch(workflow, planned.changes)
  return { workflow: next, inverse: { kind: 'patch', patch: inverse }, created: planned.created ?? [], refused: null }
}

/** All or nothing: one refused command undoes those before it. */
function applyTogether(workflow: Workflow, commands: readonly Command[]): Applied {
  let now = workflow
  const inverses: Command[] = []
  const created: string[] = []
  for (const command of commands) {
    const done = apply(now, command)
    if (done.refused !== null) return { workflow, inverse: { kind: 'patch', patch: [] }, created: [], refused: done.refused }
    now = done.workflow
    inverses.push(done.inverse)
    created.push(...done.created)
  }
  return { workflow: now, inverse: { kind: 'together', commands: inverses.reverse() }, created, refused: null }
}

interface Plan {
  readonly changes: Patch
  readonly created?: readonly string[]
}

/** What a command changes, or the sentence that says why it can not be done. */
function plan(workflow: Workflow, command: Exclude<Command, { kind: 'together' }>): Plan | string {
  switch (command.kind) {
    case 'patch':
      return { changes: command.patch }
    case 'set-scenario':
      return { changes: [{ at: 'scenario', value: command.scenario }] }
    case 'link':
      return planLink(workflow, { ...blankLink, ...command.link }, null)
    case 'change-link': {
      const link = workflow.trace.get(command.key)
      return link ? planLink(workflow, { ...link, ...command.facts }, command.key) : 'This trace link does not exist any more.'
    }
    case 'unlink':
      return { changes: command.keys.filter((id) => workflow.trace.has(id)).map((id) => ({ at: 'trace', id, value: null })) }
    default:
      return planOnSide(workflow, command)
  }
}

type SideCommand = Extract<Command, OnSide>

function planOnSide(workflow: Workflow, command: SideCommand): Plan | string {
  const { side } = command
  const graph = workflow[side]
  switch (command.kind) {
    case 'rename':
      return { changes: [{ at: 'label', side, value: command.label }] }
    case 'group':
      return groupChanges(workflow, side, command.ids, command.label)
    case 'ungroup':
      return ungroupChanges(workflow, side, command.id)
    case 'replace': {
      const gone = new Set([...graph.nodes.keys()].filter((id) => !command.graph.nodes.has(id)))
      return {
        changes: [...replaceChanges(graph, command.graph), ...traceChanges(workflow, side, gone)],
        created: [...command.graph.nodes.keys()],
      }
    }
    case 'add-node': {
      const facts = withFacts(blankNode, command.facts)
      const id = slugOf(facts.label, graph.nodes, facts.type)
      const changes: Change[] = [{ at: 'nodes', side, id, value: { ...facts, id } }]
      if (command.after === undefined) return { changes, created: [id] }
      if (!graph.nodes.has(command.after)) return `There is no step “${command.after}” to connect from.`
      const edge = slugOf(`${command.after}-${id}`, graph.edges, 'flow')
      changes.push({
        at: 'edges',
        side,
        id: edge,
        value: { ...blankEdge, id: edge, from: command.after, to: id },
      })
      return { changes, created: [id, edge] }
    }
    case 'change-node': {
      const node = graph.nodes.get(command.id)
      if (!node) return `There is no step “${command.id}”.`
      return { changes: [{ at: 'nodes', side, id: node.id, value: withFacts(node, command.facts) }] }
    }
    case 'move-nodes': {
      const changes: Change[] = []
      for (const { id, x, y, lane } of command.moves) {
        const node = graph.nodes.get(id)
        if (node)
          changes.push({ at: 'nodes', side, id, value: whole({ ...node, x, y, lane: lane === undefined ? node.lane : lane }) })
      }
      for (const { id, height } of command.heights ?? []) {
        const lane = graph.lanes.get(id)
        if (lane) changes.push({ at: 'lanes', side, id, value: { ...lane, height: Math.round(height) } })
      }
      return { changes }
    }
    case 'set-lane': {
      if (command.lane !== null && !graph.lanes.has(command.lane)) return `There is no lane “${command.lane}”.`
      const changes: Change[] = []
      for (const id of command.ids) {
        const node = graph.nodes.get(id)
        if (node) changes.push({ at: 'nodes', side, id, value: { ...node, lane: command.lane } })
      }
      return { changes }
    }
    case 'add-lane': {
      const last = Math.max(-1, ...[...graph.lanes.values()].map((lane) => lane.order))
      const facts = withoutEmpty({ ...blankLane, order: last + 1, ...command.facts }, 'within')
      const id = slugOf(facts.label, graph.lanes, 'lane')
      const added: Change = { at: 'lanes', side, id, value: { ...facts, id } }
      if (command.before === undefined) return { changes: [added], created: [id] }
      const order = orderedLanes(graph).flatMap((lane) => (lane.id === command.before ? [id, lane.id] : [lane.id]))
      const lanes = new Map(graph.lanes).set(id, { ...facts, id })
      return { changes: [added, ...laneChanges(graph, lanesAs(lanes, order, []))], created: [id] }
    }
    case 'arrange-lanes': {
      const order = command.order ?? orderedLanes(graph).map((lane) => lane.id)
      return { changes: laneChanges(graph, lanesAs(graph.lanes, order, command.heights ?? [])) }
    }
    case 'change-lane': {
      const lane = graph.lanes.get(command.id)
      if (!lane) return `There is no lane “${command.id}”.`
      const value = withoutEmpty({ ...lane, ...command.facts, id: lane.id }, 'within')
      return { changes: [{ at: 'lanes', side, id: lane.id, value }] }
    }
    case 'add-edge': {
      const { from, to } = command
      if (!graph.nodes.has(from) || !graph.nodes.has(to))
        return `There is no step “${graph.nodes.has(from) ? to : from}” to connect.`
      const outgoing = [...graph.edges.values()].filter((edge) => edge.from === from)
      if (outgoing.some((edge) => edge.to === to)) return 'These two steps are connected already.'
      const id = slugOf(`${from}-${to}`, graph.edges, 'flow')
      return {
        changes: [{ at: 'edges', side, id, value: { ...blankEdge, ...command.facts, id, from, to } }],
        created: [id],
      }
    }
    case 'put-into': {
      const edge = graph.edges.get(command.edge)
      if (!edge || !graph.nodes.has(command.id)) return 'The step or the flow does not exist any more.'
      if (edge.from === command.id || edge.to === command.id) return 'The step is an end of this flow already.'
      const { bends: _, ...first } = edge
      const id = slugOf(`${command.id}-${edge.to}`, graph.edges, 'flow')
      return {
        changes: [
          { at: 'edges', side, id: edge.id, value: { ...first, to: command.id } },
          { at: 'edges', side, id, value: { ...blankEdge, id, from: command.id, to: edge.to } },
        ],
        created: [id],
      }
    }
    case 'change-edge': {
      const edge = graph.edges.get(command.id)
      if (!edge) return `There is no flow “${command.id}”.`
      const { from = edge.from, to = edge.to } = command.facts
      // Corners belong to the way between two steps.
      const bends = command.facts.bends ?? (from === edge.from && to === edge.to ? (edge.bends ?? []) : [])
      const value = withoutEmpty({ ...edge, ...command.facts, bends, id: edge.id }, 'bends')
      if (!graph.nodes.has(value.from) || !graph.nodes.has(value.to)) return 'A flow has to begin and end at a step of this map.'
      return { changes: [{ at: 'edges', side, id: edge.id, value }] }
    }
    case 'remove-edges':
      return { changes: command.ids.filter((id) => graph.edges.has(id)).map((id) => ({ at: 'edges', side, id, value: null })) }
    case 'put-element':
      return { changes: [{ at: 'elements', side, id: command.element.id, value: command.element }] }
    case 'remove-element':
      return graph.elements.has(command.id)
        ? { changes: [{ at: 'elements', side, id: command.id, value: null }] }
        : `There is no element “${command.id}”.`
    case 'remove-nodes':
      return { changes: removalChanges(workflow, side, command.ids, command.bridge) }
    case 'remove-lane':
      return laneRemovalChanges(graph, command.id, command.moveTo)
    case 'paste':
      return pasteChanges(graph, command.fragment, command.dx, command.dy)
    case 'duplicate':
      return duplicateChanges(graph, command.ids, command.dx, command.dy)
  }
}

function planLink(workflow: Workflow, link: TraceLink, before: string | null): Plan | string {
  const lost =
    link.from.find((id) => !workflow.current.nodes.has(id)) ?? link.to.find((id) => !workflow.future.nodes.has(id)) ?? null
  if (lost !== null) return `There is no step “${lost}” to trace.`
  if (link.from.length === 0 && link.to.length === 0) return 'A trace link needs a current or a future step.'
  const key = linkKey(link)
  const changes: Change[] = []
  if (before !== null && before !== key) changes.push({ at: 'trace', id: before, value: null })
  changes.push({ at: 'trace', id: key, value: { ...link, from: [...link.from].sort(), to: [...link.to].sort() } })
  return { changes, created: [key] }
}

function withFacts(node: Node, { colour, ...facts }: NodeFacts): Node {
  const { colour: before, ...rest } = node
  const next = colour === undefined ? before : (colour ?? undefined)
  return whole({ ...rest, ...facts, ...(next === undefined ? {} : { colour: next }), id: node.id })
}

/** An optional member that says nothing is left out. */
function withoutEmpty<T extends object, K extends keyof T>(record: T, name: K): T {
  const value = record[name]
  if (value !== '' && !(Array.isArray(value) && value.length === 0)) return record
  const { [name]: _, ...rest } = record
  return rest as T
}

/** Coordinates are kept as whole pixels, so that moving one node changes one line of its file and nothing else. */
function whole(node: Node): Node {
  return { ...node, x: Math.round(node.x), y: Math.round(node.y) }
}
