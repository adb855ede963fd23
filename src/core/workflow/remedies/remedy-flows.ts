/** Remedies that draw the future map differently: two steps side by side, or two in one. */
import type { Command } from '../edit/edit.ts'
import { timesTogether } from '../edit/group.ts'
import type { Change } from '../edit/patch.ts'
import { isClinicalCheck } from '../map/safety-step.ts'
import { slugOf } from '../map/slug.ts'
import {
  type Alerts,
  blankEdge,
  blankNode,
  type Edge,
  type Graph,
  type Node,
  type Workflow,
  type Write,
} from '../map/workflow.ts'
import { named, type Remedy } from './remedy.ts'

/** Room for a gateway and its flows, in pixels. */
const gatewayRoom = 120

/**
 * Two neighbours begin at the same time, between a parallel split and its join. Nothing is offered where other flows meet
 * at one of them: who waits for whom is then for somebody to decide.
 */
export function atOnce({ future }: Workflow, steps: readonly Node[]): readonly Remedy[] {
  const edges = [...future.edges.values()]
  const between = edges.find(({ from, to }) => from === steps[0]?.id && to === steps[1]?.id)
  const [first, second] = steps
  if (!first || !second || !between || steps.length > 2) return []
  const ways = {
    out: edges.filter(({ from }) => from === first.id),
    into: edges.filter(({ to }) => to === second.id),
    on: edges.filter(({ from }) => from === second.id),
  }
  if (ways.out.length > 1 || ways.into.length > 1 || ways.on.length > 1) return []
  // What a clinical check finds decides what may follow it.
  if (isClinicalCheck(future, first) || isClinicalCheck(future, second)) return []
  const changes = sideBySide(future, first, second, between)
  const asks =
    first.kind === 'check' ? [`May ${named([second])} begin before ${named([first])} has found what it looks for?`] : []
  return [{ label: `Begin ${named([first, second])} at the same time`, command: { kind: 'patch', patch: changes }, asks }]
}

function sideBySide(graph: Graph, first: Node, second: Node, between: Edge): readonly Change[] {
  const fork = gateway(graph, first, 'fork', first.x)
  const join = gateway(graph, second, 'join', second.x + 2 * gatewayRoom)
  const changes: Change[] = []
  for (const node of graph.nodes.values()) {
    const behind = node.x > second.x ? 2 : node.x >= first.x ? 1 : 0
    if (behind > 0) changes.push(put({ ...node, x: node.x + behind * gatewayRoom }))
  }
  changes.push(put(fork), put(join))
  for (const edge of graph.edges.values()) {
    if (edge.to === first.id) changes.push(joined({ ...edge, to: fork.id }))
    if (edge.from === second.id) changes.push(joined({ ...edge, from: join.id }))
  }
  const taken = new Set(graph.edges.keys())
  for (const [from, to] of [
    [fork.id, first.id],
    [fork.id, second.id],
    [second.id, join.id],
  ] as const) {
    const id = slugOf(`${from} ${to}`, taken, 'flow')
    taken.add(id)
    changes.push(joined({ ...blankEdge, id, from, to }))
  }
  changes.push(joined({ ...between, to: join.id }))
  return changes
}

function gateway(graph: Graph, beside: Node, name: string, x: number): Node {
  const id = slugOf(`${name} ${beside.id}`, graph.nodes, name)
  return { ...blankNode, id, type: 'parallel', lane: beside.lane, x, y: beside.y }
}

function put(value: Node): Change {
  return { at: 'nodes', side: 'future', id: value.id, value }
}

function joined(value: Edge): Change {
  return { at: 'edges', side: 'future', id: value.id, value }
}

/** What is entered later is entered with the act: its work, its clicks and what it writes go there, and so does its trace. */
export function enteredThere(workflow: Workflow, steps: readonly Node[]): readonly Remedy[] {
  const entry = steps.find(({ documents }) => documents !== null)
  const act = entry?.documents ? workflow.future.nodes.get(entry.documents) : undefined
  if (!entry || act?.type !== 'step' || act === entry) return []
  const both = [act, entry]
  const facts: Partial<Omit<Node, 'id'>> = {
    medium: entry.medium,
    kind: entry.kind,
    service: timesTogether(both.map(({ service }) => service)),
    clicks: total(both.map(({ clicks }) => clicks)),
    keys: total(both.map(({ keys }) => keys)),
    screens: total(both.map(({ screens }) => screens)),
    writes: entry.writes === null ? null : enteredOnce(act.writes ?? [], entry.writes),
    ...needsOf(act, entry),
  }
  const commands: Command[] = [{ kind: 'change-node', side: 'future', id: act.id, facts }]
  for (const [key, { to }] of workflow.trace)
    if (to.includes(entry.id)) {
      const ends = [...new Set(to.map((id) => (id === entry.id ? act.id : id)))]
      commands.push({ kind: 'change-link', key, facts: { to: ends } })
    }
  for (const { id, documents, workaround, closes } of workflow.future.nodes.values()) {
    const pointed = {
      ...(documents === entry.id && { documents: id === act.id ? null : act.id }),
      ...(workaround?.cause === entry.id && { workaround: id === act.id ? null : { cause: act.id } }),
      ...(closes === entry.id && { closes: act.id }),
    }
    if (Object.keys(pointed).length > 0) commands.push({ kind: 'change-node', side: 'future', id, facts: pointed })
  }
  commands.push({ kind: 'remove-nodes', side: 'future', ids: [entry.id], bridge: true })
  return [
    { label: `Enter it with ${named([act])} instead of ${named([entry])}`, command: { kind: 'together', commands }, asks: [] },
  ]
}

/** What the entry needed and gave does not go with it; the joined step is known no better than the weaker of both. */
function needsOf(act: Node, entry: Node): Partial<Omit<Node, 'id'>> {
  const licences = [act.minLicence, entry.minLicence].filter((licence) => licence !== null)
  const levels = [act, entry].map(({ evidence }) => evidence?.level)
  const weakest = levels.includes(undefined) ? undefined : factLevelsWeakestFirst.find((level) => levels.includes(level))
  return {
    reads: act.reads === null && entry.reads === null ? null : [...new Set([...(act.reads ?? []), ...(entry.reads ?? [])])],
    output: act.output ?? entry.output,
    batch: act.batch ?? entry.batch,
    safety: act.safety || entry.safety,
    closes: act.closes ?? entry.closes,
    alerts: alertsTogether(act.alerts, entry.alerts),
    minLicence: licences.length === 0 ? null : Math.max(...licences),
    pains: [...new Set([...act.pains, ...entry.pains])],
    evidence: [act, entry].find(({ evidence }) => evidence?.level === weakest)?.evidence ?? null,
  }
}

const factLevelsWeakestFirst = ['assumed', 'interview', 'observed', 'log'] as const

/** Alerts add up; shares are those of all alerts, unknown where one of them is. */
function alertsTogether(first: Alerts | null, second: Alerts | null): Alerts | null {
  if (first === null || second === null) return first ?? second
  const perCase = first.perCase + second.perCase
  const share = (of: 'override' | 'appropriate'): number | null => {
    const parts = [first, second].filter((alerts) => alerts.perCase > 0).map((alerts) => [alerts.perCase, alerts[of]] as const)
    return parts.length === 0
      ? null
      : parts.reduce<number | null>((sum, [n, value]) => (sum === null || value === null ? null : sum + (n / perCase) * value), 0)
  }
  return { perCase, override: share('override'), appropriate: share('appropriate') }
}

/** What the act noted and the entry typed again is written once, the way the entry does it. */
function enteredOnce(noted: readonly Write[], entered: readonly Write[]): readonly Write[] {
  return [...noted.filter(({ element }) => !entered.some((write) => write.element === element)), ...entered]
}

/** Null where nobody counted one of them. */
function total(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}
