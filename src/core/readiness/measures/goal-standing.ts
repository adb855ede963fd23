/** Where a goal stands: what it lacks to be judged, and how far it is from its target. One source of the criterion and the report. */
import type { EvidenceOf } from '../model/artifact.ts'
import { emptyOf, percent } from './lines.ts'

type GoalRow = EvidenceOf['goals']['rows'][number]

/** "no baseline, the target is no lower than the baseline": why a goal can not be measured; null where it can. */
export function goalLacks(row: GoalRow): string | null {
  const parts = [
    emptyOf(row, ['measure', 'baseline', 'target', 'better', 'owner']),
    aimless(row) ? `the target is no ${row.better} than the baseline` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

/** A target that the day before the change has reached already measures nothing. */
function aimless({ baseline, target, better }: GoalRow): boolean {
  if (baseline === null || target === null || better === null) return false
  return better === 'lower' ? target >= baseline : target <= baseline
}

/** Whether the value measured last reached the target; null where nothing was measured, or it can not be measured; an owner changes no number. */
export function goalReached(row: GoalRow): boolean | null {
  const { target, now, better } = row
  if (emptyOf(row, ['measure', 'baseline', 'better']) !== null || aimless(row) || target === null || now === null) return null
  return better === 'lower' ? now <= target : now >= target
}

/** Share of the way from baseline to target in whole percent that were gone, so that 100 % is the target: under 0 where it went the other way; null where it can not be judged. */
export function goalWay(row: GoalRow): number | null {
  const { baseline, target, now } = row
  if (goalReached(row) === null || baseline === null || target === null || now === null) return null
  return Math.floor(percent(now - baseline, target - baseline))
}
