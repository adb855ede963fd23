/** Dragged steps fall into line with others of their map; the lines are shown while they do. */
import { useStore } from '@xyflow/react'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import { type Guide, snapTo } from '../../core/workflow/drawing/snap.ts'
import styles from './canvas.module.css'
import { type NodeRef, parseRef } from './node-ref.ts'

export interface Snapped {
  readonly places: readonly (readonly [NodeRef, Point])[]
  readonly guides: readonly Guide[]
}

/** Several steps that are dragged together move as one box. */
export function snapAll(places: readonly (readonly [NodeRef, Point])[], boxes: ReadonlyMap<NodeRef, Box>): Snapped {
  const moving = new Set(places.map(([ref]) => ref))
  const side = parseRef(places[0]?.[0] ?? '')?.side
  const others = [...boxes].filter(([ref]) => !moving.has(ref) && parseRef(ref)?.side === side).map(([, box]) => box)
  const held = places.flatMap(([ref, at]) => {
    const box = boxes.get(ref)
    return box ? [{ ...box, ...at }] : []
  })
  if (held.length === 0) return { places, guides: [] }
  const x = Math.min(...held.map((box) => box.x))
  const y = Math.min(...held.map((box) => box.y))
  const width = Math.max(...held.map((box) => box.x + box.width)) - x
  const height = Math.max(...held.map((box) => box.y + box.height)) - y
  const { dx, dy, guides } = snapTo({ id: '', x, y, width, height }, others)
  return { places: places.map(([ref, at]) => [ref, { x: at.x + dx, y: at.y + dy }] as const), guides }
}

export function GuideLines({ guides }: { readonly guides: readonly Guide[] }) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  return (
    <div className={styles.guides} aria-hidden="true">
      {guides.map(({ upright, at, from, to }) => {
        const length = (to - from) * zoom
        const style = upright
          ? { left: at * zoom + vx, top: from * zoom + vy, height: length, width: 1 }
          : { left: from * zoom + vx, top: at * zoom + vy, width: length, height: 1 }
        return <div key={`${upright} ${at}`} className={styles.guide} style={style} />
      })}
    </div>
  )
}
