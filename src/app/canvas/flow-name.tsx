/** Words of a flow typed where they stand. */
import { useStore } from '@xyflow/react'
import { useRef } from 'react'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import styles from './hands.module.css'

export function FlowName({
  at,
  label,
  onDone,
}: {
  readonly at: Point
  readonly label: string
  /** Null leaves them as they were. */
  readonly onDone: (label: string | null) => void
}) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const done = useRef(false)
  const finish = (words: string | null): void => {
    if (done.current) return
    done.current = true
    onDone(words)
  }
  return (
    <input
      ref={(field) => {
        if (!field || field.dataset.ready) return
        field.dataset.ready = 'yes'
        field.focus({ preventScroll: true })
        field.select()
      }}
      className={styles.flowName}
      style={{ left: at.x * zoom + vx, top: at.y * zoom + vy }}
      defaultValue={label}
      aria-label="Words on the flow"
      placeholder="Yes, No, …"
      autoComplete="off"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') finish(null)
        else if (event.key === 'Enter' || event.key === 'Tab') {
          event.preventDefault()
          finish(event.currentTarget.value.trim())
        }
      }}
      onBlur={(event) => finish(event.currentTarget.value.trim())}
    />
  )
}
