import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GrowingTree, leafOf, merkleRoot, verifyConsistency, verifyInclusion } from '../../../src/core/project/ledger/merkle.ts'
import { LevelTree } from '../../../src/core/project/ledger/merkle-levels.ts'
import { timesOf } from '../../threat-counts.ts'
import { hasReference, referenceJson } from '../reference-table.ts'

type Case = Readonly<Record<string, unknown>> & {
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
  readonly desc: string
}
/** Of more leaves than a proof is about: trees only grow. */
const treeOf = (leaves: readonly Uint8Array[]): LevelTree => {
  const tree = new LevelTree()
  for (const leaf of leaves) tree.addLeaf(leaf)
  for (let more = 0; more < 5; more++) tree.addEntry('0'.repeat(64))
  return tree
}
const bytes = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(String(text ?? ''), 'base64'))
const cases = (name: string): readonly Case[] => referenceJson(name) as readonly Case[]

test.skipIf(!hasReference('merkle_inclusion.json'))('inclusion proofs of the public suite hold or fail as stated', () => {
  const list = cases('merkle_inclusion.json')
  expect(list).toHaveLength(62)
  expect(list.length + cases('merkle_consistency.json').length).toBe(timesOf('T6'))
  expect(list.filter(({ wantErr }) => wantErr)).toHaveLength(58)
  for (const each of list) {
    const proof = (each.proof ?? []).map(bytes)
    const holds = verifyInclusion(bytes(each.leafHash), Number(each.leafIdx), Number(each.treeSize), proof, bytes(each.root))
    expect(holds, `${String(each._path)} ${each.desc}`).toBe(!each.wantErr)
  }
})

test.skipIf(!hasReference('merkle_consistency.json'))('consistency proofs of the public suite hold or fail as stated', () => {
  const list = cases('merkle_consistency.json')
  expect(list).toHaveLength(43)
  expect(list.filter(({ wantErr }) => wantErr)).toHaveLength(40)
  for (const each of list) {
    const proof = (each.proof ?? []).map(bytes)
    const holds = verifyConsistency(Number(each.size1), Number(each.size2), bytes(each.root1), bytes(each.root2), proof)
    expect(holds, `${String(each._path)} ${each.desc}`).toBe(!each.wantErr)
  }
})

const leaf = (n: number): Uint8Array => leafOf(Buffer.from(sha256(Uint8Array.of(n & 255, n >> 8))).toString('hex'))

test('every leaf of a tree of any size can be proven, and not at another place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(1000), (size, pick) => {
      const leaves = Array.from({ length: size }, (_, n) => leaf(n))
      const index = pick % size
      const proof = treeOf(leaves).inclusion(index, size)
      const root = merkleRoot(leaves)
      expect(verifyInclusion(leaf(index), index, size, proof, root)).toBe(true)
      expect(verifyInclusion(leaf(size), index, size, proof, root)).toBe(false)
      if (size > 1) expect(verifyInclusion(leaf(index), (index + 1) % size, size, proof, root)).toBe(false)
    }),
  )
})

test('a log that only grew proves it, a log that was rewritten cannot', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(1000), (size, pick) => {
      const leaves = Array.from({ length: size }, (_, n) => leaf(n))
      const first = 1 + (pick % size)
      const proof = treeOf(leaves).consistency(first, size)
      const before = merkleRoot(leaves.slice(0, first))
      expect(verifyConsistency(first, size, before, merkleRoot(leaves), proof)).toBe(true)
      const rewritten = leaves.with(0, leaf(500))
      expect(verifyConsistency(first, size, before, merkleRoot(rewritten), treeOf(rewritten).consistency(first, size))).toBe(
        false,
      )
    }),
  )
})

/** What can be done to a list of nodes that is not the true one. */
function forged(proof: readonly Uint8Array[], how: 'flip' | 'drop' | 'double' | 'swap', at: number): Uint8Array[] | null {
  const place = at % Math.max(1, proof.length)
  const node = proof[place]
  if (!node) return how === 'double' ? [leaf(at)] : null
  const flipped = Uint8Array.from(node)
  flipped[at % 32] = (flipped[at % 32] ?? 0) ^ (1 << (at % 8))
  const next = proof[place + 1]
  if (how === 'swap') return next ? [...proof.slice(0, place), next, node, ...proof.slice(place + 2)] : null
  if (how === 'flip') return proof.map((each, index) => (index === place ? flipped : each))
  return how === 'drop' ? proof.toSpliced(place, 1) : proof.toSpliced(place, 0, node)
}

test('no proof that was flipped, cut, grown or put in another order holds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 90 }),
      fc.nat(),
      fc.nat(),
      fc.constantFrom('flip', 'drop', 'double', 'swap'),
      (size, pick, at, how) => {
        const leaves = Array.from({ length: size }, (_, n) => leaf(n))
        const [index, first] = [pick % size, 1 + (pick % (size - 1))]
        const [tree, root] = [treeOf(leaves), merkleRoot(leaves)]
        const inclusion = forged(tree.inclusion(index, size), how, at)
        if (inclusion) expect(verifyInclusion(leaf(index), index, size, inclusion, root)).toBe(false)
        const consistency = forged(tree.consistency(first, size), how, at)
        if (consistency) expect(verifyConsistency(first, size, merkleRoot(leaves.slice(0, first)), root, consistency)).toBe(false)
      },
    ),
    { numRuns: process.env.LONG ? 10_000 : 300 },
  )
})

/** RFC 6962 §2.1 as it is written there, by another SHA-256. */
function rootAsWritten(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (!first) return sha256(new Uint8Array())
  if (leaves.length === 1) return first
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Uint8Array.of(1, ...rootAsWritten(leaves.slice(0, split)), ...rootAsWritten(leaves.slice(split))))
}

test('a tree that grows has at every size the root that its leaves have by definition', () => {
  const tree = new GrowingTree()
  const leaves: Uint8Array[] = []
  for (let n = 0; n <= 130; n++) {
    expect(tree.root()).toEqual(rootAsWritten(leaves))
    expect(merkleRoot(leaves)).toEqual(rootAsWritten(leaves))
    const entry = Buffer.from(sha256(Uint8Array.of(n))).toString('hex')
    leaves.push(sha256(Uint8Array.of(0, ...Buffer.from(entry, 'hex'))))
    expect(leafOf(entry)).toEqual(leaves.at(-1))
    tree.addEntry(entry)
  }
  for (const wrong of ['', '0'.repeat(63), `${'0'.repeat(63)}g`, `${'0'.repeat(63)}/`])
    expect(() => tree.addEntry(wrong)).toThrow('hexadecimal digits')
})
