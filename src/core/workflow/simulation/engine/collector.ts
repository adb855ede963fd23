/** Counts one replication: sums per step and role, the lead time of every case, queues by the hour, and samples of waits for quantiles. */

import type { Model } from '../model/model.ts'
import { DayCounts } from './day-counts.ts'
import { QueueHours } from './queue-hours.ts'
import { WaitSample } from './wait-sample.ts'
import { widerFloats } from './wider.ts'

export class Collector {
  events = 0
  /** Seconds from coming to ending, by case; NaN while open, for cases that gave up, and for cases of workflows run beside. */
  leads: Float64Array
  /** When each case came, in seconds. */
  began: Float64Array
  readonly skip: number
  readonly visits: Float64Array
  readonly delay: Float64Array
  readonly batch: Float64Array
  readonly queue: Float64Array
  readonly service: Float64Array
  /** Visits that ended in giving up, that found no room, and that failed for good. */
  readonly abandoned: Float64Array
  readonly balked: Float64Array
  readonly failed: Float64Array
  readonly laneVisits: Float64Array
  readonly laneQueue: Float64Array
  readonly laneLate: Float64Array
  readonly laneBusy: Float64Array
  /** What comes after the last arrival is emptying, not running. */
  readonly busyUntilLastArrival: Float64Array
  lastArrival = 0
  /** Mean queue by role and hour of the week, from the end of the warm-up to the last arrival. */
  queueByHour: Float64Array = new Float64Array(0)
  /** Cases that were taken out because they came to one step too often. */
  readonly takenOut = new Set<number>()
  /** Cases of the workflow itself that left without an end; cases in all, and those not ended. */
  lost = 0
  came = 0
  unended = 0
  /** Cases not ended because a batch they wait in was not filled, and the steps of these batches. */
  unfilled = 0
  unfilledAt: ReadonlySet<number> = new Set()
  readonly days: DayCounts | null
  private ownCases = 0
  private readonly slas: Float64Array
  private readonly samples: readonly WaitSample[]
  private readonly hours: QueueHours
  /** Little's law, counted from both sides: cases × seconds by the clock, and summed over cases. */
  private openSeconds = 0
  private sojourn = 0
  private changed = 0
  private closed = false

  constructor(model: Model, cases: number, skip: number, days: number | null = null) {
    this.skip = skip
    this.leads = new Float64Array(cases).fill(Number.NaN)
    this.began = new Float64Array(cases)
    const nodes = (): Float64Array => new Float64Array(model.nodes.length)
    const lanes = (): Float64Array => new Float64Array(model.lanes.length)
    this.visits = nodes()
    this.delay = nodes()
    this.batch = nodes()
    this.queue = nodes()
    this.service = nodes()
    this.abandoned = nodes()
    this.balked = nodes()
    this.failed = nodes()
    this.laneVisits = lanes()
    this.laneQueue = lanes()
    this.laneLate = lanes()
    this.laneBusy = lanes()
    this.busyUntilLastArrival = lanes()
    this.slas = Float64Array.from(model.lanes, (lane) => lane.sla ?? Number.POSITIVE_INFINITY)
    this.samples = model.nodes.map(() => new WaitSample())
    this.hours = new QueueHours(model.lanes.length)
    this.days = days === null ? null : new DayCounts(days)
  }

  /** Cases of the workflow itself that count. */
  get counted(): number {
    return this.ownCases
  }

  /** How far Little's law is missed, as a share; 0 up to rounding when no case was lost from the books. */
  get littleGap(): number {
    return this.unended > 0 || this.sojourn === 0 ? 0 : Math.abs(this.openSeconds - this.sojourn) / this.sojourn
  }

  begin(number: number, at: number, own: boolean, deferred: boolean): void {
    if (number >= this.leads.length) this.grow()
    if (number === this.skip) this.hours.restart(at)
    this.openSeconds += this.unended * (at - this.changed)
    this.changed = at
    this.unended++
    this.came++
    this.began[number] = at
    if (!this.closed) this.lastArrival = at
    if (own && number >= this.skip) this.ownCases++
    if (own) this.days?.begin(at, deferred)
  }

  /** The last case has come: from here on the system only empties. */
  close(): void {
    if (this.closed) return
    this.closed = true
    this.busyUntilLastArrival.set(this.laneBusy)
    this.queueByHour = this.hours.means(this.lastArrival)
  }

  end(number: number, at: number, own: boolean, lost: boolean): void {
    const lead = at - (this.began[number] as number)
    this.openSeconds += this.unended * (at - this.changed)
    this.changed = at
    this.unended--
    this.sojourn += lead
    if (!own) return
    this.days?.end(at, lead)
    if (lost) this.lost++
    else this.leads[number] = lead
  }

  takeOut(number: number): void {
    this.takenOut.add(number)
  }

  queueChanged(lane: number, at: number, by: number): void {
    // Nobody asks for the hours after the last arrival, and the last piece of work may be very long.
    if (!this.closed) this.hours.change(lane, at, by)
  }

  queued(lane: number, number: number, wait: number): void {
    if (number < this.skip) return
    this.laneVisits[lane] = (this.laneVisits[lane] as number) + 1
    this.laneQueue[lane] = (this.laneQueue[lane] as number) + wait
    if (wait > (this.slas[lane] as number)) this.laneLate[lane] = (this.laneLate[lane] as number) + 1
  }

  /** The same visit waits again after an interruption. */
  queuedAgain(lane: number, number: number, wait: number): void {
    if (number >= this.skip) this.laneQueue[lane] = (this.laneQueue[lane] as number) + wait
  }

  /** Work counts from the first case on. */
  busy(lane: number, work: number): void {
    this.laneBusy[lane] = (this.laneBusy[lane] as number) + work
  }

  visit(node: number, number: number, delay: number, batch: number, queue: number, work: number): void {
    if (number < this.skip) return
    this.visits[node] = (this.visits[node] as number) + 1
    this.delay[node] = (this.delay[node] as number) + delay
    this.batch[node] = (this.batch[node] as number) + batch
    this.queue[node] = (this.queue[node] as number) + queue
    this.service[node] = (this.service[node] as number) + work
    ;(this.samples[node] as WaitSample).add(delay + batch + queue)
  }

  /** A visit with nothing before the queue. */
  visitPlain(node: number, number: number, queue: number, work: number): void {
    if (number < this.skip) return
    this.visits[node] = (this.visits[node] as number) + 1
    this.queue[node] = (this.queue[node] as number) + queue
    this.service[node] = (this.service[node] as number) + work
    ;(this.samples[node] as WaitSample).add(queue)
  }

  /** A visit that ended before work, or without success. */
  leftBy(what: 'abandoned' | 'balked' | 'failed', node: number, number: number): void {
    if (number >= this.skip) this[what][node] = (this[what][node] as number) + 1
  }

  /** Share `p` of the visits of a node wait at most this long. */
  waitQuantile(node: number, p: number): number {
    return this.samples[node]?.quantile(p) ?? 0
  }

  private grow(): void {
    const length = this.leads.length
    this.leads = widerFloats(this.leads)
    this.leads.fill(Number.NaN, length)
    this.began = widerFloats(this.began)
  }
}
