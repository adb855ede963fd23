/** The whole board on paper: every criterion of every phase with its state, what it says and its evidence. */
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { boardJson, gateWord, headline, lineWord, nameOf, provenOf, wordsOf } from '../board/report.ts'
import { digestOfRecord } from '../model/artifact.ts'
import { type Report, shortDigest, table } from '../sheets/sheet.ts'

export function boardReport(project: Project, board: ReadinessBoard): Report {
  const { name, legacy, target } = project.manifest
  const run = board.run ? `run ${board.run.number} of ${dayText(board.run.started)}` : 'no complete run'
  return {
    sheet: {
      title: `Readiness board: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)} · ${run}`],
      verdict: { gate: board.gate, words: headline(board) },
      sections: board.phases.map(({ phase, gate, criteria }, index) => ({
        title: `${index + 1} ${phase.title}: ${gateWord(gate)}, ${provenOf(criteria)}`,
        blocks: [
          table(
            ['Criterion', 'State', 'What it says', 'Evidence'],
            criteria.map((judged) => [
              nameOf(judged),
              lineWord(judged),
              `${wordsOf(judged)}${judged.state === 'stale' ? ` (stale: ${judged.reason ?? ''})` : ''}${judged.thresholdNote === null ? '' : ` (${judged.thresholdNote})`}`,
              judged.evidence.map(({ digest }) => shortDigest(digest)).join(', '),
            ]),
          ),
        ],
      })),
      foot: [`Board ${digestOfRecord(boardJson(board))}`],
    },
    data: { kind: 'board', ...boardJson(board) },
  }
}
