/** Numbers keys in the order they are first met: 1, 2, 3 …; bounded by a stated number of keys, whatever the size of the files. */
import type { Hash64 } from './hash64.ts'

/** 48 MB of fingerprints: about 2.8 million distinct keys. */
const defaultSlots = 1 << 22

/** Open addressing over 64-bit fingerprints: two lanes and the number, 12 bytes a slot; number 0 marks an empty slot. */
export class DenseKeys {
  size = 0
  /** True once a key could not be numbered for want of room: counts made with these numbers are too low and must not be shown. */
  full = false
  private highs = new Int32Array(256)
  private lows = new Int32Array(256)
  private numbers = new Int32Array(256)
  private readonly maxSlots: number

  constructor(maxSlots = defaultSlots) {
    this.maxSlots = maxSlots
  }

  /** The number of a key, given to it now where it is new; 0 when there is no room. */
  number(key: Hash64): number {
    const known = this.find(key)
    if (known !== 0) return known
    if (this.size * 3 >= this.numbers.length * 2 && !this.grow()) return 0
    this.size++
    this.put(key.high | 0, key.low | 0, this.size)
    return this.size
  }

  /** The number of a key, or 0 where it has none. */
  find(key: Hash64): number {
    const [high, low] = [key.high | 0, key.low | 0]
    const mask = this.numbers.length - 1
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const number = this.numbers[slot] as number
      if (number === 0 || (this.lows[slot] === low && this.highs[slot] === high)) return number
    }
  }

  private put(high: number, low: number, number: number): void {
    const mask = this.numbers.length - 1
    let slot = low & mask
    while (this.numbers[slot] !== 0) slot = (slot + 1) & mask
    this.highs[slot] = high
    this.lows[slot] = low
    this.numbers[slot] = number
  }

  private grow(): boolean {
    const slots = this.numbers.length * 2
    if (slots > this.maxSlots) {
      this.full = true
      return false
    }
    const { highs, lows, numbers } = this
    this.highs = new Int32Array(slots)
    this.lows = new Int32Array(slots)
    this.numbers = new Int32Array(slots)
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number
      if (number !== 0) this.put(highs[i] as number, lows[i] as number, number)
    }
    return true
  }
}
