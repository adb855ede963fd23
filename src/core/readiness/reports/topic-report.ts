/** A sheet about one topic of the board: what the board says of it first, then its tables; view, print, verb and formats are made from it. */
import type { Json } from '../../canonical.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { lineWord, nameOf, wordsOf } from '../board/report.ts'
import { slugOf } from '../model/criterion.ts'
import { type Report, type SheetSection, tableOr } from '../sheets/sheet.ts'

interface Topic {
  readonly kind: string
  readonly title: string
  /** Criteria that judge it, without `readiness/`. */
  readonly says: readonly string[]
  readonly sections: readonly SheetSection[]
  readonly foot: readonly string[]
  readonly data: { readonly [name: string]: Json }
}

export function topicReport({ manifest }: Project, board: ReadinessBoard, topic: Topic): Report {
  const { id, name, legacy, target } = manifest
  const judged = board.phases
    .flatMap(({ criteria }) => criteria)
    .filter(({ criterion }) => topic.says.includes(slugOf(criterion.code)))
  const said: SheetSection = {
    title: 'What the board says',
    blocks: [
      tableOr(
        'No line of the board judges it.',
        ['State', 'Line', 'What it says', 'Owner'],
        judged.map((each) => [lineWord(each), nameOf(each), wordsOf(each), each.owner ?? '–']),
      ),
    ],
  }
  // The sample says of itself that nothing in it exists.
  const invented = Object.hasOwn(manifest, 'sample') ? [`${name} is invented: so are its people, figures and documents.`] : []
  return {
    sheet: {
      title: `${topic.title}: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)}`, ...invented],
      verdict: null,
      sections: [said, ...topic.sections],
      foot: topic.foot,
    },
    data: {
      kind: topic.kind,
      project: { id, name },
      asOf: board.asOf,
      lines: judged.map((each) => ({ code: each.criterion.code, standing: each.standing, words: wordsOf(each) })),
      ...topic.data,
    },
  }
}
