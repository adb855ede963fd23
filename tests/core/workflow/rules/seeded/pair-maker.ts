/** Seeded pairs: small maps whose numbers are drawn, where a rule fires and look-alikes where one fact is on the other side. */
import type { SketchCase } from '../../../../../src/core/workflow/rules/survival-rule.ts'

/** Draws from one seed. */
export class Draw {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) >>> 0
  }

  private next(): number {
    // xorshift32: enough to vary numbers and names.
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    return (this.state >>> 0) / 4294967296
  }

  /** Whole number from `least` to `most`. */
  n(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** Share with two digits from `least` to `most`. */
  share(least: number, most: number): number {
    return this.n(Math.round(least * 100), Math.round(most * 100)) / 100
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.n(0, list.length - 1)] ?? list[0]
  }
}

export interface SeededPair extends SketchCase {
  /** As in `pair.ts`: `Old => New`, `Old =x reason`. */
  readonly trace?: string
}

export type Make = (r: Draw) => string | SeededPair

/** At least five of each for every rule. */
export interface Seeds {
  readonly fires: readonly Make[]
  readonly passes: readonly Make[]
  readonly perHour?: number
}

export const screens = ['screen', 'inbox', 'portal'] as const
export const papers = ['paper', 'phone', 'fax', 'verbal'] as const

/** What is left of a whole. */
export function rest(share: number): number {
  return Math.round((1 - share) * 100) / 100
}
