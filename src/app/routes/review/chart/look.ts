/** How long a record has been on screen; a verdict before the planned minimum is refused (forced looks halve what is missed). */
import { useEffect, useRef, useState } from 'react'

export interface Look {
  /** Whole seconds left until the record may be closed. */
  readonly left: number
  /** Seconds on screen so far. */
  readonly seconds: () => number
}

export function useLookSeconds(minimum: number): Look {
  const started = useRef(performance.now())
  const [left, setLeft] = useState(minimum)
  useEffect(() => {
    const tick = (): void => setLeft(Math.max(0, Math.ceil(minimum - (performance.now() - started.current) / 1000)))
    tick()
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [minimum])
  return { left, seconds: () => (performance.now() - started.current) / 1000 }
}
