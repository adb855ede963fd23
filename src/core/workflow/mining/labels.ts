/** Names of activities of a log and of steps of a map, joined by their normal form or by what a person said. */
import { classOf, type Graph, isStep, type Node } from '../map/workflow.ts'

/** Lower case without marks and signs: `E-mail sent (2)` and `Email sent 2` are the same. */
export function normalForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export interface LabelJoin {
  readonly ofActivity: (activity: string) => string
  readonly ofStep: (node: Node) => string
  /** Activities that no step is named like, and steps that no activity is named like. */
  readonly unmatchedActivities: readonly string[]
  readonly unmatchedSteps: readonly Node[]
  /** Those of them that leave no trace in any system: waits, and steps on paper, by phone or by word of mouth. They are not judged. */
  readonly unseen: ReadonlySet<string>
}

/** `said` maps activities to the id or label of a step; it wins over names. */
export function joinLabels(
  activities: readonly string[],
  graph: Graph,
  said: ReadonlyMap<string, string> = new Map(),
): LabelJoin {
  const steps = [...graph.nodes.values()].filter(isStep)
  const ofStep = (node: Node): string => normalForm(node.label) || node.id
  const byId = new Map(steps.map((node) => [node.id, node]))
  const ofActivity = (activity: string): string => {
    const target = said.get(activity)
    if (target === undefined) return normalForm(activity)
    const node = byId.get(target)
    return node ? ofStep(node) : normalForm(target)
  }
  const known = new Set(steps.map(ofStep))
  const used = new Set(activities.map(ofActivity))
  const unmatchedSteps = steps.filter((node) => !used.has(ofStep(node)))
  return {
    ofActivity,
    ofStep,
    unmatchedActivities: activities.filter((activity) => !known.has(ofActivity(activity))),
    unmatchedSteps,
    unseen: new Set(
      unmatchedSteps
        .filter(({ type, medium }) => type === 'wait' || (medium !== null && classOf(medium) === 'physical'))
        .map(({ id }) => id),
    ),
  }
}
