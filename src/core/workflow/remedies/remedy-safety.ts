/** What a remedy must not do, and what somebody has to be asked before it is taken over: licences, a second person, clinical checks. */
import type { Command } from '../edit/edit.ts'
import { isClinicalCheck, isSafetyStep } from '../map/safety-step.ts'
import { classOf, type Graph, type Lane, type Node, type StepKind, type Workflow } from '../map/workflow.ts'
import type { Remedy } from './remedy.ts'

const judging: ReadonlySet<StepKind | null> = new Set<StepKind>(['approve', 'check', 'decide'])

/** The remedy with its questions; null where it is unsafe and no answer here would make it safe. */
export function guarded(workflow: Workflow, remedy: Remedy): Remedy | null {
  const asks = new Set(remedy.asks)
  for (const command of commandsIn(remedy.command)) {
    const said = askedBy(workflow, command)
    if (said === null) return null
    for (const question of said) asks.add(question)
  }
  return { ...remedy, asks: [...asks] }
}

function commandsIn(command: Command): readonly Command[] {
  return command.kind === 'together' ? command.commands.flatMap(commandsIn) : [command]
}

function askedBy({ future }: Workflow, command: Command): readonly string[] | null {
  switch (command.kind) {
    case 'remove-nodes': {
      const nodes = command.ids.flatMap((id) => future.nodes.get(id) ?? [])
      return nodes.some((node) => isClinicalCheck(future, node)) ? null : nodes.flatMap((node) => withoutAsks(future, node))
    }
    case 'change-node': {
      const node = future.nodes.get(command.id)
      const { medium } = command.facts
      const automated = node && medium && classOf(medium) === 'machine' && node.medium !== medium
      if (!node || !automated) return []
      if (judging.has(node.kind) && isSafetyStep(future, node)) return null
      return judging.has(node.kind) ? [`Who answers for what “${node.label}” decides, when no person does it?`] : []
    }
    case 'change-lane': {
      const lane = future.lanes.get(command.id)
      const added = (command.facts.substitutes ?? []).filter((id) => !lane?.substitutes.includes(id))
      const roles = added.flatMap((id) => future.lanes.get(id) ?? [])
      return lane ? together(roles.map((role) => standInAsks(future, lane, role))) : []
    }
    case 'set-lane': {
      const lane = command.lane === null ? undefined : future.lanes.get(command.lane)
      const nodes = command.ids.flatMap((id) => future.nodes.get(id) ?? [])
      return lane ? together(nodes.map((node) => delegationAsks(node, lane))) : []
    }
    default:
      return []
  }
}

function together(answers: readonly (readonly string[] | null)[]): readonly string[] | null {
  return answers.includes(null) ? null : answers.flatMap((answer) => answer ?? [])
}

/** What to ask before somebody who judges or approves is left out. */
function withoutAsks(graph: Graph, node: Node): readonly string[] {
  const asks: string[] = []
  if (node.kind === 'approve')
    asks.push(`Does a law, a contract or a rule of the house ask for a second person at “${node.label}”?`)
  if (node.kind === 'check' || node.kind === 'decide')
    asks.push(`What does “${node.label}” catch today, and who catches it then?`)
  if (node.minLicence !== null) asks.push(`“${node.label}” needs a licence: who with that licence has agreed to do without it?`)
  if (isSafetyStep(graph, node)) asks.push(`“${node.label}” touches the safety of patients: who has agreed to do without it?`)
  return asks
}

/** Unknown is not enough: a stand-in needs the licence of the role, and of each of its steps. */
function standInAsks(graph: Graph, lane: Lane, role: Lane): readonly string[] | null {
  const steps = [...graph.nodes.values()].filter((node) => node.lane === lane.id)
  const wanted = Math.max(lane.licence ?? 0, ...steps.map(({ minLicence }) => minLicence ?? 0))
  const [one, other] = [role.label || role.id, lane.label || lane.id]
  if (role.licence !== null && role.licence < wanted) return null
  if (role.licence === null) return [`May ${one} do the work of ${other}? The licence of ${one} is not known.`]
  if (lane.licence === null) return [`May ${one} do the work of ${other}? The licence of ${other} is not known.`]
  return []
}

/** What a protocol of the step asks of the role that takes it. */
export function delegationAsks(node: Node, lane: Lane): readonly string[] | null {
  const name = lane.label || lane.id
  if (lane.licence === null) return [`May ${name} do “${node.label}”? The licence of ${name} is not known.`]
  if (node.minLicence === null) return [`Nobody said which licence “${node.label}” needs: may ${name} do it by protocol?`]
  return lane.licence < node.minLicence ? null : []
}
