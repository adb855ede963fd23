/** Governance on paper: who decides what and where it goes when disputed, and the decisions with date and person. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { agreedWords, governanceStanding, sponsorOf } from '../measures/governance-standing.ts'
import { areaName } from '../measures/vendor-standing.ts'
import { lines, type Report, tableOr } from '../sheets/sheet.ts'
import { topicReport } from './topic-report.ts'

export function governanceReport(project: Project, board: ReadinessBoard): Report {
  const rows = rowsOf(project, 'governance', board.asOf) ?? []
  const log = rowsOf(project, 'decisions', board.asOf) ?? []
  const standing = governanceStanding(rows, log)
  const sponsor = sponsorOf(rows)
  const decisions = [
    ...standing.flatMap((each) => each.decisions),
    ...log.filter(({ matter }) => matter === null).map((row) => ({ row, open: 'names no matter of the governance' })),
  ].toSorted((a, b) => b.row.made_at.at - a.row.made_at.at)
  return topicReport(project, board, {
    kind: 'governance',
    title: 'Governance',
    says: ['governance', 'steering-decisions', 'clinical-owner'],
    sections: [
      {
        title: 'Who decides what',
        blocks: [
          lines(sponsor ? `Clinical sponsor: ${sponsor.decides}.` : 'No clinical sponsor is named.'),
          tableOr(
            'No matter.',
            ['Matter', 'Decides', 'Deputy', 'When disputed', 'Days', 'Agreed', 'Open'],
            standing.map(({ matter, row, open }) => [
              areaName(matter),
              row ? `${row.decides}${row.clinical ? ' (clinician)' : ''}` : '–',
              row?.deputy ?? '–',
              row?.escalates_to ?? '–',
              row?.within_days == null ? '–' : String(row.within_days),
              row ? agreedWords(row) : '–',
              open ?? 'no',
            ]),
            [4],
          ),
        ],
      },
      {
        title: 'Decisions, the latest first',
        blocks: [
          tableOr(
            'No decision is logged.',
            ['Day', 'About', 'What was decided', 'Matter', 'By', 'Follows the governance'],
            decisions.map(({ row, open }) => [
              dayText(row.made_at.text),
              row.artifact,
              row.choice,
              row.matter === null ? '–' : areaName(row.matter),
              `${row.decided_by ?? 'no name'} (${row.deciders.join(', ')})${row.escalated_to === null ? '' : `, escalated to ${row.escalated_to}`}`,
              open ?? 'yes',
            ]),
          ),
        ],
      },
    ],
    foot: [
      'That people who answer for decisions are named, clinicians among them, is asked by DCB0160 (NHS) and the SAFER guide on organizational responsibilities (ONC). The list of matters is ours.',
    ],
    data: {
      sponsor: sponsor?.decides ?? null,
      matters: standing.map(({ matter, row, open }) => ({
        matter,
        decides: row?.decides ?? null,
        escalatesTo: row?.escalates_to ?? null,
        open,
      })),
      decisions: decisions.map(({ row, open }) => ({
        id: row.id,
        day: row.made_at.text,
        matter: row.matter,
        by: row.decided_by,
        open,
      })),
    },
  })
}
