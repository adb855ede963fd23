/** Which step a link to Compare points at: `#/workflow/refill/compare?step=future/approve`. */

import type { Workflow } from '../../../core/workflow/workflow.ts'
import { type NodeRef, parseRef, refOf } from '../../canvas/node-ref.ts'

/** The address of a step; ids only, never names. */
export function compareHref(workflow: string, step: NodeRef): string {
  return `#/workflow/${workflow}/compare?step=${step}`
}

/** Hash routers keep the question either inside the hash or in front of it. */
export function startOf(workflow: Workflow): NodeRef | null {
  const inHash = location.hash.split('?')[1] ?? ''
  const named = new URLSearchParams(inHash).get('step') ?? new URLSearchParams(location.search).get('step')
  const place = named === null ? null : parseRef(named)
  return place && workflow[place.side].nodes.has(place.id) ? refOf(place.side, place.id) : null
}
