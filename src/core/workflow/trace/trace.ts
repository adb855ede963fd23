/** Which future steps a current step became: T(S), what goes nowhere, and which fate a link has by its shape. */
import { compareText } from '../../finding.ts'
import { classOf, type Fate, type Graph, isStep, type Node, type TraceLink, type Workflow } from '../map/workflow.ts'

export interface Trace {
  /** T(S): all future steps of links that meet S, in id order. */
  of(ids: readonly string[]): readonly string[]
  /** Current steps behind these future steps. */
  back(ids: readonly string[]): readonly string[]
  /** True when a link names the step, and an elimination also says why and who decided. */
  answers(current: string): boolean
  readonly untraced: { readonly current: readonly string[]; readonly future: readonly string[] }
}

export function traceOf(workflow: Workflow): Trace {
  const forward = new Map<string, Set<string>>()
  const backward = new Map<string, Set<string>>()
  const answered = new Set<string>()
  const justified = new Set<string>()
  for (const link of workflow.trace.values()) {
    const settled = isSettled(link)
    for (const from of link.from) {
      if (settled) answered.add(from)
      for (const to of link.to) {
        add(forward, from, to)
        add(backward, to, from)
      }
    }
    if (link.fate === 'new' && link.purpose && link.beneficiary) for (const to of link.to) justified.add(to)
  }
  return {
    of: gatherer(forward),
    back: gatherer(backward),
    answers: (current) => answered.has(current),
    untraced: {
      current: stepIds(workflow, 'current').filter((id) => !answered.has(id)),
      future: stepIds(workflow, 'future').filter((id) => !backward.has(id) && !justified.has(id)),
    },
  }
}

/** A link to nowhere is only an answer with a reason; an elimination also needs a name. */
export function isSettled(link: TraceLink): boolean {
  if (link.to.length > 0) return true
  if (link.fate === 'automated') return Boolean(link.reason)
  return link.fate === 'eliminated' && Boolean(link.reason) && Boolean(link.by)
}

/** Current steps whose every answer is a proposal, made by copying a map or by a program, that nobody confirmed. */
export function proposedSteps(workflow: Workflow): readonly string[] {
  const links = [...workflow.trace.values()].filter(isSettled)
  const answered = new Set(links.flatMap(({ from }) => from))
  const said = new Set(links.filter(({ suggested }) => !suggested).flatMap(({ from }) => from))
  return stepIds(workflow, 'current').filter((id) => answered.has(id) && !said.has(id))
}

/** The fate that the shape of a link shows; what a person chose is never overwritten by it. */
export function inferFate(workflow: Workflow, from: readonly string[], to: readonly string[]): Fate {
  if (from.length === 0) return 'new'
  if (to.length === 0) return 'eliminated'
  const after = to.flatMap((id) => workflow.future.nodes.get(id) ?? [])
  if (after.length > 0 && after.every((node) => node.medium !== null && classOf(node.medium) === 'machine')) return 'automated'
  if (from.length > 1) return 'merged'
  if (to.length > 1) return 'split'
  const before = workflow.current.nodes.get(from[0] ?? '')
  return roleOf(workflow.current, before) === roleOf(workflow.future, after[0]) ? 'kept' : 'moved'
}

/** By its label: ids are the names of one map. */
function roleOf({ lanes }: Graph, node: Node | undefined): string | null {
  const lane = node?.lane ?? null
  return (lane === null ? null : lanes.get(lane)?.label) || lane
}

function stepIds(workflow: Workflow, side: 'current' | 'future'): string[] {
  const graph = workflow[side]
  return [...graph.nodes.values()]
    .filter(isStep)
    .map((node) => node.id)
    .sort(compareText)
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

/** Single steps are asked for again and again: their lists are sorted once. */
function gatherer(map: ReadonlyMap<string, ReadonlySet<string>>): (ids: readonly string[]) => readonly string[] {
  const lists = new Map([...map].map(([id, set]) => [id, [...set].sort(compareText)] as const))
  return (ids) => {
    const only = ids[0]
    if (only === undefined) return []
    if (ids.length === 1) return lists.get(only) ?? []
    const found = new Set<string>()
    for (const id of ids) for (const other of lists.get(id) ?? []) found.add(other)
    return [...found].sort(compareText)
  }
}
