/** What differs between two versions of a map: after an edit, only what rests on it is judged again. */

import type { Graph, Node } from '../map/workflow.ts'
import { commonMembers, rareMembers } from '../rules/survival-rule.ts'

export interface Changes {
  /** Steps, flows, roles or elements came, went or changed: nothing of what was known of this map is sure to hold. */
  readonly all: boolean
  /** Otherwise the members in which its steps differ, of those that rules look at. */
  readonly members: ReadonlySet<keyof Node>
  /** The steps that differ in one of these members. */
  readonly steps: ReadonlySet<string>
}

const judgedMembers = [...commonMembers, ...rareMembers]

const all: Changes = { all: true, members: new Set(), steps: new Set() }

/** An edit replaces one record and leaves the others as they are, so that records are compared by identity. */
export function changesBetween(before: Graph, after: Graph): Changes {
  if (before === after) return { all: false, members: new Set(), steps: new Set() }
  const same = isSame(before.lanes, after.lanes) && isSame(before.elements, after.elements) && isSame(before.edges, after.edges)
  if (!same || before.nodes.size !== after.nodes.size) return all
  const members = new Set<keyof Node>()
  const steps = new Set<string>()
  for (const [id, now] of after.nodes) {
    const was = before.nodes.get(id)
    if (was === now) continue
    if (was === undefined || was.type !== now.type) return all
    for (const name of judgedMembers) {
      if (Object.is(was[name], now[name])) continue
      members.add(name)
      steps.add(id)
    }
  }
  return { all: false, members, steps }
}

export function touches({ all, members }: Changes, looked: readonly (keyof Node)[]): boolean {
  return all || looked.some((name) => members.has(name))
}

function isSame<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  if (before === after) return true
  if (before.size !== after.size) return false
  for (const [id, value] of after) if (before.get(id) !== value) return false
  return true
}
