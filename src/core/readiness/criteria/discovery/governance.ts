/** Item 7: "define priorities, approve workflows, manage trade-offs, and resolve disputes": who decides each matter, apart from the committee that steers. */

import { governanceStanding, sponsorOf } from '../../measures/governance-standing.ts'
import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { areaName } from '../../measures/vendor-standing.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const governance: Criterion<'governance' | 'decisions'> = {
  code: 'readiness/governance',
  items: [7],
  phase: 'discovery',
  severity: 'error',
  title: 'Nobody knows who decides',
  why: 'DCB0160 (NHS) and the SAFER guide on organizational responsibilities (ONC) ask for named people who answer for decisions, clinicians among them.',
  remedy:
    'Name for each matter listed who decides, the deputy and where it goes when disputed; decide again what another role decided.',
  needs: ['governance', 'decisions'],
  thresholds: { open: 0 },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds) {
    const { rows } = given.value('governance')
    const log = given.value('decisions').rows
    if (rows.length === 0) return nothingToJudge('No matter is listed')
    const standing = governanceStanding(rows, log)
    const settled = standing.filter(({ open }) => open === null).length
    const cells: readonly Cell[] = [
      ...standing.flatMap(({ matter, row, open }) => {
        if (open === null) return []
        const name = `${areaName(matter)}: ${open}`
        return [row === null ? fileCell('governance', name) : lineCell('governance', row.line, name)]
      }),
      ...(sponsorOf(rows) === null ? [fileCell('governance', 'no clinical sponsor')] : []),
      ...standing.flatMap(({ decisions }) =>
        decisions.flatMap(({ row, open }) =>
          open === null ? [] : [lineCell('decisions', row.line, `${row.id}, ${row.artifact}: ${open}`)],
        ),
      ),
      ...log
        .filter(({ matter }) => matter === null)
        .map((row) => lineCell('decisions', row.line, `${row.id}, ${row.artifact}: names no matter of the governance`)),
    ]
    const words = `${settled} of ${standing.length} matters have a decider, a deputy and a way to escalate; ${cells.length} places are open`
    return held(cells.length <= (thresholds.open ?? 0), {
      value: settled,
      of: standing.length,
      threshold: standing.length,
      words,
      cells,
    })
  },
}
