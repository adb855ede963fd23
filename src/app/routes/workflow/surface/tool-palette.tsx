/** The tools over the lower edge of the canvas, each with its key; what makes a step can be dragged to its place. */

import { memo, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { Button, Toolbar, Tooltip, TooltipTrigger } from 'react-aria-components'
import { createPortal } from 'react-dom'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import { followPointer } from '../../../canvas/follow-pointer.ts'
import styles from './over-canvas.module.css'

interface Tool {
  readonly intent: Intent
  readonly label: string
  readonly keys: string
  readonly path: string
}

const tools: readonly Tool[] = [
  { intent: { do: 'tool-select' }, label: 'Select', keys: 'V', path: 'M4 2.5 12.5 8 8.6 9l2.2 4.3-1.8.9-2.2-4.3L4 12.7Z' },
  {
    intent: { do: 'tool-pan' },
    label: 'Move the canvas',
    keys: 'H',
    path: 'M8 1.5v13M1.5 8h13M6 3.5l2-2 2 2M6 12.5l2 2 2-2M3.5 6l-2 2 2 2M12.5 6l2 2-2 2',
  },
  {
    intent: { do: 'add', type: 'start' },
    label: 'Add a start',
    keys: 'B',
    path: 'M1.8 8a4 4 0 0 1 4-4h4.4a4 4 0 0 1 0 8H5.8a4 4 0 0 1-4-4M7 6l3 2-3 2Z',
  },
  { intent: { do: 'add', type: 'step' }, label: 'Add a step', keys: 'T', path: 'M1.8 4h12.4v8H1.8Z' },
  { intent: { do: 'add', type: 'decision' }, label: 'Add a decision', keys: 'D', path: 'M8 1.5 14.5 8 8 14.5 1.5 8Z' },
  {
    intent: { do: 'add', type: 'wait' },
    label: 'Add a wait',
    keys: 'W',
    path: 'M4 2h8M4 14h8M5 2c0 3.4 1.2 4.6 3 6-1.8 1.4-3 2.6-3 6m6-12c0 3.4-1.2 4.6-3 6 1.8 1.4 3 2.6 3 6',
  },
  {
    intent: { do: 'add', type: 'parallel' },
    label: 'Add parallel ways',
    keys: 'Q',
    path: 'M8 1.5 14.5 8 8 14.5 1.5 8ZM8 5v6M5 8h6',
  },
  {
    intent: { do: 'add', type: 'end' },
    label: 'Add an end',
    keys: 'E',
    path: 'M1.8 8a4 4 0 0 1 4-4h4.4a4 4 0 0 1 0 8H5.8a4 4 0 0 1-4-4',
  },
  { intent: { do: 'add', type: 'document' }, label: 'Add a document', keys: 'P', path: 'M4 1.8h5.5L12.5 5v9.2H4ZM9.2 2v3.2h3.2' },
  { intent: { do: 'add', type: 'note' }, label: 'Add a note', keys: 'N', path: 'M6 2H3v12h3M8 5h5.5M8 8h5.5M8 11h3.5' },
  {
    intent: { do: 'lane' },
    label: 'Lane of the selection, or a new lane',
    keys: 'L',
    path: 'M1.8 2.5h12.4v11H1.8ZM1.8 8h12.4M4.8 2.5v11',
  },
  { intent: { do: 'connect' }, label: 'Connect to…', keys: 'C', path: 'M1.8 4h4v4h-4ZM10.2 8h4v4h-4ZM5.8 6h2.4v4h2' },
  { intent: { do: 'trace' }, label: 'Trace to…', keys: 'R', path: 'M3 2.5h10v3H3ZM3 10.5h10v3H3ZM8 6v.8m0 1.2v.8m0 1v.6' },
]

/** A tool on its way to the map. */
interface Carried {
  readonly tool: Tool
  readonly x: number
  readonly y: number
}

export const ToolPalette = memo(function ToolPalette({
  tool,
  canvas,
  onIntent,
}: {
  readonly tool: 'select' | 'pan'
  readonly canvas: RefObject<CanvasHandle | null>
  readonly onIntent: (intent: Intent) => void
}) {
  const [carried, setCarried] = useState<Carried | null>(null)
  /** On a narrow screen the tools are folded until they are wanted. */
  const [unfolded, setUnfolded] = useState(false)
  /** A tool that was dragged must not also be pressed when it is let go over its button. */
  const wasCarried = useRef(false)
  const carry = (press: PointerEvent, each: Tool): void => {
    wasCarried.current = false
    const { intent } = each
    if (intent.do !== 'add' || press.button !== 0) return
    followPointer(press, {
      move: (event) => {
        wasCarried.current = true
        setCarried({ tool: each, x: event.clientX, y: event.clientY })
      },
      end: (event, moved) => {
        setCarried(null)
        const over = document.elementFromPoint(event.clientX, event.clientY)
        if (moved && !over?.closest('[role="toolbar"]')) canvas.current?.dropAt(intent.type, event.clientX, event.clientY)
      },
      cancel: () => setCarried(null),
    })
  }
  return (
    <>
      <span className={`${styles.zoom} ${styles.foldTools}`}>
        <Button
          className={styles.tool ?? ''}
          aria-label="Show the drawing tools"
          aria-expanded={unfolded}
          onPress={() => setUnfolded(!unfolded)}
        >
          <ToolMark path="M3 13 4 10 11 3l2 2-7 7ZM9.5 4.5l2 2" />
        </Button>
      </span>
      <Toolbar className={styles.palette ?? ''} aria-label="Drawing tools" data-open={unfolded || undefined}>
        {tools.map((each) => {
          const { intent, label, keys, path } = each
          const pressed = intent.do === `tool-${tool}`
          return (
            <TooltipTrigger key={label} delay={400}>
              <span className={styles.carry} onPointerDownCapture={(event) => carry(event, each)}>
                <Button
                  className={styles.tool ?? ''}
                  aria-label={label}
                  data-on={pressed || undefined}
                  onPress={() => {
                    if (!wasCarried.current) onIntent(intent)
                  }}
                >
                  <ToolMark path={path} />
                </Button>
              </span>
              <Tooltip placement="top" className={`float caption ${styles.tooltip}`}>
                {label} <kbd>{keys}</kbd>
              </Tooltip>
            </TooltipTrigger>
          )
        })}
        {carried &&
          createPortal(
            <div className={`line strong ${styles.carried}`} style={{ left: carried.x, top: carried.y }} aria-hidden="true">
              <ToolMark path={carried.tool.path} />
              {carried.tool.label.replace('Add a', 'New')}
            </div>,
            document.body,
          )}
      </Toolbar>
    </>
  )
})

function ToolMark({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}
