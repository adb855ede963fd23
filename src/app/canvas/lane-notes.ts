/** What stands under the name of a lane: how many steps it has and how long they take. */
import { meanOf } from '../../core/workflow/map/distribution.ts'
import { isStep, sides, type Workflow } from '../../core/workflow/map/workflow.ts'
import { roughDuration } from './words.ts'

/** By `side/lane`: `4 steps · 20 min`; lanes without a step are left out. */
export function laneNotes(workflow: Workflow): ReadonlyMap<string, string> {
  const sums = new Map<string, { steps: number; seconds: number }>()
  for (const side of sides)
    for (const node of workflow[side].nodes.values()) {
      if (!isStep(node)) continue
      const key = `${side}/${node.lane ?? ''}`
      const sum = sums.get(key) ?? { steps: 0, seconds: 0 }
      sums.set(key, { steps: sum.steps + 1, seconds: sum.seconds + (node.service === null ? 0 : meanOf(node.service)) })
    }
  return new Map(
    [...sums].map(([key, { steps, seconds }]) => [
      key,
      [`${steps} ${steps === 1 ? 'step' : 'steps'}`, ...(seconds > 0 ? [roughDuration(seconds)] : [])].join(' · '),
    ]),
  )
}
