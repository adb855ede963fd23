/** Targets that memory waits for and that a file may hold: nine bytes each, made once at the end of a run. */
import type { Hash64 } from './id-hash.ts'

export class LateTargets {
  private waiting = new BigUint64Array(0)
  private came = new Uint8Array(0)

  /** @param open what memory waits for; asked for twice, so that it is never held as a list of objects */
  expect(open: () => Iterable<{ readonly hash: Hash64 }>): void {
    let count = 0
    for (const _ of open()) count++
    this.waiting = new BigUint64Array(count)
    this.came = new Uint8Array(count)
    let at = 0
    for (const { hash } of open()) this.waiting[at++] = numberOf(hash)
    this.waiting.sort()
  }

  /** One that the file holds. */
  arrive(hash: Hash64): void {
    const at = this.find(hash)
    if (at !== null) this.came[at] = 1
  }

  has(hash: Hash64): boolean {
    const at = this.find(hash)
    return at !== null && this.came[at] === 1
  }

  /** The first of equal ones. */
  private find(hash: Hash64): number | null {
    if (this.waiting.length === 0) return null
    const wanted = numberOf(hash)
    let low = 0
    let high = this.waiting.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.waiting[middle] ?? 0n) < wanted) low = middle + 1
      else high = middle
    }
    return this.waiting[low] === wanted ? low : null
  }
}

function numberOf({ high, low }: Hash64): bigint {
  return (BigInt(high) << 32n) | BigInt(low)
}
