/** Item 5: decisions had their quorum, clinicians among the deciders, and somebody responsible and accountable. */
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const steeringDecisions: Criterion<'decisions'> = {
  code: 'readiness/steering-decisions',
  items: [5],
  phase: 'discovery',
  severity: 'error',
  title: 'Decisions lack quorum, clinicians or an owner',
  why: 'A committee with "real decision-making authority, not just an advisory role" leaves decisions that can be shown.',
  remedy: 'Decide what is listed again with its quorum and a clinician, and name who does it and who answers for it.',
  needs: ['decisions'],
  thresholds: { open: 0, leastClinicalPercent: 50 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('decisions')
    if (rows.length === 0) return nothingToJudge('No decision is logged')
    const clinical = rows.filter((row) => (row.clinical_deciders ?? 0) > 0).length
    const least = thresholds.leastClinicalPercent ?? 50
    const open = rows.flatMap((row): readonly Cell[] => {
      const parts: string[] = []
      // Who is named three times decided once.
      const deciders = new Set(row.deciders.map((name) => name.toLowerCase().replace(/\s+/g, ' '))).size
      if (row.quorum < 1) parts.push('no quorum is set')
      if (deciders < row.quorum) parts.push(`${deciders} of ${row.quorum} needed deciders`)
      if ((row.clinical_deciders ?? 0) > deciders) parts.push(`${row.clinical_deciders} clinicians of ${deciders} deciders`)
      if (row.asked_at !== null && row.asked_at.at > row.made_at.at) parts.push('made before it was asked for')
      if (row.responsible === null || row.accountable === null) parts.push('nobody responsible and accountable')
      return parts.length === 0
        ? []
        : [
            {
              name: `${row.id}, ${row.artifact}: ${parts.join('; ')}`,
              route: `/readiness/inputs?kind=decisions&line=${row.line}`,
            },
          ]
    })
    const few = clinical * 100 < least * rows.length
    const without: readonly Cell[] = few
      ? rows
          .filter((row) => (row.clinical_deciders ?? 0) === 0)
          .map((row) => ({
            name: `${row.id}, ${row.artifact}: no clinician decided`,
            route: `/readiness/inputs?kind=decisions&line=${row.line}`,
          }))
      : []
    const holds = open.length <= (thresholds.open ?? 0) && !few
    return {
      state: holds ? 'proven' : 'failed',
      value: clinical,
      of: rows.length,
      threshold: least,
      words: `${clinical} of ${rows.length} decisions made with clinicians, ${open.length} without quorum or owner`,
      cells: holds ? [] : [...open, ...without],
    }
  },
}
