/** Shifts being watched: kept for this visit, so that closing the window of the stopwatch loses nothing. */
import { create } from 'zustand'
import type { Seen } from '../../core/workflow/capture.ts'

/** The piece of work that is being timed. */
export interface Running {
  readonly role: string
  readonly label: string
  readonly from: number
  readonly clicks: number
  readonly screens: number
}

export interface Capture {
  readonly seen: readonly Seen[]
  readonly running: Running | null
}

const nothing: Capture = { seen: [], running: null }

const useCaptures = create<{ readonly captures: ReadonlyMap<string, Capture> }>()(() => ({ captures: new Map() }))

export function useCapture(workflow: string): Capture {
  return useCaptures(({ captures }) => captures.get(workflow) ?? nothing)
}

export function setCapture(workflow: string, change: (before: Capture) => Capture): void {
  useCaptures.setState(({ captures }) => ({
    captures: new Map(captures).set(workflow, change(captures.get(workflow) ?? nothing)),
  }))
}

/** What was seen when the running piece of work ends now. */
export function stopped({ seen, running }: Capture, now: number): readonly Seen[] {
  return running === null
    ? seen
    : [...seen, { ...running, label: running.label.trim() === '' ? `Work of ${running.role}` : running.label, to: now }]
}
