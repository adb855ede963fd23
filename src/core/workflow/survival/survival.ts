/** Did the problem survive? Matches what fires today with what fires tomorrow and names the outcome, in the order of judgement. */

import type { Side, Sides } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import { compareFirings } from './compared-firings.ts'
import { bySubject, match, matchWhole } from './firing-match.ts'
import { appeared, counterpart, entersAsToday, unknownAt } from './new-burdens.ts'
import { type Judged, outcome, type Paired, type Survival, type Told } from './outcomes.ts'
import { isUntouched, looksAgain, type Past, settled } from './past.ts'
import { relocation } from './relocated.ts'
import { together, told } from './told.ts'
import { unseenQueues } from './unseen-queues.ts'

/** With what the rule said before an edit, only that is judged again which the edit can change; the answer is the same. */
export function judge(rule: SurvivalRule, { current, future }: Sides, past: Past | null): Judged {
  const before = past?.judged.get(rule) ?? null
  const now = before && past && !looksAgain(rule, 'current', past) ? before.now : settled(told(rule, current), before?.now)
  const next = before && past && !looksAgain(rule, 'future', past) ? before.next : settled(told(rule, future), before?.next)
  if (before && past?.sameGround && before.now === now && before.next === next) return before
  return { now, next, ...survivalsOf(rule, now, next, { current, future }, past) }
}

/** Only what an edit leaves as it was is taken over: the same firing on the same steps, with the same partner. */
function survivalsOf(
  rule: SurvivalRule,
  now: readonly Told[],
  next: readonly Told[],
  { current, future }: Sides,
  past: Past | null,
): Pick<Judged, 'survivals' | 'pairs'> {
  const known = past?.sameTrace ? past.judged.get(rule)?.pairs : undefined
  const pairs = new Map<Told, Paired>()
  const settle = (
    firing: Told,
    partner: Told | null,
    before: readonly string[],
    after: readonly string[],
    say: () => Survival,
  ): Survival => {
    const earlier = known?.get(firing)
    const holds =
      past !== null && earlier?.partner === partner && isUntouched(past, 'current', before) && isUntouched(past, 'future', after)
    const survival = holds ? earlier.survival : say()
    pairs.set(firing, { partner, survival })
    return survival
  }
  const fired = now.filter((firing) => firing.fires && !firing.faint)
  const ahead = next.filter((firing) => firing.fires && !firing.faint)
  const { matched, used } = matchWhole(rule, fired, ahead, current, future)
  const below = match(
    rule,
    fired.filter((firing) => !matched.has(firing)),
    next.filter((firing) => firing.faint),
    current,
  )
  const worst = [...ahead].sort((a, b) => b.metric - a.metric || bySubject(a, b))
  const found: Survival[] = []
  for (const firing of fired) {
    const partner = matched.get(firing) ?? null
    if (partner !== null) {
      const reach = partner.subject.concat(current.trace.of(firing.subject))
      found.push(settle(firing, partner, firing.subject, reach, () => lived(rule, current, future, firing, partner, next)))
      continue
    }
    const missing = missingFor(rule, firing, null, next, current, future)
    const moved = missing.length > 0 ? null : relocation(firing, worst, used, current, future)
    const fainter = below.get(firing)
    if (moved === null && fainter !== undefined) {
      found.push(sank(rule, current, future, firing, fainter, next))
      continue
    }
    if (firing.endsQuietly && missing.length === 0 && current.trace.of(firing.subject).length > 0) continue
    const there = moved || missing.length > 0 ? null : counterpart(rule, firing, future, current.trace.of)
    // Under another name the same minutes are spent: nothing is gone.
    if (there !== null && compareFirings(rule, current, future, firing, there).outcome !== 'reduced') continue
    if (moved) used.add(moved)
    const gone = moved ? 'relocated' : 'eliminated'
    found.push(outcome(rule, current, future, missing.length > 0 ? 'unjudged' : gone, firing, moved, { missing }))
  }
  const fresh = ahead.filter((firing) => !used.has(firing))
  const rose = new Map(
    [
      ...match(
        rule,
        now.filter((firing) => firing.faint),
        fresh,
        current,
      ),
    ].map(([before, after]) => [after, before]),
  )
  for (const firing of fresh) {
    const fainter = rose.get(firing)
    if (fainter !== undefined) {
      const survival = grown(rule, current, future, fainter, firing)
      if (survival) found.push(survival)
      continue
    }
    const before = future.trace.back(firing.subject)
    if (entersAsToday(firing, current, future)) continue
    const behind = counterpart(rule, firing, current, future.trace.back)
    if (behind !== null) {
      const survival = compareFirings(rule, current, future, behind, firing)
      if (survival.outcome === 'worsened') found.push(survival)
      continue
    }
    found.push(
      settle(firing, null, before, firing.subject, () =>
        appeared(rule, current, future, firing, [
          ...unknownAt(now, before, firing.lane),
          ...unseenQueues(rule, future, firing.subject, current, before),
        ]),
      ),
    )
  }
  found.push(...untold(rule, current, future, now, next))
  return { survivals: found, pairs }
}

/** What fires in both maps. */
function lived(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told, next: readonly Told[]): Survival {
  const missing = missingFor(rule, firing, partner, next, current, future)
  if (missing.length > 0) return outcome(rule, current, future, 'unjudged', firing, partner, { missing })
  return seenOnBoth(rule, current, future, firing, partner)
}

/** Both firings compared; unjudged where less or more waiting may only come of staff that one map does not name. */
function seenOnBoth(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told): Survival {
  const survival = compareFirings(rule, current, future, firing, partner)
  const reach = partner.subject.concat(current.trace.of(firing.subject))
  const unseen =
    survival.outcome === 'reduced'
      ? unseenQueues(rule, current, firing.subject, future, reach)
      : survival.outcome === 'worsened'
        ? unseenQueues(rule, future, partner.subject, current, firing.subject)
        : []
  return unseen.length === 0 ? survival : outcome(rule, current, future, 'unjudged', firing, partner, { missing: unseen })
}

/** It fires today, and tomorrow it is under the limit: gone only where it is clearly less, and not by a hair. */
function sank(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told, next: readonly Told[]): Survival {
  const survival = lived(rule, current, future, firing, partner, next)
  if (survival.outcome !== 'reduced') return survival
  return { ...survival, outcome: 'eliminated', severity: 'info', underLimit: true }
}

/** Under the limit today, above it tomorrow: worse where the numbers grew, and nothing where they did not. */
function grown(rule: SurvivalRule, current: Side, future: Side, firing: Told, partner: Told): Survival | null {
  const survival = seenOnBoth(rule, current, future, firing, partner)
  if (survival.outcome === 'unjudged') return survival
  if (survival.outcome !== 'worsened') return null
  return firing.metric === 0 ? outcome(rule, current, future, 'introduced', null, partner, {}) : survival
}

/** Outcome 1: absent facts on either side, or steps with neither link nor fate. */
function missingFor(
  rule: SurvivalRule,
  firing: Told,
  partner: Told | null,
  next: readonly Told[],
  current: Side,
  future: Side,
): readonly string[] {
  const missing = [...firing.missing, ...(partner?.missing ?? [])]
  const silent = firing.subject.filter((id) => !current.trace.answers(id))
  const lost = firing.lane === null ? silent.length > 0 : silent.length === firing.subject.length
  if (lost) for (const id of silent) missing.push(`what becomes of “${current.view.graph.nodes.get(id)?.label ?? id}”`)
  if (partner === null) {
    const reach = new Set(current.trace.of(firing.subject))
    for (const other of next) if (!other.fires && other.subject.some((id) => reach.has(id))) missing.push(...other.missing)
    missing.push(...unseenQueues(rule, current, firing.subject, future, [...reach]))
  }
  return [...new Set(missing)]
}

/** Places where the rule could not tell, on steps that no firing covers: one finding with every absent fact of both maps named. */
function untold(
  rule: SurvivalRule,
  current: Side,
  future: Side,
  now: readonly Told[],
  next: readonly Told[],
): readonly Survival[] {
  const [a, b] = [together(now), together(next)]
  if (a === null && b === null) return []
  const missing = [...new Set([...(a?.missing ?? []), ...(b?.missing ?? [])])]
  return [outcome(rule, current, future, 'unjudged', a, b, { missing })]
}
