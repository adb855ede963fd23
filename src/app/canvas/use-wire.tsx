/** Flows drawn by hand: from any edge of a step to another step or into free space, and ends of flows taken to another step. */
import { useStore } from '@xyflow/react'
import { type PointerEvent as PressEvent, useCallback, useState } from 'react'
import { arrowOf, type Point, pathOf, routeFlow } from '../../core/workflow/drawing/routing.ts'
import { followPointer } from './follow-pointer.ts'
import styles from './hands.module.css'
import { edgeAt, facing, stepAt } from './hit.ts'
import { type NodeRef, parseRef, refOf } from './node-ref.ts'
import type { Scene } from './scene-model.ts'

/** A flow that a hand holds by one end. */
export interface Wire {
  /** Where its other end stays. */
  readonly fixed: NodeRef
  /** The flow whose end it is; null for a new one. */
  readonly flow: string | null
  readonly end: 'from' | 'to'
  readonly at: Point
  readonly over: NodeRef | null
}

export interface WireHands {
  readonly toCanvas: (event: { readonly clientX: number; readonly clientY: number }) => Point
  readonly scene: () => Scene
  readonly zoom: () => number
  readonly onSelect: (ref: NodeRef, more: boolean) => void
  readonly onConnect: (from: NodeRef, to: NodeRef) => void
  readonly onReconnect: (flow: string, end: 'from' | 'to', to: NodeRef) => void
  /** Let go over free space. */
  readonly onSpace: (from: NodeRef, at: Point) => void
}

/** A button that a press began on: let go there, the press meant the button. */
export interface PressedButton {
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  readonly act: () => void
}

export type HeldEnd = Omit<Wire, 'at' | 'over'>

/** How far around the edge of a step a press begins a flow, in pixels on screen: fingers need more room, and less of the step. */
const grip = { mouse: { outside: 9, inside: 3 }, touch: { outside: 18, inside: 0 } }
/** A new step needs some room to the one it follows. */
const leastAway = 24

/** Follows a press that began at a step, at the end of a flow or on a button, until the pointer is let go. */
export function holdWire(
  press: { readonly pointerId: number; readonly clientX: number; readonly clientY: number },
  held: HeldEnd,
  hands: WireHands,
  show: (wire: Wire | null) => void,
  button?: PressedButton,
): void {
  const overAt = (at: Point): NodeRef | null => {
    const ref = stepAt(hands.scene().boxes, at, 6)
    return ref === held.fixed ? null : ref
  }
  followPointer(press, {
    move: (event) => {
      const at = hands.toCanvas(event)
      show({ ...held, at, over: overAt(at) })
    },
    end: (event, moved) => {
      show(null)
      const at = hands.toCanvas(event)
      const over = overAt(at)
      if (!moved) {
        if (held.flow === null) hands.onSelect(held.fixed, event.shiftKey || event.ctrlKey || event.metaKey)
      } else if (button && isInside(button.box, event)) button.act()
      else if (held.flow !== null) {
        if (over) hands.onReconnect(held.flow, held.end, over)
      } else if (over) hands.onConnect(held.fixed, over)
      else if (stepAt(hands.scene().boxes, at, leastAway) !== held.fixed) hands.onSpace(held.fixed, at)
    },
    cancel: () => show(null),
  })
}

function isInside(
  { left, right, top, bottom }: PressedButton['box'],
  at: { readonly clientX: number; readonly clientY: number },
) {
  return at.clientX >= left && at.clientX <= right && at.clientY >= top && at.clientY <= bottom
}

export function useWire(hands: WireHands) {
  const [wire, setWire] = useState<Wire | null>(null)

  const hold = useCallback(
    (press: PressEvent, held: HeldEnd, button?: PressedButton): void => holdWire(press, held, hands, setWire, button),
    [hands],
  )

  /** The step whose edge is under the pointer. */
  const edgeUnder = useCallback(
    (event: PressEvent): NodeRef | null => {
      const size = event.pointerType === 'mouse' ? grip.mouse : grip.touch
      const zoom = hands.zoom()
      return edgeAt(hands.scene().boxes, hands.toCanvas(event), size.outside / zoom, size.inside / zoom)
    },
    [hands],
  )
  return { wire, hold, edgeUnder }
}

/** The flow on its way, and the step it would end at. */
export function WireView({ wire, scene }: { readonly wire: Wire; readonly scene: Scene }) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const box = scene.boxes.get(wire.fixed)
  const over = wire.over === null ? undefined : scene.boxes.get(wire.over)
  if (!box) return null
  const start = facing(box, wire.at)
  const end = over ? facing(over, start) : wire.at
  const [a, b] = wire.end === 'to' ? [start, end] : [end, start]
  // Over a step the flow is shown as it will run.
  const way =
    over &&
    (wire.end === 'to' ? routeFlow(box, over, [...scene.boxes.values()]) : routeFlow(over, box, [...scene.boxes.values()]))
  return (
    <svg className={styles.wire} aria-hidden="true">
      <g transform={`translate(${vx} ${vy}) scale(${zoom})`}>
        {over && <rect x={over.x - 5} y={over.y - 5} width={over.width + 10} height={over.height + 10} rx="9" />}
        <path d={way ? pathOf(way, 6) : `M${a.x} ${a.y}L${b.x} ${b.y}`} />
        {way ? <path d={arrowOf(way)} className={styles.wireHead} /> : <circle cx={b.x} cy={b.y} r="4" />}
      </g>
    </svg>
  )
}

/** Both ends of a flow as steps. */
export function endsOf(scene: Scene, flow: string): { readonly from: NodeRef; readonly to: NodeRef } | null {
  const edge = scene.edges.find(({ id }) => id === flow)
  const [from, to] = [parseRef(edge?.source ?? ''), parseRef(edge?.target ?? '')]
  return from && to ? { from: refOf(from.side, from.id), to: refOf(to.side, to.id) } : null
}
