/** Arrows beside the selected step: a press adds the next step on that side, connected and ready to be named. */
import { useStore } from '@xyflow/react'
import { type PointerEvent, useRef, useState } from 'react'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import styles from './hands.module.css'
import type { PressedButton } from './use-wire.tsx'
import type { Direction } from './walk.ts'

const arrows: readonly { readonly to: Direction; readonly words: string; readonly path: string }[] = [
  { to: 'up', words: 'Add a step above', path: 'M8 13V3.5M4 7.2 8 3.2l4 4' },
  { to: 'right', words: 'Add the next step', path: 'M3 8h9.5M8.8 4l4 4-4 4' },
  { to: 'down', words: 'Add a step below', path: 'M8 3v9.5M4 8.8l4 4 4-4' },
  { to: 'left', words: 'Add a step before', path: 'M13 8H3.5M7.2 4l-4 4 4 4' },
]

/** From the edge of the step to the middle of an arrow, in pixels on screen. */
const away = 22

export function QuickAdd({
  box,
  above = 0,
  taken,
  placeOf,
  onHold,
  onAdd,
}: {
  readonly box: Box
  /** Height of the name that stands above the shape, in canvas pixels. */
  readonly above?: number
  /** Sides that have a flow already. */
  readonly taken: ReadonlySet<Direction>
  /** Where the new step would stand, in canvas pixels. */
  readonly placeOf: (direction: Direction) => Box | null
  /** An arrow that is dragged draws a flow, as an edge does; let go over itself, it was pressed. */
  readonly onHold?: (press: PointerEvent, arrow: PressedButton) => void
  readonly onAdd: (direction: Direction) => void
}) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const [over, setOver] = useState<Direction | null>(null)
  // A press that trembled has added its step when the browser still calls it a click.
  const added = useRef(false)
  const ghost = over === null ? null : placeOf(over)
  const middle = { x: (box.x + box.width / 2) * zoom + vx, y: (box.y + box.height / 2) * zoom + vy }
  const [half, high] = [(box.width / 2) * zoom + away, (box.height / 2) * zoom + away]
  const at: Readonly<Record<Direction, { readonly left: number; readonly top: number }>> = {
    up: { left: middle.x, top: middle.y - high - above * zoom },
    down: { left: middle.x, top: middle.y + high },
    left: { left: middle.x - half, top: middle.y },
    right: { left: middle.x + half, top: middle.y },
  }
  return (
    <div className={styles.quick}>
      {ghost && (
        <span
          className={styles.ghost}
          style={{
            left: ghost.x * zoom + vx,
            top: ghost.y * zoom + vy,
            width: ghost.width * zoom,
            height: ghost.height * zoom,
          }}
        >
          New step
        </span>
      )}
      {arrows
        .filter(({ to }) => !taken.has(to))
        .map(({ to, words, path }) => (
          <button
            key={to}
            type="button"
            tabIndex={-1}
            className={styles.quickArrow}
            style={at[to]}
            aria-label={words}
            // The field of a name that is being typed keeps the focus until its step is made.
            onPointerDown={(event) => {
              event.preventDefault()
              added.current = false
              const act = (): void => {
                added.current = true
                setOver(null)
                onAdd(to)
              }
              if (event.button === 0) onHold?.(event, { box: event.currentTarget.getBoundingClientRect(), act })
            }}
            onPointerEnter={() => setOver(to)}
            onPointerLeave={() => setOver(null)}
            onClick={() => {
              if (added.current) return
              setOver(null)
              onAdd(to)
            }}
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path d={path} />
            </svg>
          </button>
        ))}
    </div>
  )
}
