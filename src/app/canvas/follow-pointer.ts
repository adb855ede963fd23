/** One press and what follows it, wherever the pointer goes: mouse, pen or finger. Esc gives it up. */

export interface Following {
  readonly move?: (event: PointerEvent) => void
  /** @param moved false for a press that stayed where it was */
  readonly end: (event: PointerEvent, moved: boolean) => void
  readonly cancel?: () => void
}

/** A hand that presses trembles by this many pixels. */
const tremble = 4

export function followPointer(
  press: { readonly pointerId: number; readonly clientX: number; readonly clientY: number },
  on: Following,
): void {
  let moved = false
  const stop = new AbortController()
  const { signal } = stop
  const own = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === press.pointerId) act(event)
  }
  const giveUp = (): void => {
    stop.abort()
    on.cancel?.()
  }
  addEventListener(
    'pointermove',
    own((event) => {
      moved ||= Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) > tremble
      if (moved) on.move?.(event)
    }),
    { signal },
  )
  addEventListener(
    'pointerup',
    own((event) => {
      stop.abort()
      on.end(event, moved)
    }),
    { signal },
  )
  addEventListener('pointercancel', own(giveUp), { signal })
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      giveUp()
    },
    { signal, capture: true },
  )
}
