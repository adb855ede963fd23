/** The month on one page: gates and what moved them, risks, help desk, quality, checkpoints, and what got better. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { gateChanges } from '../board/gate-history.ts'
import { closingDoubt, registerOf } from '../board/register.ts'
import { gateWord, headline, nameOf, provenOf } from '../board/report.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveWords } from '../kept-files/go-live.ts'
import { goalReached } from '../measures/goal-standing.ts'
import { medianOf } from '../measures/lines.ts'
import { isClosedBy, placeTickets } from '../measures/triage.ts'
import { lines, type Report, table, tableOr } from '../sheets/sheet.ts'
import { percentWords, rounded } from './number-words.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The calendar month that holds the date of the board, up to that date. */
export function monthlyReport(project: Project, board: ReadinessBoard): Report {
  const month = board.asOf.slice(0, 7)
  const inMonth = (text: string | null): boolean => (text ?? '').startsWith(month) && (text ?? '').slice(0, 10) <= board.asOf
  const changes = gateChanges(project).filter(({ at }) => inMonth(at))
  const risks = registerOf(project, board)
  const doubted = risks.filter((risk) => inMonth(risk.closed) && closingDoubt(project, board, risk) !== null).length
  const { name, legacy, target } = project.manifest
  const title = `${months[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`
  const desk = deskLines(project, board.asOf, inMonth)
  const quality = qualityRows(project, board.asOf, month)
  const better = betterLines(project, board, month, inMonth)
  const phaseTitles = new Map(board.phases.map(({ phase }) => [phase.id, phase.title]))
  const checkpoints = (rowsOf(project, 'checkpoints', board.asOf) ?? []).filter(
    (row) => inMonth(row.due_on) || inMonth(row.held_on),
  )
  return {
    sheet: {
      title: `${title}: ${name}`,
      lead: [
        `${legacy} to ${target} · up to ${dayText(board.asOf)} · ${goLiveWords(rowsOf(project, 'milestones') ?? [], project.board.goLive, board.asOf)}`,
      ],
      verdict: { gate: board.gate, words: headline(board) },
      sections: [
        {
          title: 'Gates',
          blocks: [
            table(
              ['Phase', 'Gate', 'Evidence'],
              board.phases.map(({ phase, gate, criteria }) => [phase.title, gateWord(gate), provenOf(criteria)]),
            ),
            tableOr(
              'No gate changed this month.',
              ['Day', 'Phase', 'From', 'To'],
              changes.map(({ at, phase, from, to }) => [
                dayText(at),
                phaseTitles.get(phase) ?? phase,
                gateWord(from),
                gateWord(to),
              ]),
            ),
          ],
        },
        {
          title: 'Risks',
          blocks: [
            lines(
              `${risks.filter(({ closed }) => closed === null).length} are open; ${risks.filter(({ opened }) => inMonth(opened)).length} opened and ${risks.filter(({ closed }) => inMonth(closed)).length} closed${doubted > 0 ? ` this month, ${doubted} of them by nothing that can be looked up` : ' by evidence this month'}.`,
            ),
          ],
        },
        { title: 'Help desk', blocks: [lines(...desk)] },
        {
          title: 'Quality of data',
          blocks: [
            tableOr('Nothing was counted this month.', ['Measure', 'This month', 'Month before', 'Owner'], quality, [1, 2]),
          ],
        },
        {
          title: 'Checkpoints',
          blocks: [
            tableOr(
              'None was due.',
              ['Month after go-live', 'Due', 'Held', 'Decided'],
              checkpoints.map((row) => [
                String(row.month),
                dayText(row.due_on),
                row.held_on === null ? 'not held' : dayText(row.held_on),
                row.outcome ?? '–',
              ]),
              [0],
            ),
          ],
        },
        {
          title: 'What got better',
          blocks: [lines(...(better.length > 0 ? better : ['Nothing is proven to have got better this month.']))],
        },
      ],
      foot: ['Teams and roles only; nobody is ranked. The same project and date give the same page.'],
    },
    data: {
      kind: 'monthly',
      project: { id: project.manifest.id, name },
      asOf: board.asOf,
      month,
      gate: board.gate,
      phases: board.phases.map(({ phase, gate }) => ({ phase: phase.id, gate })),
      changes: changes.map(({ at, phase, from, to }) => ({ at, phase, from, to })),
      helpDesk: desk,
      quality: quality.map((row) => [...row]),
      better,
    },
  }
}

function deskLines(project: Project, asOf: string, inMonth: (text: string) => boolean): readonly string[] {
  const tickets = rowsOf(project, 'tickets', asOf)
  if (tickets === null) return ['No tickets are listed that count.']
  const opened = tickets.filter(({ opened_at }) => inMonth(opened_at.text))
  const closed = tickets.filter((ticket) => isClosedBy(ticket, Number.POSITIVE_INFINITY) && inMonth(ticket.closed_at?.text ?? ''))
  const hours = closed.map(({ opened_at, closed_at }) => ((closed_at?.at ?? 0) - opened_at.at) / 3_600_000)
  const shifts = rowsOf(project, 'shifts', asOf) ?? []
  const judged = placeTickets(opened, shifts).filter(({ shift }) => shift !== null)
  const paper = opened.filter(({ paper_fallback }) => paper_fallback === true).length
  return [
    `${opened.length} tickets opened, ${closed.length} closed${hours.length > 0 ? `, half of them within ${rounded(medianOf(hours))} hours` : ''}.`,
    ...(judged.length > 0
      ? [
          `${percentWords(judged.filter(({ inTime }) => inTime).length, judged.length)} of ${judged.length} were solved in the same shift.`,
        ]
      : []),
    ...(paper > 0 ? [`${paper} went back to paper.`] : []),
  ]
}

function qualityRows(project: Project, asOf: string, month: string): readonly (readonly string[])[] {
  const rows = rowsOf(project, 'quality', asOf) ?? []
  const now = rows.filter((row) => row.month.startsWith(month))
  return now.map((row) => {
    const before = rows
      .filter((each) => each.measure === row.measure && each.month < row.month)
      .toSorted((a, b) => (a.month < b.month ? -1 : 1))
      .at(-1)
    return [row.measure, percentWords(row.met, row.of), before ? percentWords(before.met, before.of) : '–', row.owner ?? 'nobody']
  })
}

/** Gates that opened, risks that closed, goals that are reached: what may be celebrated is what evidence shows. */
function betterLines(project: Project, board: ReadinessBoard, month: string, inMonth: (text: string | null) => boolean) {
  const titles = new Map(board.phases.map(({ phase }) => [phase.id, phase.title]))
  const judged = new Map(board.phases.flatMap(({ criteria }) => criteria.map((each) => [each.criterion.code, each] as const)))
  const opened = gateChanges(project)
    .filter(({ at, to, entered }) => entered && inMonth(at) && to === 'ready')
    .map(({ at, phase }) => `${titles.get(phase) ?? phase} became ready on ${dayText(at)}.`)
  const closed = registerOf(project, board)
    .filter((risk) => inMonth(risk.closed) && closingDoubt(project, board, risk) === null)
    .map((risk) => {
      const one = risk.criterion === null ? undefined : judged.get(risk.criterion)
      return `${one ? nameOf(one) : risk.what} is proven: ${risk.words === '' ? risk.evidence.join(', ') : risk.words}.`
    })
  const goals = (rowsOf(project, 'goals', board.asOf) ?? [])
    .filter((row) => goalReached(row) === true && (row.measured_on ?? '').startsWith(month))
    .map((row) => `${row.goal}: ${row.now} ${row.measure ?? ''}, the target was ${row.target}.`)
  return [...new Set([...opened, ...closed, ...goals])]
}
