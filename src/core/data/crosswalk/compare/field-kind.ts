/** What kind of value a field of the target holds, as its name says it: a unit, the name of a code system. */
import type { ElementPath } from '../mapping/element-path.ts'

/** Whether the field holds a unit as text. */
export function holdsUnit({ path: { steps } }: { readonly path: ElementPath }): boolean {
  const [parent, last] = steps.slice(-2).length === 2 ? steps.slice(-2) : [undefined, steps[0]]
  if (parent === undefined) return /(?:^|_)units?(?:$|_)/i.test(last?.name ?? '') && !/_id$/i.test(last?.name ?? '')
  return last?.name === 'unit' || (last?.name === 'code' && isQuantity(parent.name))
}

/** Whether the field holds the name of a code system. */
export function holdsSystem({ path: { steps } }: { readonly path: ElementPath }): boolean {
  const last = steps.at(-1)?.name ?? ''
  return last === 'system' || /vocabulary(?:_id)?$|code_?system$/i.test(last)
}

function isQuantity(name: string): boolean {
  return /(?:quantity|range|low|high|age|duration|distance|count)$/i.test(name) || name === 'value'
}
