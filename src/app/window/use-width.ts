/** Whether the window is as wide as something needs that styles alone cannot arrange. */
import { useSyncExternalStore } from 'react'

/** Px. The navigation has room for its names. */
export const namesFrom = 1280
/** Px. An inspector has room beside the page; styles use the same width. */
export const inspectorFrom = 1440

/** @param from px */
export function useWidth(from: number): boolean {
  const query = `(min-width: ${from}px)`
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
