/** The drawing of a workflow pair: both maps on one canvas, so that they zoom and pan together. The only place that knows React Flow. */
import '@xyflow/react/dist/base.css'
import {
  type Connection,
  type NodeChange,
  type OnNodeDrag,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
} from '@xyflow/react'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Point } from '../../core/workflow/routing.ts'
import type { Guide } from '../../core/workflow/snap.ts'
import type { Workflow, WorkflowSide } from '../../core/workflow/workflow.ts'
import { comboOf } from '../frame/keys.ts'
import { maxZoom, minZoom } from './camera.ts'
import styles from './canvas.module.css'
import { type Intent, intentOf } from './canvas-keys.ts'
import { type Caption, LaneBands } from './lane-bands.tsx'
import { Legibility } from './legibility.tsx'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'
import { OverviewMap } from './overview-map.tsx'
import { SceneBuilder } from './scene.ts'
import { type Draft, isDraftId, type StepNode, type TraceLine, type WayEdge } from './scene-model.ts'
import { GuideLines, snapAll } from './snapping.tsx'
import { type Arrangement, laneAt, stageOf, toMap } from './stage.ts'
import { domId, type Naming, NamingContext, StepNodeView } from './step-node.tsx'
import { useCamera } from './use-camera.ts'
import { neighbour, readingOrder, stepInOrder } from './walk.ts'
import { HeldWays, WayEdgeView } from './way-edge.tsx'
import type { Flag } from './words.ts'

const nodeTypes = { step: StepNodeView }
const edgeTypes = { way: WayEdgeView }
const middleButton = [1]
const severalKeys = ['Shift', 'Control', 'Meta']
const attribution = { hideAttribution: true }

export interface Move {
  readonly side: WorkflowSide
  readonly id: string
  readonly x: number
  readonly y: number
  readonly lane: string | null
}

/** What the page can ask of the canvas. */
export interface CanvasHandle {
  readonly focus: () => void
  readonly open: () => void
  readonly fit: () => void
  readonly fitSelection: () => void
  readonly whole: () => void
  readonly zoomBy: (factor: number) => void
}

export interface CanvasProps {
  readonly ref?: Ref<CanvasHandle>
  readonly workflow: Workflow
  readonly arrangement: Arrangement
  readonly tool: 'select' | 'pan'
  readonly selected: ReadonlySet<NodeRef>
  readonly active: NodeRef | null
  readonly selectedFlow: string | null
  readonly selectedLane: string | null
  readonly editing: NodeRef | null
  readonly draft: Draft | null
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly lines: readonly TraceLine[]
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  readonly name: string
  readonly readOnly: boolean
  /** Pixels at the right that a drawer covers: selected steps are shown beside it. */
  readonly covered: number
  readonly naming: Naming
  readonly onSelect: (refs: ReadonlySet<NodeRef>, active: NodeRef | null) => void
  readonly onFlow: (flow: string | null) => void
  readonly onLane: (side: WorkflowSide, lane: string) => void
  readonly onMoves: (moves: readonly Move[]) => void
  readonly onConnect: (from: NodeRef, to: NodeRef) => void
  readonly onIntent: (intent: Intent) => void
  /** A double click on free canvas. */
  readonly onPlace: (side: WorkflowSide, lane: string | null, x: number, y: number) => void
  readonly onEdit: (ref: NodeRef) => void
  /** The list of actions is wanted at this point of the window; null for free canvas. */
  readonly onMenu: (ref: NodeRef | null, x: number, y: number) => void
  readonly onCopy: (cut: boolean, clipboard: DataTransfer) => void
  readonly onPaste: (clipboard: DataTransfer) => void
}

const noDrag: ReadonlyMap<NodeRef, Point> = new Map()
const noGuides: readonly Guide[] = []

export function Canvas(props: CanvasProps) {
  const { workflow, arrangement, selected, active, editing, draft, flags, waits, lines, selectedFlow } = props
  const [dragged, setDragged] = useState<ReadonlyMap<NodeRef, Point>>(noDrag)
  const [guides, setGuides] = useState<readonly Guide[]>(noGuides)
  /** Ctrl lets a step be put anywhere. */
  const free = useRef(false)
  const builder = useRef<SceneBuilder>(null)
  builder.current ??= new SceneBuilder()
  const room = useRef<HTMLDivElement>(null)
  const [strip, setStrip] = useState<HTMLElement | null>(null)
  const flow = useRef<ReactFlowInstance<StepNode, WayEdge> | null>(null)
  const stage = useMemo(() => stageOf(workflow, arrangement), [workflow, arrangement])
  const scene = useMemo(
    () =>
      (builder.current ?? new SceneBuilder()).build({
        workflow,
        stage,
        dragged,
        selected,
        selectedFlow,
        active,
        editing,
        draft,
        flags,
        waits,
        lines,
      }),
    [workflow, stage, dragged, selected, selectedFlow, active, editing, draft, flags, waits, lines],
  )
  /** The overview shows a dragged step once it is let go. */
  const resting = useRef(scene.boxes)
  if (dragged.size === 0) resting.current = scene.boxes
  const latest = useRef({ props, scene, stage, dragged })
  latest.current = { props, scene, stage, dragged }
  const camera = useCamera(room, flow, latest)
  useImperativeHandle(props.ref, () => camera, [camera])

  // A step that is walked to or named has to be in view.
  const shown = editing ?? (draft ? null : active)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a drawer that opens may cover the step
  useEffect(() => {
    if (shown) camera.show(shown)
  }, [shown, camera, props.covered])
  useEffect(() => {
    if (draft) camera.showAt(draft.side, draft.x, draft.y)
  }, [draft, camera])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other arrangement is a new drawing
  useEffect(() => camera.open(), [arrangement, camera])

  const onNodesChange = useCallback((changes: NodeChange<StepNode>[]) => {
    const now = latest.current.props
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
    const snapped = free.current ? null : snapAll(places, latest.current.scene.boxes)
    setGuides(snapped?.guides ?? noGuides)
    setDragged((held) => new Map([...held, ...(snapped?.places ?? places)]))
  }, [])

  const onDragStop: OnNodeDrag<StepNode> = useCallback((_event, _node, nodes) => {
    const now = latest.current
    setDragged(noDrag)
    setGuides(noGuides)
    if (now.props.readOnly) return
    const moves = nodes.flatMap((node): Move[] => {
      const place = parseRef(node.id)
      if (!place) return []
      const { x, y } = now.dragged.get(refOf(place.side, place.id)) ?? node.position
      const lane = laneAt(now.stage, place.side, y + (node.height ?? 0) / 2)
      return [{ ...place, ...toMap(now.stage, place.side, x, y), lane }]
    })
    const changed = moves.filter((move) => {
      const node = now.props.workflow[move.side].nodes.get(move.id)
      return node && (node.x !== move.x || node.y !== move.y || node.lane !== move.lane)
    })
    if (changed.length > 0) now.props.onMoves(changed)
  }, [])

  const onConnect = useCallback(({ source, target }: Connection) => {
    const from = parseRef(source)
    const to = parseRef(target)
    if (from && to) latest.current.props.onConnect(refOf(from.side, from.id), refOf(to.side, to.id))
  }, [])

  const walk = (where: Extract<Intent, { do: 'walk' }>['where']): void => {
    const { scene: drawn } = latest.current
    const target =
      where === 'left' || where === 'right' || where === 'up' || where === 'down'
        ? active && neighbour(workflow, drawn.boxes, active, where)
        : stepInOrder(readingOrder(workflow), active, where)
    if (target) props.onSelect(new Set([target]), target)
    else if (active === null) camera.pan(where)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return
    const intent = intentOf(comboOf(event.nativeEvent))
    if (!intent) return
    event.preventDefault()
    event.stopPropagation()
    if (intent.do === 'walk') walk(intent.where)
    else if (intent.do === 'zoom-fit') camera.fit()
    else if (intent.do === 'zoom-whole') camera.whole()
    else if (intent.do === 'zoom-selection') camera.fitSelection()
    else props.onIntent(intent)
  }

  const onClipboard = (event: ClipboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    if (event.type === 'paste') props.onPaste(event.clipboardData)
    else props.onCopy(event.type === 'cut', event.clipboardData)
  }

  const onDoubleClick = (event: React.MouseEvent): void => {
    if (!(event.target instanceof Element) || !event.target.classList.contains('react-flow__pane')) return
    const at = flow.current?.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    if (!at) return
    const below = at.y >= stage.regions.future.y - 32
    const side =
      arrangement === 'stacked' ? (below ? 'future' : 'current') : at.x >= stage.regions.future.x - 32 ? 'future' : 'current'
    const place = toMap(stage, side, at.x - 76, at.y - 32)
    props.onPlace(side, laneAt(stage, side, at.y), place.x, place.y)
  }

  return (
    <div
      ref={room}
      className={styles.room}
      data-tool={props.tool}
      data-before={props.captions.current.stale || props.captions.future.stale || undefined}
    >
      <NamingContext value={props.naming}>
        <HeldWays value={scene.held}>
          <ReactFlow<StepNode, WayEdge>
            id="workflow-canvas"
            className={styles.canvas ?? ''}
            aria-label={props.name}
            aria-describedby="workflow-canvas-help"
            aria-activedescendant={active && !editing && !draft ? domId(active) : undefined}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onCopy={onClipboard}
            onCut={onClipboard}
            onPaste={onClipboard}
            onDoubleClick={onDoubleClick}
            onPointerDownCapture={(event) => {
              if (event.target instanceof Element && !event.target.closest('input, button'))
                event.currentTarget.focus({ preventScroll: true })
            }}
            nodes={mutable(scene.nodes)}
            edges={mutable(scene.edges)}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onInit={(instance) => {
              flow.current = instance
              camera.open()
              if (active) camera.show(active)
            }}
            onNodesChange={onNodesChange}
            onNodeDrag={(event) => {
              free.current = event.ctrlKey || event.metaKey
            }}
            onNodeDragStop={onDragStop}
            onNodeDoubleClick={(_event, node) => {
              const place = parseRef(node.id)
              if (place) props.onEdit(refOf(place.side, place.id))
            }}
            onNodeContextMenu={(event, node) => {
              const place = parseRef(node.id)
              if (!place) return
              event.preventDefault()
              props.onMenu(refOf(place.side, place.id), event.clientX, event.clientY)
            }}
            onPaneContextMenu={(event) => {
              event.preventDefault()
              props.onMenu(null, event.clientX, event.clientY)
            }}
            onEdgeClick={(_event, edge) => edge.data?.look !== 'message' && props.onFlow(edge.id)}
            onPaneClick={() => {
              props.onSelect(new Set(), null)
              props.onFlow(null)
            }}
            onConnect={onConnect}
            onMoveStart={(event) => event && camera.touched()}
            nodesDraggable={!props.readOnly && props.tool === 'select'}
            nodesConnectable={!props.readOnly}
            nodesFocusable={false}
            edgesFocusable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            onlyRenderVisibleElements
            elevateNodesOnSelect={false}
            panOnDrag={props.tool === 'pan' ? true : middleButton}
            selectionOnDrag={props.tool === 'select'}
            selectionKeyCode={null}
            multiSelectionKeyCode={severalKeys}
            selectionMode={SelectionMode.Partial}
            panOnScroll
            zoomOnScroll={false}
            zoomOnDoubleClick={false}
            minZoom={minZoom}
            maxZoom={maxZoom}
            proOptions={attribution}
          >
            <Legibility room={room} />
            <LaneBands stage={stage} captions={props.captions} selectedLane={props.selectedLane} onLane={props.onLane} />
            <GuideLines guides={guides} />
            <OverviewMap stage={stage} boxes={resting.current} place={strip} />
          </ReactFlow>
        </HeldWays>
      </NamingContext>
      <div ref={setStrip} className={`${styles.strip} no-print`} />
      <p id="workflow-canvas-help" className="visually-hidden">
        Drawing of both maps. Page Down and Page Up go through the steps, arrows follow the flow, Enter names a step, T adds one,
        C connects, R traces. Press Shift+T for the table view.
      </p>
    </div>
  )
}

/** React Flow's props ask for arrays that may be changed, but it never changes them. */
function mutable<T>(list: readonly T[]): T[] {
  return list as T[]
}
