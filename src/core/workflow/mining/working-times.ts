/** Spans of work that hold waiting: where one person has several pieces of work open, each begins no earlier than the last one ended. */
import type { Instances } from '../log/instances.ts'

export interface WorkingTimes {
  /** Seconds of work per instance; NaN where no begin is known. */
  readonly seconds: Float64Array
  /** Instances that were shortened because the same person had other work open. */
  readonly shortened: number
  readonly people: number
}

export function workingTimes({ begin, end, resource, count, log }: Instances): WorkingTimes {
  const seconds = new Float64Array(count)
  for (let i = 0; i < count; i++) seconds[i] = Math.max(0, ((end[i] as number) - (begin[i] as number)) / 1000)
  const of: number[][] = log.resources.map(() => [])
  for (let i = 0; i < count; i++)
    if (!Number.isNaN(seconds[i] as number) && (resource[i] as number) >= 0) of[resource[i] as number]?.push(i)
  let shortened = 0
  let people = 0
  for (const mine of of) {
    mine.sort((a, b) => (end[a] as number) - (end[b] as number) || (begin[a] as number) - (begin[b] as number) || a - b)
    let until = Number.NEGATIVE_INFINITY
    const before = shortened
    for (const i of mine) {
      const from = Math.max(begin[i] as number, until)
      const worked = Math.max(0, ((end[i] as number) - from) / 1000)
      if (worked < (seconds[i] as number)) {
        seconds[i] = worked
        shortened++
      }
      until = Math.max(until, end[i] as number)
    }
    if (shortened > before) people++
  }
  return { seconds, shortened, people }
}
