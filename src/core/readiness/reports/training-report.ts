/** The gap of training on paper: each role with its share of work not taught, then each task with the modules and people behind it. */
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { gapWords, isOpenTask, peopleWords, type TrainingGap, trainingGapOf } from '../measures/training-gap.ts'
import { lines, type Report, type SheetSection, tableOr } from '../sheets/sheet.ts'

export function trainingReport(project: Project, board: ReadinessBoard): Report {
  const { id, name, legacy, target } = project.manifest
  const gap = trainingGapOf(project, board.asOf)
  return {
    sheet: {
      title: `Training gap by role: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)}`],
      verdict: null,
      sections: gap === null ? [missing] : sectionsOf(gap),
      foot: [
        'A task is taught to a role when somebody of the role completed a module that names it. Tasks weigh by how often a case needs them.',
      ],
    },
    data: {
      kind: 'training',
      project: { id, name },
      asOf: board.asOf,
      gapPercent: gap?.gapPercent ?? null,
      roles: (gap?.roles ?? []).map(({ role, open, gapPercent, inRoster, tasks }) => ({
        role,
        gapPercent,
        open,
        inRoster,
        tasks: tasks.map((task) => ({
          workflow: task.workflow,
          task: task.node.label,
          perCase: task.visits,
          modules: task.lines.length,
          people: peopleWords(task, inRoster),
        })),
      })),
    },
  }
}

const missing: SheetSection = {
  title: 'Roles',
  blocks: [lines('Nothing is said: the roster or the training records are not there, or can not be read whole.')],
}

/** "12 % of the work was not taught (3 of 20 tasks)": the sentence before the tables, and that of the view. */
export function gapSentence({ gapPercent, tasks, roles }: TrainingGap): string {
  if (gapPercent === null) return 'No step of a person is drawn in a future map.'
  const open = tasks.filter(isOpenTask).length
  const widest = roles[0]
  const first = open === 0 || !widest ? '' : ` The widest gap: ${widest.role}, ${gapWords(widest.gapPercent)}.`
  return `${gapWords(gapPercent)} of the work of the future maps was not taught (${open} of ${counted(tasks.length, 'task')}).${first}`
}

function sectionsOf(gap: TrainingGap): readonly SheetSection[] {
  return [
    {
      title: 'Roles, the widest gap first',
      blocks: [
        lines(gapSentence(gap)),
        tableOr(
          'No role has a task.',
          ['Role', 'Tasks', 'Not taught', 'Gap of work'],
          gap.roles.map(({ role, tasks, open, gapPercent, inRoster }) => [
            inRoster ? role : `${role} (nobody in the roster)`,
            String(tasks.length),
            String(open),
            gapWords(gapPercent),
          ]),
          [1, 2, 3],
        ),
      ],
    },
    ...gap.roles.map(
      ({ role, tasks, inRoster }): SheetSection => ({
        title: role,
        blocks: [
          tableOr(
            'No task.',
            ['Task', 'Per case', 'Taught', 'Completed by', 'Modules'],
            tasks.map((task) => [
              task.node.label,
              perCase(task.visits),
              isOpenTask(task) ? 'no' : 'yes',
              peopleWords(task, inRoster),
              [...new Set(task.lines.map(({ module_id }) => module_id))].join(', ') || '–',
            ]),
            [1],
          ),
        ],
      }),
    ),
  ]
}

/** How often a case needs a task: two decimals where it has them. */
export function perCase(visits: number): string {
  return String(Math.round(visits * 100) / 100)
}
