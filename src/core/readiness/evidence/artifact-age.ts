/** How old the evidence of a criterion may be: what is too old, and until when the rest counts. */

import { daysBetween, dayText } from '../../values/day.ts'
import { type Artifact, kinds } from '../model/artifact.ts'
import type { Criterion } from '../model/criterion.ts'

/** Why an artifact of a criterion is too old, or newer than the board, in words; null where none is. */
export function tooOld(rule: Criterion, artifacts: readonly Artifact[], asOf: string): string | null {
  const found = oldest(rule, artifacts, asOf)
  if (!found) return null
  const { date, newest, kind } = found
  const name = kinds[kind].label.toLowerCase()
  if (newest !== null && daysBetween(newest, asOf) < 0)
    return `${name}: something of ${dayText(newest)} has happened after the date of this board`
  const age = daysBetween(date ?? asOf, asOf)
  if (age < 0) return `${name} of ${dayText(date ?? asOf)} is newer than the date of this board`
  return `${name} of ${dayText(date ?? asOf)} is ${age} days old; ${rule.maxAgeDays} are allowed`
}

/** The first artifact that is too old for the criterion, or newer than the board. */
export function oldest(rule: Criterion, artifacts: readonly Artifact[], asOf: string): Artifact | undefined {
  return artifacts.find(({ date, newest }) => {
    if (newest !== null && daysBetween(newest, asOf) < 0) return true
    const age = date === null ? 0 : daysBetween(date, asOf)
    return age < 0 || age > rule.maxAgeDays
  })
}

/** Last day on which the oldest artifact still counts, YYYY-MM-DD; null where none of them ages. */
export function lastDay(rule: Criterion, artifacts: readonly Artifact[]): string | null {
  const dates = artifacts.flatMap((artifact) => artifact.date ?? []).sort()
  const [oldest] = dates
  if (oldest === undefined) return null
  return new Date(Date.parse(oldest.slice(0, 10)) + rule.maxAgeDays * 86_400_000).toISOString().slice(0, 10)
}
