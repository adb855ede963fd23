/** Merkle tree of RFC 6962 §2.1: one short root over a log, with proofs that an entry is in it and that it only grew. */
import { sha256, sha256Into } from '../../sha256.ts'

/** What is hashed next; a tree over 100,000 entries would leave as many arrays behind. */
const leaf = new Uint8Array(33)
const node = new Uint8Array(65)
node[0] = 1

/** Leaf of a ledger entry: SHA-256 of 0x00 and the 32 bytes of its hash. */
export function leafOf(entryHash: string): Uint8Array {
  putHex(entryHash)
  return sha256(leaf)
}

/** The 32 bytes of a hash in hexadecimal digits, behind the first byte of `leaf`. */
function putHex(hash: string): void {
  if (hash.length !== 64) throw new Error(`A hash has 64 hexadecimal digits; this one has ${hash.length} characters`)
  for (let i = 0; i < 32; i++) leaf[i + 1] = (digitAt(hash, 2 * i) << 4) | digitAt(hash, 2 * i + 1)
}

function digitAt(hash: string, at: number): number {
  const code = hash.charCodeAt(at)
  if (code >= 48 && code <= 57) return code - 48
  const letter = (code | 32) - 87
  if (letter < 10 || letter > 15) throw new Error(`A hash has hexadecimal digits; this one has "${hash.charAt(at)}"`)
  return letter
}

/** SHA-256 of 0x01 and the 32 bytes of either side. */
export function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1)
  node.set(right, 33)
  return sha256(node)
}

/** A tree to which leaves are added one by one; held are the roots of its whole subtrees, one per bit of its size. */
export class GrowingTree {
  size = 0
  /** Roots of whole subtrees, the largest first, 32 bytes each. */
  #roots = new Uint8Array(32 * 54)
  #held = 0

  /** Adds the leaf of a ledger entry. */
  addEntry(entryHash: string): void {
    putHex(entryHash)
    sha256Into(leaf, this.#roots, 32 * this.#held)
    this.#grow()
  }

  addLeaf(hash: Uint8Array): void {
    this.#roots.set(hash, 32 * this.#held)
    this.#grow()
  }

  /** The root is that of RFC 6962; of the empty tree it is SHA-256 of nothing. */
  root(): Uint8Array {
    if (this.#held === 0) return sha256(new Uint8Array())
    let root: Uint8Array = this.#roots.slice(32 * (this.#held - 1), 32 * this.#held)
    for (let at = this.#held - 2; at >= 0; at--) root = nodeOf(this.#roots.subarray(32 * at, 32 * at + 32), root)
    return root
  }

  /** Subtrees of one size become one, as ones carry when a number grows by one. */
  #grow(): void {
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const from = 32 * (this.#held - 1)
      for (let i = 0; i < 64; i++) node[i + 1] = this.#roots[from + i] ?? 0
      sha256Into(node, this.#roots, from)
      this.#held--
    }
    this.#held++
    this.size++
  }
}

/** Root over leaf hashes. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = new GrowingTree()
  for (const each of leaves) tree.addLeaf(each)
  return tree.root()
}

/** True when the path leads from the leaf to the root of a tree of this size (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size || leaf.length !== 32) return false
  let position = BigInt(index)
  let last = BigInt(size) - 1n
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0n || sibling.length !== 32) return false
    if (position % 2n === 1n || position === last) {
      hash = nodeOf(sibling, hash)
      while (position % 2n === 0n && position !== 0n) {
        position >>= 1n
        last >>= 1n
      }
    } else hash = nodeOf(hash, sibling)
    position >>= 1n
    last >>= 1n
  }
  return last === 0n && equalBytes(hash, root)
}

/** True when the proof shows that the first tree is the beginning of the second (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  firstSize: number,
  secondSize: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(firstSize) || !isCount(secondSize) || firstSize > secondSize) return false
  if (proof.some((hash) => hash.length !== 32)) return false
  if (firstSize === secondSize) return proof.length === 0 && equalBytes(firstRoot, secondRoot)
  if (firstSize === 0) return proof.length === 0 && equalBytes(firstRoot, merkleRoot([]))
  const path = isPowerOfTwo(firstSize) ? [firstRoot, ...proof] : [...proof]
  const start = path.shift()
  if (!start) return false
  let position = BigInt(firstSize) - 1n
  let last = BigInt(secondSize) - 1n
  while (position % 2n === 1n) {
    position >>= 1n
    last >>= 1n
  }
  let first = start
  let second = start
  for (const hash of path) {
    if (last === 0n) return false
    if (position % 2n === 1n || position === last) {
      first = nodeOf(hash, first)
      second = nodeOf(hash, second)
      while (position % 2n === 0n && position !== 0n) {
        position >>= 1n
        last >>= 1n
      }
    } else second = nodeOf(second, hash)
    position >>= 1n
    last >>= 1n
  }
  return last === 0n && equalBytes(first, firstRoot) && equalBytes(second, secondRoot)
}

function isPowerOfTwo(size: number): boolean {
  const value = BigInt(size)
  return value > 0n && (value & (value - 1n)) === 0n
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
