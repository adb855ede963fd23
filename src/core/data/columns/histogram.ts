/** Counts by whole number: lengths and days. Merged by adding; bounded because large lengths share a bucket. */

const small = 257
/** Days up to the year 2870 are counted in pages that are made when they are needed, because a map costs a search per cell. */
const pageBits = 10
const pageSize = 1 << pageBits
const pageCount = 1024
const paged = pageCount << pageBits
const noLow = new Float64Array(small)
const noPages = new Int32Array(pageCount)

export class Histogram {
  private low = noLow
  /** By the upper bits of a key: where its page begins in `counts`, 0 for one that is not made. */
  private pages = noPages
  private counts = new Float64Array(0)
  private used = pageSize
  /** Other keys; a wide table has many histograms without one. */
  private high: Map<number, number> | null = null

  add(key: number, weight: number): void {
    if (key >= 0 && key < small) {
      if (this.low === noLow) this.low = new Float64Array(small)
      this.low[key] = (this.low[key] as number) + weight
    } else if (key >= 0 && key < paged) {
      const page = (this.pages[key >> pageBits] as number) || this.newPage(key >> pageBits)
      const at = page | (key & (pageSize - 1))
      this.counts[at] = (this.counts[at] as number) + weight
    } else {
      this.high ??= new Map()
      this.high.set(key, (this.high.get(key) ?? 0) + weight)
    }
  }

  private newPage(index: number): number {
    if (this.pages === noPages) this.pages = new Int32Array(pageCount)
    const page = this.used
    this.used += pageSize
    if (this.used > this.counts.length) {
      const bigger = new Float64Array(Math.max(this.used, this.counts.length * 2))
      bigger.set(this.counts)
      this.counts = bigger
    }
    this.pages[index] = page
    return page
  }

  merge(other: Histogram): void {
    for (const [key, count] of other.entries()) this.add(key, count)
  }

  /** Keys that occur, smallest first. */
  entries(): [number, number][] {
    const list: [number, number][] = []
    const above = [...(this.high ?? [])].sort((a, b) => a[0] - b[0])
    for (const entry of above) if (entry[0] < 0) list.push(entry)
    for (let key = 0; key < small; key++) if (this.low[key] !== 0) list.push([key, this.low[key] as number])
    for (let index = 0; index < pageCount; index++) {
      const page = this.pages[index] as number
      if (page === 0) continue
      for (let at = 0; at < pageSize; at++) {
        const count = this.counts[page + at] as number
        if (count !== 0) list.push([(index << pageBits) + at, count])
      }
    }
    for (const entry of above) if (entry[0] >= 0) list.push(entry)
    return list
  }
}

/** Lengths up to 4096 stand for themselves; longer ones are rounded down to six binary digits. */
export function lengthBucket(length: number): number {
  if (length <= 4096) return length
  const unit = 2 ** (26 - Math.clz32(length))
  return Math.floor(length / unit) * unit
}
