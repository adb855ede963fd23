/** The tree of RFC 6962 with all of its whole subtrees: 64 bytes per leaf, and each proof from as many nodes as it has lines. */
import { leafOf, nodeOf } from './merkle.ts'

export class LevelTree {
  /** Roots of whole subtrees of 1, 2, 4 … leaves, in order. */
  readonly #levels: Uint8Array[][] = [[]]

  get size(): number {
    return this.#levels[0]?.length ?? 0
  }

  /** Adds the leaf of a ledger entry. */
  addEntry(entryHash: string): void {
    this.addLeaf(leafOf(entryHash))
  }

  addLeaf(leaf: Uint8Array): void {
    let node = leaf
    for (let level = 0; ; level++) {
      const nodes = this.#levels[level] ?? []
      this.#levels[level] = nodes
      nodes.push(node)
      const left = nodes.at(-2)
      if (nodes.length % 2 === 1 || left === undefined) return
      node = nodeOf(left, node)
    }
  }

  /** Audit path of leaf `index` in the tree of the first `size` leaves, from its sibling upwards. */
  inclusion(index: number, size: number): readonly Uint8Array[] {
    return this.#path(index, 0, size)
  }

  /** Proof that the tree of the first `from` leaves is the beginning of that of the first `to`. */
  consistency(from: number, to: number): readonly Uint8Array[] {
    return from === 0 || from === to ? [] : this.#subproof(from, 0, to, true)
  }

  #path(index: number, start: number, count: number): readonly Uint8Array[] {
    if (count <= 1) return []
    const split = splitOf(count)
    return index < split
      ? [...this.#path(index, start, split), this.#root(start + split, count - split)]
      : [...this.#path(index - split, start + split, count - split), this.#root(start, split)]
  }

  #subproof(size: number, start: number, count: number, isKnown: boolean): readonly Uint8Array[] {
    if (size === count) return isKnown ? [] : [this.#root(start, count)]
    const split = splitOf(count)
    return size <= split
      ? [...this.#subproof(size, start, split, isKnown), this.#root(start + split, count - split)]
      : [...this.#subproof(size - split, start + split, count - split, false), this.#root(start, split)]
  }

  /** Root over `count` leaves from `start` on, which is where a subtree of that size begins. */
  #root(start: number, count: number): Uint8Array {
    const level = Math.log2(count)
    const whole = Number.isInteger(level) ? this.#levels[level]?.[start / count] : undefined
    if (whole) return whole
    const split = splitOf(count)
    return nodeOf(this.#root(start, split), this.#root(start + split, count - split))
  }
}

/** The largest power of two below. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}
