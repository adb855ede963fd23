/** Links of a pair: which steps of the future map carry on which steps of the current one. */
import type { Json } from '../../../src/core/canonical.ts'
import { classOf, type Fate, type Medium } from '../../../src/core/workflow/map/workflow.ts'

export interface PairLink {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly fate: Fate
  readonly reason: string | null
  readonly by: string | null
  readonly purpose: string | null
  readonly beneficiary: string | null
}

interface Side {
  readonly nodes: ReadonlyMap<string, { readonly [name: string]: Json }>
}

/**
 * `a b -> c` · `a -> c d` · `a -> - "why it goes"` · `a -> auto "what does it now"` · `-> c "what for" "for whom"`.
 * The fate follows from the shape of the link, as workflow.md §3 has it.
 */
export function linkOf(words: readonly string[], { current, future }: { current: Side; future: Side }): PairLink {
  const arrow = words.indexOf('->')
  const from = words.slice(0, arrow)
  const after = words.slice(arrow + 1)
  const [said = null, forWhom = null] = after.filter((word) => word.startsWith('"')).map((word) => word.slice(1))
  const targets = after.filter((word) => !word.startsWith('"'))
  const automatic = targets[0] === 'auto'
  const to = automatic || targets[0] === '-' ? [] : targets
  if (arrow < 0) throw new Error(`"${words.join(' ')}" is no link: it has no arrow.`)
  for (const id of from)
    if (!current.nodes.has(id)) throw new Error(`The link names "${id}", which the current map does not have.`)
  for (const id of to) if (!future.nodes.has(id)) throw new Error(`The link names "${id}", which the future map does not have.`)
  const fate = automatic ? 'automated' : fateOf(from, to, current, future)
  const isNew = fate === 'new'
  if ((to.length === 0 && said === null) || (isNew && forWhom === null)) throw new Error(`"${words.join(' ')}" gives no reason.`)
  return {
    from,
    to,
    fate,
    reason: isNew ? null : said,
    by: to.length === 0 ? 'Process owner' : null,
    purpose: isNew ? said : null,
    beneficiary: isNew ? forWhom : null,
  }
}

function fateOf(from: readonly string[], to: readonly string[], current: Side, future: Side): Fate {
  if (from.length === 0) return 'new'
  if (to.length === 0) return 'eliminated'
  const after = to.map((id) => future.nodes.get(id))
  if (after.every((node) => node?.medium !== undefined && classOf(node.medium as Medium) === 'machine')) return 'automated'
  if (from.length > 1) return 'merged'
  if (to.length > 1) return 'split'
  return current.nodes.get(from[0] ?? '')?.lane === after[0]?.lane ? 'kept' : 'moved'
}
