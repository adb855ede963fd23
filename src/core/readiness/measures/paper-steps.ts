/** Steps of the future maps that can not wait for the system: those that touch a patient's safety, decide, order or record. */
import type { Graph, Node, Workflow } from '../../workflow/map/workflow.ts'
import { classOf } from '../../workflow/map/workflow.ts'

export interface PaperStep {
  readonly workflow: string
  readonly step: string
  /** Lane that does it. */
  readonly role: string
  readonly safety: boolean
  /** What is read before, and what is written down: names of the elements of the map. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

const critical: ReadonlySet<string | null> = new Set(['approve', 'enter', 'transcribe', 'request', 'decide', 'check'])

/** In the order of workflows and maps; steps that a machine does alone have no paper form. */
export function paperSteps(workflows: readonly Workflow[]): readonly PaperStep[] {
  return workflows.flatMap(({ future }) => {
    const name = (ids: readonly string[] | null): readonly string[] =>
      (ids ?? []).map((id) => future.elements.get(id)?.label || id)
    return [...future.nodes.values()].flatMap((node): readonly PaperStep[] => {
      const machine = node.medium !== null && classOf(node.medium) === 'machine'
      if (node.type !== 'step' || node.external || machine) return []
      const writes = (node.writes ?? []).map(({ element }) => element)
      const safe = touchesSafety(future, node)
      if (!safe && !critical.has(node.kind) && !writes.some((id) => future.elements.get(id)?.record)) return []
      const role = node.lane === null ? 'anybody' : (future.lanes.get(node.lane)?.label ?? node.lane)
      return [
        {
          workflow: future.label || future.id,
          step: node.label,
          role,
          safety: safe,
          reads: name(node.reads),
          writes: name(writes),
        },
      ]
    })
  })
}

/** True for a step that is marked so, or that reads or writes information on which a patient's safety rests. */
export function touchesSafety({ elements }: Pick<Graph, 'elements'>, { safety, reads, writes }: Node): boolean {
  return (
    safety || [...(writes ?? []).map(({ element }) => element), ...(reads ?? [])].some((id) => elements.get(id)?.safety === true)
  )
}
