/** The drawing of a workflow pair: both maps on one canvas, so that they zoom and pan together. The only place that knows React Flow. */
import '@xyflow/react/dist/base.css'
import { ReactFlow, type ReactFlowInstance, SelectionMode } from '@xyflow/react'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent as PressEvent,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import { comboOf } from '../window/keys.ts'
import { maxZoom, minZoom } from './camera.ts'
import styles from './canvas.module.css'
import { type Intent, intentOf } from './canvas-keys.ts'
import type { CanvasProps } from './canvas-props.ts'
import { farRows } from './far.ts'
import { type FarHit, FarView } from './far-view.tsx'
import { flowAt, stepAt } from './hit.ts'
import { holdTouch } from './hold-touch.ts'
import { LaneBands } from './lane-bands.tsx'
import { laneNotes } from './lane-notes.ts'
import { Legibility } from './legibility.tsx'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'
import { NotBegun } from './not-begun.tsx'
import { OverDrawing } from './over/over-drawing.tsx'
import { OverviewMap } from './overview-map.tsx'
import { SceneBuilder } from './scene.ts'
import type { StepNode, WayEdge } from './scene-model.ts'
import { SelectionHands } from './selection-hands.tsx'
import { GuideLines } from './snapping.tsx'
import { laneAt, stageOf, toMap } from './stage.ts'
import { domId, NamingContext, StepNodeView } from './step-node.tsx'
import { useCamera } from './use-camera.ts'
import { type MovingHands, useMoving } from './use-moving.ts'
import { usePrinting } from './use-printing.ts'
import { useWire, WireView } from './use-wire.tsx'
import { neighbour, readingOrder, stepInOrder } from './walk.ts'
import { HeldWays, WayEdgeView } from './way-edge.tsx'

const nodeTypes = { step: StepNodeView }
const edgeTypes = { way: WayEdgeView }
const middleButton = [1]
const severalKeys = ['Shift', 'Control', 'Meta']
const attribution = { hideAttribution: true }
const nothing: never[] = []
/** How far beside a flow a press still means it, in pixels on screen. */
const flowReach = 8

export function Canvas(props: CanvasProps) {
  const { workflow, arrangement, selected, active, editing, draft, flags, waits, lines, selectedFlow } = props
  const moving = useRef<MovingHands | null>(null)
  const { dragged, guides, onNodesChange, onNodeDrag, onNodeDragStop } = useMoving(moving)
  const builder = useRef<SceneBuilder>(null)
  builder.current ??= new SceneBuilder()
  const room = useRef<HTMLDivElement>(null)
  const [strip, setStrip] = useState<HTMLElement | null>(null)
  const [isFar, setFar] = useState(false)
  const [height, setHeight] = useState(600)
  const [fingers, setFingers] = useState(false)
  const [onEdge, setOnEdge] = useState(false)
  const printing = usePrinting()
  const farHit = useRef<FarHit>(null)
  const flow = useRef<ReactFlowInstance<StepNode, WayEdge> | null>(null)
  const stage = useMemo(() => stageOf(workflow, arrangement), [workflow, arrangement])
  const notes = useMemo(() => laneNotes(workflow), [workflow])
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
  const resting = useRef<ReadonlyMap<NodeRef, Box>>(scene.boxes)
  if (dragged.size === 0) resting.current = scene.boxes
  const far = isFar && !printing && draft === null && editing === null
  const rows = useMemo(() => (far ? farRows(stage, height - props.foot) : null), [far, stage, height, props.foot])
  const latest = useRef({ props, scene, stage, dragged, far })
  latest.current = { props, scene, stage, dragged, far }
  moving.current = { props, scene, stage, dragged, resting: resting.current }
  const camera = useCamera(room, flow, latest)

  const toCanvas = useCallback(
    (event: { readonly clientX: number; readonly clientY: number }) =>
      flow.current?.screenToFlowPosition({ x: event.clientX, y: event.clientY }) ?? { x: 0, y: 0 },
    [],
  )
  /** The map, lane and place of a point; a step that is put there has its middle on it. */
  const placeAt = useCallback((at: { readonly x: number; readonly y: number }, size = { width: 152, height: 64 }) => {
    const { stage: now } = latest.current
    const below = at.y >= now.regions.future.y - 32
    const right = at.x >= now.regions.future.x - 32
    const side = now.arrangement !== 'single' && (now.arrangement === 'stacked' ? below : right) ? 'future' : 'current'
    const place = toMap(now, side, at.x - size.width / 2, at.y - size.height / 2)
    return { side, lane: laneAt(now, side, at.y), ...place } as const
  }, [])
  const wireHands = useMemo(
    () => ({
      toCanvas,
      scene: () => latest.current.scene,
      zoom: () => flow.current?.getZoom() ?? 1,
      onSelect: (ref: NodeRef, more: boolean) => {
        const now = latest.current.props
        now.onSelect(more ? new Set([...now.selected, ref]) : new Set([ref]), ref)
      },
      onConnect: (from: NodeRef, to: NodeRef) => latest.current.props.onConnect(from, to),
      onReconnect: (id: string, end: 'from' | 'to', to: NodeRef) => latest.current.props.onReconnect(id, end, to),
      onSpace: (from: NodeRef, at: { readonly x: number; readonly y: number }) => {
        const place = placeAt(at)
        const source = parseRef(from)
        latest.current.props.onPlace({ ...place, type: 'step', after: source?.side === place.side ? source.id : null })
      },
    }),
    [toCanvas, placeAt],
  )
  const { wire, hold, edgeUnder } = useWire(wireHands)
  const handle = useMemo(
    () => ({
      ...camera,
      dropAt: (type: StepNode['data']['node']['type'], x: number, y: number): boolean => {
        const inside = room.current?.getBoundingClientRect()
        if (!inside || x < inside.left || x > inside.right || y < inside.top || y > inside.bottom) return false
        const at = toCanvas({ clientX: x, clientY: y })
        const now = latest.current
        const hit = type === 'note' ? stepAt(now.scene.boxes, at) : null
        const into = type === 'note' || type === 'document' ? null : flowAt(now.scene.edges, at, 16)
        const place = placeAt(at)
        const anchor = hit === null ? null : parseRef(hit)
        now.props.onPlace({ ...place, type, after: anchor?.side === place.side ? anchor.id : null, into })
        return true
      },
    }),
    [camera, toCanvas, placeAt],
  )
  useImperativeHandle(props.ref, () => handle, [handle])

  // A step that is walked to or named has to be in view; one that was pressed is, and the map stays where it is.
  const pressed = useRef(false)
  const shown = editing ?? (draft ? null : active)
  useEffect(() => {
    if (shown && !pressed.current) camera.show(shown)
  }, [shown, camera])
  const { covered } = props
  useEffect(() => {
    if (covered > 0) camera.uncover()
  }, [covered, camera])
  useEffect(() => {
    if (draft) camera.showAt(draft.side, draft.x, draft.y)
  }, [draft, camera])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other arrangement is a new drawing
  useEffect(() => camera.open(), [arrangement, camera])
  useEffect(() => {
    const element = room.current
    if (!element) return
    const watch = new ResizeObserver(() => setHeight(element.clientHeight))
    watch.observe(element)
    const key = (): void => {
      pressed.current = false
    }
    addEventListener('keydown', key, true)
    return () => {
      watch.disconnect()
      removeEventListener('keydown', key, true)
    }
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
    if (props.onIntent(intent)) return
    if (intent.do === 'walk') walk(intent.where)
    else if (intent.do === 'zoom-fit') camera.fit()
    else if (intent.do === 'zoom-whole') camera.whole()
    else if (intent.do === 'zoom-selection') camera.fitSelection()
    else if (intent.do === 'zoom') camera.zoomBy(intent.by)
  }

  const onClipboard = (event: ClipboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    if (event.type === 'paste') props.onPaste(event.clipboardData)
    else props.onCopy(event.type === 'cut', event.clipboardData)
  }

  /** Before React Flow sees it: presses on the edge of a step begin a flow; fingers pan where a mouse would draw a frame. */
  const onPress = (event: PressEvent<HTMLDivElement>): void => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('input, button')) return
    pressed.current = true
    event.currentTarget.focus({ preventScroll: true })
    const touch = event.pointerType === 'touch'
    if (touch !== fingers) flushSync(() => setFingers(touch))
    if (event.button !== 0 || props.readOnly || props.tool === 'pan' || far || !event.isPrimary) return
    const onCanvas = target?.closest('.react-flow__pane, .react-flow__node, .react-flow__edge')
    const ref = onCanvas && !event.altKey ? edgeUnder(event) : null
    // A finger on a step moves it: flows begin beside a step that was chosen before.
    if (!ref || (touch && !selected.has(ref))) return
    event.preventDefault()
    event.stopPropagation()
    holdTouch(room.current)
    hold(event, { fixed: ref, flow: null, end: 'to' })
  }

  const onDoubleClick = (event: React.MouseEvent): void => {
    if (props.readOnly) return
    const hit = far ? (farHit.current?.(event) ?? null) : null
    if (hit) {
      camera.zoomInOn(hit)
      return
    }
    if (far || !(event.target instanceof Element) || !event.target.closest('.react-flow__pane')) return
    const at = toCanvas(event)
    const on = stepAt(scene.boxes, at, 6)
    const way = flowAt(scene.edges, at, flowReach)
    if (on) props.onEdit(on)
    else if (way) props.onFlowName(way)
    else props.onPlace({ ...placeAt(at), type: 'step', after: null })
  }

  return (
    <>
      <div
        ref={room}
        className={styles.room}
        data-tool={props.tool}
        data-on-edge={onEdge || wire !== null || undefined}
        data-before={props.captions.current.stale || props.captions.future.stale || undefined}
      >
        <NamingContext value={props.naming}>
          <HeldWays value={scene.held}>
            <ReactFlow<StepNode, WayEdge>
              id="workflow-canvas"
              className={styles.canvas ?? ''}
              aria-label={props.name}
              aria-describedby="workflow-canvas-help"
              aria-activedescendant={active && !editing && !draft && !far ? domId(active) : undefined}
              tabIndex={0}
              onKeyDown={onKeyDown}
              onCopy={onClipboard}
              onCut={onClipboard}
              onPaste={onClipboard}
              onDoubleClick={onDoubleClick}
              onPointerDownCapture={onPress}
              onPointerMove={(event) => {
                if (event.pointerType !== 'mouse' || event.buttons !== 0) return
                const free = props.readOnly || props.tool === 'pan' || far
                const over =
                  !free && event.target instanceof Element && !event.target.closest('button, input') && edgeUnder(event)
                setOnEdge(Boolean(over))
              }}
              nodes={far ? nothing : mutable(scene.nodes)}
              edges={far ? nothing : mutable(scene.edges)}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              onInit={(instance) => {
                flow.current = instance
                camera.open()
                if (active) camera.show(active)
              }}
              onNodesChange={onNodesChange}
              onNodeDrag={onNodeDrag}
              onNodeDragStop={onNodeDragStop}
              onNodeClick={(event, node) => {
                // One of several that were selected: a press on it means it alone.
                const place = parseRef(node.id)
                const more = event.shiftKey || event.ctrlKey || event.metaKey
                if (place && !more && props.selected.size > 1) wireHands.onSelect(refOf(place.side, place.id), false)
              }}
              onNodeDoubleClick={(_event, node) => {
                const place = parseRef(node.id)
                if (place && !props.readOnly) props.onEdit(refOf(place.side, place.id))
              }}
              onNodeContextMenu={(event, node) => {
                const place = parseRef(node.id)
                if (!place) return
                event.preventDefault()
                props.onMenu({ step: refOf(place.side, place.id) }, event.clientX, event.clientY)
              }}
              onEdgeContextMenu={(event, edge) => {
                event.preventDefault()
                if (edge.data?.look !== 'message') props.onMenu({ flow: edge.id }, event.clientX, event.clientY)
              }}
              onPaneContextMenu={(event) => {
                event.preventDefault()
                props.onMenu({}, event.clientX, event.clientY)
              }}
              onEdgeClick={(_event, edge) => edge.data?.look !== 'message' && props.onFlow(edge.id)}
              onEdgeDoubleClick={(_event, edge) =>
                edge.data?.look !== 'message' && !props.readOnly && !edge.id.startsWith('trace/') && props.onFlowName(edge.id)
              }
              onPaneClick={(event) => {
                const hit = far ? (farHit.current?.(event) ?? null) : null
                if (hit) wireHands.onSelect(hit, event.shiftKey || event.ctrlKey || event.metaKey)
                else {
                  props.onSelect(new Set(), null)
                  props.onFlow(null)
                }
              }}
              onMoveStart={(event) => event && camera.touched()}
              nodesDraggable={!props.readOnly && props.tool === 'select'}
              nodesConnectable={false}
              nodesFocusable={false}
              edgesFocusable={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              onlyRenderVisibleElements
              elevateNodesOnSelect={false}
              panOnDrag={props.tool === 'pan' || fingers ? true : middleButton}
              selectionOnDrag={props.tool === 'select' && !fingers && !far}
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
              <Legibility room={room} onFar={setFar} />
              <LaneBands
                {...props.lanes}
                stage={stage}
                captions={props.captions}
                notes={notes}
                selectedLane={props.selectedLane}
                namingLane={props.namingLane}
                readOnly={props.readOnly}
                far={rows}
              />
              {props.beginFuture && draft === null && (
                <NotBegun stage={stage} far={rows}>
                  {props.beginFuture}
                </NotBegun>
              )}
              <GuideLines guides={guides} />
              {rows && (
                <FarView
                  ref={farHit}
                  workflow={workflow}
                  stage={stage}
                  scene={scene}
                  rows={rows}
                  selected={selected}
                  flags={flags}
                  waits={waits}
                />
              )}
              {wire && <WireView wire={wire} scene={scene} />}
              {!far && !wire && dragged.size === 0 && (
                <SelectionHands
                  {...props}
                  stage={stage}
                  scene={scene}
                  onHold={(press, held, button) => {
                    press.preventDefault()
                    press.stopPropagation()
                    holdTouch(room.current)
                    hold(press, held, button)
                  }}
                />
              )}
              {props.over && <OverDrawing {...moving.current} over={props.over} />}
              <OverviewMap stage={stage} boxes={resting.current} place={far ? null : strip} />
            </ReactFlow>
          </HeldWays>
        </NamingContext>
        <p id="workflow-canvas-help" className="visually-hidden">
          Drawing of both maps. Page Down and Page Up go through the steps, arrows follow the flow, Enter names a step, T adds
          one, Ctrl with an arrow adds one beside it, C connects, F goes to its flows, R traces. Press Shift+T for the table view.
        </p>
      </div>
      <div ref={setStrip} className={`${styles.strip} no-print`} />
    </>
  )
}

/** React Flow's props ask for arrays that may be changed, but it never changes them. */
function mutable<T>(list: readonly T[]): T[] {
  return list as T[]
}
