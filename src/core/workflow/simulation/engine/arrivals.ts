/** Cases that come: streams with rates by the hour, attributes, and bookings put off in the first week after go-live. */
import { drawKey, keyedUniform } from '../../../random.ts'
import { ln } from '../../numerics/numbers.ts'
import type { ModelArrival } from '../model/model-arrival.ts'
import { go } from './flow.ts'
import { purpose } from './purposes.ts'
import { kind, type State } from './state.ts'

const week = 604800

export class Arrivals {
  private readonly s: State
  private readonly drawn: Float64Array
  private readonly accepted: Float64Array
  /** Streams that still bring cases, and cases of the first workflow that came. */
  private open = 0
  private own = 0
  private next = 0
  private readonly keys: readonly {
    readonly arrival: number
    readonly thinning: number
    readonly cut: number
    readonly rebook: number
  }[]

  constructor(s: State) {
    this.s = s
    const { arrivals } = s.model
    this.drawn = new Float64Array(arrivals.length)
    this.accepted = new Float64Array(arrivals.length)
    this.keys = arrivals.map(({ stream }) => ({
      arrival: drawKey(s.seed, stream, purpose.arrival),
      thinning: drawKey(s.seed, stream, purpose.thinning),
      cut: drawKey(s.seed, stream, purpose.cut),
      rebook: drawKey(s.seed, stream, purpose.rebook),
    }))
  }

  begin(): void {
    this.open = this.s.model.arrivals.length
    for (let stream = 0; stream < this.s.model.arrivals.length; stream++) this.schedule(stream, 0)
  }

  /** A case of a stream has come. */
  arrive(stream: number): void {
    const { s } = this
    const arrival = s.model.arrivals[stream] as ModelArrival
    if (this.isFull) return
    const n = this.accepted[stream] as number
    this.accepted[stream] = n + 1
    const number = this.book(stream, arrival, n)
    if (!this.isPutOff(stream, n, number)) this.enter(number, stream, false)
    this.schedule(stream, s.now)
  }

  /** A booking that was put off comes now. */
  arriveLater(number: number): void {
    this.enter(number, this.streamOf(number), true)
  }

  /** Enough cases of the first workflow have come. */
  private get isFull(): boolean {
    return this.own >= this.s.limit
  }

  private schedule(stream: number, from: number): void {
    const { s } = this
    if (this.isFull) return
    const arrival = s.model.arrivals[stream] as ModelArrival
    const at = arrival.hourly ? this.thinned(arrival, stream, from) : this.plain(arrival, stream, from)
    if (at < s.horizon) s.heap.push(at, (stream << 3) | kind.arrive)
    else if (--this.open === 0) s.collector.close()
  }

  private plain(arrival: ModelArrival, stream: number, from: number): number {
    const n = this.drawn[stream] as number
    this.drawn[stream] = n + 1
    return arrival.interarrival ? from + arrival.interarrival(this.keys[stream]?.arrival ?? 0, n) : Number.POSITIVE_INFINITY
  }

  /** Lewis and Shedler 1979: candidates at the peak rate, kept with the share of the hour. */
  private thinned({ hourly, peak }: ModelArrival, stream: number, from: number): number {
    const keys = this.keys[stream]
    if (!hourly || !keys || peak <= 0) return Number.POSITIVE_INFINITY
    let at = from
    for (;;) {
      const n = this.drawn[stream] as number
      this.drawn[stream] = n + 1
      at += -ln(keyedUniform(keys.arrival, n)) / peak
      const rate = hourly[Math.floor(at / 3600) % 168] as number
      if (keyedUniform(keys.thinning, n) * peak < rate) return at
    }
  }

  /** Makes a case: its name for draws is the stream and its place there, so that cases keep their luck when others are put off. */
  private book(stream: number, arrival: ModelArrival, n: number): number {
    const { s } = this
    const number = this.next++
    s.reserve(number)
    s.name[number] = n * s.model.arrivals.length + stream
    s.part[number] = arrival.part
    s.open[number] = 1
    if (s.model.attributes.all.length > 0) this.describe(number, arrival)
    if (arrival.part === 0) this.own++
    return number
  }

  private describe(number: number, arrival: ModelArrival): void {
    const { s } = this
    const { all, priority, classOf, classes } = s.model.attributes
    const row = number * all.length
    all.forEach((attribute, at) => {
      const key = drawKey(s.seed, attribute.stream, purpose.attribute)
      const name = s.name[number] as number
      let value = 0
      if (attribute.sampler) value = attribute.sampler(key, name)
      else {
        const { sums } = attribute
        const u = keyedUniform(key, name) * (sums[sums.length - 1] ?? 0)
        while (value < sums.length - 1 && u >= (sums[value] as number)) value++
      }
      s.attributes[row + at] = value
    })
    for (const { attribute, value } of arrival.given) s.attributes[row + attribute] = value
    if (priority >= 0) s.class[number] = classOf[s.attributes[row + priority] as number] ?? classes - 1
  }

  /** Bookings of the cut week come in a later week, at the same hour; urgency is not looked at. */
  private isPutOff(stream: number, n: number, number: number): boolean {
    const { goLive, now, heap, collector } = this.s
    const keys = this.keys[stream]
    if (!goLive || !keys || now < goLive.from || now >= goLive.to || keyedUniform(keys.cut, n) >= goLive.cut) return false
    if (goLive.rebookWeeks > 0) {
      const weeks = 1 + Math.floor(keyedUniform(keys.rebook, n) * goLive.rebookWeeks)
      collector.days?.defer(now)
      heap.push(now + weeks * week, (number << 3) | kind.rebooked)
    }
    return true
  }

  private enter(number: number, stream: number, deferred: boolean): void {
    const { s } = this
    const arrival = s.model.arrivals[stream] as ModelArrival
    s.collector.begin(number, s.now, arrival.part === 0, deferred)
    if (this.isFull) s.collector.close()
    go(s, s.newToken(number), arrival.node, 0)
  }

  private streamOf(number: number): number {
    return (this.s.name[number] as number) % this.s.model.arrivals.length
  }
}
