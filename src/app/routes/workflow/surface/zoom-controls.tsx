/** Over the canvas: zoom by buttons, for everyone without a wheel, and what the keys do while something is named. */
import { memo, type RefObject } from 'react'
import { Button } from 'react-aria-components'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import styles from './over-canvas.module.css'

const controls = [
  { label: 'Zoom in', path: 'M8 3v10M3 8h10', run: (canvas: CanvasHandle) => canvas.zoomBy(1.25) },
  { label: 'Zoom out', path: 'M3 8h10', run: (canvas: CanvasHandle) => canvas.zoomBy(0.8) },
  {
    label: 'Fit both maps',
    path: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
    run: (canvas: CanvasHandle) => canvas.fit(),
  },
] as const

export const ZoomControls = memo(function ZoomControls({ canvas }: { readonly canvas: RefObject<CanvasHandle | null> }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div className={`${styles.zoom} no-print`} role="group" aria-label="Zoom">
      {controls.map(({ label, path, run }) => (
        <Button
          key={label}
          className={styles.tool ?? ''}
          aria-label={label}
          onPress={() => canvas.current && run(canvas.current)}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          </svg>
        </Button>
      ))}
    </div>
  )
})

/** While a step is named: what its keys do. */
export function NamingKeys() {
  return (
    <p className={`${styles.namingKeys} no-print`}>
      <span>
        <kbd>Enter</kbd> keeps the name
      </span>
      <span>
        <kbd>Tab</kbd> keeps it and adds the next step
      </span>
      <span>
        <kbd>Esc</kbd> undoes typing
      </span>
    </p>
  )
}
