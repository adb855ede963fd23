/** `is`, `as`, `ofType`: whether a value is of a type or of one that specialises it (FHIRPath N1 §6.3). */
import { type Node, systemType } from './node.ts'

/** `name` as written: `Quantity`, `FHIR.Quantity`, `System.String`. */
export function isOfType(node: Node, name: string): boolean {
  const { type, supers } = node.shape
  if (type === name) return true
  if (name.startsWith('System.')) {
    const own = type.startsWith('System.') ? type : null
    return own === name
  }
  const wanted = name.startsWith('FHIR.') ? name.slice(5) : name
  if (type === wanted || supers.includes(wanted)) return true
  // A computed value has a System type only; without a namespace its name fits, too.
  return type === `System.${wanted}` || (type === '' && systemType(node) === wanted)
}
