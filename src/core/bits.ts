/** A set of small whole numbers, one bit each, grown as needed: exact counts and exact unions (1 million numbers take 125 kB). */

export class Bits {
  /** How many numbers are in the set. */
  size = 0
  private words = new Uint32Array(8)

  add(number: number): void {
    const word = number >>> 5
    if (word >= this.words.length) {
      const bigger = new Uint32Array(Math.max(word + 1, this.words.length * 2))
      bigger.set(this.words)
      this.words = bigger
    }
    const mask = 1 << (number & 31)
    const before = this.words[word] as number
    if ((before & mask) !== 0) return
    this.words[word] = before | mask
    this.size++
  }

  has(number: number): boolean {
    return ((this.words[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0
  }

  /** Takes in everything of another set. */
  include(other: Bits): void {
    for (const number of other) this.add(number)
  }

  *[Symbol.iterator](): Generator<number> {
    for (let word = 0; word < this.words.length; word++) {
      let left = this.words[word] as number
      while (left !== 0) {
        const lowest = 31 - Math.clz32(left & -left)
        yield word * 32 + lowest
        left &= left - 1
      }
    }
  }
}
