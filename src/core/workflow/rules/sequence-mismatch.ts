/** DB09: two steps whose order was fixed come in the opposite order. */
import { compareText } from '../../finding.ts'
import type { View } from '../map/graph.ts'
import { shareReaching } from './reaching.ts'
import { factOf, idsOf, type Side, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule } from './survival-rule.ts'

export const sequenceMismatch: SurvivalRule = {
  code: 'workflow/sequence-mismatch',
  db: 'DB09',
  title: 'The order of work is turned round',
  why: 'People work in the order their patients and papers come; a system that forces the opposite is worked around.',
  remedy: 'Let the order be chosen freely in the new system, or agree on the new order with those who do the work.',
  severity: 'error',
  metric: { name: 'share of cases in the opposite order', unit: 'of all cases' },
  question: true,
  both: true,
  reads: [],
  levers: [{ practice: 'resequencing', how: 'Configure the screens so that both orders are possible.' }],
  *find(side) {
    if (side.name !== 'future') return
    const reversed = reversedPairs(side)
    for (;;) {
      const mover = mostReversed(reversed)
      if (mover === null) return
      const others = [...(reversed.get(mover) ?? [])].sort(compareText)
      for (const other of others) reversed.get(other)?.delete(mover)
      reversed.delete(mover)
      yield told(side, mover, others)
    }
  },
}

/** Current steps that stand in strict order today and in the opposite strict order in the future, each with its partners. */
function reversedPairs(side: Side): Map<string, Set<string>> {
  const { view, other } = side
  const placed = other.steps.flatMap((at) => {
    const id = other.nodes[at]?.id ?? ''
    const then = side.trace.of([id]).flatMap((next) => view.indexOf.get(next) ?? [])
    if (then.length === 0) return []
    const groups = then.map((next) => view.groupOf[next] ?? 0)
    return [{ id, at, then, group: other.groupOf[at] ?? 0, first: Math.min(...groups), last: Math.max(...groups) }]
  })
  placed.sort((a, b) => a.group - b.group || a.at - b.at)
  const found = new Map<string, Set<string>>()
  // Groups stand in flow order: only what comes earlier and then stands wholly behind can have turned round, and few pairs do.
  for (let early = 0; early < placed.length; early++) {
    const a = placed[early]
    if (!a) continue
    for (let late = early + 1; late < placed.length; late++) {
      const b = placed[late]
      if (!b || b.last >= a.first || a.group === b.group) continue
      if (!other.reaches(a.at, b.at) || strictOrder(view, a.then, b.then) !== -1) continue
      add(found, a.id, b.id)
      add(found, b.id, a.id)
    }
  }
  return found
}

/** 1 where every `a` comes before every `b` on each path that holds both, −1 for the opposite, 0 otherwise. */
function strictOrder(view: View, a: readonly number[], b: readonly number[]): 1 | 0 | -1 {
  let order: 1 | 0 | -1 = 0
  for (const from of a)
    for (const to of b) {
      if (from === to) return 0
      const ahead = view.reaches(from, to)
      if (ahead === view.reaches(to, from)) return 0
      const here = ahead ? 1 : -1
      if (order !== 0 && order !== here) return 0
      order = here
    }
  return order
}

/** The step that moved is the one that stands in the opposite order to most others; ties by id. */
function mostReversed(reversed: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  let best: string | null = null
  let most = 0
  for (const [id, others] of reversed)
    if (others.size > most || (others.size === most && best !== null && most > 0 && compareText(id, best) < 0)) {
      best = id
      most = others.size
    }
  return best
}

function told(side: Side, mover: string, others: readonly string[]): ReturnType<typeof firing> {
  const { view, other } = side
  const then = side.trace.of([mover])
  const beside = side.trace.of(others)
  const nodes = stepsOf(side).flatMap(({ node }) => (then.includes(node.id) || beside.includes(node.id) ? [node] : []))
  const share = Math.min(shareOf(side, then), shareOf(side, beside))
  const label = (graph: View, id: string): string => `“${graph.graph.nodes.get(id)?.label ?? id}”`
  return firing({
    subject: idsOf(nodes),
    metric: share,
    severity: 'error',
    facts: [
      factOf('changed its place', then.map((id) => label(view, id)).join(', '), '', nodes),
      factOf('in the opposite order to', others.map((id) => label(other, id)).join(', '), '', nodes),
      timeFact(side, 'cases that meet both', share, 'share of cases'),
    ],
  })
}

/** Share of cases that come by one of the steps. */
function shareOf(side: Side, ids: readonly string[]): number {
  const { view } = side
  const starts = view.nodes.flatMap((node, at) => (node.type === 'start' ? [at] : []))
  const targets = new Set(ids.flatMap((id) => view.indexOf.get(id) ?? []))
  return shareReaching(side, new Map(starts.map((at) => [at, 1 / starts.length])), targets) ?? 0
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}
