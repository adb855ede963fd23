/** One replication: a discrete-event engine over a compiled model. State lives in typed arrays; one run is a pure function of its seed. */
import { counterUniform, mix32 } from '../../random.ts'
import { Collector } from './collector.ts'
import { EventHeap } from './event-heap.ts'
import type { Model, ModelArrival, ModelNode } from './model.ts'
import { ln } from './numbers.ts'
import { Tokens } from './tokens.ts'

/** Why a draw is made: each purpose has its own stream of numbers. */
const purpose = { arrival: 1, service: 2, route: 3, delay: 4, thinning: 5 } as const

/** A case that has come to one step this often is taken out: its loop hardly ever ends, and the run would not either. */
export const mostVisits = 10_000

/** Visits of a case that share one stream of numbers. */
const visitsPerStream = 64

/** Kinds of events, in the low three bits of an event. */
const kind = { arrive: 0, ready: 1, batched: 2, done: 3, open: 4, release: 5, timeout: 6 } as const

export interface Replication {
  /** Seed of this replication, the same for both graphs. */
  readonly seed: number
  readonly cases: number
  /** Cases left out of all statistics at the beginning. */
  readonly skip: number
}

export function run(model: Model, replication: Replication): Collector {
  const engine = new Engine(model, replication)
  engine.run()
  return engine.collector
}

class Engine {
  readonly collector: Collector
  private readonly heap = new EventHeap()
  private readonly tokens = new Tokens()
  private readonly model: Model
  private readonly seed: number
  private readonly cases: number
  private started = 0
  private now = 0
  /** Visits of each case at each node: part of the name of a draw. */
  private readonly visits: Uint16Array
  /** Branches still to be entered, as pairs of token and node: a loop of gateways alone must not grow the call stack. */
  private readonly pending: number[] = []
  /** Open branches of each case; the case ends with the last one. */
  private readonly open: Int32Array
  private readonly joined = new Map<number, number>()
  private readonly dispatched = new Map<number, number>()
  private readonly drawn: Float64Array
  private readonly free: Int32Array
  private readonly head: Int32Array
  private readonly tail: Int32Array
  private readonly waking: Uint8Array
  private readonly gathered: number[][]

  constructor(model: Model, { seed, cases, skip }: Replication) {
    this.model = model
    this.seed = seed
    this.cases = cases
    this.collector = new Collector(model, cases, skip)
    this.visits = new Uint16Array(cases * model.nodes.length)
    this.open = new Int32Array(cases)
    this.drawn = new Float64Array(model.arrivals.length)
    this.free = Int32Array.from(model.lanes, (lane) => lane.servers)
    this.head = new Int32Array(model.lanes.length).fill(-1)
    this.tail = new Int32Array(model.lanes.length).fill(-1)
    this.waking = new Uint8Array(model.lanes.length)
    this.gathered = model.nodes.map(() => [])
  }

  run(): void {
    const { heap } = this
    for (let stream = 0; stream < this.model.arrivals.length; stream++) this.scheduleArrival(stream, 0)
    while (!heap.empty) {
      const event = heap.pop()
      this.now = heap.time
      this.collector.events++
      const ref = event >>> 3
      switch (event & 7) {
        case kind.arrive:
          this.arrive(ref)
          break
        case kind.ready:
          this.gather(ref)
          break
        case kind.batched:
          this.ask(ref)
          break
        case kind.done:
          this.finish(ref)
          break
        case kind.open:
          this.waking[ref] = 0
          this.serve(ref)
          break
        case kind.release:
          this.releaseOverdue(ref)
          break
        case kind.timeout:
          this.leaveByTimeout(ref)
          break
      }
    }
  }

  private scheduleArrival(stream: number, from: number): void {
    const arrival = this.model.arrivals[stream]
    if (!arrival || this.started >= this.cases) return
    const at = arrival.hourly ? this.thinned(arrival, stream, from) : this.plain(arrival, stream, from)
    if (at !== null) this.heap.push(at, (stream << 3) | kind.arrive)
  }

  private plain(arrival: ModelArrival, stream: number, from: number): number | null {
    const n = this.drawn[stream] as number
    this.drawn[stream] = n + 1
    return arrival.interarrival ? from + arrival.interarrival(this.seed, arrival.stream, purpose.arrival, n) : null
  }

  /** Lewis and Shedler 1979: candidates at the peak rate, kept with the share of the hour. */
  private thinned(arrival: ModelArrival, stream: number, from: number): number | null {
    const { hourly, peak } = arrival
    if (!hourly || peak <= 0) return null
    let at = from
    for (;;) {
      const n = this.drawn[stream] as number
      this.drawn[stream] = n + 1
      at += -ln(counterUniform(this.seed, arrival.stream, purpose.arrival, n)) / peak
      const rate = hourly[Math.floor(at / 3600) % 168] as number
      if (counterUniform(this.seed, arrival.stream, purpose.thinning, n) * peak < rate) return at
    }
  }

  private arrive(stream: number): void {
    const arrival = this.model.arrivals[stream]
    if (!arrival || this.started >= this.cases) return
    const number = this.started++
    this.open[number] = 1
    this.collector.begin(number, this.now)
    this.enter(this.tokens.take(number), arrival.node)
    this.scheduleArrival(stream, this.now)
  }

  private enter(token: number, at: number): void {
    this.pending.push(at, token)
    this.goOn()
  }

  private goOn(): void {
    const { pending } = this
    while (pending.length > 0) this.pass(pending.pop() as number, pending.pop() as number)
  }

  private pass(token: number, at: number): void {
    const node = this.model.nodes[at] as ModelNode
    const { tokens } = this
    tokens.node[token] = at
    if (node.does === 'end') {
      this.close(token)
      return
    }
    const number = tokens.case[token] as number
    const slot = number * this.model.nodes.length + at
    const visit = this.visits[slot] as number
    if (visit >= mostVisits) {
      this.collector.takeOut(number)
      tokens.give(token)
      return
    }
    this.visits[slot] = visit + 1
    tokens.visit[token] = visit
    switch (node.does) {
      case 'pass':
        this.leave(token, node)
        return
      case 'parallel':
      case 'inclusive':
        if (node.inputs < 2 || this.join(token, at, node)) this.split(token, node)
        return
      case 'work': {
        tokens.came[token] = this.now
        const delay = node.delay ? node.delay(this.seed, this.stream(token, node), purpose.delay, this.counter(token)) : 0
        if (node.timeout && delay > node.timeout.after) this.heap.push(this.now + node.timeout.after, (token << 3) | kind.timeout)
        else if (delay > 0) this.heap.push(this.now + delay, (token << 3) | kind.ready)
        else this.gather(token)
      }
    }
  }

  /** Case and visit name a draw; every 64 visits of a node by one case the stream changes, so that no draw comes back. */
  private counter(token: number): number {
    const visit = this.tokens.visit[token] as number
    return (this.tokens.case[token] as number) * visitsPerStream + (visit % visitsPerStream)
  }

  private stream(token: number, node: ModelNode): number {
    const turn = Math.floor((this.tokens.visit[token] as number) / visitsPerStream)
    return turn === 0 ? node.stream : mix32(node.stream ^ Math.imul(turn, 0x9e3779b1))
  }

  private join(token: number, at: number, node: ModelNode): boolean {
    const number = this.tokens.case[token] as number
    const key = number * this.model.nodes.length + at
    const wanted = node.does === 'parallel' ? node.inputs : (this.dispatched.get(number) ?? node.inputs)
    const here = (this.joined.get(key) ?? 0) + 1
    if (here >= wanted) {
      this.joined.delete(key)
      this.open[number] = (this.open[number] as number) - (here - 1)
      return true
    }
    this.joined.set(key, here)
    this.tokens.give(token)
    return false
  }

  private split(token: number, node: ModelNode): void {
    const ways = this.chosen(token, node)
    const number = this.tokens.case[token] as number
    if (ways.length > 1 || node.does === 'inclusive') this.dispatched.set(number, ways.length)
    this.open[number] = (this.open[number] as number) + ways.length - 1
    const branches = ways.map((_, index) => (index === 0 ? token : this.tokens.take(number)))
    if (ways.length === 0) this.close(token)
    // The first way is entered first, as the last pair put there.
    for (let index = ways.length - 1; index >= 0; index--) this.pending.push(ways[index] as number, branches[index] as number)
  }

  /** All ways of a parallel gateway; of an inclusive one each by its share, and at least the last. */
  private chosen(token: number, node: ModelNode): readonly number[] {
    if (node.does === 'parallel' || node.to.length < 2) return [...node.to]
    const ways = [...node.to].filter((_, index) => this.uniform(token, node, index) < (node.sums[index] as number))
    return ways.length > 0 ? ways : [node.to[node.to.length - 1] as number]
  }

  private uniform(token: number, node: ModelNode, index: number): number {
    return counterUniform(this.seed, this.stream(token, node), purpose.route + (index << 8), this.counter(token))
  }

  /** Before the queue: by number, by the clock, or not at all. */
  private gather(token: number): void {
    const at = this.tokens.node[token] as number
    const node = this.model.nodes[at] as ModelNode
    const { batch } = node
    this.tokens.ready[token] = this.now
    if (batch === null) {
      this.ask(token)
      return
    }
    const waiting = this.gathered[at] as number[]
    waiting.push(token)
    if (batch.kind === 'size') {
      if (waiting.length >= batch.size) this.release(at)
      else if (waiting.length === 1 && batch.maxWait !== null) this.heap.push(this.now + batch.maxWait, (at << 3) | kind.release)
      return
    }
    if (waiting.length > 1) return
    const rounds = Math.ceil((this.now - batch.offset) / batch.every)
    this.heap.push(batch.offset + rounds * batch.every, (at << 3) | kind.release)
  }

  /** The clock has come, or the first item of an unfilled batch has waited long enough. */
  private releaseOverdue(at: number): void {
    const waiting = this.gathered[at] as number[]
    const { batch } = this.model.nodes[at] as ModelNode
    const first = waiting[0]
    if (first === undefined || batch === null) return
    const due = batch.kind === 'clock' || this.now - (this.tokens.ready[first] as number) >= (batch.maxWait ?? 0) - 1e-9
    if (due) this.release(at)
    else this.heap.push((this.tokens.ready[first] as number) + (batch.maxWait ?? 0), (at << 3) | kind.release)
  }

  private release(at: number): void {
    const waiting = this.gathered[at] as number[]
    const { batch } = this.model.nodes[at] as ModelNode
    this.gathered[at] = []
    if (batch?.run !== 'parallel') {
      for (const token of waiting) this.ask(token)
      return
    }
    // One piece of work for all: the others ride along with the first.
    for (let i = 1; i < waiting.length; i++) this.tokens.mate[waiting[i - 1] as number] = waiting[i] as number
    const first = waiting[0]
    if (first !== undefined) this.ask(first)
  }

  private ask(token: number): void {
    const node = this.model.nodes[this.tokens.node[token] as number] as ModelNode
    const { tokens } = this
    for (let rider = token; rider !== -1; rider = tokens.mate[rider] as number) tokens.asked[rider] = this.now
    tokens.work[token] = node.service
      ? node.service(this.seed, this.stream(token, node), purpose.service, this.counter(token))
      : 0
    const lane = node.lane
    if (lane < 0) {
      this.heap.push(this.now + (tokens.work[token] as number), (token << 3) | kind.done)
      return
    }
    tokens.next[token] = -1
    const last = this.tail[lane] as number
    if (last === -1) this.head[lane] = token
    else tokens.next[last] = token
    this.tail[lane] = token
    this.serve(lane)
  }

  /** First come, first served: starts work as long as somebody is free and the role is open. */
  private serve(lane: number): void {
    const shifts = this.model.lanes[lane]?.shifts
    const { tokens } = this
    while ((this.free[lane] as number) > 0 && (this.head[lane] as number) !== -1) {
      if (!shifts || shifts.never) return
      const opening = shifts.open(this.now)
      const token = this.head[lane] as number
      const done = opening > this.now ? null : shifts.done(this.now, tokens.work[token] as number)
      if (done === null) {
        this.wake(lane, opening > this.now ? opening : shifts.open(shifts.close(this.now)))
        return
      }
      this.head[lane] = tokens.next[token] as number
      if ((this.head[lane] as number) === -1) this.tail[lane] = -1
      this.free[lane] = (this.free[lane] as number) - 1
      // Items released together wait for each other: that is the batch's doing, not the load of the role.
      if (this.model.nodes[tokens.node[token] as number]?.batch === null)
        this.collector.queued(
          lane,
          tokens.case[token] as number,
          shifts.openUntil(this.now) - shifts.openUntil(tokens.asked[token] as number),
        )
      this.collector.busy(lane, tokens.work[token] as number)
      tokens.began[token] = this.now
      this.heap.push(done, (token << 3) | kind.done)
    }
  }

  private wake(lane: number, at: number): void {
    if (this.waking[lane] === 1) return
    this.waking[lane] = 1
    this.heap.push(at, (lane << 3) | kind.open)
  }

  private finish(token: number): void {
    const { tokens } = this
    const at = tokens.node[token] as number
    const node = this.model.nodes[at] as ModelNode
    const began = node.lane < 0 ? (tokens.asked[token] as number) : (tokens.began[token] as number)
    if (node.lane >= 0) this.free[node.lane] = (this.free[node.lane] as number) + 1
    for (let rider = token; rider !== -1; ) {
      const next = tokens.mate[rider] as number
      tokens.mate[rider] = -1
      this.collector.visit(
        at,
        tokens.case[rider] as number,
        (tokens.ready[rider] as number) - (tokens.came[rider] as number),
        (tokens.asked[rider] as number) - (tokens.ready[rider] as number),
        began - (tokens.asked[rider] as number),
        tokens.work[token] as number,
      )
      this.leave(rider, node)
      this.goOn()
      rider = next
    }
    if (node.lane >= 0) this.serve(node.lane)
  }

  private leaveByTimeout(token: number): void {
    const at = this.tokens.node[token] as number
    const node = this.model.nodes[at] as ModelNode
    this.collector.visit(at, this.tokens.case[token] as number, this.now - (this.tokens.came[token] as number), 0, 0, 0)
    if (node.timeout) this.enter(token, node.timeout.to)
  }

  private leave(token: number, node: ModelNode): void {
    const ways = node.to.length
    if (ways === 0) {
      this.close(token)
      return
    }
    let way = 0
    if (ways > 1) {
      const u = counterUniform(this.seed, this.stream(token, node), purpose.route, this.counter(token))
      while (way < ways - 1 && u >= (node.sums[way] as number)) way++
    }
    this.pending.push(node.to[way] as number, token)
  }

  private close(token: number): void {
    const number = this.tokens.case[token] as number
    this.tokens.give(token)
    const left = (this.open[number] as number) - 1
    this.open[number] = left
    if (left === 0) {
      this.dispatched.delete(number)
      this.collector.end(number, this.now)
    }
  }
}
