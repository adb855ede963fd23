/** Counts by whole number: lengths and days. Merged by adding; bounded because large lengths share a bucket. */

const small = 257
/** Days up to the year 2870 are counted in pages that are made when they are needed, because a map costs a search per cell. */
const pageBits = 10
const pageCount = 1024
const paged = pageCount << pageBits

export class Histogram {
  private readonly low = new Float64Array(small)
  private pages: (Float64Array | null)[] | null = null
  private readonly high = new Map<number, number>()

  add(key: number, weight: number): void {
    if (key >= 0 && key < small) this.low[key] = (this.low[key] as number) + weight
    else if (key >= 0 && key < paged) {
      const page = this.pages?.[key >> pageBits] ?? this.newPage(key >> pageBits)
      const at = key & ((1 << pageBits) - 1)
      page[at] = (page[at] as number) + weight
    } else this.high.set(key, (this.high.get(key) ?? 0) + weight)
  }

  private newPage(index: number): Float64Array {
    this.pages ??= new Array<Float64Array | null>(pageCount).fill(null)
    const page = new Float64Array(1 << pageBits)
    this.pages[index] = page
    return page
  }

  merge(other: Histogram): void {
    for (const [key, count] of other.entries()) this.add(key, count)
  }

  /** Keys that occur, smallest first. */
  entries(): [number, number][] {
    const list: [number, number][] = []
    this.low.forEach((count, key) => {
      if (count > 0) list.push([key, count])
    })
    this.pages?.forEach((page, index) => {
      page?.forEach((count, at) => {
        if (count > 0) list.push([(index << pageBits) + at, count])
      })
    })
    return [...list, ...this.high].sort((a, b) => a[0] - b[0])
  }

  get size(): number {
    return this.entries().length
  }
}

/** Lengths up to 4096 stand for themselves; longer ones are rounded down to six binary digits. */
export function lengthBucket(length: number): number {
  if (length <= 4096) return length
  const unit = 2 ** (26 - Math.clz32(length))
  return Math.floor(length / unit) * unit
}
