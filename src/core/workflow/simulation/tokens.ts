/** Places where cases are: one slot per open branch, reused when a branch ends. */

export class Tokens {
  case = new Int32Array(256)
  node = new Int32Array(256)
  visit = new Int32Array(256)
  /** Next in the queue of a lane. */
  next = new Int32Array(256)
  /** Next of those that ride along in one piece of work; −1 for none. */
  mate = new Int32Array(256).fill(-1)
  came = new Float64Array(256)
  ready = new Float64Array(256)
  asked = new Float64Array(256)
  began = new Float64Array(256)
  work = new Float64Array(256)
  private readonly unused: number[] = []
  private used = 0

  take(number: number): number {
    const token = this.unused.pop() ?? this.used++
    if (token >= this.case.length) this.grow()
    this.case[token] = number
    this.visit[token] = 0
    this.mate[token] = -1
    return token
  }

  give(token: number): void {
    this.unused.push(token)
  }

  private grow(): void {
    this.case = widerInts(this.case)
    this.node = widerInts(this.node)
    this.visit = widerInts(this.visit)
    this.next = widerInts(this.next)
    this.mate = widerInts(this.mate)
    this.came = widerFloats(this.came)
    this.ready = widerFloats(this.ready)
    this.asked = widerFloats(this.asked)
    this.began = widerFloats(this.began)
    this.work = widerFloats(this.work)
  }
}

function widerInts(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2)
  to.set(from)
  return to
}

function widerFloats(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(from.length * 2)
  to.set(from)
  return to
}
