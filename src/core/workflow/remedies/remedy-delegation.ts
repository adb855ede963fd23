/** Remedies that give a step to a role of a lower licence: whole, or the share of cases that a protocol decides. */
import type { Command } from '../edit/edit.ts'
import type { Change } from '../edit/patch.ts'
import { slugOf } from '../map/slug.ts'
import { blankEdge, blankNode, type Edge, type Lane, type Node, type Workflow } from '../map/workflow.ts'
import { named, type Remedy } from './remedy.ts'
import { delegationAsks } from './remedy-safety.ts'

/** At most this many roles are offered: a longer list is no help in choosing. */
export const fewRoles = 3

/** Room for the decision before the step, in pixels. */
const decisionRoom = 120

/** Roles of a lower licence that may do it, the highest first. */
export function delegated(workflow: Workflow, step: Node): readonly Remedy[] {
  const { lanes } = workflow.future
  const own = step.lane === null ? null : (lanes.get(step.lane)?.licence ?? null)
  if (own === null) return []
  return [...lanes.values()]
    .filter(({ licence }) => licence !== null && licence < own && licence >= (step.minLicence ?? licence))
    .sort((a, b) => (b.licence ?? 0) - (a.licence ?? 0) || a.order - b.order)
    .slice(0, fewRoles)
    .flatMap((lane) => {
      const asks = delegationAsks(step, lane)
      return asks === null ? [] : [{ ...delegatedTo(workflow, step, lane), asks }]
    })
}

/** Cases that no protocol fits stay with the role that has them; where nobody said how many these are, nobody could work out what remains. */
function delegatedTo(workflow: Workflow, step: Node, lane: Lane): Remedy {
  const share = step.protocolShare ?? 1
  const who = `Let ${lane.label || lane.id} do ${named([step])} by protocol`
  if (share >= 1) return { label: who, command: { kind: 'set-lane', side: 'future', ids: [step.id], lane: lane.id }, asks: [] }
  const percent = Math.round(share * 1000) / 10
  return {
    label: `${who} in ${percent} % of cases`,
    command: { kind: 'together', commands: byProtocol(workflow, step, lane, share) },
    asks: [],
  }
}

/** A decision before the step, and a second step beside it in the other role; both go on as the step did, and both come from what it was traced to. */
function byProtocol({ future, trace }: Workflow, step: Node, lane: Lane, share: number): readonly Command[] {
  const question = slugOf(`protocol ${step.id}`, future.nodes, 'protocol')
  const beside = slugOf(`${step.id} by protocol`, future.nodes, 'protocol')
  const changes: Change[] = []
  const put = (value: Node): void => void changes.push({ at: 'nodes', side: 'future', id: value.id, value })
  const join = (value: Edge): void => void changes.push({ at: 'edges', side: 'future', id: value.id, value })
  for (const node of future.nodes.values())
    if (node.id !== step.id && node.x >= step.x) put({ ...node, x: node.x + decisionRoom })
  put({ ...blankNode, id: question, type: 'decision', label: 'Does the protocol fit?', lane: step.lane, x: step.x, y: step.y })
  put({ ...step, x: step.x + decisionRoom, protocolShare: 0 })
  put({ ...step, id: beside, label: `${step.label} by protocol`, lane: lane.id, x: step.x + decisionRoom, protocolShare: 1 })
  const taken = new Set(future.edges.keys())
  const named = (from: string, to: string): string => {
    const id = slugOf(`${from} ${to}`, taken, 'flow')
    taken.add(id)
    return id
  }
  for (const edge of future.edges.values()) {
    const to = edge.to === step.id ? question : edge.to
    if (to !== edge.to) join({ ...edge, to })
    if (edge.from === step.id) join({ ...edge, id: named(beside, to), from: beside, to })
  }
  join({ ...blankEdge, id: named(question, beside), from: question, to: beside, probability: share, label: 'yes' })
  join({ ...blankEdge, id: named(question, step.id), from: question, to: step.id, probability: 1 - share, label: 'no' })
  const commands: Command[] = [{ kind: 'patch', patch: changes }]
  for (const [key, { to, fate }] of trace)
    if (to.includes(step.id)) {
      const one = fate === 'kept' || fate === 'moved'
      commands.push({ kind: 'change-link', key, facts: { to: [...to, beside], fate: one ? 'split' : fate } })
    }
  return commands
}
