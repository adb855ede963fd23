import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GrowingTree, leafOf, merkleRoot, verifyConsistency, verifyInclusion } from '../../../src/core/project/ledger/merkle.ts'
import { LevelTree } from '../../../src/core/project/ledger/merkle-levels.ts'
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
  for (const each of list) {
    const proof = (each.proof ?? []).map(bytes)
    const holds = verifyInclusion(bytes(each.leafHash), Number(each.leafIdx), Number(each.treeSize), proof, bytes(each.root))
    expect(holds, `${String(each._path)} ${each.desc}`).toBe(!each.wantErr)
  }
})

test.skipIf(!hasReference('merkle_consistency.json'))('consistency proofs of the public suite hold or fail as stated', () => {
  const list = cases('merkle_consistency.json')
  expect(list).toHaveLength(43)
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
