/** Records that hang together by proposed pairs; a cluster with a weak or contradictory pair inside goes to review whole. */
import type { LinkCaution } from './linkage-types.ts'

/** A pair by the numbers of its records. */
export interface Edge {
  readonly a: number
  readonly b: number
}

/** What a pair inside a cluster weighs, whether or not a blocking rule had brought it together. */
export interface Inside {
  readonly probability: number
  readonly cautions: readonly LinkCaution[]
}

export interface Grouped {
  readonly records: readonly number[]
  readonly weakest: number
  readonly cautions: readonly LinkCaution[]
}

/** Clusters above this are not looked into pair by pair; they go to review whole. */
const lookedIntoMost = 60

export function clustersOf(
  edges: readonly Edge[],
  size: number,
  review: number,
  look: (a: number, b: number) => Inside,
): Grouped[] {
  const groups = new Map<number, number[]>()
  const rootOf = joined(edges, size)
  for (const record of new Set(edges.flatMap(({ a, b }) => [a, b]))) {
    const root = rootOf(record)
    groups.set(root, [...(groups.get(root) ?? []), record])
  }
  return [...groups.values()].map((group) =>
    judged(
      group.sort((a, b) => a - b),
      review,
      look,
    ),
  )
}

/** Union by the smaller number with path halving: the root of a record is the first record of its cluster. */
function joined(edges: readonly Edge[], size: number): (record: number) => number {
  const parents = Int32Array.from({ length: size }, (_, record) => record)
  const rootOf = (record: number): number => {
    let at = record
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number
      at = parents[at] as number
    }
    return at
  }
  for (const { a, b } of edges) {
    const [one, two] = [rootOf(a), rootOf(b)]
    if (one !== two) parents[Math.max(one, two)] = Math.min(one, two)
  }
  return rootOf
}

function judged(records: readonly number[], review: number, look: (a: number, b: number) => Inside): Grouped {
  if (records.length > lookedIntoMost) return { records, weakest: 0, cautions: ['weak-cluster'] }
  let weakest = 1
  const cautions = new Set<LinkCaution>()
  for (let i = 0; i < records.length; i++)
    for (let j = i + 1; j < records.length; j++) {
      const inside = look(records[i] as number, records[j] as number)
      weakest = Math.min(weakest, inside.probability)
      for (const caution of inside.cautions) cautions.add(caution)
    }
  if (weakest < review) cautions.add('weak-cluster')
  return { records, weakest, cautions: [...cautions].sort() }
}
