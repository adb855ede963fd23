/** What counts as an inbox: an electronic one, or the tray that holds paper, faxes and notes. */
import { type Flow, nextSteps } from '../map/graph.ts'
import { classOf, type Node, type StepKind } from '../map/workflow.ts'
import type { Side } from './side.ts'

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

const giving: ReadonlySet<StepKind | null> = new Set<StepKind>(['notify', 'request'])

/**
 * Something is sent away here and nothing lies waiting: a message, a request, or what goes to somebody outside the clinic.
 * The tray of whoever receives it is another step.
 */
export function isSending({ view }: Side, at: number): boolean {
  const node = view.nodes[at]
  if (!node || node.type === 'wait' || node.kind === 'wait') return false
  if (giving.has(node.kind)) return true
  const next = nextSteps(view, at)
  return !node.external && next.length > 0 && next.every(({ to }) => view.nodes[to]?.external === true)
}
