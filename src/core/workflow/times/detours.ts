/** Steps that a case can do without: somewhere before, a flow leads past them. */
import type { View } from '../map/graph.ts'

const known = new WeakMap<View, ReadonlySet<number>>()

/** True where not every case comes by, and a decision has one way to the step and another that joins behind it without it. */
export function isDetour(view: View, id: string): boolean {
  const at = view.indexOf.get(id)
  if (at === undefined) return false
  const found = known.get(view) ?? detoursOf(view)
  known.set(view, found)
  return found.has(at)
}

function detoursOf(view: View): ReadonlySet<number> {
  const found = new Set<number>()
  const leads = (from: number, to: number): boolean => from === to || view.reaches(from, to)
  for (const flows of view.out) {
    const ways = flows.filter(({ share }) => share > 0 && share < 1)
    for (const past of ways)
      for (const way of ways)
        for (const at of view.steps)
          if (
            (view.visits?.[at] ?? 1) < 1 - 1e-9 &&
            leads(way.to, at) &&
            leads(at, past.to) &&
            at !== past.to &&
            !view.reaches(past.to, at)
          )
            found.add(at)
  }
  return found
}
