/** How often each day occurs, by its number: a table in one array, because a long column asks it for every date. */

export class DayCounts {
  /** Different days. */
  size = 0
  /** Pairs of a day plus one, so that 0 is free, and its count. */
  private table = new Int32Array(2048)
  private room = 1024

  /** @param day as `dayLiteral` writes it; any whole number from 0 to 2³¹ − 2 is counted, but others are found more slowly */
  add(day: number): void {
    const at = this.placeOf(day)
    if (this.table[at] === 0) {
      this.table[at] = day + 1
      this.size++
    }
    this.table[at + 1] = (this.table[at + 1] as number) + 1
    if (this.size * 2 > this.room) this.grow()
  }

  /** Pairs of a day and its count, in no order that means anything. */
  *[Symbol.iterator](): Generator<readonly [number, number]> {
    const { table } = this
    for (let at = 0; at < table.length; at += 2) if (table[at] !== 0) yield [(table[at] as number) - 1, table[at + 1] as number]
  }

  /** Where the day stands, or the free place for it. */
  private placeOf(day: number): number {
    const { table, room } = this
    let at = inOrder(day) & (room - 1)
    while (table[at << 1] !== 0 && table[at << 1] !== day + 1) at = (at + 1) & (room - 1)
    return at << 1
  }

  private grow(): void {
    const old = this.table
    this.room *= 2
    this.table = new Int32Array(this.room * 2)
    for (let at = 0; at < old.length; at += 2)
      if (old[at] !== 0) {
        const to = this.placeOf((old[at] as number) - 1)
        this.table[to] = old[at] as number
        this.table[to + 1] = old[at + 1] as number
      }
  }
}

/** Days of neighbouring years stand side by side, whatever the order of their parts: the days of a column fill few lines of the cache. */
function inOrder(day: number): number {
  const year = Math.floor(day / 10_000)
  const parts = day - year * 10_000
  const first = Math.floor(parts / 100)
  const second = parts - first * 100
  return year * 372 + (first > 12 ? second * 31 + first : first * 31 + second)
}
