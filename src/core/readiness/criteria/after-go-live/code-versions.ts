/** Item 81: every code system in use is the version published, or was published too lately to matter. */

import { daysBetween } from '../../../values/day.ts'
import { held, openLines } from '../../measures/lines.ts'
import { type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const codeVersions: Criterion<'codes'> = {
  code: 'readiness/code-versions',
  items: [81],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Code systems are out of date',
  why: 'Systems "must be updated with new vaccine codes", or what was given is written as free text.',
  remedy: 'Load the published version of each system listed, and look it up again.',
  needs: ['codes'],
  thresholds: { graceDays: 60, mostDaysSinceLook: 92 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('codes')
    if (rows.length === 0) return nothingToJudge('No code system is listed')
    const cells = openLines('codes', rows, (row) => {
      const parts: string[] = []
      const old =
        row.used !== row.current &&
        (row.published_on === null || daysBetween(row.published_on, asOf) > (thresholds.graceDays ?? 60))
      if (old) parts.push(`${row.used} in use, ${row.current} published`)
      const look = daysBetween(row.checked_on, asOf)
      if (look > (thresholds.mostDaysSinceLook ?? 92)) parts.push(`looked up ${look} days ago`)
      return parts.length === 0 ? null : `${row.system}: ${parts.join(', ')}`
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} code systems are up to date`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
