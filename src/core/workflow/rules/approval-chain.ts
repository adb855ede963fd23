/** DB02: several roles approve one after the other and nobody adds anything in between. */
import { isWay } from '../map/graph.ts'
import { isStep, type Node } from '../map/workflow.ts'
import { comesBefore } from './reaching.ts'
import { factOf, idsOf, raised, roleName, type Side, seenLeadOf, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

export const approvalChain: SurvivalRule = {
  code: 'workflow/approval-chain',
  db: 'DB02',
  title: 'Approvals in a row',
  why: 'Each approver adds a wait, and the later ones sign what the first has already judged.',
  remedy: 'Keep the one approver who can judge, let the others look at the same time, or tell them afterwards.',
  severity: 'error',
  metric: { name: 'wait and work of the chain', unit: 'minutes per case', queues: true },
  both: false,
  reads: [],
  levers: [
    { practice: 'numerical-involvement', how: 'Keep the one approver who can judge.' },
    { practice: 'case-manager', how: 'Let one person answer for the case.' },
    { practice: 'parallelism', how: 'Let both look at the same time.' },
  ],
  *find(side) {
    const approvals = stepsOf(side).filter(({ node }) => node.kind === 'approve')
    const joined = new Map<number, Set<number>>()
    for (const { at, node } of approvals) {
      if (node.lane === null) yield untold([node.id], [`role of “${node.label}”`])
      const { reached, unknown } = following(side, at)
      const others = reached.filter((to) => side.view.nodes[to]?.lane !== node.lane && to !== at)
      const silent = unknown.filter((step) => others.length === 0 && leadsToApproval(side, step, at))
      if (silent.length > 0)
        yield untold(
          [node.id],
          silent.map((step) => `what “${side.view.nodes[step]?.label ?? ''}” writes`),
        )
      for (const to of others) {
        connect(joined, at, to)
        connect(joined, to, at)
      }
    }
    for (const chain of components(joined)) {
      // In the order of the work: whoever more of the others come before signs later; after a refusal the chain begins again.
      const before = (at: number): number => chain.filter((other) => comesBefore(side, other, at)).length
      const nodes = [...chain].sort((a, b) => before(a) - before(b)).flatMap((at) => side.view.nodes[at] ?? [])
      const leads = chain.map((at) => seenLeadOf(side, at))
      const minutes = leads.reduce((sum, lead) => sum + (lead.minutes ?? 0), 0)
      const series = leads.every((lead) => lead.series !== null) ? added(leads.map((lead) => lead.series ?? [])) : null
      yield firing({
        subject: idsOf(nodes),
        metric: minutes,
        minutes,
        series,
        missing: leads.flatMap((lead) => lead.missing),
        severity: raised(side, nodes, 'error'),
        facts: [
          factOf('approvals in a row', nodes.length, 'steps', nodes),
          factOf('roles', nodes.map((node) => roleName(side, node.lane)).join(' → '), '', nodes),
          timeFact(side, 'wait and work of the chain', minutes, 'minutes per case'),
        ],
      })
    }
  },
}

/** The next approvals behind `from` with no element written between; `unknown` are steps that never said what they write. */
function following(side: Side, from: number): { readonly reached: readonly number[]; readonly unknown: readonly number[] } {
  const reached: number[] = []
  const unknown: number[] = []
  const seen = new Set<number>([from])
  const walk = [from]
  const own = side.view.nodes[from]
  if (own && writesSomething(own)) return { reached, unknown }
  for (let at = walk.pop(); at !== undefined; at = walk.pop())
    for (const flow of side.view.out[at] ?? []) {
      const node = side.view.nodes[flow.to]
      if (!node || !isWay(flow) || flow.edge.reject || seen.has(flow.to)) continue
      seen.add(flow.to)
      if (node.kind === 'approve' && isStep(node)) reached.push(flow.to)
      else if (!isStep(node) || (node.writes !== null && node.writes.length === 0) || node.type === 'wait') walk.push(flow.to)
      else if (node.writes === null) unknown.push(flow.to)
    }
  return { reached, unknown }
}

/** An approval that declares what it writes adds something that the next one may judge. */
function writesSomething(node: Node): boolean {
  return node.writes !== null && node.writes.length > 0
}

function leadsToApproval(side: Side, step: number, from: number): boolean {
  const lane = side.view.nodes[from]?.lane
  return following(side, step).reached.some((to) => to !== from && side.view.nodes[to]?.lane !== lane)
}

function connect(map: Map<number, Set<number>>, a: number, b: number): void {
  const set = map.get(a)
  if (set) set.add(b)
  else map.set(a, new Set([b]))
}

function components(joined: ReadonlyMap<number, ReadonlySet<number>>): number[][] {
  const seen = new Set<number>()
  const found: number[][] = []
  for (const root of [...joined.keys()].sort((a, b) => a - b)) {
    if (seen.has(root)) continue
    const group: number[] = []
    const walk = [root]
    seen.add(root)
    for (let at = walk.pop(); at !== undefined; at = walk.pop()) {
      group.push(at)
      for (const next of joined.get(at) ?? [])
        if (!seen.has(next)) {
          seen.add(next)
          walk.push(next)
        }
    }
    found.push(group.sort((a, b) => a - b))
  }
  return found
}

/** Replication by replication. */
function added(lists: readonly (readonly number[])[]): readonly number[] {
  return (lists[0] ?? []).map((_, index) => lists.reduce((sum, list) => sum + (list[index] ?? 0), 0))
}
