/** The first draft of the future map: the steps of the current one, in front of the roles and elements that stand there already. */
import { detached, renamed, supposed } from '../map/content.ts'
import type { Element, Graph, Lane, Workflow } from '../map/workflow.ts'
import { lanesHere, matched } from './same-meaning.ts'

/** Steps and flows keep their ids. A lane that both maps have keeps what the future map says of it. */
export function futureDraft({ current, future }: Workflow): Graph {
  const lanes = lanesHere(future.lanes, current.lanes.values())
  const elements = matched(future.elements, current.elements.values(), 'element')
  const last = Math.max(-1, ...[...current.lanes.values()].map(({ order }) => order))
  const band = new Map([...current.lanes.values()].map((lane) => [lanes.names.get(lane.id), lane]))
  const standing = [...future.lanes.values()].map((lane): Lane => {
    const drawn = band.get(lane.id)
    // Steps keep their places: the bands of the current map come first, as high as there.
    return drawn ? { ...lane, order: drawn.order, height: drawn.height } : { ...lane, order: last + 1 + lane.order }
  })
  const ids = new Set(current.nodes.keys())
  const names = { nodes: new Map<string, string>(), lanes: lanes.names, elements: elements.names }
  return {
    ...future,
    lanes: byId([...standing, ...lanes.made]),
    elements: byId<Element>([...future.elements.values(), ...elements.made]),
    nodes: byId([...current.nodes.values()].map((node) => renamed(supposed(detached(node, ids)), names))),
    edges: current.edges,
  }
}

function byId<T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.id, record]))
}
