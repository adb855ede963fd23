/** Item 80: performance, security and satisfaction are checked each quarter, and no contract runs out unnoticed. */

import { addDays, daysBetween, dayText } from '../../../values/day.ts'
import { fileCell, held, openLines } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

const checks = ['performance', 'security', 'satisfaction'] as const

export const contractHealth: Criterion<'contracts'> = {
  code: 'readiness/contract-health',
  items: [80],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Checks are overdue or contracts run out',
  why: 'Regular checks of "performance, security, and user satisfaction" find decay before the day on which notice was due.',
  remedy: 'Hold the checks listed, and decide on each contract before its day of notice.',
  needs: ['contracts'],
  thresholds: { mostDays: 92 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('contracts')
    if (rows.length === 0) return nothingToJudge('No contract is listed')
    const most = thresholds.mostDays ?? 92
    const ending = openLines('contracts', rows, (row) => {
      if (row.expires_on < asOf) return `${row.contract}: ended on ${dayText(row.expires_on)}`
      if (row.notice_days === null) return `${row.contract}: no days of notice`
      const notice = addDays(row.expires_on, -row.notice_days)
      return notice <= asOf ? `${row.contract}: notice was due on ${dayText(notice)}` : null
    })
    const overdue = checks.flatMap((check): readonly Cell[] => {
      const days = rows.filter((row) => row.check === check && row.checked_on !== null).map((row) => row.checked_on ?? '')
      const last = days.sort().at(-1)
      if (last === undefined) return [fileCell('contracts', `${check}: never checked`)]
      const age = daysBetween(last, asOf)
      return age > most ? [fileCell('contracts', `${check}: checked ${age} days ago`)] : []
    })
    const value = checks.length - overdue.length
    const words = `${value} of ${checks.length} checks were held within ${most} days; ${ending.length} contracts need a decision`
    return held(ending.length + overdue.length === 0, {
      value,
      of: checks.length,
      threshold: checks.length,
      words,
      cells: [...ending, ...overdue],
    })
  },
}
