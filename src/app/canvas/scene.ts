/** From the open workflow to what React Flow draws. Unchanged steps and flows keep their objects, so that only changed ones are drawn again. */
import { Position } from '@xyflow/react'
import { wayOf } from '../../core/workflow/drawing/bent-way.ts'
import { LabelRoom, linesOf } from '../../core/workflow/drawing/label-room.ts'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import { type FlowEnds, routeFlows } from '../../core/workflow/drawing/route-map.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import { blankNode, type Graph, type Node, type WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { type Drawn, drawnAs, joinedOn } from './joined.ts'
import { liesNear, type Moved, movedBetween } from './moved.ts'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'
import {
  type Draft,
  draftIdOf,
  type Scene,
  type SceneInput,
  type StepData,
  type StepNode,
  type WayData,
  type WayEdge,
} from './scene-model.ts'
import { placeOf, type Stage } from './stage.ts'
import { boxesOf, boxesOn, occupiedOn } from './standing.ts'
import { isTraceId, traceWays } from './trace-ways.ts'
import { countEnds, detailOf, nameOf } from './words.ts'

/** Builds scenes one after the other, reusing what did not change. */
export class SceneBuilder {
  private nodes = new Map<string, StepNode>()
  private edges = new Map<string, WayEdge>()
  /** Where steps stood when flows were routed last. */
  private placed: ReadonlyMap<NodeRef, Box> = new Map()
  private last: { readonly input: SceneInput; readonly scene: Scene } | null = null
  private drag: Drag | null = null
  /** Maps as they were when words were placed last. */
  private readonly settled: Record<WorkflowSide, Graph | null> = { current: null, future: null }

  build(input: SceneInput): Scene {
    const scene =
      this.last && input.dragged.size > 0 && differsInDragOnly(this.last.input, input)
        ? this.dragged(input, this.last.scene)
        : this.whole(input)
    this.last = { input, scene }
    return scene
  }

  /** The scene before with other places of the dragged steps: of a map of a thousand steps a drag touches a handful. */
  private dragged(input: SceneInput, before: Scene): Scene {
    const boxes = new Map(before.boxes)
    const held: ReadonlyMap<string, Point> = input.dragged
    const place: ReadonlyMap<string, Box> = boxes
    for (const [ref, at] of input.dragged) {
      const box = boxes.get(ref)
      if (box) boxes.set(ref, { ...box, ...at })
    }
    const nodes = before.nodes.map((node) => {
      const box = held.has(node.id) ? place.get(node.id) : undefined
      return box ? this.step(node.id, box, node.data, node.selected ?? false) : node
    })
    for (const node of nodes) if (held.has(node.id)) this.nodes.set(node.id, node)
    return { nodes, edges: before.edges, boxes, held: this.waysOfHeld(input, before.edges, boxes) }
  }

  /** Ways of the flows and trace links that end at a dragged step. */
  private waysOfHeld(
    input: SceneInput,
    edges: readonly WayEdge[],
    boxes: ReadonlyMap<NodeRef, Box>,
  ): ReadonlyMap<string, WayData> {
    const ways = new Map<string, WayData>()
    const { touched, others, occupied, lines } = this.dragOf(input, edges, boxes)
    const moving = (side: WorkflowSide) =>
      occupiedOn(side, input.workflow[side], new Map([...boxes].filter(([ref]) => input.dragged.has(ref))))
    const rooms = {
      current: new LabelRoom(occupied.current, lines, moving('current')),
      future: new LabelRoom(occupied.future, lines, moving('future')),
    }
    const place: ReadonlyMap<string, Box> = boxes
    for (const { id, source, target, data } of touched) {
      const from = place.get(source)
      const to = place.get(target)
      const side = parseRef(source)?.side
      if (!data || !from || !to || !side || isTraceId(id)) continue
      const first = input.workflow[side].nodes.get(from.id)
      const edge = input.workflow[side].edges.get(parseRef(id)?.id.replace(/^flow\//, '') ?? '')
      if (!edge) continue
      const way = wayOf(edge, from, to, others[side], first !== undefined && isGateway(first), input.stage.regions[side])
      ways.set(id, { ...data, way, at: rooms[side].place(id, way, data.words) })
    }
    if (touched.some(({ id }) => isTraceId(id))) for (const { id, data } of this.lines(input, boxes)) if (data) ways.set(id, data)
    return ways
  }

  /** Worked out when a drag begins, not at each of its frames: what ends at the dragged steps, and what stands still around them. */
  private dragOf({ dragged, workflow }: SceneInput, edges: readonly WayEdge[], boxes: ReadonlyMap<NodeRef, Box>): Drag {
    const known = this.drag
    if (known?.edges === edges && known.refs.size === dragged.size && [...dragged.keys()].every((ref) => known.refs.has(ref)))
      return known
    const refs: ReadonlySet<string> = new Set(dragged.keys())
    const still = new Map([...boxes].filter(([ref]) => !refs.has(ref)))
    const isTouched = ({ source, target }: WayEdge): boolean => refs.has(source) || refs.has(target)
    this.drag = {
      edges,
      refs,
      touched: edges.filter(isTouched),
      lines: edges.flatMap((edge) =>
        edge.data && !isTouched(edge) && !isTraceId(edge.id) ? linesOf(edge.id, edge.data.way) : [],
      ),
      others: { current: [...boxesOn('current', still)], future: [...boxesOn('future', still)] },
      occupied: {
        current: occupiedOn('current', workflow.current, still),
        future: occupiedOn('future', workflow.future, still),
      },
    }
    return this.drag
  }

  private whole(input: SceneInput): Scene {
    const boxes = this.standing(input)
    const nodes = this.steps(input, boxes)
    const edges = this.drawnEdges(input, boxes)
    this.nodes = new Map(nodes.map((node) => [node.id, node]))
    this.edges = new Map(edges.map((edge) => [edge.id, edge]))
    return { nodes, edges, boxes, held: noWays }
  }

  /** The list before, where nothing in it changed: another list is indexed again as a whole. */
  private drawnEdges(input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>): readonly WayEdge[] {
    const before = this.last?.scene.edges ?? []
    const stands = this.last?.scene.boxes === boxes && this.last.input.selectedFlow === input.selectedFlow
    const flows = stands ? before.filter(({ id }) => !isTraceId(id)) : this.flows(input, boxes)
    const edges = [...flows, ...this.lines(input, boxes)]
    return edges.length === before.length && edges.every((edge, at) => edge === before[at]) ? before : edges
  }

  /** Where all steps stand: of the same maps at the same places the ones that were worked out before. */
  private standing(input: SceneInput): ReadonlyMap<NodeRef, Box> {
    const before = this.last?.input
    const same =
      before?.workflow === input.workflow && before.stage === input.stage && before.dragged.size === 0 && input.dragged.size === 0
    return same && this.last ? this.last.scene.boxes : boxesOf(input)
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
    const moved = movedBetween(this.placed, boxes)
    this.placed = boxes
    for (const side of ['current', 'future'] as const) {
      const graph = input.workflow[side]
      const settled = this.settled[side] === graph && moved.places[side].length === 0
      const drawn = settled ? this.drawnAgain(side, graph, boxes) : this.drawnAnew(side, input, boxes, moved)
      this.settled[side] = graph
      const steps = settled ? [] : occupiedOn(side, graph, boxes)
      const labels = new LabelRoom(steps, settled ? [] : drawn.flatMap(({ id, data }) => linesOf(id, data.way)))
      for (const { id, source, target, data, name } of drawn) {
        const before = this.edges.get(id)?.data
        const was = before?.way === data.way && before.words === data.words ? before.at : null
        const at = settled && before ? before.at : labels.place(id, data.way, data.words, was)
        list.push(this.edge(id, source, target, { ...data, at }, input.selectedFlow === id, name))
      }
    }
    return list
  }

  /** Of a map that did not change, with the ways they had. */
  private drawnAgain(side: WorkflowSide, graph: Graph, boxes: ReadonlyMap<NodeRef, Box>): readonly Drawn[] {
    return joinedOn(side, graph, boxes).flatMap((joined) => {
      const before = this.edges.get(joined.id)?.data
      return before ? [drawnAs(joined.id, joined, before.way)] : []
    })
  }

  /** All ways of the map at once, as every export draws them; of a large one those that nothing came near stay. */
  private drawnAnew(side: WorkflowSide, input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>, moved: Moved): readonly Drawn[] {
    const graph = input.workflow[side]
    const steps = [...graph.nodes.keys()].flatMap((id) => boxes.get(refOf(side, id)) ?? [])
    const joined = joinedOn(side, graph, boxes)
    const ends = joined.map(({ id, source, target, from, to, edge, first }): FlowEnds => {
      const fromGateway = edge !== null && isGateway(first)
      if (edge?.bends)
        return { from, to, fromGateway, drawn: wayOf(edge, from, to, steps, fromGateway, input.stage.regions[side]) }
      const before = this.edges.get(id)
      const known = before?.source === source && before.target === target && !before.data?.bent ? before.data?.way : undefined
      const stays =
        known &&
        joined.length > atOnce &&
        !moved.refs.has(source) &&
        !moved.refs.has(target) &&
        !liesNear(known, from, to, moved.places[side])
      return stays ? { from, to, fromGateway, drawn: known } : { from, to, fromGateway }
    })
    const names = occupiedOn(side, graph, boxes).filter((box, at, all) => all[at - 1]?.id === box.id)
    const ways = routeFlows(ends, steps, names)
    return joined.map((each, at) => drawnAs(each.id, each, ways[at] ?? []))
  }

  private lines(input: SceneInput, boxes: ReadonlyMap<NodeRef, Box>): WayEdge[] {
    return traceWays(input, boxes).map(({ id, from, to, data, name }) => this.edge(id, from, to, data, false, name))
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
      before.data.at.x === data.at.x &&
      before.data.at.y === data.at.y &&
      sameWay(before.data.way, data.way)
    if (same) return before
    const made = { id, type: 'way', source, target, data, selected, ariaLabel: name } as const
    return isTraceId(id) ? { ...made, selectable: false, zIndex: 2 } : made
  }
}

/** Flows of a map up to which all ways are chosen together after every edit. */
const atOnce = 400

interface Drag {
  readonly edges: readonly WayEdge[]
  readonly refs: ReadonlySet<string>
  readonly touched: readonly WayEdge[]
  readonly others: Readonly<Record<WorkflowSide, readonly Box[]>>
  /** The same with names outside of shapes: no words stand on them. */
  readonly occupied: Readonly<Record<WorkflowSide, readonly Box[]>>
  /** Of what does not end at a dragged step. */
  readonly lines: readonly Box[]
}

const noWays: ReadonlyMap<string, WayData> = new Map()
/** Everything else is the same, so that steps and flows that do not move can stay as they are. */
function differsInDragOnly(a: SceneInput, b: SceneInput): boolean {
  return (
    a.workflow === b.workflow &&
    a.stage === b.stage &&
    a.selected === b.selected &&
    a.selectedFlow === b.selectedFlow &&
    a.active === b.active &&
    a.editing === b.editing &&
    a.draft === b.draft &&
    a.flags === b.flags &&
    a.waits === b.waits &&
    a.lines === b.lines &&
    // A step that was let go since then has to go back to its place.
    [...a.dragged.keys()].every((ref) => b.dragged.has(ref))
  )
}

function isGateway(node: Node): boolean {
  return node.type === 'decision' || node.type === 'parallel' || node.type === 'inclusive'
}

function sameWay(a: readonly Point[], b: readonly Point[]): boolean {
  return a === b || (a.length === b.length && a.every((point, i) => point.x === b[i]?.x && point.y === b[i]?.y))
}
