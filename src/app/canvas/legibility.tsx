/** Keeps names readable when a wide map is fitted: type grows as the drawing shrinks, and far out the second line gives way to the name. */
import { useStore } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { blockZoom } from './camera.ts'

/** Smaller than this on screen nobody reads, in pixels. */
const leastType = 11.2
/** Below this zoom a name gets two lines and the second line of facts is left to the inspector. */
const far = 0.72

export function Legibility({
  room,
  onFar,
}: {
  readonly room: RefObject<HTMLElement | null>
  /** Whether the drawing is too small for names. */
  readonly onFar: (far: boolean) => void
}) {
  const blocks = useStore((state) => state.transform[2] < blockZoom)
  useEffect(() => onFar(blocks), [blocks, onFar])
  // In steps, so that zooming sets few sizes; downwards, so that no size falls below what is promised.
  const zoom = useStore((state) => Math.floor(state.transform[2] * 50 + 1e-6) / 50)
  useEffect(() => {
    const element = room.current
    if (!element) return
    // On paper steps are drawn at any size.
    const drawn = Math.max(zoom, blockZoom)
    element.style.setProperty('--name-size', `${Math.min(leastType / blockZoom, Math.max(13, 12 / drawn))}px`)
    element.style.setProperty('--detail-size', `${Math.max(12, Math.min(13, 12 / drawn), leastType / drawn)}px`)
    element.style.setProperty('--words-scale', String(Math.max(1, Math.min(1.6, 1 / drawn), leastType / 12 / drawn)))
    element.toggleAttribute('data-far', zoom < far)
  }, [room, zoom])
  return null
}
