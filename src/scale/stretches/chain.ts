/** Whether stretches of a table that were judged apart fit together. */
import type { StretchEnds } from '../../core/data/read/stretches/stretch-gate.ts'

/**
 * True where each stretch begins where the one before ends, and the last one ends with the table. Across a block that was set aside nothing
 * has to fit. @param stretches by number of their block, in order
 */
export function isChain(stretches: ReadonlyMap<number, StretchEnds>, lost: ReadonlySet<number>): boolean {
  const all = [...stretches]
  const isTorn = (from: number, to: number): boolean => [...lost].some((block) => block > from && block < to)
  if (all.length === 0) return lost.size > 0
  return all.every(([block, own], i) => {
    const before = all[i - 1]?.[0] ?? -1
    const [nextBlock, next] = all[i + 1] ?? []
    if (i === 0 && own.from !== null && !isTorn(before, block)) return false
    const { to, end } = own
    if (nextBlock === undefined || !next)
      return (to === null && end !== null) || (to !== null && isTorn(block, Number.POSITIVE_INFINITY))
    const { from } = next
    if (end !== null || to === null || from === null) return false
    if (isTorn(block, nextBlock)) return to.byte <= from.byte && to.record <= from.record
    return to.byte === from.byte && to.record === from.record && to.line === from.line
  })
}
