/** Draws from a seed: the same numbers in every run. */
import { mix32 } from '../../src/core/random.ts'

/** Gives whole numbers below `most`. */
export function counterRandom(seed: number): (most: number) => number {
  let count = 0
  return (most) => Math.floor(((mix32(seed ^ Math.imul(++count, 0x9e3779b1)) >>> 0) / 2 ** 32) * most)
}

/** The members in another order. */
export function shuffled<T>(list: readonly T[], draw: (most: number) => number): T[] {
  const all = [...list]
  for (let i = all.length - 1; i > 0; i--) {
    const j = draw(i + 1)
    const one = all[i] as T
    all[i] = all[j] as T
    all[j] = one
  }
  return all
}
