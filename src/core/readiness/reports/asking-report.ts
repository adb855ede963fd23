/** How the staff was asked, on paper: each role with its ways, counts and response rates; groups under five without a count. */
import type { Project } from '../../project/format/project.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { askingWays } from '../input-files/governance-files.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { askedByRole, askedOpen, rateWords } from '../measures/asked-standing.ts'
import { leastGroup } from '../measures/teams.ts'
import { type Report, tableOr } from '../sheets/sheet.ts'
import { topicReport } from './topic-report.ts'

export function askingReport(project: Project, board: ReadinessBoard): Report {
  const roles = askedByRole(rowsOf(project, 'asking', board.asOf) ?? [], rowsOf(project, 'roster', board.asOf) ?? [], board.asOf)
  const own = board.phases.flatMap(({ criteria }) => criteria).find(({ criterion }) => criterion.code === 'readiness/staff-asked')
  const least = { ways: own?.thresholds.leastWays ?? 2, percent: own?.thresholds.leastAnsweredPercent ?? 50 }
  return topicReport(project, board, {
    kind: 'asking',
    title: 'How the staff was asked',
    says: ['staff-asked', 'survey-scores', 'feedback-answered'],
    sections: [
      {
        title: 'Roles',
        blocks: [
          tableOr(
            'The roster has no role yet.',
            ['Role', 'Survey', 'Interview', 'Observation', 'Free channel', 'Open'],
            roles.map((each) => [
              each.role,
              ...askingWays.map((way) => {
                const held = each.ways.find((one) => one.way === way)
                return held ? rateWords(held) : '–'
              }),
              askedOpen(each, least) ?? 'no',
            ]),
          ),
        ],
      },
    ],
    foot: [
      `Groups of fewer than ${leastGroup} people have no count, as in the SOPS Medical Office Survey (AHRQ). That ${least.ways} ways and ${least.percent} % of answers are asked for is our rule.`,
    ],
    data: {
      roles: roles.map((each) => ({
        role: each.role,
        ways: each.ways.map(({ way, counts, percent }) => ({
          way,
          answered: counts?.answered ?? null,
          invited: counts?.invited ?? null,
          percent,
        })),
        open: askedOpen(each, least),
      })),
    },
  })
}
