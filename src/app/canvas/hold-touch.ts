/** While a finger draws a flow, React Flow must not pan: it listens to touches, not to pointers. */
export function holdTouch(element: HTMLElement | null): void {
  if (!element) return
  const stop = new AbortController()
  const still = (event: Event): void => {
    event.stopPropagation()
    if (event.type !== 'touchstart' && event.type !== 'touchmove') stop.abort()
  }
  for (const name of ['touchstart', 'touchmove', 'touchend', 'touchcancel'])
    element.addEventListener(name, still, { capture: true, signal: stop.signal })
  for (const name of ['pointerup', 'pointercancel'])
    addEventListener(name, () => setTimeout(() => stop.abort(), 0), { signal: stop.signal })
}
