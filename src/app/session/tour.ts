/** Where somebody is in the guided tour of the sample; left, it is resumed at the same stop. Kept in this browser. */
import * as v from 'valibot'
import { create } from 'zustand'
import { fits, type Kept, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { browserStore } from './browser-store.ts'

const setting = 'tour'

const left = object({ stop: v.number(), of: v.number() })
type LeftAt = Kept<typeof left>

interface Tour {
  /** Place of the stop that is shown, from 0; null while nobody is on the tour. */
  readonly at: number | null
  /** Where it was left; null before the first time, and after the last stop. */
  readonly left: LeftAt | null
}

export const useTour = create<Tour>()(() => ({ at: null, left: null }))

export async function readTour(): Promise<void> {
  const text = await browserStore()
    .then((store) => store.setting(setting))
    .catch(() => null)
  const read = parseJson(text ?? '')
  if (read.ok && fits(read.value, left)) useTour.setState({ left: read.value })
}

/** Begins, or goes on where it was left. */
export function startTour(): void {
  useTour.setState(({ left }) => ({ at: left?.stop ?? 0 }))
}

export function goToStop(stop: number, of: number): void {
  useTour.setState({ at: stop, left: { stop, of } })
  keep()
}

/** @param finished true after the last stop: the next tour begins anew */
export function endTour(finished: boolean): void {
  useTour.setState(({ left }) => ({ at: null, left: finished ? null : left }))
  keep()
}

/** Where it can not be kept, the tour begins anew next time; nothing else rests on it. */
function keep(): void {
  const { left } = useTour.getState()
  void browserStore()
    .then((store) => store.keepSetting(setting, left === null ? null : JSON.stringify(left)))
    .catch(() => undefined)
}
