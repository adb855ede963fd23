/** What fires only tomorrow: new, or work of today that another rule speaks of now. */

import type { Side } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import { countedBy } from './causes.ts'
import { costsOf } from './costs.ts'
import { outcome, type Survival, type Told } from './outcomes.ts'

/** What fires in the future and matches nothing of today; a rule over both graphs may have seen where it came from. */
export function appeared(rule: SurvivalRule, current: Side, future: Side, firing: Told, unknown: readonly string[]): Survival {
  const missing = [...firing.missing, ...unknown]
  if (missing.length > 0) return outcome(rule, current, future, 'unjudged', null, firing, { missing })
  if (firing.cameFrom === null) return outcome(rule, current, future, 'introduced', null, firing, {})
  const { subject, lane, metric } = firing.cameFrom
  const origin: Told = { ...firing, subject, lane, metric, series: null, load: null, minutes: null, facts: [], cameFrom: null }
  return outcome(rule, current, future, 'relocated', origin, firing, {})
}

/**
 * Somebody enters what is their own, today and for at least as long: that another step writes it down before is no new work here.
 * It is told at that step.
 */
export function entersAsToday({ at }: Told, current: Side, future: Side): boolean {
  if (at === null) return false
  const origin = future.trace.back([at])
  const [before, after] = [costsOf(current, origin), costsOf(future, [at])]
  if (origin.length === 0 || before.work === null || after.work === null) return false
  return after.copies === 0 && (before.entries ?? 0) >= (after.entries ?? 0) && before.work >= after.work
}

/**
 * What stands in the other map for each of these steps, as a firing with the minutes per case that the rule counts; null where a step has nothing there.
 * What somebody waits for or does is neither new nor gone because the rule speaks of it in one map alone.
 */
export function counterpart(
  rule: SurvivalRule,
  firing: Told,
  side: Side,
  linked: (ids: readonly string[]) => readonly string[],
): Told | null {
  const kinds = rule.question ? [] : countedBy(rule.code)
  const { subject, lane, minutes } = firing
  if (lane !== null || minutes === null || kinds.length === 0 || rule.metric.unit !== 'minutes per case') return null
  if (subject.some((id) => linked([id]).length === 0)) return null
  const there = linked(subject)
  const { time, work } = costsOf(side, there)
  if (time === null || work === null) return null
  const metric = (kinds.includes('wait') ? time : 0) + (kinds.includes('work') ? work : 0)
  return metric === 0 ? null : { ...firing, subject: there, metric, minutes: metric, series: null, facts: [], faint: true }
}

/** Facts that the rule needed of a role, or of each of these steps of today: what nobody can tell of today is not new tomorrow. */
export function unknownAt(now: readonly Told[], steps: readonly string[], lane: string | null): readonly string[] {
  const open = now.filter((firing) => !firing.fires && firing.subject.some((id) => steps.includes(id)))
  if (lane === null && !steps.every((id) => open.some(({ subject }) => subject.includes(id)))) return []
  return [...new Set(open.flatMap(({ missing }) => missing))]
}
