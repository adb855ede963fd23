/** Events of one piece of work joined: its start and its end, per case, in the order in which work ended. */
import { COMPLETE, type EventLog, OTHER, START } from './event-log.ts'

/** Activity instances as columns, sorted by case and then like the events that end them. */
export interface Instances {
  readonly log: EventLog
  readonly count: number
  /** Instances of case c: from `caseStart[c]` to `caseStart[c + 1]`. */
  readonly caseStart: Int32Array
  /** The event that ends it, by number in the log. */
  readonly event: Int32Array
  readonly activity: Int32Array
  readonly resource: Int32Array
  /** When the work began, in milliseconds; NaN where nothing says. */
  readonly begin: Float64Array
  readonly end: Float64Array
  /** True where at least one instance knows both. */
  readonly timed: boolean
  /** Starts that no end follows, and events that neither start nor end work; both are not counted as instances. */
  readonly unfinished: number
  readonly otherEvents: number
  /** True where no event ends anything, so that every event counts. */
  readonly everyEvent: boolean
}

/** Pairs by the number of the instance where the log has one, else first in, first out per case and activity. */
export function instancesOf(log: EventLog): Instances {
  const { events, transition, activity, instance, begun } = log
  let completes = 0
  let others = 0
  for (let i = 0; i < events; i++) {
    if (transition[i] === COMPLETE) completes++
    else if (transition[i] === OTHER) others++
  }
  const everyEvent = completes === 0
  const count = everyEvent ? events : completes
  const caseStart = new Int32Array(log.cases + 1)
  const picked = new Int32Array(count)
  const begin = new Float64Array(count).fill(Number.NaN)
  let at = 0
  let unfinished = 0
  let timed = false
  const waiting = new Map<number, number[]>()
  for (let c = 0; c < log.cases; c++) {
    waiting.clear()
    const to = log.caseStart[c + 1] as number
    for (let i = log.caseStart[c] as number; i < to; i++) {
      const kind = everyEvent ? COMPLETE : (transition[i] as number)
      // Instances are numbered from 0, activities get the negative numbers.
      const number = instance?.[i] ?? -1
      const key = number >= 0 ? number : -1 - (activity[i] as number)
      if (kind === START) {
        const open = waiting.get(key)
        if (open) open.push(i)
        else waiting.set(key, [i])
      } else if (kind === COMPLETE) {
        const open = waiting.size > 0 ? waiting.get(key) : undefined
        const start = open?.shift()
        const known = begun?.[i] ?? Number.NaN
        begin[at] = start === undefined ? known : (log.time[start] as number)
        if (!Number.isNaN(begin[at])) timed = true
        picked[at++] = i
      }
    }
    for (const open of waiting.values()) unfinished += open.length
    caseStart[c + 1] = at
  }
  const end = new Float64Array(count)
  for (let i = 0; i < count; i++) end[i] = log.time[picked[i] as number] as number
  return {
    log,
    count,
    caseStart,
    event: picked,
    activity: picked.map((event) => log.activity[event] as number),
    resource: picked.map((event) => log.resource[event] as number),
    begin,
    end,
    timed,
    unfinished: everyEvent ? 0 : unfinished,
    otherEvents: everyEvent ? 0 : others,
    everyEvent,
  }
}
