/** What somebody changed of a map, in a line that a colleague understands. */
import { nameOfRecord } from '../../../../core/workflow/edit/merge.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Difference } from '../../../../core/workflow/together/history.ts'
import { memberName } from '../exchange/merge-words.ts'

/** Where something stands on the page is said as one word, whatever its numbers. */
const places: ReadonlySet<string> = new Set(['x', 'y', 'height', 'order', 'bends'])

export function differenceWords({ at, side, id, how, members }: Difference, then: Workflow, now: Workflow): string {
  const name = nameOfRecord({ at, side, id }, how === 'removed' ? [then] : [now, then])
  const where = side === null ? '' : ` (${side} map)`
  if (how === 'new') return `${name} added${where}`
  if (how === 'removed') return `${name} removed${where}`
  if (at === 'nodes' && side && members.includes('label')) {
    const before = then[side].nodes.get(id)?.label
    if (before) return `“${before}” is called ${name}${where}`
  }
  const facts = [...new Set(members.map((member) => (places.has(member) ? 'place' : memberName(member))))]
  if (facts.length === 1 && facts[0] === 'place') return `${name} moved${where}`
  return `${name}: ${facts.length === 0 || at === 'scenario' ? 'changed' : facts.join(', ')}${where}`
}
