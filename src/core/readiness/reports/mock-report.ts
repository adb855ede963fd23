/** The mock go-live on paper: critical steps against the script, attendance by role, incidents with owner and closing. */
import type { Project } from '../../project/format/project.ts'
import { openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { attendanceOf, attendanceWords, criticalSteps, lastTries, mendedAfter, openWords } from '../measures/mock-event.ts'
import { type Report, tableOr } from '../sheets/sheet.ts'
import { topicReport } from './topic-report.ts'

const resultWords = { pass: 'passed', fail: 'failed', 'not-run': 'not run' } as const

const severities = ['critical', 'high', 'medium', 'low'] as const

export function mockReport(project: Project, board: ReadinessBoard): Report {
  const { asOf } = board
  const scenarios = rowsOf(project, 'mock-scenarios', asOf) ?? []
  const incidents = (rowsOf(project, 'mock-incidents', asOf) ?? []).toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.line - b.line,
  )
  const steps = criticalSteps(
    project.workflows.map((each) => openedWorkflow(each).workflow),
    scenarios,
    incidents,
  )
  const own = board.phases
    .flatMap(({ criteria }) => criteria)
    .find(({ criterion }) => criterion.code === 'readiness/mock-attendance')
  const least = own?.thresholds.leastPercent ?? 80
  const attendance = attendanceOf(rowsOf(project, 'mock-attendance', asOf) ?? [], rowsOf(project, 'roster', asOf) ?? [], asOf)
  return topicReport(project, board, {
    kind: 'mock-go-live',
    title: 'Mock go-live',
    says: ['mock-go-live', 'mock-attendance', 'mock-incidents', 'dress-rehearsal', 'peak-load', 'test-matrix'],
    sections: [
      {
        title: 'Critical steps of the future maps',
        blocks: [
          tableOr(
            'No future map has a step.',
            ['Workflow', 'Step', 'Played in', 'Result'],
            steps.map(({ workflow, node, by }) => [
              workflow,
              node.label,
              by?.scenario ?? '–',
              by ? 'passed' : 'in no scenario that passed',
            ]),
          ),
        ],
      },
      {
        title: 'Script, the last try of each scenario',
        blocks: [
          tableOr(
            'No script is there.',
            ['Scenario', 'Roles', 'Last try', 'Result', 'Noted by'],
            lastTries(scenarios).map((row) => [
              row.scenario,
              row.roles.join(', '),
              dayText(row.started_at.text),
              `${resultWords[row.result]}${mendedAfter(row, incidents) === null ? '' : `, before ${mendedAfter(row, incidents)?.id} was mended`}`,
              row.witness ?? 'nobody',
            ]),
          ),
        ],
      },
      {
        title: 'Attendance by role',
        blocks: [
          tableOr(
            'No attendance is there.',
            ['Role', 'Who was there', 'Enough'],
            attendance.map((each) => [each.role, attendanceWords(each, least), each.percent >= least ? 'yes' : 'no']),
          ),
        ],
      },
      {
        title: 'Incidents, the gravest first',
        blocks: [
          tableOr(
            'No incident is logged.',
            ['Severity', 'What happened', 'Owner', 'Mended', 'Tried again', 'Open'],
            incidents.map((row) => [
              row.severity,
              row.what,
              row.owner ?? 'nobody',
              row.closed_on === null ? '–' : dayText(row.closed_on),
              row.tried_again_on === null ? '–' : dayText(row.tried_again_on),
              openWords(row, scenarios) ?? 'no',
            ]),
          ),
        ],
      },
    ],
    foot: [
      'Critical is a step that a patient’s safety rests on, or that approves. Roles of fewer than five people are not counted.',
    ],
    data: {
      criticalSteps: steps.map(({ workflow, node, by }) => ({ workflow, step: node.label, scenario: by?.scenario ?? null })),
      attendance: attendance.map(({ role, counts, percent }) => ({
        role,
        present: counts?.present ?? null,
        planned: counts?.planned ?? null,
        enough: percent >= least,
      })),
      incidents: incidents.map((row) => ({
        id: row.id,
        severity: row.severity,
        what: row.what,
        owner: row.owner,
        closedOn: row.closed_on,
        triedAgainOn: row.tried_again_on,
        open: openWords(row, scenarios),
      })),
    },
  })
}
