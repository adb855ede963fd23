/** Which firing of tomorrow a firing of today became: at the steps it was traced to. */
import { compareText } from '../../finding.ts'
import type { Side } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import type { Told } from './outcomes.ts'

/** One piece of work that became several keeps its hurt in all of them: what is left of the future belongs to the firing it came from. */
export function matchWhole(
  rule: SurvivalRule,
  fired: readonly Told[],
  ahead: readonly Told[],
  current: Side,
  future: Side,
): { readonly matched: ReadonlyMap<Told, Told>; readonly used: Set<Told> } {
  const matched = new Map(match(rule, fired, ahead, current))
  const used = new Set(matched.values())
  const left = ahead.filter((firing) => !used.has(firing) && firing.lane === null)
  if (left.length === 0) return { matched, used }
  const at = new Map([...matched.keys()].flatMap((firing) => firing.subject.map((id) => [id, firing] as const)))
  for (const share of left) {
    const origin = future.trace.back(share.at === null ? share.subject : [share.at])
    const [before] = origin.map((id) => at.get(id))
    const partner = before && matched.get(before)
    if (!before || !partner || !origin.every((id) => before.at === id || (before.at === null && before.subject.includes(id))))
      continue
    used.add(share)
    matched.set(before, joined(partner, share))
  }
  return { matched, used }
}

function joined(a: Told, b: Told): Told {
  const sum = (x: number | null, y: number | null): number | null => (x === null || y === null ? null : x + y)
  return {
    ...a,
    subject: [...new Set([...a.subject, ...b.subject])].sort(compareText),
    metric: a.metric + b.metric,
    series: a.series && b.series ? a.series.map((value, at) => value + (b.series?.[at] ?? 0)) : null,
    minutes: sum(a.minutes, b.minutes),
    missing: [...new Set([...a.missing, ...b.missing])],
    facts: a.facts.concat(b.facts),
  }
}

/** Jaccard over T(S) and S′; best pairs first, ties by id; each future firing is used once. */
export function match(
  rule: SurvivalRule,
  before: readonly Told[],
  ahead: readonly Told[],
  current: Side,
): ReadonlyMap<Told, Told> {
  const matched = new Map<Told, Told>()
  const [first, second] = [before[0], ahead[0]]
  if (rule.whole && first && second) return matched.set(first, second)
  if (before.length === 0 || ahead.length === 0) return matched
  const byStep = new Map<string, Told[]>()
  for (const firing of ahead)
    for (const id of firing.subject) {
      const list = byStep.get(id)
      if (list) list.push(firing)
      else byStep.set(id, [firing])
    }
  const pairs: { a: Told; b: Told; score: number }[] = []
  for (const a of before) {
    const reach = current.trace.of(a.subject)
    const shared = new Map<Told, number>()
    for (const id of reach) for (const b of byStep.get(id) ?? []) shared.set(b, (shared.get(b) ?? 0) + 1)
    for (const [b, n] of shared) pairs.push({ a, b, score: n / (reach.length + b.subject.length - n) })
  }
  pairs.sort((x, y) => y.score - x.score || bySubject(x.b, y.b) || bySubject(x.a, y.a))
  const taken = new Set<Told>()
  for (const { a, b } of pairs) {
    if (matched.has(a) || taken.has(b)) continue
    matched.set(a, b)
    taken.add(b)
  }
  return matched
}

export function bySubject(a: Told, b: Told): number {
  const n = Math.min(a.subject.length, b.subject.length)
  for (let i = 0; i < n; i++) {
    const order = compareText(a.subject[i] ?? '', b.subject[i] ?? '')
    if (order !== 0) return order
  }
  return a.subject.length - b.subject.length
}
