/** Events by time, then by the order they were made: a binary heap in typed arrays, no object per event. */

export class EventHeap {
  private times = new Float64Array(1024)
  private orders = new Float64Array(1024)
  private data = new Int32Array(1024)
  private size = 0
  private made = 0
  /** Time of the event that `pop` gave last. */
  time = 0

  get empty(): boolean {
    return this.size === 0
  }

  push(time: number, data: number): void {
    if (this.size === this.times.length) this.grow()
    const { times, orders, data: all } = this
    const order = this.made++
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >>> 1
      // An event made later never overtakes one of the same time.
      if ((times[parent] as number) <= time) break
      times[at] = times[parent] as number
      orders[at] = orders[parent] as number
      all[at] = all[parent] as number
      at = parent
    }
    times[at] = time
    orders[at] = order
    all[at] = data
  }

  /** Data of the earliest event; only to be called while not empty. */
  pop(): number {
    const { times, orders, data: all } = this
    const first = all[0] as number
    this.time = times[0] as number
    const last = --this.size
    const time = times[last] as number
    const order = orders[last] as number
    const data = all[last] as number
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      const right = child + 1
      if (
        right < last &&
        before(times[right] as number, orders[right] as number, times[child] as number, orders[child] as number)
      )
        child = right
      if (!before(times[child] as number, orders[child] as number, time, order)) break
      times[at] = times[child] as number
      orders[at] = orders[child] as number
      all[at] = all[child] as number
      at = child
    }
    times[at] = time
    orders[at] = order
    all[at] = data
    return first
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2)
    times.set(this.times)
    this.times = times
    const orders = new Float64Array(this.orders.length * 2)
    orders.set(this.orders)
    this.orders = orders
    const data = new Int32Array(this.data.length * 2)
    data.set(this.data)
    this.data = data
  }
}

function before(timeA: number, orderA: number, timeB: number, orderB: number): boolean {
  return timeA < timeB || (timeA === timeB && orderA < orderB)
}
