/** The register of decisions on paper and as a table: what was decided when, by whom, about what, and what was given up. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { ReadinessBoard } from '../board/board.ts'
import type { InputEvidence } from '../input-files/files.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { areaName } from '../measures/vendor-standing.ts'
import { type Report, tableOr } from '../sheets/sheet.ts'
import { topicReport } from './topic-report.ts'

const columns = [
  ...['id', 'made_on', 'about', 'decided', 'matter', 'decided_by', 'deciders', 'quorum', 'clinicians'],
  ...['options', 'given_up', 'responsible', 'accountable', 'escalated_to'],
]

type Decision = InputEvidence['decisions']['rows'][number]

function cellsOf(row: Decision): readonly (string | number | null)[] {
  return [
    ...[row.id, row.made_at.text.slice(0, 10), row.artifact, row.choice, row.matter, row.decided_by],
    ...[row.deciders.join('; '), row.quorum, row.clinical_deciders, (row.options ?? []).join('; ')],
    ...[row.trade_off, row.responsible, row.accountable, row.escalated_to],
  ]
}

export function decisionReport(project: Project, board: ReadinessBoard): Report {
  const rows = (rowsOf(project, 'decisions', board.asOf) ?? []).toSorted((a, b) => b.made_at.at - a.made_at.at)
  const report = topicReport(project, board, {
    kind: 'decisions',
    title: 'Register of decisions',
    says: ['steering-decisions'],
    sections: [
      {
        title: `Decisions, the latest first (${rows.length})`,
        blocks: [
          tableOr(
            'No decision is logged.',
            ['Number', 'Day', 'About', 'What was decided', 'By', 'Given up', 'Who does it'],
            rows.map((row) => [
              row.id,
              dayText(row.made_at.text),
              `${row.artifact}${row.matter === null ? '' : ` (${areaName(row.matter)})`}`,
              row.choice,
              `${row.decided_by ?? 'no name'} (${row.deciders.join(', ')})`,
              row.trade_off ?? '–',
              row.responsible ?? 'nobody',
            ]),
          ),
        ],
      },
    ],
    foot: ['Only decisions of the file that the board counts: an example or a file that can not be read has none here.'],
    data: { decisions: rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, at) => [columns[at] ?? '', cell]))) },
  })
  const lines = rows.map(cellsOf)
  return { ...report, files: { csv: [columns, ...lines].map((cells) => `${csvLine(cells, 'spreadsheet')}\n`).join('') } }
}
