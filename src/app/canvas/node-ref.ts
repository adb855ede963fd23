/** Names a step on the one canvas that shows both maps: `current/sign`, `future/approve`. */
import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'

export type NodeRef = `${WorkflowSide}/${string}`

export function refOf(side: WorkflowSide, id: string): NodeRef {
  return `${side}/${id}`
}

/** Null for anything that is not a name made by `refOf`. */
export function parseRef(ref: string): { readonly side: WorkflowSide; readonly id: string } | null {
  const cut = ref.indexOf('/')
  const side = ref.slice(0, cut)
  if (side !== 'current' && side !== 'future') return null
  return { side, id: ref.slice(cut + 1) }
}

/** Ids on one side, in the order given. */
export function idsOn(side: WorkflowSide, refs: Iterable<string>): readonly string[] {
  const ids: string[] = []
  for (const ref of refs) {
    const place = parseRef(ref)
    if (place?.side === side) ids.push(place.id)
  }
  return ids
}
