/** Whether stretches of a table that were judged apart fit together. */
import type { StretchPart } from './parts.ts'

/**
 * True where each stretch begins where the one before ends, and the last one ends with the table. Across a block that was set aside nothing
 * has to fit. @param parts by number of their block, in order
 */
export function isChain(parts: ReadonlyMap<number, StretchPart>, lost: ReadonlySet<number>): boolean {
  const all = [...parts]
  const isTorn = (from: number, to: number): boolean => [...lost].some((block) => block > from && block < to)
  if (all.length === 0) return lost.size > 0
  return all.every(([block, { totals }], i) => {
    const before = all[i - 1]?.[0] ?? -1
    const [nextBlock, next] = all[i + 1] ?? []
    if (i === 0 && totals.from !== null && !isTorn(before, block)) return false
    const { to } = totals
    if (nextBlock === undefined || !next)
      return (to === null && totals.end !== null) || (to !== null && isTorn(block, Number.POSITIVE_INFINITY))
    const { from } = next.totals
    if (totals.end !== null || to === null || from === null) return false
    if (isTorn(block, nextBlock)) return to.byte <= from.byte && to.record <= from.record
    return to.byte === from.byte && to.record === from.record && to.line === from.line
  })
}
