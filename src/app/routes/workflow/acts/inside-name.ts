/** How the inside of a sub-workflow is called beside the workflows of the project: `refill//current/finish/check`. */
import type { InsidePlace } from '../../../../core/workflow/edit/inside-edit.ts'
import type { Address } from '../../../window/address.ts'

/** No id of a workflow has it. */
const mark = '//'

export function insideName(id: string, { side, path }: InsidePlace): string {
  return `${id}${mark}${[side, ...path.map(encodeURIComponent)].join('/')}`
}

/** Null for a workflow of the project itself. */
export function insideIn(name: string): { readonly id: string; readonly place: InsidePlace } | null {
  const at = name.indexOf(mark)
  if (at < 0) return null
  const place = placeIn(name.slice(at + mark.length))
  return place && { id: name.slice(0, at), place }
}

/** From `current/finish/check`, as an address has it; null where a person or another program wrote no such address. */
export function placeIn(text: string): InsidePlace | null {
  const [side, ...path] = text.split('/')
  if ((side !== 'current' && side !== 'future') || path.length === 0) return null
  try {
    return { side, path: path.map(decodeURIComponent) }
  } catch {
    return null
  }
}

export function insideHref(id: string, { side, path }: InsidePlace): Address {
  if (path.length === 0) return `#/workflow/${id}/compare`
  return `#/workflow/${id}/compare?inside=${[side, ...path.map(encodeURIComponent)].join('/')}`
}
