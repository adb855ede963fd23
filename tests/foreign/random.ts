/** A small seeded generator of numbers, so that each truth can be made again from its seed. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0
  }

  /** A whole number from 0 to below − 1. */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }

  one<T>(from: readonly T[]): T {
    const [chosen] = this.some(from, 1)
    if (chosen === undefined) throw new Error('There is nothing to choose from.')
    return chosen
  }

  /** That many different members, in their order. */
  some<T>(from: readonly T[], count: number): readonly T[] {
    if (from.length < count) throw new Error(`${count} were asked of ${from.length}.`)
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(this.below(from.length))
    return from.filter((_, at) => chosen.has(at))
  }
}
