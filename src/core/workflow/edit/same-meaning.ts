/** Lanes and elements of one map found in another by what they mean: ids are made from labels, and of foreign letters all make the same id. */

import { slugOf } from '../map/slug.ts'
import type { Element, Graph, Lane } from '../map/workflow.ts'
import type { Change } from './patch.ts'

interface Meant {
  readonly id: string
  readonly label: string
}

export interface Matched<T> {
  /** Id there → id here. */
  readonly names: ReadonlyMap<string, string>
  /** What is not known here, under an id that is free here. */
  readonly made: readonly T[]
}

/** The same id and label, otherwise the same label; where there is neither, a new record. */
export function matched<T extends Meant>(standing: ReadonlyMap<string, T>, brought: Iterable<T>, fallback: string): Matched<T> {
  const names = new Map<string, string>()
  const made: T[] = []
  const taken = new Set(standing.keys())
  for (const each of brought) {
    const same = standing.get(each.id)
    // Records without a label have nothing but their ids.
    const known =
      same?.label === each.label ? same : [...standing.values()].find(({ label }) => label !== '' && label === each.label)
    const id = known?.id ?? (taken.has(each.id) ? slugOf(each.label, taken, fallback) : each.id)
    names.set(each.id, id)
    if (known) continue
    taken.add(id)
    made.push({ ...each, id })
  }
  return { names, made }
}

/** Stand-ins are lanes too; one that was not brought along is not known here. */
export function lanesHere(standing: ReadonlyMap<string, Lane>, brought: Iterable<Lane>): Matched<Lane> {
  const { names, made } = matched(standing, brought, 'lane')
  return { names, made: made.map((lane) => ({ ...lane, substitutes: lane.substitutes.flatMap((id) => names.get(id) ?? []) })) }
}

export function elementsHere(graph: Graph, brought: Iterable<Element>, changes: Change[]): ReadonlyMap<string, string> {
  const { names, made } = matched(graph.elements, brought, 'element')
  for (const value of made) changes.push({ at: 'elements', side: graph.side, id: value.id, value })
  return names
}
