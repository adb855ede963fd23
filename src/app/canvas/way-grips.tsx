/** What a hand can take of the selected flow: both ends, and every piece of its way. */
import { useStore } from '@xyflow/react'
import { type PointerEvent, useState } from 'react'
import { movePiece } from '../../core/workflow/drawing/bent-way.ts'
import { type Point, pathOf } from '../../core/workflow/drawing/routing.ts'
import { followPointer } from './follow-pointer.ts'
import styles from './hands.module.css'
import type { WayEdge } from './scene-model.ts'

/** Shorter pieces have no grip of their own, in canvas pixels. */
const leastPiece = 20

export function WayGrips({
  edge,
  onEnd,
  onBend,
  onName,
}: {
  readonly edge: WayEdge
  readonly onEnd: (press: PointerEvent, end: 'from' | 'to') => void
  /** A double press on what lies over the flow means the flow. */
  readonly onName: () => void
  /** @param corners in canvas pixels */
  readonly onBend: (corners: readonly Point[]) => void
}) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const [bent, setBent] = useState<readonly Point[] | null>(null)
  const way = edge.data?.way ?? []
  const [start, end] = [way[0], way.at(-1)]
  if (!start || !end) return null
  const place = ({ x, y }: Point) => ({ left: x * zoom + vx, top: y * zoom + vy })
  const bend = (press: PointerEvent, piece: number): void => {
    press.preventDefault()
    press.stopPropagation()
    const by = (event: { clientX: number; clientY: number }): Point => ({
      x: (event.clientX - press.clientX) / zoom,
      y: (event.clientY - press.clientY) / zoom,
    })
    followPointer(press, {
      move: (event) => setBent(movePiece(way, piece, by(event))),
      end: (event, moved) => {
        setBent(null)
        if (moved) onBend(movePiece(way, piece, by(event)))
      },
      cancel: () => setBent(null),
    })
  }
  return (
    <div className={styles.grips} aria-hidden="true" onDoubleClick={onName}>
      {bent && (
        <svg className={styles.wire} aria-hidden="true">
          <g transform={`translate(${vx} ${vy}) scale(${zoom})`}>
            <path d={pathOf([start, ...bent, end])} />
          </g>
        </svg>
      )}
      {way.slice(1).map((point, i) => {
        const before = way[i] ?? point
        const level = before.y === point.y
        if (Math.abs(before.x - point.x) + Math.abs(before.y - point.y) < leastPiece) return null
        const middle = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 }
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name
            key={i}
            className={styles.pieceGrip}
            data-level={level || undefined}
            style={place(middle)}
            onPointerDown={(event) => bend(event, i)}
          />
        )
      })}
      <span className={styles.endGrip} data-end="from" style={place(start)} onPointerDown={(event) => onEnd(event, 'from')} />
      <span className={styles.endGrip} data-end="to" style={place(end)} onPointerDown={(event) => onEnd(event, 'to')} />
    </div>
  )
}
