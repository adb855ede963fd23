/** Places where cases are: one slot per open branch, reused when a branch ends. */
import { widerBytes, widerFloats, widerInts } from './wider.ts'

/** Where a token is. */
export const place = { moving: 0, delayed: 1, gathered: 2, queued: 3, working: 4, riding: 5, joining: 6 } as const

export class Tokens {
  case = new Int32Array(256)
  node = new Int32Array(256)
  place = new Uint8Array(256)
  /** Case and visit, as draws name them, and the turn of the stream. */
  counter = new Int32Array(256)
  turn = new Int32Array(256)
  /** Neighbours in the queue of a role, or among its work under way. */
  next = new Int32Array(256)
  prev = new Int32Array(256)
  /** Next of those that ride along in one piece of work; −1 for none. */
  mate = new Int32Array(256).fill(-1)
  /** Neighbours among the branches of one case; only kept where an OR-join asks for them. */
  sibling = new Int32Array(256)
  elder = new Int32Array(256)
  /** How many of the needed roles are there. */
  stage = new Int32Array(256)
  attempt = new Int32Array(256)
  server = new Int32Array(256)
  /** Orders of the events that are meant for this token now; any other is out of date. */
  event = new Float64Array(256)
  timeout = new Float64Array(256)
  patience = new Float64Array(256)
  came = new Float64Array(256)
  ready = new Float64Array(256)
  asked = new Float64Array(256)
  /** Begin of the wait that is going on, and the waits before it. */
  since = new Float64Array(256)
  waited = new Float64Array(256)
  began = new Float64Array(256)
  due = new Float64Array(256)
  work = new Float64Array(256)
  /** Work left after an interruption; −1: not begun. */
  left = new Float64Array(256)
  private unused = new Int32Array(256)
  private free = 0
  private used = 0

  take(number: number): number {
    const token = this.free > 0 ? (this.unused[--this.free] as number) : this.used++
    if (token >= this.case.length) this.grow()
    this.case[token] = number
    this.mate[token] = -1
    this.place[token] = place.moving
    this.event[token] = -1
    this.timeout[token] = -1
    this.patience[token] = -1
    this.attempt[token] = 0
    return token
  }

  give(token: number): void {
    this.event[token] = -1
    this.timeout[token] = -1
    this.patience[token] = -1
    if (this.free === this.unused.length) this.unused = widerInts(this.unused)
    this.unused[this.free++] = token
  }

  private grow(): void {
    this.place = widerBytes(this.place)
    this.case = widerInts(this.case)
    this.node = widerInts(this.node)
    this.counter = widerInts(this.counter)
    this.turn = widerInts(this.turn)
    this.next = widerInts(this.next)
    this.prev = widerInts(this.prev)
    this.mate = widerInts(this.mate)
    this.sibling = widerInts(this.sibling)
    this.elder = widerInts(this.elder)
    this.stage = widerInts(this.stage)
    this.attempt = widerInts(this.attempt)
    this.server = widerInts(this.server)
    this.event = widerFloats(this.event)
    this.timeout = widerFloats(this.timeout)
    this.patience = widerFloats(this.patience)
    this.came = widerFloats(this.came)
    this.ready = widerFloats(this.ready)
    this.asked = widerFloats(this.asked)
    this.since = widerFloats(this.since)
    this.waited = widerFloats(this.waited)
    this.began = widerFloats(this.began)
    this.due = widerFloats(this.due)
    this.work = widerFloats(this.work)
    this.left = widerFloats(this.left)
  }
}
