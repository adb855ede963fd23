/** From the open workflow to what React Flow draws. Unchanged steps and flows keep their objects, so that only changed ones are drawn again. */
import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react'
import { Position } from '@xyflow/react'
import type { Box } from '../../core/workflow/layout.ts'
import { sizeOf } from '../../core/workflow/layout.ts'
import { blankNode, type Edge, type Node, type Workflow, type WorkflowSide } from '../../core/workflow/workflow.ts'
import { formatPercent } from '../format.ts'
import { type NodeRef, refOf } from './node-ref.ts'
import { labelPoint, type Point, routeFlow, routeTrace } from './routing.ts'
import { placeOf, type Stage, traceLevel } from './stage.ts'
import { countEnds, detailOf, type Flag, nameOf } from './words.ts'

export interface StepData extends Record<string, unknown> {
  readonly node: Node
  readonly detail: string
  readonly name: string
  readonly flag: Flag | null
  readonly active: boolean
  readonly editing: boolean
}
export type StepNode = FlowNode<StepData, 'step'>

export interface WayData extends Record<string, unknown> {
  readonly way: readonly Point[]
  readonly words: string
  readonly at: Point
  readonly look: 'flow' | 'handoff' | 'trace' | 'moved'
  readonly side: 'reject' | 'exception' | null
}
export type WayEdge = FlowEdge<WayData, 'way'>

/** A dotted line between a current and a future step. */
export interface TraceLine {
  readonly from: NodeRef
  readonly to: NodeRef
  readonly look: 'trace' | 'moved'
  readonly words: string
}

/** A step that is being named and does not exist yet. */
export interface Draft {
  readonly side: WorkflowSide
  readonly type: Node['type']
  readonly lane: string | null
  readonly x: number
  readonly y: number
  /** Will be connected behind this step. */
  readonly after: string | null
  /** Tells one draft from the one named just before it. */
  readonly n: number
}

/** No step has such a name: it belongs to neither map. */
export function draftIdOf(draft: Draft): string {
  return `draft/${draft.n}`
}

export function isDraftId(id: string): boolean {
  return id.startsWith('draft/')
}

export interface SceneInput {
  readonly workflow: Workflow
  readonly stage: Stage
  readonly dragged: ReadonlyMap<NodeRef, Point>
  readonly selected: ReadonlySet<NodeRef>
  readonly selectedFlow: string | null
  readonly active: NodeRef | null
  readonly editing: NodeRef | null
  readonly draft: Draft | null
  readonly flags: ReadonlyMap<NodeRef, Flag>
  /** Seconds a case waits at a step: simulated where known, otherwise as given. */
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly lines: readonly TraceLine[]
}

export interface Scene {
  readonly nodes: readonly StepNode[]
  readonly edges: readonly WayEdge[]
  readonly boxes: ReadonlyMap<NodeRef, Box>
}

/** Room of the words on a trace link. */
const wordsWidth = 136
const wordsHeight = 22

/** Builds scenes one after the other, reusing what did not change. */
export class SceneBuilder {
  private nodes = new Map<string, StepNode>()
  private edges = new Map<string, WayEdge>()
  private geometry = ''

  build(input: SceneInput): Scene {
    const boxes = boxesOf(input)
    const nodes = this.steps(input, boxes)
    const edges = [...this.flows(input, boxes), ...this.lines(input, boxes)]
    this.nodes = new Map(nodes.map((node) => [node.id, node]))
    this.edges = new Map(edges.map((edge) => [edge.id, edge]))
    return { nodes, edges, boxes }
  }

  private steps(input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>): StepNode[] {
    const list: StepNode[] = []
    for (const side of ['current', 'future'] as const) {
      const graph = input.workflow[side]
      const ends = countEnds(graph)
      for (const node of graph.nodes.values()) {
        const ref = refOf(side, node.id)
        const box = boxes.get(ref)
        if (!box) continue
        const flag = input.flags.get(ref) ?? null
        const wait = input.waits.get(ref) ?? null
        const data: StepData = {
          node,
          detail: detailOf(node, wait),
          name: nameOf(graph, node, wait, flag, ends(node.id)),
          flag,
          active: input.active === ref,
          editing: input.editing === ref,
        }
        list.push(this.step(ref, box, data, input.selected.has(ref)))
      }
    }
    if (input.draft) list.push(this.draft(input.draft, input.stage))
    return list
  }

  private step(id: string, box: Box, data: StepData, selected: boolean): StepNode {
    const before = this.nodes.get(id)
    const same =
      before &&
      before.selected === selected &&
      before.position.x === box.x &&
      before.position.y === box.y &&
      before.width === box.width &&
      before.data.node === data.node &&
      before.data.detail === data.detail &&
      before.data.name === data.name &&
      before.data.flag === data.flag &&
      before.data.active === data.active &&
      before.data.editing === data.editing
    if (same) return before
    const { width, height } = box
    return {
      id,
      type: 'step',
      position: { x: box.x, y: box.y },
      width,
      height,
      measured: { width, height },
      handles: [
        { type: 'target', position: Position.Left, x: 0, y: height / 2, width: 1, height: 1 },
        { type: 'source', position: Position.Right, x: width, y: height / 2, width: 1, height: 1 },
      ],
      selected,
      data,
      domAttributes: { 'aria-roledescription': undefined },
    }
  }

  private draft(draft: Draft, stage: Stage): StepNode {
    const id = draftIdOf(draft)
    const node: Node = { ...blankNode, id, type: draft.type, lane: draft.lane, x: draft.x, y: draft.y }
    const box = placeOf(stage, draft.side, node)
    const known = this.nodes.get(id)
    const data: StepData = known?.data ?? { node, detail: '', name: 'New step', flag: null, active: false, editing: true }
    return { ...this.step(id, box, { ...data, node: known?.data.node ?? node }, false), draggable: false }
  }

  private flows(input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>): WayEdge[] {
    const list: WayEdge[] = []
    // While something is dragged, only flows that touch it are routed again.
    const geometry = input.dragged.size > 0 ? this.geometry : [...boxes.values()].map((box) => `${box.x},${box.y}`).join(' ')
    const moved = geometry !== this.geometry
    this.geometry = geometry
    for (const side of ['current', 'future'] as const) {
      const graph = input.workflow[side]
      const own = [...graph.nodes.keys()].flatMap((id) => boxes.get(refOf(side, id)) ?? [])
      for (const edge of graph.edges.values()) {
        const source = refOf(side, edge.from)
        const target = refOf(side, edge.to)
        const from = boxes.get(source)
        const to = boxes.get(target)
        const first = graph.nodes.get(edge.from)
        const second = graph.nodes.get(edge.to)
        if (!from || !to || !first || !second) continue
        const id = `${side}/flow/${edge.id}`
        const before = this.edges.get(id)
        const touched = moved || input.dragged.has(source) || input.dragged.has(target) || !before
        const way =
          touched || before.source !== source || before.target !== target
            ? routeFlow(from, to, own, isGateway(first))
            : before.data?.way
        if (!way) continue
        const data: WayData = {
          way,
          words: flowWords(edge),
          at: labelPoint(way),
          look: first.lane !== second.lane && first.lane !== null && second.lane !== null ? 'handoff' : 'flow',
          side: edge.reject ? 'reject' : edge.exception || edge.timeout !== null ? 'exception' : null,
        }
        list.push(this.edge(id, source, target, data, input.selectedFlow === id, `Flow from ${first.label} to ${second.label}`))
      }
    }
    return list
  }

  private lines(input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>): WayEdge[] {
    const written: Point[] = []
    return input.lines.flatMap((line) => {
      const from = boxes.get(line.from)
      const to = boxes.get(line.to)
      if (!from || !to) return []
      const level = input.stage.arrangement === 'stacked' ? traceLevel(input.stage) : null
      const way = routeTrace(from, to, level)
      const middle = level === null ? labelPoint(way) : { x: ((way[0]?.x ?? 0) + (way.at(-1)?.x ?? 0)) / 2, y: level }
      // Words beside each other would cover one another: the next ones stand a line lower.
      const near = written.filter((other) => Math.abs(other.x - middle.x) < wordsWidth).length
      const at = { x: middle.x, y: middle.y + near * wordsHeight }
      if (line.words !== '') written.push(at)
      const name = `${line.look === 'moved' ? 'Moved, not removed' : 'Traced'}: ${line.from} to ${line.to}`
      const data: WayData = { way, words: line.words, at, look: line.look, side: null }
      return [
        { ...this.edge(`trace/${line.from}/${line.to}`, line.from, line.to, data, false, name), selectable: false, zIndex: 2 },
      ]
    })
  }

  private edge(id: string, source: string, target: string, data: WayData, selected: boolean, name: string): WayEdge {
    const before = this.edges.get(id)
    const same =
      before?.data &&
      before.selected === selected &&
      before.ariaLabel === name &&
      before.data.words === data.words &&
      before.data.look === data.look &&
      before.data.side === data.side &&
      sameWay(before.data.way, data.way)
    if (same) return before
    return { id, type: 'way', source, target, data, selected, ariaLabel: name }
  }
}

function boxesOf(input: SceneInput): ReadonlyMap<NodeRef, Box> {
  const boxes = new Map<NodeRef, Box>()
  for (const side of ['current', 'future'] as const)
    for (const node of input.workflow[side].nodes.values()) {
      const ref = refOf(side, node.id)
      const held = input.dragged.get(ref)
      boxes.set(ref, held ? { id: node.id, ...held, ...sizeOf(node) } : placeOf(input.stage, side, node))
    }
  return boxes
}

function isGateway(node: Node): boolean {
  return node.type === 'decision' || node.type === 'parallel' || node.type === 'inclusive'
}

function flowWords(edge: Edge): string {
  const parts: string[] = []
  if (edge.label !== '') parts.push(edge.label)
  if (edge.probability !== null && edge.probability < 1) parts.push(formatPercent(edge.probability))
  return parts.join(' ')
}

function sameWay(a: readonly Point[], b: readonly Point[]): boolean {
  return a === b || (a.length === b.length && a.every((point, i) => point.x === b[i]?.x && point.y === b[i]?.y))
}
