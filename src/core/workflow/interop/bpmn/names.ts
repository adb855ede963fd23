/** Ids of a BPMN document: one space of names for everything (XML `xs:ID`), the document's own where an object came from one. */
import type { Json } from '../../../canonical.ts'
import { isMembers, type Members } from '../../../values/json.ts'
import type { Graph } from '../../map/workflow.ts'

export interface Names {
  readonly process: string
  lane(id: string): string
  node(id: string): string
  edge(id: string): string
  laneSet(process: string): string
  /** Every id that the document will hold of what came from another one or stands on the map. */
  readonly held: ReadonlySet<string>
  /** Event at the border of a step, by the flow that leaves it. */
  event(edge: string): string
}

export function namesFor(graph: Graph): Names {
  const taken = new Set<string>()
  // What is written back as it came keeps its ids, so nothing new may take them.
  collectIds(graph.extra.bpmn, taken)
  for (const { extra } of graph.nodes.values()) {
    const bpmn = isMembers(extra.bpmn) ? extra.bpmn : {}
    const held = new Set<string>()
    collectIds(bpmn.content, held)
    // Associations that are lines of the map have their ids as flows.
    for (const id of held) if (!linksOf(bpmn).includes(id)) taken.add(id)
  }
  const free = (wanted: string): string => {
    const base = /^[\p{L}_]/u.test(wanted) ? wanted : `_${wanted}`
    const clean = base.replace(/[^\p{L}\p{N}_.-]/gu, '-')
    let id = clean
    for (let n = 2; taken.has(id); n++) id = `${clean}-${n}`
    taken.add(id)
    return id
  }
  const came = (extra: { readonly [name: string]: Json | undefined }): string | null => {
    const bpmn = extra.bpmn
    return isMembers(bpmn) && typeof bpmn.id === 'string' && bpmn.id !== '' ? bpmn.id : null
  }
  // Ids that came from a document go first: they must not change.
  const tables = [graph.nodes, graph.lanes, graph.edges].map((table) => {
    const named = new Map<string, string>()
    for (const { id, extra } of table.values()) {
      const own = came(extra)
      if (own === null || (taken.has(own) && !isPool(extra))) continue
      taken.add(own)
      named.set(id, own)
    }
    return named
  })
  for (const [index, table] of [graph.nodes, graph.lanes, graph.edges].entries())
    for (const id of table.keys()) if (!tables[index]?.has(id)) tables[index]?.set(id, free(id))
  const [nodes, lanes, edges] = tables
  const process = free(`process-${graph.id}`)
  const made = new Map<string, string>()
  const once = (key: string, wanted: string): string => {
    const known = made.get(key)
    if (known !== undefined) return known
    const name = free(wanted)
    made.set(key, name)
    return name
  }
  return {
    process,
    held: taken,
    lane: (id) => lanes?.get(id) ?? id,
    node: (id) => nodes?.get(id) ?? id,
    edge: (id) => edges?.get(id) ?? id,
    laneSet: (id) => once(`lanes ${id}`, `lanes-${id}`),
    event: (id) => once(`event ${id}`, `${edges?.get(id) ?? id}-event`),
  }
}

/** A pool drawn as a lane shares its id with the participant that is kept. */
function isPool(extra: { readonly [name: string]: Json | undefined }): boolean {
  return isMembers(extra.bpmn) && extra.bpmn.pool === true
}

/** Ids of the associations inside a step that are drawn as lines between it and a document. */
export function linksOf(bpmn: Members): readonly Json[] {
  return Array.isArray(bpmn.links) ? bpmn.links : []
}

function collectIds(json: Json | undefined, ids: Set<string>): void {
  if (Array.isArray(json)) {
    const [name, attributes] = json
    if (typeof name === 'string' && isMembers(attributes) && typeof attributes.id === 'string') ids.add(attributes.id)
    for (const child of json) collectIds(child, ids)
  } else if (isMembers(json)) for (const value of Object.values(json)) collectIds(value, ids)
}
