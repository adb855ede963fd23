/** Everything one replication holds while it runs, in typed arrays, and the small moves that all parts of the engine share. */
import { drawKey, furtherKey, keyedUniform, mix32 } from '../../../random.ts'
import { EventHeap } from '../../numerics/event-heap.ts'
import { ln } from '../../numerics/numbers.ts'
import type { Model } from '../model/model.ts'
import type { ModelNode, Way } from '../model/model-node.ts'
import { serviceKind, type Tables } from '../model/tables.ts'
import { Collector } from './collector.ts'
import type { EventLog } from './event-log.ts'
import { purpose, visitsPerStream } from './purposes.ts'
import { Tokens } from './tokens.ts'
import { widerBytes, widerFloats, widerInts, widerShorts } from './wider.ts'

/** Kinds of events, in the low three bits of an event. */
export const kind = { arrive: 0, ready: 1, done: 2, open: 3, release: 4, timeout: 5, patience: 6, rebooked: 7 } as const

/** What changes in the weeks after go-live. */
export interface GoLiveRun {
  /** Share of bookings that are put off between the two moments, in seconds. */
  readonly cut: number
  readonly from: number
  readonly to: number
  /** Weeks over which they come back; 0: never. */
  readonly rebookWeeks: number
  /** Factor on the work of each day from the first on; 1 after its end. */
  readonly slow: Float64Array
}

export interface Replication {
  /** Seed of this replication, the same for both graphs. */
  readonly seed: number
  /** Cases of the first workflow; others come as long as these do. */
  readonly cases: number
  /** Seconds after which no case comes any more, instead of `cases`; null: cases decide. */
  readonly horizon?: number | null
  /** Cases left out of all statistics at the beginning. */
  readonly skip: number
  readonly goLive?: GoLiveRun | null
  readonly log?: EventLog | null
}

/** Days that are counted one by one at most, where no horizon ends them. */
const mostDays = 36_525

export class State {
  readonly model: Model
  readonly tables: Tables
  readonly seed: number
  readonly limit: number
  readonly horizon: number
  readonly goLive: GoLiveRun | null
  readonly log: EventLog | null
  /** By node and role: the short way may be taken. */
  readonly simple: Uint8Array
  readonly simpleLane: Uint8Array
  readonly heap = new EventHeap()
  readonly tokens = new Tokens()
  readonly collector: Collector
  now = 0
  /** Keys of draws, by node. */
  readonly serviceKey: Int32Array
  readonly routeKey: Int32Array
  /** By case: how draws name it, its class of priority, open branches, whether it left without an end. */
  name: Int32Array
  part: Uint8Array
  class: Uint8Array
  open: Int32Array
  lost: Uint8Array
  visits: Uint16Array
  joins: Uint8Array
  attributes: Float64Array
  firstToken: Int32Array
  /** By role and class of priority: queues as lists of tokens. */
  readonly classes: number
  readonly free: Int32Array
  readonly head: Int32Array
  readonly tail: Int32Array
  readonly waking: Uint8Array
  /** By role: work under way, where it may be interrupted. */
  readonly running: Int32Array
  /** By node: who waits in the queue, where places are limited. */
  readonly waiting: Int32Array
  /** By node: items gathered for one batch. */
  readonly gathered: number[][]
  /** Branches still to be entered, as token, node and input: a loop of gateways alone must not grow the call stack. */
  readonly pending: number[] = []
  /** Cases whose OR-joins have to be looked at again. */
  readonly touched: number[] = []
  /** Numbers of people that are free, by role; only kept for an event log. */
  readonly idle: number[][]

  constructor(model: Model, replication: Replication) {
    const { seed, cases, skip, log = null, goLive = null, horizon = null } = replication
    this.model = model
    this.tables = model.tables
    this.seed = seed
    this.limit = horizon === null ? cases : Number.POSITIVE_INFINITY
    this.horizon = horizon ?? Number.POSITIVE_INFINITY
    this.goLive = goLive
    this.log = log
    const short = log === null && goLive === null
    this.simple = short ? model.tables.simple : new Uint8Array(model.nodes.length)
    this.simpleLane = short ? model.tables.simpleLane : new Uint8Array(model.lanes.length)
    this.collector = new Collector(model, cases, skip, goLive && Math.min(mostDays, Math.ceil(this.horizon / 86400)))
    this.serviceKey = Int32Array.from(model.nodes, (node) => drawKey(seed, node.stream, purpose.service))
    this.routeKey = Int32Array.from(model.nodes, (node) => drawKey(seed, node.stream, purpose.route))
    this.name = new Int32Array(cases)
    this.part = new Uint8Array(cases)
    this.class = new Uint8Array(cases)
    this.open = new Int32Array(cases)
    this.lost = new Uint8Array(cases)
    this.visits = new Uint16Array(cases * model.tables.visitSlots)
    this.joins = new Uint8Array(cases * model.tables.joinSlots)
    this.attributes = new Float64Array(cases * model.attributes.all.length)
    this.firstToken = new Int32Array(model.tables.hasInclusiveJoin ? cases : 0).fill(-1)
    const lanes = model.lanes.length
    this.classes = model.attributes.classes
    this.free = Int32Array.from(model.lanes, (lane) => lane.servers)
    this.head = new Int32Array(lanes * this.classes).fill(-1)
    this.tail = new Int32Array(lanes * this.classes).fill(-1)
    this.waking = new Uint8Array(lanes)
    this.running = new Int32Array(lanes).fill(-1)
    this.waiting = new Int32Array(model.nodes.length)
    this.gathered = model.nodes.map(() => [])
    this.idle = log === null ? [] : model.lanes.map((lane) => Array.from({ length: lane.servers }, (_, i) => lane.servers - i))
  }

  node(at: number): ModelNode {
    return this.model.nodes[at] as ModelNode
  }

  /** Makes room for one more case. */
  reserve(number: number): void {
    if (number < this.name.length) return
    this.name = widerInts(this.name)
    this.part = widerBytes(this.part)
    this.class = widerBytes(this.class)
    this.open = widerInts(this.open)
    this.lost = widerBytes(this.lost)
    this.visits = widerShorts(this.visits)
    this.joins = widerBytes(this.joins)
    this.attributes = widerFloats(this.attributes)
    const { length } = this.firstToken
    this.firstToken = widerInts(this.firstToken)
    this.firstToken.fill(-1, length)
  }

  newToken(number: number): number {
    const { tokens } = this
    const token = tokens.take(number)
    if (!this.tables.hasInclusiveJoin) return token
    const first = this.firstToken[number] as number
    tokens.sibling[token] = first
    tokens.elder[token] = -1
    if (first !== -1) tokens.elder[first] = token
    this.firstToken[number] = token
    return token
  }

  giveToken(token: number): void {
    const { tokens } = this
    if (this.tables.hasInclusiveJoin) {
      const elder = tokens.elder[token] as number
      const sibling = tokens.sibling[token] as number
      if (elder === -1) this.firstToken[tokens.case[token] as number] = sibling
      else tokens.sibling[elder] = sibling
      if (sibling !== -1) tokens.elder[sibling] = elder
    }
    tokens.give(token)
  }

  /** Key of a draw of this token at its node. After 64 visits the stream changes, so that no draw comes back. */
  key(token: number, why: number): number {
    const node = this.node(this.tokens.node[token] as number)
    const turn = this.tokens.turn[token] as number
    return drawKey(this.seed, turn === 0 ? node.stream : mix32(node.stream ^ Math.imul(turn, 0x9e3779b1)), why)
  }

  /** Work of this visit in seconds. */
  drawWork(token: number, at: number): number {
    const { tokens, tables } = this
    const how = tables.service[at] as number
    if (how === serviceKind.none) return 0
    const attempt = tokens.attempt[token] as number
    const usual = (tokens.turn[token] as number) === 0
    const base = usual ? (this.serviceKey[at] as number) : this.key(token, purpose.service)
    const key = attempt === 0 ? base : furtherKey(base, attempt << 16)
    const counter = tokens.counter[token] as number
    if (how === serviceKind.exponential) return -(tables.mean[at] as number) * ln(keyedUniform(key, counter))
    return this.node(at).service?.(key, counter) ?? 0
  }

  drawDelay(token: number, at: number): number {
    return this.node(at).delay?.(this.key(token, purpose.delay), this.tokens.counter[token] as number) ?? 0
  }

  /** How draws name this visit of a case. */
  nameVisit(token: number, number: number, visit: number): void {
    this.tokens.counter[token] = (this.name[number] as number) * visitsPerStream + (visit % visitsPerStream)
    this.tokens.turn[token] = visit < visitsPerStream ? 0 : Math.floor(visit / visitsPerStream)
  }

  push(token: number, way: Way): void {
    this.pending.push(token, way.to, way.input)
  }

  /** Found no room, gave up or failed: the exception way where there is one, otherwise the case is lost. */
  leaveByException(token: number, at: number): void {
    const { exception } = this.node(at)
    this.tokens.place[token] = 0
    if (exception) this.push(token, exception)
    else {
      this.lost[this.tokens.case[token] as number] = 1
      this.close(token)
    }
  }

  /** One branch of a case has ended; with the last one the case ends. */
  close(token: number): void {
    const number = this.tokens.case[token] as number
    this.giveToken(token)
    const left = (this.open[number] as number) - 1
    this.open[number] = left
    if (left === 0) this.collector.end(number, this.now, this.part[number] === 0, this.lost[number] === 1)
    else this.touch(number)
  }

  touch(number: number): void {
    if (this.tables.hasInclusiveJoin) this.touched.push(number)
  }
}
