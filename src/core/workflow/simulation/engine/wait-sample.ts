/** A bounded sample of waits for quantiles: when full, every second one is dropped. */

/** Waits kept at most. */
const most = 16384

export class WaitSample {
  private values = new Float64Array(64)
  private kept = 0
  private stride = 1
  /** Waits until the next one is kept. */
  private skip = 0
  private sorted = false

  add(value: number): void {
    if (this.skip > 0) {
      this.skip--
      return
    }
    if (this.kept === this.values.length) this.makeRoom()
    this.skip = this.stride - 1
    this.values[this.kept++] = value
  }

  quantile(p: number): number {
    if (!this.sorted) this.values.subarray(0, this.kept).sort()
    this.sorted = true
    return quantileOf(this.values.subarray(0, this.kept), p)
  }

  private makeRoom(): void {
    if (this.kept < most) {
      const wider = new Float64Array(this.kept * 2)
      wider.set(this.values)
      this.values = wider
      return
    }
    for (let i = 0; i < this.kept / 2; i++) this.values[i] = this.values[2 * i] as number
    this.kept /= 2
    this.stride *= 2
  }
}

/** Of sorted values; the smallest one that at least the share `p` does not exceed. */
export function quantileOf(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return 0
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? 0
}
