/** Steps dragged by hand: they fall into line with others, Ctrl lets them stand anywhere, Alt leaves them and drops copies. */
import type { NodeChange, OnNodeDrag } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import type { Guide } from '../../core/workflow/drawing/snap.ts'
import type { Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import { flowAt } from './hit.ts'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'
import { isDraftId, type Scene, type StepNode } from './scene-model.ts'
import { snapAll } from './snapping.tsx'
import { laneAt, type Stage, toMap } from './stage.ts'

export interface Move {
  readonly side: WorkflowSide
  readonly id: string
  readonly x: number
  readonly y: number
  readonly lane: string | null
}

export interface MovingHands {
  readonly props: {
    readonly workflow: Workflow
    readonly readOnly: boolean
    readonly selected: ReadonlySet<NodeRef>
    readonly active: NodeRef | null
    readonly onSelect: (refs: ReadonlySet<NodeRef>, active: NodeRef | null) => void
    /** @param into the flow that a single step without flows was let go on */
    readonly onMoves: (moves: readonly Move[], into: string | null) => void
    readonly onCopies: (moves: readonly Move[]) => void
  }
  readonly scene: Scene
  readonly stage: Stage
  readonly dragged: ReadonlyMap<NodeRef, Point>
  /** Where steps stood before the drag. */
  readonly resting: ReadonlyMap<NodeRef, Box>
}

const noDrag: ReadonlyMap<NodeRef, Point> = new Map()
const noGuides: readonly Guide[] = []

export function useMoving(latest: { readonly current: MovingHands | null }) {
  const [dragged, setDragged] = useState<ReadonlyMap<NodeRef, Point>>(noDrag)
  const [guides, setGuides] = useState<readonly Guide[]>(noGuides)
  const free = useRef(false)

  const onNodesChange = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      if (!latest.current) return
      const { props: now, scene } = latest.current
      let selection: Set<NodeRef> | null = null
      let last: NodeRef | null = null
      const places: [NodeRef, Point][] = []
      for (const change of changes) {
        if (change.type === 'select' && !isDraftId(change.id)) {
          const place = parseRef(change.id)
          if (!place) continue
          const ref = refOf(place.side, place.id)
          selection ??= new Set(now.selected)
          if (change.selected) {
            selection.add(ref)
            last = ref
          } else selection.delete(ref)
        }
        if (change.type === 'position' && change.position && change.dragging) {
          const place = parseRef(change.id)
          if (place) places.push([refOf(place.side, place.id), change.position])
        }
      }
      if (selection) now.onSelect(selection, last ?? (now.active && selection.has(now.active) ? now.active : null))
      if (places.length === 0 || now.readOnly) return
      const all = [...places, ...anchoredTo(now.workflow, places, latest.current.resting)]
      const snapped = free.current ? null : snapAll(all, scene.boxes)
      setGuides(snapped?.guides ?? noGuides)
      setDragged((held) => new Map([...held, ...(snapped?.places ?? all)]))
    },
    [latest],
  )

  const onNodeDrag = useCallback((event: { readonly ctrlKey?: boolean; readonly metaKey?: boolean }) => {
    free.current = event.ctrlKey === true || event.metaKey === true
  }, [])

  const onNodeDragStop: OnNodeDrag<StepNode> = useCallback(
    (event, _node, nodes) => {
      const now = latest.current
      setDragged(noDrag)
      setGuides(noGuides)
      if (!now || now.props.readOnly) return
      const refs = new Set<NodeRef>(now.dragged.keys())
      for (const node of nodes) {
        const place = parseRef(node.id)
        if (place) refs.add(refOf(place.side, place.id))
      }
      const moves = [...refs].flatMap((ref): Move[] => {
        const place = parseRef(ref)
        const box = now.scene.boxes.get(ref)
        if (!place || !box) return []
        const { x, y } = now.dragged.get(ref) ?? box
        const lane = laneAt(now.stage, place.side, y + box.height / 2)
        return [{ ...place, ...toMap(now.stage, place.side, x, y), lane }]
      })
      const changed = moves.filter((move) => {
        const node = now.props.workflow[move.side].nodes.get(move.id)
        return node && (node.x !== move.x || node.y !== move.y || node.lane !== move.lane)
      })
      if (changed.length === 0) return
      if ('altKey' in event && event.altKey) now.props.onCopies(changed)
      else now.props.onMoves(changed, changed.length === 1 ? flowUnder(now, changed[0]) : null)
    },
    [latest],
  )
  return { dragged, guides, onNodesChange, onNodeDrag, onNodeDragStop }
}

/** Notes go along with the step they are anchored to, unless a hand holds them as well. */
function anchoredTo(
  workflow: Workflow,
  places: readonly (readonly [NodeRef, Point])[],
  resting: ReadonlyMap<NodeRef, Box>,
): [NodeRef, Point][] {
  const held = new Map(places)
  const along: [NodeRef, Point][] = []
  for (const [ref, at] of places) {
    const place = parseRef(ref)
    const box = resting.get(ref)
    if (!place || !box) continue
    const graph = workflow[place.side]
    if (graph.nodes.get(place.id)?.type === 'note') continue
    for (const { from, to } of graph.edges.values()) {
      const other = from === place.id ? to : to === place.id ? from : null
      if (other === null || graph.nodes.get(other)?.type !== 'note') continue
      const note = refOf(place.side, other)
      const start = resting.get(note)
      if (start && !held.has(note)) along.push([note, { x: start.x + at.x - box.x, y: start.y + at.y - box.y }])
    }
  }
  return along
}

/** A step without flows that is let go on a flow goes into it. */
function flowUnder({ props, scene, dragged }: MovingHands, move: Move | undefined): string | null {
  if (!move) return null
  const graph = props.workflow[move.side]
  for (const { from, to } of graph.edges.values()) if (from === move.id || to === move.id) return null
  const ref = refOf(move.side, move.id)
  const box = scene.boxes.get(ref)
  const at = dragged.get(ref)
  if (!box || !at || graph.nodes.get(move.id)?.type === 'note') return null
  const hit = flowAt(scene.edges, { x: at.x + box.width / 2, y: at.y + box.height / 2 }, Math.min(box.height / 2, 24))
  return hit?.startsWith(`${move.side}/`) ? hit : null
}
