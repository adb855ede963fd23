/** Seconds that each section of a chart was the one being read, as long as the page is in sight. */
import { useCallback, useEffect, useRef } from 'react'
import type { ChartSectionId } from '../../../../core/review/model/chart.ts'

/** @returns seconds of a section, or with null of the whole chart */
export function useSectionTime(reading: ChartSectionId | null): (section: ChartSectionId | null) => number {
  const started = useRef(performance.now())
  const spent = useRef(new Map<ChartSectionId, number>())
  const since = useRef<{ readonly section: ChartSectionId | null; readonly at: number }>({
    section: reading,
    at: performance.now(),
  })
  const settle = useCallback((next: ChartSectionId | null): void => {
    const { section, at } = since.current
    const now = performance.now()
    if (section !== null) spent.current.set(section, (spent.current.get(section) ?? 0) + (now - at))
    since.current = { section: next, at: now }
  }, [])
  useEffect(() => {
    settle(document.visibilityState === 'visible' ? reading : null)
    const look = (): void => settle(document.visibilityState === 'visible' ? reading : null)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reading, settle])
  return useCallback(
    (section) => {
      if (section === null) return (performance.now() - started.current) / 1000
      settle(since.current.section)
      return (spent.current.get(section) ?? 0) / 1000
    },
    [settle],
  )
}
