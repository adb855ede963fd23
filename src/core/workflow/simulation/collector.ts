/** Counts one replication: sums per step and role, the lead time of every case, and a bounded sample of waits for quantiles. */
import type { Model } from './model.ts'

/** Waits kept per step for quantiles; when full, every second one is dropped. */
const most = 16384

export class Collector {
  events = 0
  readonly leads: Float64Array
  readonly skip: number
  readonly visits: Float64Array
  readonly delay: Float64Array
  readonly batch: Float64Array
  readonly queue: Float64Array
  readonly service: Float64Array
  readonly laneVisits: Float64Array
  readonly laneQueue: Float64Array
  readonly laneLate: Float64Array
  readonly laneBusy: Float64Array
  /** What comes after the last arrival is emptying, not running. */
  readonly busyUntilLastArrival: Float64Array
  lastArrival = 0
  /** Cases that were taken out because they came to one step too often. */
  readonly takenOut = new Set<number>()
  private readonly slas: readonly number[]
  private readonly samples: WaitSample[]
  private readonly began: Float64Array
  private readonly total: number

  constructor(model: Model, cases: number, skip: number) {
    this.total = cases
    this.skip = skip
    this.leads = new Float64Array(cases).fill(Number.NaN)
    this.began = new Float64Array(cases)
    this.visits = new Float64Array(model.nodes.length)
    this.delay = new Float64Array(model.nodes.length)
    this.batch = new Float64Array(model.nodes.length)
    this.queue = new Float64Array(model.nodes.length)
    this.service = new Float64Array(model.nodes.length)
    this.laneVisits = new Float64Array(model.lanes.length)
    this.laneQueue = new Float64Array(model.lanes.length)
    this.laneLate = new Float64Array(model.lanes.length)
    this.laneBusy = new Float64Array(model.lanes.length)
    this.busyUntilLastArrival = new Float64Array(model.lanes.length)
    this.slas = model.lanes.map((lane) => lane.sla ?? Number.POSITIVE_INFINITY)
    this.samples = model.nodes.map(() => new WaitSample())
  }

  /** Cases that count. */
  get counted(): number {
    return this.total - this.skip
  }

  begin(number: number, at: number): void {
    this.began[number] = at
    this.lastArrival = at
    if (number === this.total - 1) this.busyUntilLastArrival.set(this.laneBusy)
  }

  end(number: number, at: number): void {
    this.leads[number] = at - (this.began[number] as number)
  }

  takeOut(number: number): void {
    this.takenOut.add(number)
  }

  queued(lane: number, number: number, wait: number): void {
    if (number < this.skip) return
    this.laneVisits[lane] = (this.laneVisits[lane] as number) + 1
    this.laneQueue[lane] = (this.laneQueue[lane] as number) + wait
    if (wait > (this.slas[lane] as number)) this.laneLate[lane] = (this.laneLate[lane] as number) + 1
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
    this.samples[node]?.add(delay + batch + queue)
  }

  /** Share `p` of the visits of a node wait at most this long. */
  waitQuantile(node: number, p: number): number {
    return this.samples[node]?.quantile(p) ?? 0
  }
}

class WaitSample {
  private values = new Float64Array(64)
  private kept = 0
  private stride = 1
  private seen = 0
  private sorted = false

  add(value: number): void {
    if (this.seen++ % this.stride !== 0) return
    if (this.kept === this.values.length) {
      if (this.kept < most) {
        const wider = new Float64Array(this.kept * 2)
        wider.set(this.values)
        this.values = wider
      } else {
        for (let i = 0; i < this.kept / 2; i++) this.values[i] = this.values[2 * i] as number
        this.kept /= 2
        this.stride *= 2
        if ((this.seen - 1) % this.stride !== 0) return
      }
    }
    this.values[this.kept++] = value
  }

  quantile(p: number): number {
    if (!this.sorted) this.values.subarray(0, this.kept).sort()
    this.sorted = true
    return quantileOf(this.values.subarray(0, this.kept), p)
  }
}

/** Of sorted values; the smallest one that at least the share `p` does not exceed. */
export function quantileOf(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return 0
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? 0
}
