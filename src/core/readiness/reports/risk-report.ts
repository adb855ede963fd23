/** The register of failure points on paper: what breaks, why, how it is avoided, who answers until when, and what closed it. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { closingDoubt, registerOf, weight } from '../board/register.ts'
import type { Risk } from '../log/risks.ts'
import { type Report, shortDigest, tableOr } from '../sheets/sheet.ts'

const columns = [
  ...['id', 'what', 'why', 'avoid', 'likelihood', 'severity', 'weight', 'owner', 'due', 'state', 'opened_on', 'closed_on'],
  ...['evidence', 'in_doubt'],
]

export function riskReport(project: Project, board: ReadinessBoard): Report {
  const risks = registerOf(project, board)
  const open = risks.filter(({ closed }) => closed === null)
  const closed = risks.filter((risk) => risk.closed !== null)
  const doubts = new Map(closed.map((risk) => [risk, closingDoubt(project, board, risk)]))
  const doubted = closed.filter((risk) => doubts.get(risk)).length
  const overdue = open.filter(({ due }) => due !== null && due < board.asOf)
  const { name, legacy, target } = project.manifest
  return {
    sheet: {
      title: `Register of failure points: ${name}`,
      lead: [
        `${legacy} to ${target} · as of ${dayText(board.asOf)} · ${open.length} open, ${overdue.length} overdue, ${closed.length} closed${doubted > 0 ? `, ${doubted} of them by nothing that can be looked up` : ' by evidence'}`,
      ],
      verdict: null,
      sections: [
        {
          title: `Open (${open.length})`,
          blocks: [
            tableOr(
              'No indicator fails.',
              ['What breaks', 'Why', 'How to avoid', 'Weight', 'Owner', 'Due', 'Open since'],
              open.map((risk) => [
                `${risk.what}${risk.words === '' ? '' : `: ${risk.words}`}`,
                risk.why,
                risk.avoid,
                weightWords(risk),
                risk.owner ?? 'nobody',
                `${risk.due === null ? '–' : dayText(risk.due)}${overdue.includes(risk) ? ', overdue' : ''}`,
                sinceWords(risk),
              ]),
            ),
          ],
        },
        {
          title: `Closed (${closed.length})`,
          blocks: [
            tableOr(
              'None yet: a risk closes only by evidence.',
              ['What broke', 'Closed', 'What proves it', 'Evidence', 'In doubt'],
              closed.map((risk) => [
                risk.what,
                risk.closed === null ? '' : dayText(risk.closed),
                risk.words,
                risk.evidence.map(shortDigest).join(', '),
                doubts.get(risk) ?? '–',
              ]),
            ),
          ],
        },
      ],
      foot: [
        'Weight is likelihood times severity, 1 to 25. A failing indicator opens a risk by itself; only evidence closes it.',
      ],
    },
    data: {
      kind: 'risks',
      project: { id: project.manifest.id, name },
      asOf: board.asOf,
      risks: risks.map((risk) => ({ ...risk, evidence: [...risk.evidence], doubt: doubts.get(risk) ?? null })),
    },
    files: { csv: registerCsv(risks, doubts) },
  }
}

function registerCsv(risks: readonly Risk[], doubts: ReadonlyMap<Risk, string | null>): string {
  const rows = risks.map((risk) => [
    ...[risk.id, risk.what, risk.why, risk.avoid, risk.likelihood, risk.severity],
    ...[risk.likelihood === null || risk.severity === null ? null : weight(risk), risk.owner, risk.due],
    ...[risk.closed === null ? 'open' : 'closed', risk.opened?.slice(0, 10) ?? null, risk.closed?.slice(0, 10) ?? null],
    ...[risk.evidence.join('; '), doubts.get(risk) ?? null],
  ])
  return [columns, ...rows].map((cells) => `${csvLine(cells, 'spreadsheet')}\n`).join('')
}

function weightWords(risk: Risk): string {
  if (risk.severity === null) return '–'
  return risk.likelihood === null ? `? × ${risk.severity}` : `${weight(risk)} (${risk.likelihood} × ${risk.severity})`
}

function sinceWords({ opened, reopened, entered }: Risk): string {
  const since = opened === null ? 'not recorded yet' : dayText(opened)
  return `${since}${reopened > 0 ? `, reopened ${reopened} times` : ''}${entered ? '' : ' (not in the ledger)'}`
}
