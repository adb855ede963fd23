/** Which steps of both maps are one piece of work: links that share a step belong together. */
import { compareText } from '../../finding.ts'
import type { TraceLink, Workflow } from '../map/workflow.ts'

/** Links that share a step, with all their steps in id order. */
export interface Group {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly links: readonly TraceLink[]
}

const grouped = new WeakMap<Workflow['trace'], readonly Group[]>()

/** Links that share a step speak of the same work. */
export function groupsOf({ trace }: Workflow): readonly Group[] {
  const known = grouped.get(trace) ?? groupsIn(trace)
  grouped.set(trace, known)
  return known
}

function groupsIn(trace: Workflow['trace']): readonly Group[] {
  const groups: { from: Set<string>; to: Set<string>; links: TraceLink[] }[] = []
  const at = new Map<string, (typeof groups)[number]>()
  for (const link of trace.values()) {
    const keys = [...link.from.map((id) => `current/${id}`), ...link.to.map((id) => `future/${id}`)]
    const met = [...new Set(keys.flatMap((key) => at.get(key) ?? []))]
    const group = met[0] ?? { from: new Set<string>(), to: new Set<string>(), links: [] }
    for (const other of met.slice(1)) {
      for (const id of other.from) group.from.add(id)
      for (const id of other.to) group.to.add(id)
      group.links.push(...other.links)
      groups.splice(groups.indexOf(other), 1)
    }
    if (met.length === 0) groups.push(group)
    for (const id of link.from) group.from.add(id)
    for (const id of link.to) group.to.add(id)
    group.links.push(link)
    for (const id of group.from) at.set(`current/${id}`, group)
    for (const id of group.to) at.set(`future/${id}`, group)
  }
  return groups
    .map(({ from, to, links }) => ({ from: [...from].sort(compareText), to: [...to].sort(compareText), links }))
    .sort((a, b) => compareText(`${a.from.join(' ')}>${a.to.join(' ')}`, `${b.from.join(' ')}>${b.to.join(' ')}`))
}
