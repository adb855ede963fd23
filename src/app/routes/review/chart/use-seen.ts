/** Which rows of a chart were on screen: a section can be confirmed when all of its entries were. */
import { useCallback, useEffect, useRef, useState } from 'react'

/** Of a row that is lower than the screen, so much must be in sight; of a higher one its end. */
const share = 0.6

/** Of a row that is higher than the screen, this share of the screen must show its end. */
const leastEnd = 0.4

/** Milliseconds after the last movement until what stands on screen is looked at once more. */
const still = 150

export interface Seen {
  readonly seen: ReadonlySet<string>
  readonly watch: (element: HTMLElement, item: string) => () => void
  readonly rowOf: (item: string | null) => HTMLElement | null
  /** Brings a row into sight. @returns false where there is no such row */
  readonly reveal: (item: string | null) => boolean
}

export function useSeen(): Seen {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const items = useRef(new Map<HTMLElement, string>())
  const observer = useRef<IntersectionObserver | null>(null)
  const observe = useCallback((): IntersectionObserver => {
    observer.current ??= new IntersectionObserver(
      (changes) => {
        const shown = changes.filter(isSeen).flatMap(({ target }) => items.current.get(target as HTMLElement) ?? [])
        if (shown.length > 0)
          setSeen((before) => (shown.every((item) => before.has(item)) ? before : new Set([...before, ...shown])))
      },
      { threshold: [0, 0.2, 0.4, share, 0.8, 1] },
    )
    return observer.current
  }, [])
  useEffect(() => () => observer.current?.disconnect(), [])
  // A share that crosses no threshold is not reported: the end of a long row is asked for when the record stands still.
  const latest = useRef(seen)
  latest.current = seen
  useEffect(() => {
    let timer = 0
    const again = (): void => {
      for (const [element, item] of items.current) {
        if (latest.current.has(item)) continue
        observe().unobserve(element)
        observe().observe(element)
      }
    }
    const moved = (): void => {
      clearTimeout(timer)
      timer = window.setTimeout(again, still)
    }
    document.addEventListener('scroll', moved, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('scroll', moved, { capture: true })
    }
  }, [observe])
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
  const rowOf = useCallback((item: string | null): HTMLElement | null => {
    for (const [element, watched] of items.current) if (watched === item) return element
    return null
  }, [])
  const reveal = useCallback(
    (item: string | null): boolean => {
      const row = rowOf(item)
      row?.scrollIntoView({ block: row.clientHeight > innerHeight * share ? 'end' : 'nearest' })
      return row !== null
    },
    [rowOf],
  )
  return { seen, watch, rowOf, reveal }
}

type Box = Pick<DOMRectReadOnly, 'bottom' | 'height'>

interface Seeing extends Pick<IntersectionObserverEntry, 'isIntersecting' | 'intersectionRatio'> {
  readonly intersectionRect: Box
  readonly boundingClientRect: Box
  readonly rootBounds: Pick<Box, 'height'> | null
}

/** @param entry what an observer says of a row */
export function isSeen({ isIntersecting, intersectionRatio, intersectionRect, boundingClientRect, rootBounds }: Seeing): boolean {
  if (!isIntersecting) return false
  if (intersectionRatio >= share) return true
  // A row that is higher than the screen can never show most of itself at once: its end must be there, with a good part of it.
  if (rootBounds === null || boundingClientRect.height <= rootBounds.height * share) return false
  const least = Math.min(boundingClientRect.height, rootBounds.height) * leastEnd
  return intersectionRect.bottom >= boundingClientRect.bottom - 1 && intersectionRect.height >= least
}
