/** What counts as an inbox: an electronic one, or the tray that holds paper, faxes and notes. */
import type { Flow } from '../graph.ts'
import { classOf, type Node } from '../workflow.ts'

/** Null where the medium is not given and decides. */
export function isInbox(node: Node): boolean | null {
  const waits = node.type === 'wait' || node.kind === 'wait'
  if (node.medium === null) return waits || node.type === 'step' ? null : false
  if (node.medium === 'inbox' || node.medium === 'efax' || node.medium === 'portal') return true
  return waits && classOf(node.medium) === 'physical'
}

/** Something happens when nobody acts in time: a flow after a timeout, or for exceptions. */
export function escalates(flows: readonly Flow[]): boolean {
  return flows.some(({ edge }) => edge.timeout !== null || edge.exception)
}

/** How many people or roles an owner's text names: `Dr Lee` is one, `nurse or MD` are two. */
export function ownersIn(owner: string | null): number {
  if (owner === null) return 0
  return owner.split(/\s*[,;/&+|]\s*|\s+(?:and|or)\s+/i).filter((part) => part.trim() !== '').length
}
