/** Events by time, then by the order they were made: a binary heap in typed arrays, no object per event. */

export class EventHeap {
  private times = new Float64Array(1024)
  private orders = new Float64Array(1024)
  private data = new Int32Array(1024)
  private size = 0
  private made = 0
  /** Time and order of the event that `pop` gave last. */
  time = 0
  order = 0

  get empty(): boolean {
    return this.size === 0
  }

  /** Gives the order of the event, which no other event has. */
  push(time: number, data: number): number {
    if (this.size === this.times.length) this.grow()
    const { times, orders, data: all } = this
    const order = this.made++
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >>> 1
      const above = times[parent] as number
      // An event made later never overtakes one of the same time.
      if (above <= time) break
      times[at] = above
      orders[at] = orders[parent] as number
      all[at] = all[parent] as number
      at = parent
    }
    times[at] = time
    orders[at] = order
    all[at] = data
    return order
  }

  /** Data of the earliest event; only to be called while not empty. */
  pop(): number {
    const { times, orders, data: all } = this
    const first = all[0] as number
    this.time = times[0] as number
    this.order = orders[0] as number
    const last = --this.size
    const time = times[last] as number
    const order = orders[last] as number
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      let least = times[child] as number
      if (child + 1 < last) {
        const right = times[child + 1] as number
        if (right < least || (right === least && (orders[child + 1] as number) < (orders[child] as number))) {
          child++
          least = right
        }
      }
      if (least > time || (least === time && (orders[child] as number) > order)) break
      times[at] = least
      orders[at] = orders[child] as number
      all[at] = all[child] as number
      at = child
    }
    times[at] = time
    orders[at] = order
    all[at] = all[last] as number
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
