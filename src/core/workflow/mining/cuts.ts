/** Where a log falls apart: exclusive choice, sequence, parallel, loop, in this order (Leemans, Robust Process Mining with Guarantees, ch. 6). */
import { type Follows, groupsBy, reachability } from './follows.ts'

/** Groups hold activities by number; of a loop the first one is the body and the others are what leads back. */
export interface Cut {
  readonly kind: 'choice' | 'sequence' | 'parallel' | 'loop'
  readonly groups: readonly ReadonlySet<number>[]
}

export function findCut(follows: Follows): Cut | null {
  return choiceCut(follows) ?? sequenceCut(follows) ?? parallelCut(follows) ?? loopCut(follows)
}

function cut(kind: Cut['kind'], follows: Follows, groups: readonly (readonly number[])[]): Cut | null {
  if (groups.length < 2) return null
  return { kind, groups: groups.map((group) => new Set(group.map((index) => follows.alphabet[index] as number))) }
}

/** Parts that nothing connects. */
function choiceCut(follows: Follows): Cut | null {
  const { alphabet, arcs } = follows
  const n = alphabet.length
  return cut(
    'choice',
    follows,
    groupsBy(n, (a, b) => arcs[a * n + b] !== 0 || arcs[b * n + a] !== 0),
  )
}

/** Parts that can only be reached in one direction; parts that are passed over together stay together (strict sequence cut). */
function sequenceCut(follows: Follows): Cut | null {
  const n = follows.alphabet.length
  const reach = reachability(follows)
  const reaches = (a: number, b: number): boolean => reach[a * n + b] === 1
  // Joined until nothing changes: a group reaches what any of its members reaches.
  let groups = groupsBy(n, (a, b) => reaches(a, b) === reaches(b, a))
  for (;;) {
    const joined = groupsBy(groups.length, (i, j) => {
      const [first, second] = [groups[i] ?? [], groups[j] ?? []]
      const forth = first.some((a) => second.some((b) => reaches(a, b)))
      const back = first.some((a) => second.some((b) => reaches(b, a)))
      return forth === back
    }).map((members) => members.flatMap((index) => groups[index] ?? []))
    if (joined.length === groups.length) break
    groups = joined
  }
  if (groups.length < 2) return null
  const before = (group: readonly number[]): number =>
    groups.filter((other) => other !== group && other.some((a) => group.some((b) => reaches(a, b)))).length
  const order = new Map(groups.map((group) => [group, before(group)]))
  groups.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  return cut('sequence', follows, strict(follows, groups))
}

function strict(follows: Follows, groups: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const { alphabet, arcs, starts, ends } = follows
  const n = alphabet.length
  const k = groups.length
  const groupOf = new Int32Array(n)
  for (const [index, group] of groups.entries()) for (const a of group) groupOf[a] = index
  /** First group that leads straight into this one, and last one that this one leads to; the log itself lies at both ends. */
  const from = new Int32Array(k).fill(k)
  const to = new Int32Array(k).fill(-1)
  for (let a = 0; a < n; a++) {
    const ga = groupOf[a] as number
    if (starts[a] !== 0) from[ga] = -1
    if (ends[a] !== 0) to[ga] = k
    for (let b = 0; b < n; b++) {
      const gb = groupOf[b] as number
      if (arcs[a * n + b] === 0 || ga === gb) continue
      from[gb] = Math.min(from[gb] as number, ga)
      to[ga] = Math.max(to[ga] as number, gb)
    }
  }
  const parts = groups.map((group) => [...group])
  for (let p = 0; p < k; p++) {
    const isSkipped = from.some((first, g) => first < p && g > p) || to.some((last, g) => g < p && last > p)
    if (!isSkipped || parts[p]?.length === 0) continue
    for (let q = p - 1; q >= 0 && (to[q] as number) <= p; q--) join(parts, p, q)
    for (let q = p + 1; q < k && (from[q] as number) >= p; q++) join(parts, p, q)
  }
  return parts.filter((part) => part.length > 0)
}

function join(parts: number[][], into: number, other: number): void {
  parts[into]?.push(...(parts[other] ?? []))
  parts[other] = []
}

/** Parts of which everything can directly follow everything of the others; each has a start and an end. */
function parallelCut(follows: Follows): Cut | null {
  const { alphabet, arcs, starts, ends } = follows
  const n = alphabet.length
  const groups = groupsBy(n, (a, b) => arcs[a * n + b] === 0 || arcs[b * n + a] === 0).sort((a, b) => a.length - b.length)
  for (let i = 0; i < groups.length && groups.length > 1; ) {
    const group = groups[i] ?? []
    if (group.some((a) => starts[a] !== 0) && group.some((a) => ends[a] !== 0)) {
      i++
      continue
    }
    groups.splice(i, 1)
    groups[Math.max(0, i - 1)]?.push(...group)
    i = Math.max(0, i - 1)
  }
  return cut('parallel', follows, groups)
}

/** A body with all starts and ends, and parts that lead from every end back to every start. */
function loopCut(follows: Follows): Cut | null {
  const { alphabet, arcs, starts, ends } = follows
  const n = alphabet.length
  const has = (a: number, b: number): boolean => arcs[a * n + b] !== 0
  const body = new Set<number>()
  for (let a = 0; a < n; a++) if (starts[a] !== 0 || ends[a] !== 0) body.add(a)
  const rest = Array.from({ length: n }, (_, a) => a).filter((a) => !body.has(a))
  const allStarts = [...body].filter((a) => starts[a] !== 0)
  const allEnds = [...body].filter((a) => ends[a] !== 0)
  const redos = groupsBy(
    rest.length,
    (i, j) => has(rest[i] as number, rest[j] as number) || has(rest[j] as number, rest[i] as number),
  ).map((group) => group.map((index) => rest[index] as number))
  const loops = redos.filter((group) => {
    const isRedo = group.every((a) => {
      const into = [...body].filter((b) => has(b, a))
      const out = [...body].filter((b) => has(a, b))
      return (
        into.every((b) => ends[b] !== 0) &&
        out.every((b) => starts[b] !== 0) &&
        (into.length === 0 || allEnds.every((b) => has(b, a))) &&
        (out.length === 0 || allStarts.every((b) => has(a, b)))
      )
    })
    if (!isRedo) for (const a of group) body.add(a)
    return isRedo
  })
  return cut('loop', follows, loops.length === 0 ? [] : [[...body].sort((a, b) => a - b), ...loops])
}
