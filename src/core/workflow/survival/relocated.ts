/**
 * Outcome 2, relocated: gone here, and the same burden appears at another role. It is found in three ways: by the burden, by the work, and
 * by a firing that says itself where it came from (`cameFrom`, `new-burdens.ts`).
 */
import type { Side } from '../rules/side.ts'
import type { Told } from './outcomes.ts'

/** By the burden: another role before or behind has it, which did not have it today. */
export function relocation(
  firing: Told,
  worst: readonly Told[],
  used: ReadonlySet<Told>,
  current: Side,
  future: Side,
): Told | null {
  const least = 1 - future.policy.reduced.value
  const traced = current.trace.of(firing.subject)
  const lanes = new Set(traced.map((id) => future.view.graph.nodes.get(id)?.lane))
  const here = traced.flatMap((id) => future.view.indexOf.get(id) ?? [])
  for (const other of worst) {
    if (!(other.metric >= least * firing.metric)) break
    if (used.has(other)) continue
    const nodes = other.subject.flatMap((id) => future.view.graph.nodes.get(id) ?? [])
    if (nodes.length === 0 || nodes.every((node) => lanes.has(node.lane))) continue
    const there = other.subject.flatMap((id) => future.view.indexOf.get(id) ?? [])
    if (there.some((b) => here.some((a) => future.view.reaches(a, b) || future.view.reaches(b, a)))) return other
  }
  return null
}

/** By the work: it went to a step of another role, while the step that had it goes on without. */
export function isCarriedOver(a: Told, b: Told, current: Side, future: Side): boolean {
  if (a.at === null || b.at === null || b.faint || b.metric < (1 - future.policy.reduced.value) * a.metric) return false
  const heirs = current.trace.of([a.at])
  return !heirs.includes(b.at) && roleAt(current, a.at) !== roleAt(future, b.at)
}

/** By its label: ids are the names of one map. */
function roleAt({ view: { graph } }: Side, id: string): string | null {
  const lane = graph.nodes.get(id)?.lane ?? null
  return lane === null ? null : graph.lanes.get(lane)?.label || lane
}
