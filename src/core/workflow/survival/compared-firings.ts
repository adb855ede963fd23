/** A firing of today beside the one it became: worse, gone, less, on a screen, or as it was. */

import type { Medium } from '../map/workflow.ts'
import { pairedDifference } from '../numerics/student.ts'
import type { Side } from '../rules/side.ts'
import type { SurvivalRule } from '../rules/survival-rule.ts'
import { becameDigital, classAt, measureOf, mediumAt, outcome, type Survival, type Told } from './outcomes.ts'
import { isCarriedOver } from './relocated.ts'

export function compareFirings(rule: SurvivalRule, current: Side, future: Side, a: Told, b: Told): Survival {
  if (isCarriedOver(a, b, current, future)) return outcome(rule, current, future, 'relocated', a, b, {})
  const endless = !Number.isFinite(a.metric) || !Number.isFinite(b.metric)
  const measure = measureOf(rule, a, b)
  const before = endless ? (a.load ?? a.metric) : measure.of(a)
  const after = endless ? (b.load ?? b.metric) : measure.of(b)
  const difference = !endless && a.series && b.series ? pairedDifference(a.series, b.series) : null
  const sure = difference === null || difference.low > 0 || difference.high < 0
  const change = before === 0 ? (after === 0 ? 0 : null) : 1 - after / before
  // Of a wait without an end there is no share.
  const shared = change !== null && Number.isFinite(change) && Number.isFinite(before) && Number.isFinite(after)
  const extra = { change: shared ? change : null, difference, endless }
  const grew = before === 0 ? after > 0 : after > (1 + future.policy.worsened.value) * before
  if (grew && sure && !asksForMore(a, b, future)) {
    const note =
      a.lane === null
        ? 'Work changes hands no more often than today.'
        : 'The role is not asked for more work than today; cases only come to it at other times.'
    return outcome(rule, current, future, 'kept', a, b, { ...extra, note })
  }
  if (grew && sure) return outcome(rule, current, future, 'worsened', a, b, extra)
  if (before > 0 && after === 0 && sure) return outcome(rule, current, future, 'eliminated', a, b, extra)
  const shrank = before > 0 && 1 - after / before >= future.policy.reduced.value
  if (shrank && sure) return outcome(rule, current, future, 'reduced', a, b, extra)
  const note = (grew || shrank) && !sure ? 'Run more replications: the difference is not certain yet.' : null
  return outcome(rule, current, future, movedToScreen(a, b, current, future) ? 'digitized' : 'kept', a, b, { ...extra, note })
}

/** A wait for a role is its own fault only where more work is asked of it; a return is one hand-over more only where there are more. */
function asksForMore(a: Told, b: Told, { policy }: Side): boolean {
  return a.load === null || b.load === null || b.load > a.load * (1 + policy.worsened.value)
}

/** Outcome 6: something physical, and every traced partner of it that still fires is digital now. */
function movedToScreen(a: Told, b: Told, current: Side, future: Side): boolean {
  const physical = a.subject.filter((id) => classAt(current, id) === 'physical')
  if (physical.length === 0) return false
  const reached = current.trace.of(physical)
  const partners = reached.filter((id) => b.subject.includes(id))
  return partners.length > 0 && partners.every((id) => becameDigital(mediaBehind(current, physical, id), mediumAt(future, id)))
}

/** Media of those of these steps that became the future step: what a neighbour changed to says nothing about it. */
function mediaBehind(current: Side, ids: readonly string[], id: string): readonly Medium[] {
  return current.trace.back([id]).flatMap((each) => (ids.includes(each) ? (mediumAt(current, each) ?? []) : []))
}
