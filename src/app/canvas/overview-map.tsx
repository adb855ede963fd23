/** The small map of both maps, shown only while a part of them is out of view. One path for all steps: panning moves a frame over it and draws nothing again. */
import { useReactFlow, useStore } from '@xyflow/react'
import { memo, type PointerEvent, useMemo } from 'react'
import { createPortal } from 'react-dom'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { NodeRef } from './node-ref.ts'
import styles from './overview-map.module.css'
import type { Stage } from './stage.ts'

const size = { width: 96, height: 40 }
/** Free edge around both maps, in canvas pixels. */
const edge = 24

/** How the canvas is shown on the small map: a place times `scale` plus the shift. */
interface Fit {
  readonly scale: number
  readonly dx: number
  readonly dy: number
}

/** @param place the strip below the canvas */
export function OverviewMap({
  stage,
  boxes,
  place,
}: {
  readonly stage: Stage
  readonly boxes: ReadonlyMap<NodeRef, Box>
  readonly place: HTMLElement | null
}) {
  const { current, future } = stage.regions
  const right = Math.max(current.x + current.width, future.x + future.width)
  const bottom = Math.max(current.y + current.height, future.y + future.height)
  const hidden = useStore(({ transform: [x, y, zoom], width, height }) => {
    const slack = 48
    return x > -slack && y > -slack && right * zoom + x < width + slack && bottom * zoom + y < height + slack
  })
  const fit = useMemo(() => fitOf(right, bottom), [right, bottom])
  if (hidden || place === null) return null
  return createPortal(
    <div role="img" className={styles.minimap} aria-label="Overview of both maps">
      <Steps boxes={boxes} fit={fit} />
      <Seen fit={fit} />
    </div>,
    place,
  )
}

function fitOf(right: number, bottom: number): Fit {
  const scale = Math.min(size.width / (right + 2 * edge), size.height / (bottom + 2 * edge))
  return { scale, dx: (size.width - right * scale) / 2, dy: (size.height - bottom * scale) / 2 }
}

const Steps = memo(function Steps({ boxes, fit }: { readonly boxes: ReadonlyMap<NodeRef, Box>; readonly fit: Fit }) {
  const { scale, dx, dy } = fit
  let path = ''
  for (const { x, y, width, height } of boxes.values()) {
    // A step of a large map would be thinner than a pixel.
    const [w, h] = [Math.max(1, width * scale), Math.max(1, height * scale)]
    path += `M${(x * scale + dx).toFixed(1)} ${(y * scale + dy).toFixed(1)}h${w.toFixed(1)}v${h.toFixed(1)}h${(-w).toFixed(1)}z`
  }
  return (
    <svg width={size.width} height={size.height} aria-hidden="true">
      <path d={path} />
    </svg>
  )
})

/** The part in view; a press or drag brings another part into view. */
function Seen({ fit }: { readonly fit: Fit }) {
  const { setCenter, getZoom } = useReactFlow()
  const [x, y, zoom] = useStore((state) => state.transform)
  const width = useStore((state) => state.width)
  const height = useStore((state) => state.height)
  const { scale, dx, dy } = fit
  const show = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const at = { x: (event.clientX - left - dx) / scale, y: (event.clientY - top - dy) / scale }
    void setCenter(at.x, at.y, { zoom: getZoom() })
  }
  const frame = {
    transform: `translate(${(-x / zoom) * scale + dx}px, ${(-y / zoom) * scale + dy}px)`,
    width: (width / zoom) * scale,
    height: (height / zoom) * scale,
  }
  return (
    <div
      className={styles.seen}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        show(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) show(event)
      }}
    >
      <div style={frame} />
    </div>
  )
}
