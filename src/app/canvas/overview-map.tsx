/** The small map of both maps, shown only while a part of them is out of view. */
import { MiniMap, useStore } from '@xyflow/react'
import { createPortal } from 'react-dom'
import styles from './canvas.module.css'
import type { Stage } from './stage.ts'

/** @param place the strip below the canvas */
export function OverviewMap({ stage, place }: { readonly stage: Stage; readonly place: HTMLElement | null }) {
  const { current, future } = stage.regions
  const right = Math.max(current.x + current.width, future.x + future.width)
  const bottom = Math.max(current.y + current.height, future.y + future.height)
  const hidden = useStore(({ transform: [x, y, zoom], width, height }) => {
    const slack = 48
    return x > -slack && y > -slack && right * zoom + x < width + slack && bottom * zoom + y < height + slack
  })
  if (hidden || place === null) return null
  return createPortal(
    <MiniMap className={styles.minimap ?? ''} pannable ariaLabel="Overview of both maps" offsetScale={2} />,
    place,
  )
}
