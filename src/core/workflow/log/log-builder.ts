/** Events as they come, in any order → the sorted columns of a log. */

import { ByteNames } from '../xml/byte-names.ts'
import { Attributes } from './attributes.ts'
import { COMPLETE, type EventLog, OTHER, START } from './event-log.ts'
import { Doubles, Integers } from './growing.ts'
import { noOffset } from './instants.ts'

const completes = new Set(['complete', 'completed', 'end', 'ended', 'finish', 'finished', 'stop', 'done', 'close', 'closed'])
const starts = new Set(['start', 'started', 'begin', 'began', 'begun'])

/** Whether a word of a lifecycle column says that work begins or ends. */
export function transitionOf(word: string): number {
  const plain = word.trim().toLowerCase()
  if (plain === '' || completes.has(plain)) return COMPLETE
  return starts.has(plain) ? START : OTHER
}

/** One event; reused for the next one. */
export interface EventDraft {
  activity: number
  resource: number
  time: number
  offset: number
  transition: number
  instance: number
  begun: number
  order: number
}

export class LogBuilder {
  readonly activities = new ByteNames()
  readonly resources = new ByteNames()
  readonly transitions = new ByteNames()
  readonly instances = new ByteNames()
  readonly cases = new ByteNames()
  readonly eventAttributes = new Attributes()
  readonly caseAttributes = new Attributes()
  readonly draft: EventDraft = {
    activity: -1,
    resource: -1,
    time: Number.NaN,
    offset: noOffset,
    transition: -1,
    instance: -1,
    begun: Number.NaN,
    order: Number.NaN,
  }
  private readonly caseOf = new Integers()
  private readonly activity = new Integers()
  private readonly resource = new Integers()
  private readonly time = new Doubles()
  private readonly offset = new Integers()
  private readonly transition = new Integers()
  private readonly instance = new Integers()
  private readonly begun = new Doubles()
  private readonly order = new Doubles()
  private hasOffset = false
  private hasInstance = false
  private hasBegun = false
  private hasOrder = false

  /** Number of the event that is written next. */
  get events(): number {
    return this.caseOf.length
  }

  clear(): void {
    const { draft } = this
    draft.activity = -1
    draft.resource = -1
    draft.time = Number.NaN
    draft.offset = noOffset
    draft.transition = -1
    draft.instance = -1
    draft.begun = Number.NaN
    draft.order = Number.NaN
  }

  /** Takes the draft as an event of a case; `ofCase` is any number that `finish` can turn into a case. */
  add(ofCase: number): void {
    const { draft } = this
    this.caseOf.push(ofCase)
    this.activity.push(draft.activity)
    this.resource.push(draft.resource)
    this.time.push(draft.time)
    this.transition.push(draft.transition)
    // Columns that most logs lack are begun with their first value.
    this.hasOffset ||= draft.offset !== noOffset
    if (this.hasOffset) {
      this.offset.fillTo(this.caseOf.length - 1, noOffset)
      this.offset.push(draft.offset)
    }
    this.hasInstance ||= draft.instance >= 0
    if (this.hasInstance) {
      this.instance.fillTo(this.caseOf.length - 1, -1)
      this.instance.push(draft.instance)
    }
    this.hasBegun ||= !Number.isNaN(draft.begun)
    if (this.hasBegun) {
      while (this.begun.length < this.caseOf.length - 1) this.begun.push(Number.NaN)
      this.begun.push(draft.begun)
    }
    this.hasOrder ||= !Number.isNaN(draft.order)
    if (this.hasOrder) {
      while (this.order.length < this.caseOf.length - 1) this.order.push(Number.NaN)
      this.order.push(draft.order)
    }
  }

  /** Exchanges the times of the events added first. */
  retime(time: Float64Array, begun: Float64Array): void {
    this.time.overwrite(time)
    if (this.hasBegun) this.begun.overwrite(begun.subarray(0, Math.min(begun.length, this.begun.length)))
  }

  /** `casesOf[x]` is the case (a number of `cases`) of what was added as x; left out where they are the same. */
  finish(name: string, casesOf: Int32Array | null): EventLog {
    const events = this.caseOf.length
    const raw = this.caseOf.done()
    const ofCase = casesOf === null ? raw : raw.map((index) => casesOf[index] ?? 0)
    const { caseStart, order } = this.sorted(ofCase)
    const kinds = this.transitions.list().map(transitionOf)
    const codes = this.transition.done()
    const transition = new Uint8Array(events)
    for (let i = 0; i < events; i++) {
      const code = codes[order[i] as number] as number
      transition[i] = code < 0 ? COMPLETE : (kinds[code] ?? OTHER)
    }
    const pick = (column: Int32Array): Int32Array => order.map((from) => column[from] as number)
    const doubles = (column: Float64Array): Float64Array => {
      const out = new Float64Array(events)
      for (let i = 0; i < events; i++) out[i] = column[order[i] as number] as number
      return out
    }
    const cases = this.cases
    const identity = Int32Array.from({ length: cases.size }, (_, index) => index)
    return {
      name,
      cases: cases.size,
      caseName: (index) => cases.text(index),
      events,
      caseStart,
      activities: this.activities.list(),
      activity: pick(this.activity.done()),
      resources: this.resources.list(),
      resource: pick(this.resource.done()),
      time: doubles(this.time.done()),
      offset: this.hasOffset ? Int16Array.from(pick(this.offset.done())) : null,
      transition,
      instance: this.hasInstance ? pick(this.instance.done()) : null,
      begun: this.hasBegun ? doubles(this.begun.done()) : null,
      eventAttributes: this.eventAttributes.done(order),
      caseAttributes: this.caseAttributes.done(identity),
    }
  }

  /** Cases counted out, then each one put in the order of time; ties keep their order column or that of the file. */
  private sorted(ofCase: Int32Array): { readonly caseStart: Int32Array; readonly order: Int32Array } {
    const caseStart = new Int32Array(this.cases.size + 1)
    for (const index of ofCase) caseStart[index + 1] = (caseStart[index + 1] as number) + 1
    for (let c = 1; c < caseStart.length; c++) caseStart[c] = (caseStart[c] as number) + (caseStart[c - 1] as number)
    const next = caseStart.slice(0, -1)
    const order = new Int32Array(ofCase.length)
    for (let event = 0; event < ofCase.length; event++) {
      const index = ofCase[event] as number
      const at = next[index] as number
      order[at] = event
      next[index] = at + 1
    }
    const time = this.time.done()
    const rank = this.order.done()
    const before = (a: number, b: number): number => {
      const byTime = (time[a] as number) - (time[b] as number)
      if (byTime !== 0) return byTime
      const byRank = (rank[a] ?? 0) - (rank[b] ?? 0)
      return byRank !== 0 && !Number.isNaN(byRank) ? byRank : a - b
    }
    for (let c = 0; c + 1 < caseStart.length; c++) {
      const [from, to] = [caseStart[c] as number, caseStart[c + 1] as number]
      let inOrder = true
      let timed = true
      for (let i = from; i < to; i++) {
        if (Number.isNaN(time[order[i] as number] as number)) timed = false
        else if (i > from && before(order[i - 1] as number, order[i] as number) > 0) inOrder = false
      }
      // One event without time makes the order of time unknown: such a case keeps the order of the file.
      if (timed && !inOrder) order.subarray(from, to).sort(before)
    }
    return { caseStart, order }
  }
}
