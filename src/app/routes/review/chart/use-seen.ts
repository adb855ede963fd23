/** Which rows of a chart were on screen: a section can be confirmed when all of its entries were. */
import { useCallback, useEffect, useRef, useState } from 'react'

/** Of a row that is lower than the screen, so much must be in sight; of a higher one its end. */
const share = 0.6

export interface Seen {
  readonly seen: ReadonlySet<string>
  readonly watch: (element: HTMLElement, item: string) => () => void
}

export function useSeen(): Seen {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const items = useRef(new Map<Element, string>())
  const observer = useRef<IntersectionObserver | null>(null)
  const observe = useCallback((): IntersectionObserver => {
    observer.current ??= new IntersectionObserver(
      (changes) => {
        const shown = changes.filter(isSeen).flatMap(({ target }) => items.current.get(target) ?? [])
        if (shown.length > 0)
          setSeen((before) => (shown.every((item) => before.has(item)) ? before : new Set([...before, ...shown])))
      },
      { threshold: [0, 0.2, 0.4, share, 0.8, 1] },
    )
    return observer.current
  }, [])
  useEffect(() => () => observer.current?.disconnect(), [])
  const watch = useCallback(
    (element: HTMLElement, item: string) => {
      items.current.set(element, item)
      observe().observe(element)
      return () => {
        items.current.delete(element)
        observer.current?.unobserve(element)
      }
    },
    [observe],
  )
  return { seen, watch }
}

function isSeen({
  isIntersecting,
  intersectionRatio,
  intersectionRect,
  boundingClientRect,
  rootBounds,
}: IntersectionObserverEntry): boolean {
  if (!isIntersecting) return false
  if (intersectionRatio >= share) return true
  // A row that is higher than the screen can never show most of itself at once.
  const isHigh = rootBounds !== null && boundingClientRect.height > rootBounds.height * share
  return isHigh && intersectionRect.bottom >= boundingClientRect.bottom - 1
}
