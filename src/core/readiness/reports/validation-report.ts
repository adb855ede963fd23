/** Validation by clinicians on paper, from sign-off: what was read and by whom, what each claim proves, who signed; and the first openings of real records. */

import type { Project } from '../../project/format/project.ts'
import { unjudgedParts } from '../../project/review/unjudged-parts.ts'
import { eventsOfDraw } from '../../project/sample/draw-events.ts'
import { trapResultOf } from '../../project/sample/trap-list.ts'
import { meaningWords } from '../../project/verify/certificate.ts'
import { coverageWords, type SignatureState, signaturesOf } from '../../project/verify/coverage.ts'
import { nothingWhole } from '../../project/verify/signed-part.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import {
  claimResults,
  countedSentence,
  progressSentence,
  recordsAsked,
  resultSentence,
  reviewProgress,
  withUnjudged,
} from '../../review/result/result.ts'
import { dayText } from '../../values/day.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { lines, type Report, type SheetSection, tableOr } from '../sheets/sheet.ts'
import { percentWords } from './number-words.ts'
import { topicReport } from './topic-report.ts'

export function validationReport(project: Project, board: ReadinessBoard): Report {
  const openings = rowsOf(project, 'first-openings', board.asOf) ?? []
  const signatures = signaturesOf(project)
  const read = readingOf(project, signatures)
  return topicReport(project, board, {
    kind: 'validation',
    title: 'Validation by clinicians',
    says: ['sample-reviewed', 'claims-signed', 'first-open', 'first-openings'],
    sections: [
      read.section,
      {
        title: 'Who signed',
        blocks: [
          tableOr(
            'Nobody has signed.',
            ['Name', 'Role', 'Meaning', 'Day', 'Covers'],
            signatures.map(({ payload, coverage }) => [
              payload.name,
              payload.role,
              payload.part ? 'Reviewed a part' : meaningWords[payload.meaning],
              dayText(payload.time),
              coverageWords(coverage),
            ]),
          ),
        ],
      },
      {
        title: 'Trust on first opening',
        blocks: [
          lines('Before go-live clinicians open the migrated records of patients whom they see next, and say what is missing.'),
          tableOr(
            'Nobody has opened real records yet.',
            ['Department', 'Role', 'Day', 'Opened', 'Complete', 'What was missing', 'Mended'],
            openings.map((row) => [
              row.department,
              row.role,
              dayText(row.opened_on),
              String(row.opened),
              `${row.complete} (${percentWords(row.complete, row.opened)})`,
              row.missing ?? '–',
              row.mended_on === null ? '–' : dayText(row.mended_on),
            ]),
            [3],
          ),
        ],
      },
    ],
    foot: ['The certificate has the draw, the limits and the digests; this page says what of it the board rests on.'],
    data: {
      ...read.data,
      signatures: signatures.map(({ payload, coverage }) => ({
        name: payload.name,
        meaning: payload.meaning,
        time: payload.time,
        covers: coverage.covers,
        ...(payload.part && { signedAsPart: true }),
        ...(coverage.part && { part: { ...coverage.part } }),
      })),
      openings: openings.map(({ department, role, opened_on, opened, complete }) => ({
        department,
        role,
        opened_on,
        opened,
        complete,
      })),
    },
  })
}

/** What readers said of the sample that lies here. */
function readingOf(
  project: Project,
  signatures: readonly SignatureState[],
): {
  readonly section: SheetSection
  readonly data: { readonly claims: string[]; readonly readers: number }
} {
  const { plan, draw } = project.review
  const title = 'What was read'
  if (!plan || !draw) return { section: { title, blocks: [lines('No sample is drawn yet.')] }, data: { claims: [], readers: 0 } }
  const events = eventsOfDraw(project)
  const decisions = decisionsOf(events)
  const traps = trapResultOf(project)
  const progress = reviewProgress(recordsAsked(plan, draw.records, decisions, traps), decisions)
  // Beside a part no bound stands: it would be read as one that somebody signed.
  const isPart = signatures.at(-1)?.payload.part === true
  const claims = isPart
    ? []
    : withUnjudged(claimResults(plan, draw.records, decisions, traps), unjudgedParts(project)).map(resultSentence)
  const records = new Map<string, Set<string>>()
  for (const event of events)
    if (event.kind === 'record') records.set(event.by, (records.get(event.by) ?? new Set()).add(event.record))
  return {
    section: {
      title,
      blocks: [
        lines(isPart ? countedSentence(progress) : progressSentence(progress)),
        lines(...(isPart ? [nothingWhole] : claims)),
        tableOr(
          'Nobody has read a record yet.',
          ['Reader', 'Records judged'],
          [...records].map(([reader, read]) => [reader, String(read.size)]),
          [1],
        ),
      ],
    },
    data: { claims, readers: records.size },
  }
}
