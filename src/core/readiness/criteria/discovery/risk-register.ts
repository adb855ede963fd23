/** Item 2: each failure point says what breaks, why and how it is avoided, has an owner and a day, and closes by evidence only. */

import { dayText } from '../../../values/day.ts'
import { namedProof } from '../../log/risks.ts'
import { emptyOf, held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const riskRegister: Criterion<'risks'> = {
  code: 'readiness/risk-register',
  items: [2],
  phase: 'discovery',
  severity: 'warning',
  title: 'The register of failure points is not kept',
  why: '"This checklist is your failure point registry": an entry without owner and day is a worry, not a plan.',
  remedy: 'Complete each entry listed, and name the evidence by run or digest where one was closed.',
  needs: ['risks'],
  thresholds: { open: 0 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, thresholds, asOf) {
    const { rows } = given.value('risks')
    if (rows.length === 0) return nothingToJudge('No failure point is listed')
    const cells = rows.flatMap((row): readonly Cell[] => {
      const parts: string[] = []
      // What evidence has closed needs no plan any more.
      const lacks = row.closed_on === null ? emptyOf(row, ['why', 'avoid', 'likelihood', 'severity', 'owner', 'due']) : null
      if (lacks !== null) parts.push(lacks)
      if ([row.likelihood, row.severity].some((each) => each !== null && (each < 1 || each > 5)))
        parts.push('likelihood and severity go from 1 to 5')
      if (row.closed_on !== null) {
        const { digests, run } = namedProof(row.evidence === null ? [] : [row.evidence])
        if (row.evidence === null) parts.push('closed without evidence')
        else if (digests.length === 0 && run === null) parts.push('closed by evidence that names no digest or run')
      }
      if (row.closed_on === null && row.due !== null && row.due < asOf) parts.push(`was due on ${dayText(row.due)}`)
      if (parts.length === 0) return []
      const name = `${row.id}, ${row.what}: ${parts.join(', ')}`
      // Risks that a failing indicator opened stand in no file; they have a page of their own.
      return [row.line === 0 ? { name, route: `/readiness/risks?risk=${row.id}` } : lineCell('risks', row.line, name)]
    })
    const value = rows.length - cells.length
    const words = `${value} of ${rows.length} failure points are complete, on time and closed by evidence only`
    return held(cells.length <= (thresholds.open ?? 0), { value, of: rows.length, threshold: rows.length, words, cells })
  },
}
