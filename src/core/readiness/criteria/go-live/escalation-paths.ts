/** Item 71: each branch of the escalation has two levels, and every line was tried lately and answered in time. */

import { daysBetween } from '../../../values/day.ts'
import { fileCell, held, openLines } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const escalationPaths: Criterion<'contacts'> = {
  code: 'readiness/escalation-paths',
  items: [71],
  phase: 'go-live',
  severity: 'error',
  title: 'Escalation lines were not tried or not answered',
  why: '"Escalation paths should be very clear": a number nobody answers at four in the morning is none.',
  remedy: 'Call each line listed at the hour it is meant for, and name a second level where there is one only.',
  needs: ['contacts'],
  thresholds: { mostDays: 30, mostMinutes: 15, leastLevels: 2 },
  maxAgeDays: 30,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('contacts')
    if (rows.length === 0) return nothingToJudge('No contact is listed')
    const [days, minutes] = [thresholds.mostDays ?? 30, thresholds.mostMinutes ?? 15]
    const branches = [...new Set(rows.map((row) => row.branch))].sort()
    const open = openLines('contacts', rows, (row) => {
      const name = `${row.branch}, level ${row.level} (${row.role})`
      if (row.tested_at === null) return `${name}: not tried`
      if (row.answered !== true) return `${name}: not answered`
      const age = daysBetween(row.tested_at.text, asOf)
      if (age > days) return `${name}: tried ${age} days ago`
      if (row.minutes === null) return `${name}: nobody says after how many minutes`
      return row.minutes > minutes ? `${name}: answered after ${row.minutes} minutes` : null
    })
    const levels = thresholds.leastLevels ?? 2
    const short = branches.filter(
      (branch) => new Set(rows.filter((row) => row.branch === branch).map((row) => row.level)).size < levels,
    )
    const cells: readonly Cell[] = [
      ...open,
      ...short.map((branch) => fileCell('contacts', `${branch}: fewer than ${levels} levels`)),
    ]
    const value = rows.length - open.length
    const words = `${value} of ${rows.length} lines were answered within ${minutes} minutes in the last ${days} days`
    return held(cells.length === 0, { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
