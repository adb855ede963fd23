/** Roles behind a queue that never ends: how long cases wait for them depends on how long one watches. */

import type { Node } from '../map/workflow.ts'
import { needsStaff } from '../times/times.ts'
import { roleName, type Side, stepsOf } from './side.ts'

/** The steps for which a role needs people. */
export function staffedBy(side: Side, lane: string): readonly Node[] {
  return stepsOf(side).flatMap(({ node }) => (node.lane === lane && needsStaff(node) ? [node] : []))
}

/** What nobody can know of the wait for a role, because another role before it never catches up; null where it can be known. */
export function behindEndless(side: Side, lane: string): string | null {
  const own = staffedBy(side, lane).flatMap(({ id }) => side.view.indexOf.get(id) ?? [])
  for (const [other, role] of side.times.roles) {
    if (other === lane || !('load' in role) || role.load < 1) continue
    const before = staffedBy(side, other).flatMap(({ id }) => side.view.indexOf.get(id) ?? [])
    if (before.some((from) => own.some((to) => side.view.reaches(from, to))))
      return `wait for ${roleName(side, lane)} behind ${roleName(side, other)}, who never catches up`
  }
  return null
}
