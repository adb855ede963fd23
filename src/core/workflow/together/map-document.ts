/**
 * A workflow as a document that several people write at once (Yjs): tables of records, each record a table of its members. Writing puts in
 * what differs between two states and nothing else; reading goes through the readers of the format, so that nothing is taken on unchecked.
 */
import * as Y from 'yjs'
import type { Json } from '../../canonical.ts'
import { isMembers, type Members as JsonMembers, parseJson } from '../../values/json.ts'
import { readGraph, readTrace } from '../map/read.ts'
import {
  emptyGraph,
  type Graph,
  sides,
  type TraceLink,
  type Workflow,
  type WorkflowSide,
  workflowFormat,
} from '../map/workflow.ts'
import { graphText, traceText, workflowDigest } from '../map/write.ts'
import { type Members, membersOf, newRecord, recordOf, writeMembers } from './members.ts'
import { scenarioMembers, scenarioOf } from './scenario-members.ts'

export const graphTables = ['lanes', 'elements', 'nodes', 'edges'] as const
export type GraphTable = (typeof graphTables)[number]
type SideTable = `${WorkflowSide}.${GraphTable}`
/** `about` holds names and unknown members of both maps. */
export type TableName = SideTable | 'trace' | 'scenario' | 'about'

export const tableNames: readonly TableName[] = [
  ...sides.flatMap((side) => graphTables.map((table): SideTable => `${side}.${table}`)),
  'trace',
  'scenario',
  'about',
]

export function tableOf(doc: Y.Doc, name: TableName): Y.Map<unknown> {
  return doc.getMap(name)
}

/** A document of its own for one copy. @param client drawn anew for each copy that writes: two that share one destroy each other's edits */
export function newDocument(client: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  return doc
}

/** What a map begins with when it is shared: the same workflow gives the same bytes everywhere, so two who begin with one state are one. */
export function seedOf(workflow: Workflow): Uint8Array {
  const doc = newDocument(clientOf(workflowDigest(workflow)))
  const nothing: Workflow = {
    id: workflow.id,
    current: emptyGraph('', 'current'),
    future: emptyGraph('', 'future'),
    trace: new Map(),
    scenario: null,
  }
  doc.transact(() => writeChanges(doc, nothing, workflow))
  return Y.encodeStateAsUpdate(doc)
}

/** A writer that follows from a digest: whoever writes the same on the same ground writes the same bytes. */
export function clientOf(digest: string): number {
  return Number.parseInt(digest.slice(-8), 16)
}

/** Writes what differs from one state to the other. The document need not hold the first: what it holds beside stays. */
export function writeChanges(doc: Y.Doc, before: Workflow, after: Workflow): void {
  if (before === after) return
  for (const side of sides) if (before[side] !== after[side]) writeGraph(doc, before[side], after[side])
  if (before.trace !== after.trace) writeTrace(doc, before.trace, after.trace)
  if (before.scenario !== after.scenario)
    writeMembers(tableOf(doc, 'scenario'), scenarioMembers(before.scenario), scenarioMembers(after.scenario))
}

function writeGraph(doc: Y.Doc, before: Graph, after: Graph): void {
  const { side } = after
  writeMembers(tableOf(doc, 'about'), aboutMembers(before), aboutMembers(after))
  const old = changedRecords(before, after)
  const now = changedRecords(after, before)
  for (const name of graphTables) {
    const table = tableOf(doc, `${side}.${name}`)
    for (const [id, members] of now[name]) put(table, id, old[name].get(id), members)
    for (const id of old[name].keys()) if (!after[name].has(id)) table.delete(id)
  }
}

function writeTrace(doc: Y.Doc, before: ReadonlyMap<string, TraceLink>, after: ReadonlyMap<string, TraceLink>): void {
  const table = tableOf(doc, 'trace')
  for (const [key, link] of after) {
    const old = before.get(key)
    if (old !== link) put(table, key, old && linkMembers(old), linkMembers(link))
  }
  for (const key of before.keys()) if (!after.has(key)) table.delete(key)
}

/** A record that somebody else removed meanwhile stays removed, whatever is changed of it here; one that is made again comes back. */
function put(table: Y.Map<unknown>, id: string, before: Members | undefined, after: Members): void {
  const held = table.get(id)
  if (held instanceof Y.Map) writeMembers(held, before ?? new Map(held.entries()), after)
  else if (!before || !table._map.has(id)) table.set(id, newRecord(after))
}

function aboutMembers({ side, id, label, extra }: Graph): Members {
  const own = membersOf({ id, label, ...extra } as Json, extra)
  return new Map([...own].map(([name, value]) => [`${side}.${name}`, value]))
}

type Records = Readonly<Record<GraphTable, ReadonlyMap<string, Members>>>

/** Records of `graph` that are not the same object in `other`, as the file would hold them. */
function changedRecords(graph: Graph, other: Graph): Records {
  const part = {
    ...emptyGraph(graph.id, graph.side),
    lanes: changed(graph.lanes, other.lanes),
    elements: changed(graph.elements, other.elements),
    nodes: changed(graph.nodes, other.nodes),
    edges: changed(graph.edges, other.edges),
  }
  const read = parseJson(graphText(part))
  const json: JsonMembers = read.ok && isMembers(read.value) ? read.value : {}
  const members = (name: GraphTable): ReadonlyMap<string, Members> => {
    const list = json[name]
    const all = new Map<string, Members>()
    for (const record of Array.isArray(list) ? list : []) {
      if (!isMembers(record) || typeof record.id !== 'string') continue
      const { id, ...rest } = record
      all.set(id, membersOf(rest as Json, part[name].get(id)?.extra ?? {}))
    }
    return all
  }
  return { lanes: members('lanes'), elements: members('elements'), nodes: members('nodes'), edges: members('edges') }
}

function changed<T>(table: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return table === other ? new Map() : new Map([...table].filter(([id, record]) => other.get(id) !== record))
}

function linkMembers(link: TraceLink): Members {
  const read = parseJson(traceText(new Map([['', link]])))
  const list = read.ok ? read.value : null
  return membersOf(Array.isArray(list) ? (list[0] ?? null) : null, link.extra)
}

/** Keys of each table that changed since the last reading; a table that is not named did not. */
export type Touched = ReadonlyMap<TableName, ReadonlySet<string>>

/** The workflow that a document holds, as it stands there: `tidy` makes it fit to be shown. Records keep their identity where nothing touched them. */
export function readMap(doc: Y.Doc, id: string, last: Workflow | null = null, touched: Touched | null = null): Workflow {
  const graph = (side: WorkflowSide): Graph => readSide(doc, id, side, last?.[side] ?? null, last === null ? null : touched)
  const isSame = (name: TableName): boolean => last !== null && touched !== null && !touched.has(name)
  return {
    id,
    current: graph('current'),
    future: graph('future'),
    trace: last && isSame('trace') ? last.trace : readLinks(doc, last?.trace ?? null, touched?.get('trace') ?? null),
    scenario: last && isSame('scenario') ? last.scenario : scenarioOf(tableOf(doc, 'scenario').entries()),
  }
}

function readSide(doc: Y.Doc, id: string, side: WorkflowSide, last: Graph | null, touched: Touched | null): Graph {
  const names = [...graphTables.map((table): TableName => `${side}.${table}`), 'about' as const]
  if (last && touched && !names.some((name) => touched.has(name))) return last
  const ids = (name: GraphTable): Iterable<string> =>
    last && touched ? (touched.get(`${side}.${name}`) ?? []) : tableOf(doc, `${side}.${name}`).keys()
  const records = (name: GraphTable): readonly Json[] => {
    const table = tableOf(doc, `${side}.${name}`)
    return [...ids(name)].flatMap((key) => {
      const record = table.get(key)
      return record instanceof Y.Map ? [{ ...recordOf(record.entries()), id: key }] : []
    })
  }
  const { id: given, label, ...extra } = recordOf(aboutOf(doc, side))
  const head = { format: workflowFormat, id: typeof given === 'string' ? given : id, side, label: label ?? '' }
  const read = readGraph(
    {
      ...head,
      ...extra,
      lanes: records('lanes'),
      elements: records('elements'),
      nodes: records('nodes'),
      edges: records('edges'),
    },
    side,
  ).value
  if (!last || !touched) return read
  const joined = <T>(name: GraphTable, old: ReadonlyMap<string, T>, fresh: ReadonlyMap<string, T>): ReadonlyMap<string, T> => {
    const keys = touched.get(`${side}.${name}`)
    return keys ? joinedTable(old, fresh, keys) : old
  }
  return {
    ...read,
    extra: touched.has('about') ? read.extra : last.extra,
    lanes: joined('lanes', last.lanes, read.lanes),
    elements: joined('elements', last.elements, read.elements),
    nodes: joined('nodes', last.nodes, read.nodes),
    edges: joined('edges', last.edges, read.edges),
  }
}

function aboutOf(doc: Y.Doc, side: WorkflowSide): readonly (readonly [string, unknown])[] {
  const own: (readonly [string, unknown])[] = []
  for (const [name, value] of tableOf(doc, 'about').entries())
    if (name.startsWith(`${side}.`)) own.push([name.slice(side.length + 1), value])
  return own
}

function readLinks(
  doc: Y.Doc,
  last: ReadonlyMap<string, TraceLink> | null,
  touched: ReadonlySet<string> | null,
): ReadonlyMap<string, TraceLink> {
  const table = tableOf(doc, 'trace')
  const fresh = new Map<string, TraceLink>()
  for (const key of last && touched ? touched : table.keys()) {
    const record = table.get(key)
    if (!(record instanceof Y.Map)) continue
    for (const link of readTrace([recordOf(record.entries())]).value.values()) fresh.set(key, link)
  }
  return last && touched ? joinedTable(last, fresh, touched) : byKey(fresh)
}

function joinedTable<T>(
  last: ReadonlyMap<string, T>,
  fresh: ReadonlyMap<string, T>,
  touched: ReadonlySet<string>,
): Map<string, T> {
  const all = new Map(last)
  let isNew = false
  for (const key of touched) {
    const record = fresh.get(key)
    isNew ||= record !== undefined && !last.has(key)
    if (record === undefined) all.delete(key)
    else all.set(key, record)
  }
  return isNew ? byKey(all) : all
}

/** In one order on all copies, whoever came first. */
function byKey<T>(table: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)))
}
