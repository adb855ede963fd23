/** The inspector: a docked column where there is room, otherwise a drawer that closes with Esc and gives focus back. */
import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { Button } from '../components/button.tsx'
import { inspectorFrom, useWidth } from '../window/use-width.ts'
import styles from './inspector.module.css'

export interface InspectorProps {
  readonly title: string
  /** @param byKey Esc in the panel, which gives the focus back; the button otherwise */
  readonly onClose: (byKey: boolean) => void
  /** Stands over the page at this side instead of beside it: the page keeps its room. */
  readonly floats?: 'left' | 'right'
  /** What it speaks of, for whoever waits until it does. */
  readonly of?: string
  readonly children: ReactNode
}

export function Inspector({ title, onClose, floats, of, children }: InspectorProps) {
  const docked = useWidth(inspectorFrom)
  const panel = useRef<HTMLElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const opener = document.activeElement
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (!panel.current?.contains(document.activeElement)) return
      event.preventDefault()
      close.current(true)
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  const place = document.getElementById('inspector')
  if (!place) return null
  return createPortal(
    <aside
      ref={panel}
      className={`${styles.inspector} ${floats ? styles.floating : docked ? styles.docked : styles.drawer} no-print`}
      data-side={floats}
      data-of={of}
      aria-label={title}
    >
      <div className={`apart line-start ${styles.head}`}>
        <h2>{title}</h2>
        <Button look="quiet" onPress={() => onClose(false)} aria-label="Close the inspector">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="1.5" />
          </svg>
        </Button>
      </div>
      <div className={`stack-wide grow scroll ${styles.content}`}>{children}</div>
    </aside>,
    place,
  )
}
