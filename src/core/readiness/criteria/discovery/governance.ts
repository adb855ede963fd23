/** Item 7: "define priorities, approve workflows, manage trade-offs, and resolve disputes": who decides each matter, apart from the committee that steers. */

import { matters } from '../../input-files/governance-files.ts'
import { governanceStanding, sponsorOf } from '../../measures/governance-standing.ts'
import { fileCell, held, lineCell } from '../../measures/lines.ts'
import { areaName } from '../../measures/vendor-standing.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

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
  examples: {
    flags: [
      {
        name: 'the manager decides on clinical safety',
        value: 7,
        evidence: agreed('clinical-safety', 'Manager,no'),
        asOf: '2026-07-12',
      },
      { name: 'a decision names no person', value: 8, evidence: agreed('', '', ''), asOf: '2026-07-12' },
    ],
    passes: [{ name: 'all matters, and a decision by who decides', value: 8, evidence: agreed('', ''), asOf: '2026-07-12' }],
  },
}

function agreed(matter: string, decides: string, person = 'Ines Vale') {
  const lines = matters.map(
    (each) =>
      `${each},${each === matter ? decides : 'Nurse lead,yes'},Deputy,Head,7,${each === 'go-live' ? 'yes' : 'no'},2026-01-01,Head of the clinic`,
  )
  const log = 'id,made_at,deciders,quorum,choice,artifact,asked_at,matter,decided_by'
  return {
    governance: exampleFile(
      'governance',
      `matter,decides,clinical,deputy,escalates_to,within_days,sponsor,agreed_on,agreed_by\n${lines.join('\n')}\n`,
    ),
    decisions: exampleFile(
      'decisions',
      `${log}\nD1,2026-04-03T15:00:00Z,nurse lead,1,one list,refill,2026-04-01T15:00:00Z,workflow,${person}\n`,
    ),
  }
}
