/** How long a case takes from start to end where branches run at the same time: the longest of them counts, not their sum. */
import { isLoop, startsOf, type View } from '../map/graph.ts'

/** Seconds of one visit, or of a whole way. */
export interface Spent {
  readonly touch: number
  readonly wait: number
}

const nothing: Spent = { touch: 0, wait: 0 }

/** Rounds after which a way round a loop is left as it is: what is missing then is beyond any digit shown. */
const mostRounds = 10_000

export function hasBranches({ nodes, out }: View): boolean {
  return nodes.some(({ type }, at) => (type === 'parallel' || type === 'inclusive') && (out[at] ?? []).length > 1)
}

/**
 * Work and waiting on the way of a case: at a decision its ways count by their shares, at a fork the branch that takes longest by its
 * mean. A fork of which not every branch is taken counts as if all were. The mean of the longest of several random times is more than
 * the longest of their means, so that this is what a case takes at least.
 * @param spentAt of one visit; Infinity where a queue never ends
 */
export function criticalPath(view: View, spentAt: (at: number) => Spent): Spent {
  const { nodes, out, into, groups } = view
  const ahead: Spent[] = nodes.map(() => nothing)
  const own = nodes.map((_, at) => spentAt(at))
  for (const group of [...groups].reverse())
    for (let round = 0; round < mostRounds; round++) {
      let moved = 0
      for (const at of group) {
        const node = nodes[at]
        const forks = node?.type === 'parallel' || node?.type === 'inclusive'
        let touch = 0
        let wait = 0
        for (const { to, share } of out[at] ?? []) {
          if (share === 0) continue
          const next = ahead[to] ?? nothing
          if (!forks) {
            touch += share * next.touch
            wait += share * next.wait
          } else if (next.touch + next.wait >= touch + wait) {
            touch = next.touch
            wait = next.wait
          }
        }
        const { touch: worked, wait: waited } = own[at] ?? nothing
        const now = { touch: touch + worked, wait: wait + waited }
        const before = ahead[at] ?? nothing
        const difference = Math.abs(now.touch + now.wait - before.touch - before.wait)
        // Infinity less Infinity is no number: it has not moved.
        if (difference > 1e-9 * (1 + before.touch + before.wait)) moved++
        ahead[at] = now
      }
      if (moved === 0 || !isLoop(view, group)) break
    }
  const starts = startsOf(nodes, into)
  const ways = starts.map((at) => ahead[at] ?? nothing)
  const mean = (of: (spent: Spent) => number): number =>
    ways.reduce((sum, spent) => sum + of(spent), 0) / Math.max(1, ways.length)
  return { touch: mean(({ touch }) => touch), wait: mean(({ wait }) => wait) }
}
