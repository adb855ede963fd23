/** In which order legacy tables are mapped, and which of them can be mapped without the others. */
import type { BoundTable } from '../plan/plan.ts'

type BySource = ReadonlyMap<string, readonly BoundTable[]>

interface Named {
  readonly table: string
}

/** Tables that others link to come first, so that what belongs to a rejected row is known. */
export function inOrder<One extends Named>(inputs: readonly One[], bySource: BySource): readonly One[] {
  const depthOf = (source: string, seen: readonly string[]): number => {
    const next = linksOf(source, bySource).filter((to) => to !== source && !seen.includes(to))
    return next.length === 0 ? 0 : 1 + Math.max(...next.map((to) => depthOf(to, [...seen, source])))
  }
  const depth = new Map(inputs.map(({ table }) => [table, depthOf(table, [])]))
  return inputs.toSorted((a, b) => (depth.get(a.table) ?? 0) - (depth.get(b.table) ?? 0))
}

/**
 * In which turn each input is mapped, from 0, so that inputs of a turn know all that those before them in the order know, and nothing of
 * those behind. @param ordered as `inOrder` gives them
 */
export function turnsOf(ordered: readonly Named[], bySource: BySource): number[] {
  const turns: number[] = []
  for (const [i, one] of ordered.entries()) {
    const links = linksOf(one.table, bySource)
    const own = turns.slice(0, i).map((turn, at) => {
      const before = ordered[at]?.table ?? ''
      if (links.includes(before)) return turn + 1
      return linksOf(before, bySource).includes(one.table) ? turn : 0
    })
    turns.push(Math.max(0, ...own))
  }
  return turns
}

/** The tables that can be reached from themselves. */
export function circularTables(bySource: BySource): ReadonlySet<string> {
  const isCircular = (source: string): boolean => {
    const reached = new Set<string>()
    const next = [...linksOf(source, bySource)]
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (reached.has(at)) continue
      reached.add(at)
      next.push(...linksOf(at, bySource))
    }
    return reached.has(source)
  }
  return new Set([...bySource.keys()].filter(isCircular))
}

/** Rows of the table become one record with others. */
export function isJoined(table: string, bySource: BySource): boolean {
  return bySource.get(table)?.some(({ join }) => join !== null) === true
}

function linksOf(source: string, bySource: BySource): readonly string[] {
  return (bySource.get(source) ?? []).flatMap(({ lines }) => lines.flatMap(({ links }) => (links === null ? [] : [links])))
}
