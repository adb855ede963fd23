/**
 * Two states of one workflow as one. What only one of them changed is joined; what both changed differently is asked for.
 * Records are matched by id. With the state that both come from (`base`), a removal is told from an addition.
 */
import { canonicalJson, type Json } from '../../canonical.ts'
import type { Edge, Graph, Node, TraceLink, Workflow, WorkflowSide } from '../map/workflow.ts'
import { sides } from '../map/workflow.ts'
import { scenarioText } from '../map/write.ts'
import type { Change, Patch } from './patch.ts'

type Table = 'lanes' | 'elements' | 'nodes' | 'edges'
const tables: readonly Table[] = ['lanes', 'elements', 'nodes', 'edges']

/** Something that both changed, and not alike. */
export interface MergeConflict {
  readonly key: string
  readonly at: Table | 'trace' | 'label' | 'scenario'
  readonly side: WorkflowSide | null
  readonly id: string
  /** One fact of the record; null where one of both removed all of it. */
  readonly member: string | null
  /** Null where it was removed, or nothing is said. */
  readonly mine: unknown
  readonly theirs: unknown
}

export interface WorkflowMerge {
  readonly conflicts: readonly MergeConflict[]
  /** Records that come in, change or go without a question. */
  readonly joined: readonly { readonly at: MergeConflict['at']; readonly side: WorkflowSide | null; readonly id: string }[]
  /** What to do to my workflow; `taken` holds the keys of conflicts where theirs is right. */
  resolve(taken: ReadonlySet<string>): Patch
}

interface Merged {
  readonly at: MergeConflict['at']
  readonly side: WorkflowSide | null
  readonly id: string
  readonly mine: object | null
  /** With everything that does not conflict; mine where it does. */
  readonly value: object | null
  readonly conflicts: readonly MergeConflict[]
}

type Members = Readonly<Record<string, unknown>>

/** Where something stands on the page is nobody's statement: mine stays. */
const quiet: ReadonlySet<string> = new Set(['x', 'y', 'order', 'width', 'height', 'bends'])

export function mergeWorkflows(mine: Workflow, given: Workflow, base: Workflow | null): WorkflowMerge {
  const records: Merged[] = []
  const theirs: Workflow = {
    ...given,
    current: withOwnFlows(given.current, mine.current, base?.current ?? null),
    future: withOwnFlows(given.future, mine.future, base?.future ?? null),
  }
  for (const side of sides) {
    for (const table of tables)
      records.push(...mergeTable(table, side, mine[side][table], theirs[side][table], base?.[side][table] ?? null))
    records.push(
      ...single('label', side, { label: mine[side].label }, { label: theirs[side].label }, base && { label: base[side].label }),
    )
  }
  records.push(...mergeTable('trace', null, mine.trace, theirs.trace, base?.trace ?? null))
  records.push(...mergeScenario(mine, theirs, base))
  return {
    conflicts: records.flatMap(({ conflicts }) => conflicts),
    joined: records.filter(({ value, mine: before }) => !same(value, before)).map(({ at, side, id }) => ({ at, side, id })),
    resolve: (taken) => resolved(mine, theirs, records, taken),
  }
}

/** Two people who each drew a flow may have given both the same id: flows are the same by their ends, unless one of both was there before. */
function withOwnFlows(theirs: Graph, mine: Graph, base: Graph | null): Graph {
  const ends = ({ from, to }: Edge): string => `${from} > ${to}`
  const byEnds = new Map([...mine.edges.values()].map((edge) => [ends(edge), edge.id]))
  const edges = new Map<string, Edge>()
  for (const edge of theirs.edges.values()) {
    const own = mine.edges.get(edge.id)
    let id = edge.id
    if (!base?.edges.has(id) && (!own || ends(own) !== ends(edge))) id = byEnds.get(ends(edge)) ?? id
    if (!base?.edges.has(id)) {
      const taken = (candidate: string): boolean => {
        const held = mine.edges.get(candidate)
        return edges.has(candidate) || (held !== undefined && ends(held) !== ends(edge))
      }
      for (let n = 2; taken(id); n++) id = `${edge.id}-${n}`
    }
    edges.set(id, { ...edge, id })
  }
  return { ...theirs, edges }
}

function mergeTable(
  at: Table | 'trace',
  side: WorkflowSide | null,
  mine: ReadonlyMap<string, object>,
  theirs: ReadonlyMap<string, object>,
  base: ReadonlyMap<string, object> | null,
): readonly Merged[] {
  const ids = [...new Set([...mine.keys(), ...theirs.keys()])].sort()
  return ids.flatMap((id) => {
    const [a, b, old] = [mine.get(id) ?? null, theirs.get(id) ?? null, base?.get(id) ?? null]
    if (same(a, b)) return []
    if (a !== null && b !== null) return [mergeRecord(at, side, id, a, b, old)]
    const held = a ?? b
    // Without an earlier state in which it stood, it is new; with one, the other side removed it.
    if (old === null) return a === null ? [{ at, side, id, mine: a, value: held, conflicts: [] }] : []
    if (same(held, old)) return a === null ? [] : [{ at, side, id, mine: a, value: null, conflicts: [] }]
    const key = keyOf(at, side, id, null)
    return [{ at, side, id, mine: a, value: a, conflicts: [{ key, at, side, id, member: null, mine: a, theirs: b }] }]
  })
}

function mergeRecord(
  at: Merged['at'],
  side: WorkflowSide | null,
  id: string,
  mine: object,
  theirs: object,
  base: object | null,
): Merged {
  const [a, b, old] = [{ ...mine } as Members, { ...theirs } as Members, base === null ? null : ({ ...base } as Members)]
  const value: Record<string, unknown> = { ...a }
  const conflicts: MergeConflict[] = []
  for (const member of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y, was] = [a[member], b[member], old?.[member]]
    if (same(x, y)) continue
    if (old ? same(x, was) : isAbsent(x, member) && !quiet.has(member)) value[member] = y
    else if (quiet.has(member) || (old ? same(y, was) : isAbsent(y, member))) continue
    else conflicts.push({ key: keyOf(at, side, id, member), at, side, id, member, mine: x ?? null, theirs: y ?? null })
  }
  return { at, side, id, mine, value, conflicts }
}

function single(at: 'label', side: WorkflowSide, mine: object, theirs: object, base: object | null): readonly Merged[] {
  return same(mine, theirs) ? [] : [mergeRecord(at, side, '', mine, theirs, base)]
}

/** Assumptions belong together: mixed from two sources they would be nobody's. */
function mergeScenario({ scenario: mine }: Workflow, { scenario: theirs }: Workflow, base: Workflow | null): readonly Merged[] {
  const text = (scenario: Workflow['scenario']): string => (scenario === null ? '' : scenarioText(scenario))
  const old = base === null ? '' : text(base.scenario)
  if (text(mine) === text(theirs) || (base !== null && text(theirs) === old)) return []
  const record = { at: 'scenario', side: null, id: '', mine } as const
  if (text(mine) === old) return [{ ...record, value: theirs, conflicts: [] }]
  if (base === null && theirs === null) return []
  const key = keyOf('scenario', null, '', null)
  return [{ ...record, value: mine, conflicts: [{ key, at: 'scenario', side: null, id: '', member: null, mine, theirs }] }]
}

function resolved(mine: Workflow, theirs: Workflow, records: readonly Merged[], taken: ReadonlySet<string>): Patch {
  const changes: Change[] = []
  for (const { at, side, id, mine: before, value, conflicts } of records) {
    let next: object | null = value
    for (const conflict of conflicts) {
      if (!taken.has(conflict.key)) continue
      next = conflict.member === null ? (conflict.theirs as object | null) : { ...next, [conflict.member]: conflict.theirs }
    }
    if (!same(next, before)) changes.push(changeOf(at, side, id, next))
  }
  return [...changes, ...loose(mine, theirs, changes)]
}

function changeOf(at: Merged['at'], side: WorkflowSide | null, id: string, value: object | null): Change {
  if (at === 'scenario') return { at, value: value as Workflow['scenario'] }
  if (at === 'trace') return { at, id, value: value as TraceLink | null }
  const where = side ?? 'current'
  if (at === 'label') return { at, side: where, value: String((value as Members | null)?.label ?? '') }
  return { at, side: where, id, value } as Change
}

/** Flows and links whose ends are gone go with them. */
function loose(mine: Workflow, theirs: Workflow, changes: readonly Change[]): Patch {
  const found: Change[] = []
  const after = <T>(at: Change['at'], side: WorkflowSide | null, known: ReadonlyMap<string, T>): ReadonlyMap<string, T> => {
    const map = new Map(known)
    for (const change of changes)
      if ('id' in change && change.at === at && (!('side' in change) || change.side === side)) {
        if (change.value === null) map.delete(change.id)
        else map.set(change.id, change.value as T)
      }
    return map
  }
  const nodes = {
    current: after<Node>('nodes', 'current', mine.current.nodes),
    future: after<Node>('nodes', 'future', mine.future.nodes),
  }
  for (const side of sides)
    for (const [id, { from, to }] of after<Edge>('edges', side, mine[side].edges))
      if (!nodes[side].has(from) || !nodes[side].has(to)) found.push({ at: 'edges', side, id, value: null })
  for (const [id, { from, to }] of after<TraceLink>('trace', null, mine.trace))
    if (from.some((each) => isGone('current', each)) || to.some((each) => isGone('future', each)))
      found.push({ at: 'trace', id, value: null })
  return found

  /** Links may name what neither map has; that is no work of the merge. */
  function isGone(side: WorkflowSide, id: string): boolean {
    return !nodes[side].has(id) && (mine[side].nodes.has(id) || theirs[side].nodes.has(id))
  }
}

/** An empty list of what a step reads says that it reads nothing; an empty list of complaints says nothing. */
function isAbsent(value: unknown, member: string): boolean {
  return (
    value === undefined || value === null || value === '' || (member === 'pains' && Array.isArray(value) && value.length === 0)
  )
}

function same(a: unknown, b: unknown): boolean {
  return a === b || textOf(a) === textOf(b)
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : canonicalJson(JSON.parse(JSON.stringify(value)) as Json)
}

function keyOf(at: MergeConflict['at'], side: WorkflowSide | null, id: string, member: string | null): string {
  return [at, side ?? '', id, member ?? ''].join('\n')
}

/** What a record is called on the page. */
export function nameOfRecord(
  { at, side, id }: Pick<MergeConflict, 'at' | 'side' | 'id'>,
  graphs: readonly Pick<Workflow, WorkflowSide>[],
): string {
  if (at === 'label') return 'the name of the map'
  if (at === 'scenario') return 'arrivals, staff and hours'
  const pick = <T>(get: (graph: Graph) => T | undefined, on: WorkflowSide): T | undefined => {
    for (const each of graphs) {
      const found = get(each[on])
      if (found !== undefined) return found
    }
    return undefined
  }
  const node = (on: WorkflowSide, nodeId: string): string => `“${pick((graph) => graph.nodes.get(nodeId), on)?.label || nodeId}”`
  if (at === 'trace') {
    const [from = '', to = ''] = id.split(' > ')
    const names = (text: string, on: WorkflowSide): string =>
      text === ''
        ? 'nothing'
        : text
            .split(' ')
            .map((each) => node(on, each))
            .join(' and ')
    return `the link from ${names(from, 'current')} to ${names(to, 'future')}`
  }
  const on = side ?? 'current'
  if (at === 'nodes') return node(on, id)
  if (at === 'edges') {
    const edge = pick((graph) => graph.edges.get(id), on)
    return edge ? `the flow from ${node(on, edge.from)} to ${node(on, edge.to)}` : `the flow ${id}`
  }
  if (at === 'lanes') return `the lane “${pick((graph) => graph.lanes.get(id), on)?.label || id}”`
  return `the data “${pick((graph) => graph.elements.get(id), on)?.label || id}”`
}
