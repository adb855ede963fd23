/** The selected step in the address: `#/workflow/refill/compare?step=future/approve`. Ids only, never names. */
import { useDeferredValue, useEffect, useRef } from 'react'
import { useSearch } from 'wouter'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type NodeRef, parseRef, refOf } from '../../../canvas/node-ref.ts'
import type { Address } from '../../../window/address.ts'
import { navigate } from '../../../window/hash-location.ts'

/** The address of a step on Compare. */
export function compareHref(workflow: string, step: NodeRef): Address {
  return `#/workflow/${workflow}/compare?step=${step}`
}

/** An id without a side means the first map that has it. */
export function stepIn(search: string, workflow: Workflow): NodeRef | null {
  const named = new URLSearchParams(search).get('step')
  if (named === null) return null
  const place = parseRef(named)
  if (place) return workflow[place.side].nodes.has(place.id) ? refOf(place.side, place.id) : null
  const side = sides.find((each) => workflow[each].nodes.has(named))
  return side === undefined ? null : refOf(side, named)
}

/** Keeps address and selection the same: a link selects, a selection can be copied as a link. */
export function useStepAddress(workflow: Workflow, active: NodeRef | null, onStep: (ref: NodeRef) => void): void {
  const search = useSearch()
  const latest = useRef({ workflow, active, onStep })
  latest.current = { workflow, active, onStep }
  useEffect(() => {
    const wanted = stepIn(search, latest.current.workflow)
    if (wanted !== null && wanted !== latest.current.active) latest.current.onStep(wanted)
  }, [search])
  // The picture of a selection comes first, its address after it.
  const settled = useDeferredValue(active)
  useEffect(() => {
    const path = `/workflow/${workflow.id}/compare`
    if (!location.hash.startsWith(`#${path}`)) return
    const wanted = settled === null ? path : `${path}?step=${settled}`
    if (location.hash !== `#${wanted}`) navigate(wanted, { replace: true })
  }, [settled, workflow.id])
}
