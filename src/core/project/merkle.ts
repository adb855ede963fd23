/** Merkle tree of RFC 6962 §2.1: one short root over a log, with proofs that an entry is in it and that it only grew. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { sha256 } from '../sha256.ts'

/** What is hashed next; a tree over 100,000 entries would leave as many arrays behind. */
const leaf = new Uint8Array(33)
const node = new Uint8Array(65)
node[0] = 1

/** Leaf of a ledger entry: SHA-256 of 0x00 and the 32 bytes of its hash. */
export function leafOf(entryHash: string): Uint8Array {
  leaf.set(hexToBytes(entryHash), 1)
  return sha256(leaf)
}

/** SHA-256 of 0x01 and the 32 bytes of either side. */
function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1)
  node.set(right, 33)
  return sha256(node)
}

/** Root over leaf hashes; the empty tree is SHA-256 of nothing. Linear, with one pending subtree per bit of the size. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return merkleRoots(leaves, [leaves.length]).get(leaves.length) ?? sha256(new Uint8Array())
}

/** Roots of the trees over the first so many leaves, for several sizes in one pass. */
export function merkleRoots(leaves: readonly Uint8Array[], sizes: Iterable<number>): ReadonlyMap<number, Uint8Array> {
  const wanted = new Set(sizes)
  const roots = new Map<number, Uint8Array>(wanted.has(0) ? [[0, sha256(new Uint8Array())]] : [])
  const pending: { hash: Uint8Array; size: number }[] = []
  for (const [index, leaf] of leaves.entries()) {
    let hash = leaf
    let size = 1
    for (let top = pending.at(-1); top && top.size === size; top = pending.at(-1)) {
      hash = nodeOf(top.hash, hash)
      size *= 2
      pending.pop()
    }
    pending.push({ hash, size })
    if (!wanted.has(index + 1)) continue
    const root = pending.reduceRight<Uint8Array | null>((right, each) => (right ? nodeOf(each.hash, right) : each.hash), null)
    if (root) roots.set(index + 1, root)
  }
  return roots
}

/** Audit path of leaf `index`, from its sibling upwards. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  return index < split
    ? [...inclusionProof(leaves.slice(0, split), index), merkleRoot(leaves.slice(split))]
    : [...inclusionProof(leaves.slice(split), index - split), merkleRoot(leaves.slice(0, split))]
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

/** Proof that the tree of the first `size` leaves is the beginning of this one. */
export function consistencyProof(leaves: readonly Uint8Array[], size: number): readonly Uint8Array[] {
  if (size === 0 || size === leaves.length) return []
  return subproof(leaves, size, true)
}

function subproof(leaves: readonly Uint8Array[], size: number, known: boolean): readonly Uint8Array[] {
  if (size === leaves.length) return known ? [] : [merkleRoot(leaves)]
  const split = splitOf(leaves.length)
  return size <= split
    ? [...subproof(leaves.slice(0, split), size, known), merkleRoot(leaves.slice(split))]
    : [...subproof(leaves.slice(split), size - split, false), merkleRoot(leaves.slice(0, split))]
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

function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
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
