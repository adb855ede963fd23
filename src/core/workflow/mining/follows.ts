/** A log as a bag of traces, and what directly follows what in it: the ground that cuts are found on. */

export interface Trace {
  /** Activities by number. */
  readonly activities: readonly number[]
  readonly count: number
}

/** Equal traces counted together, in the order in which they are first met. */
export function bagOf(traces: Iterable<Trace>): readonly Trace[] {
  const found = new Map<string, { activities: readonly number[]; count: number }>()
  for (const { activities, count } of traces) {
    const key = activities.join(' ')
    const known = found.get(key)
    if (known) known.count += count
    else found.set(key, { activities, count })
  }
  return [...found.values()]
}

export interface Follows {
  /** Activities that occur, in rising order; rows and columns below are positions in this list. */
  readonly alphabet: readonly number[]
  readonly arcs: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export function followsOf(traces: readonly Trace[]): Follows {
  const alphabet = alphabetOf(traces)
  const n = alphabet.length
  const at = new Int32Array((alphabet[n - 1] ?? -1) + 1)
  for (const [index, activity] of alphabet.entries()) at[activity] = index
  const arcs = new Int32Array(n * n)
  const starts = new Int32Array(n)
  const ends = new Int32Array(n)
  for (const { activities, count } of traces) {
    let last = -1
    for (const activity of activities) {
      const next = at[activity] as number
      if (last < 0) starts[next] = (starts[next] as number) + count
      else arcs[last * n + next] = (arcs[last * n + next] as number) + count
      last = next
    }
    if (last >= 0) ends[last] = (ends[last] as number) + count
  }
  return { alphabet, arcs, starts, ends }
}

/** Activities that occur, in rising order: numbers from 0 on, so that a table takes less than a set. */
function alphabetOf(traces: readonly Trace[]): number[] {
  const occurs: boolean[] = []
  for (const { activities } of traces) for (const activity of activities) occurs[activity] = true
  const alphabet: number[] = []
  for (let activity = 0; activity < occurs.length; activity++) if (occurs[activity] === true) alphabet.push(activity)
  return alphabet
}

/** Without the arcs that are rarer than a share of the most frequent way on from their activity; ending counts as a way on. */
export function withoutNoise(follows: Follows, noise: number): Follows {
  const { alphabet, arcs, ends } = follows
  const n = alphabet.length
  const kept = arcs.slice()
  for (let from = 0; from < n; from++) {
    let most = ends[from] as number
    for (let to = 0; to < n; to++) most = Math.max(most, arcs[from * n + to] as number)
    for (let to = 0; to < n; to++) if ((arcs[from * n + to] as number) <= noise * most) kept[from * n + to] = 0
  }
  return { ...follows, arcs: kept }
}

/** `reach[a * n + b]` is 1 where b can come some time after a. */
export function reachability({ alphabet, arcs }: Follows): Uint8Array {
  const n = alphabet.length
  const reach = Uint8Array.from(arcs, (count) => (count > 0 ? 1 : 0))
  for (let via = 0; via < n; via++)
    for (let from = 0; from < n; from++) {
      if (reach[from * n + via] === 0) continue
      for (let to = 0; to < n; to++) if (reach[via * n + to] === 1) reach[from * n + to] = 1
    }
  return reach
}

/** Positions joined into groups by `same`; each group in rising order, groups by their first member. */
export function groupsBy(n: number, same: (a: number, b: number) => boolean): number[][] {
  const of = Int32Array.from({ length: n }, (_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (of[root] !== root) root = of[root] as number
    return root
  }
  for (let a = 0; a < n; a++)
    for (let b = a + 1; b < n; b++) {
      const [first, second] = [rootOf(a), rootOf(b)]
      if (first !== second && same(a, b)) of[Math.max(first, second)] = Math.min(first, second)
    }
  const groups = new Map<number, number[]>()
  for (let index = 0; index < n; index++) {
    const root = rootOf(index)
    const group = groups.get(root)
    if (group) group.push(index)
    else groups.set(root, [index])
  }
  return [...groups.values()]
}
