/** The plan as days: milestones, risks that are due, claims that end, checkpoints after go-live; on paper and for a calendar. */
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { statedName } from '../../project/format/sample-name.ts'
import { dayText } from '../../values/day.ts'
import { type CalendarDay, calendarText } from '../../values/ical.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { registerOf } from '../board/register.ts'
import { months, monthsAfter } from '../criteria/after-go-live/checkpoints.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveOf, goLiveWords } from '../kept-files/go-live.ts'
import { type Report, tableOr } from '../sheets/sheet.ts'

const milestoneNames: Readonly<Record<string, string>> = {
  planning: 'Planning begins',
  contract: 'Contract',
  configuration: 'Configuration done',
  training: 'Training done',
  rehearsal: 'Dress rehearsal',
  'go-live': 'Go-live',
  'optimization-end': 'End of optimisation',
}

export function planReport(project: Project, board: ReadinessBoard): Report {
  const days = planDays(project, board)
  const { legacy, target, id } = project.manifest
  const name = statedName(project.manifest)
  const rows = rowsOf(project, 'milestones') ?? []
  const late = days.filter((each) => !each.done && each.day < board.asOf)
  return {
    sheet: {
      title: `Plan: ${name}`,
      lead: [
        [
          `${legacy} to ${target}`,
          `as of ${dayText(board.asOf)}`,
          goLiveWords(rows, project.board.goLive, board.asOf),
          ...(days.length > 0 ? [`${late.length} of ${counted(days.length, 'day')} past and not done`] : []),
        ].join(' · '),
      ],
      verdict: null,
      sections: [
        {
          title: `Days (${days.length})`,
          blocks: [
            tableOr(
              'No day is planned: add the milestones, an owner and a day for each risk.',
              ['Day', 'What', 'Kind', 'State'],
              days.map((each) => [dayText(each.day), each.title, each.category, stateOf(each, board.asOf)]),
            ),
          ],
        },
      ],
      foot: ['As a calendar: the same days as whole days without a time zone. A later export changes the entries in place.'],
    },
    data: {
      kind: 'plan',
      project: { id, name },
      asOf: board.asOf,
      days: days.map((each) => ({ ...each })),
    },
    files: { ics: calendarText({ id, name: `${name}: plan`, madeOn: board.asOf, days }) },
  }
}

function stateOf({ done, day }: CalendarDay, asOf: string): string {
  return done ? 'done' : day < asOf ? 'overdue' : 'planned'
}

/** By day; of one day in the order milestones, risks, claims, checkpoints. */
function planDays(project: Project, board: ReadinessBoard): readonly CalendarDay[] {
  const milestones = rowsOf(project, 'milestones') ?? []
  const held = rowsOf(project, 'checkpoints', board.asOf) ?? []
  const live = goLiveOf(milestones)
  const all: CalendarDay[] = [
    ...milestones.map((row) => ({
      id: `milestone-${row.milestone}`,
      day: row.done_on ?? row.planned_on,
      title: milestoneNames[row.milestone] ?? row.milestone,
      text:
        row.done_on === null
          ? `Planned for ${dayText(row.planned_on)}.`
          : `Planned for ${dayText(row.planned_on)}, reached ${dayText(row.done_on)}.`,
      category: 'Milestone',
      done: row.done_on !== null,
    })),
    ...registerOf(project, board).flatMap(({ id, criterion, what, avoid, owner, due, closed }) =>
      due === null
        ? []
        : [
            {
              id: `risk-${criterion === null ? 'file' : 'board'}-${id}`,
              day: due.slice(0, 10),
              title: `Risk due: ${what}`,
              text: `${avoid}\nOwner: ${owner ?? 'nobody'}`,
              category: 'Risk',
              done: closed !== null,
            },
          ],
    ),
    ...project.board.statements.flatMap(({ id, text, by, role, expires }) =>
      expires === null
        ? []
        : [
            {
              id: `claim-${id}`,
              day: expires.slice(0, 10),
              title: `Claim ends: ${text}`,
              text: `Claimed by ${by}, ${role}. From the next day on it counts no more.`,
              category: 'Claim',
              done: expires.slice(0, 10) < board.asOf,
            },
          ],
    ),
    ...(live === null ? [] : months).map((month) => {
      const row = held.find((each) => each.month === month)
      return {
        id: `checkpoint-${month}`,
        day: row?.held_on ?? row?.due_on ?? monthsAfter(live ?? '', month),
        title: `Checkpoint, month ${month} after go-live`,
        text: row?.outcome ?? (row ? '' : 'No day is set yet: this is the day that the month ends.'),
        category: 'Checkpoint',
        done: row?.held_on != null,
      }
    }),
  ]
  return all.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}
