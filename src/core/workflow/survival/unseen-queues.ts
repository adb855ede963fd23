/** Queues that one map shows and the other can not: staff of a role is known on one side alone, so that no wait tells more or less. */
import type { Side } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import { needsStaff } from '../times/times.ts'

/**
 * Absent facts, in words, where work that waits for known staff on `seen` goes on at a role without staff on `other`; empty where
 * nothing is absent.
 */
export function unseenQueues(
  rule: SurvivalRule,
  seen: Side,
  ids: readonly string[],
  other: Side,
  linked: readonly string[],
): readonly string[] {
  if (rule.metric.queues !== true || !rolesOf(seen, ids).some((lane) => hasStaff(seen, lane))) return []
  return rolesOf(other, linked)
    .filter((lane) => !hasStaff(other, lane))
    .map((lane) => `staff of ${other.view.graph.lanes.get(lane)?.label || lane} in the ${other.name} map`)
}

function rolesOf({ view }: Side, ids: readonly string[]): readonly string[] {
  return [
    ...new Set(
      ids.flatMap((id) => {
        const node = view.graph.nodes.get(id)
        return node && node.lane !== null && needsStaff(node) ? [node.lane] : []
      }),
    ),
  ]
}

function hasStaff({ times }: Side, lane: string): boolean {
  return (times.staff.get(lane) ?? null) !== null
}
