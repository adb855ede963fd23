/** What operations take over: how the system is set up, what is known to be wrong, and which changes are still asked for; made from the project alone. */
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import type { JudgedCriterion, ReadinessBoard } from '../board/board.ts'
import { lineWord, wordsOf } from '../board/report.ts'
import { lines, type Report, shortDigest, tableOr } from '../sheets/sheet.ts'
import { packOf, wanted } from './hand-over-pack.ts'

export function handOver(project: Project, board: ReadinessBoard): Report {
  const { name, legacy, target, id } = project.manifest
  const data = packOf(project, board)
  const { configuration, knownIssues, changeRequests, support, missing } = data
  const dash = (value: string | number | null): string => (value === null || value === '' ? '–' : String(value))
  const ownerless = [
    ...configuration.areas,
    ...configuration.interfaces,
    ...changeRequests.customizations,
    ...knownIssues.risks,
  ].filter(({ owner }) => owner === null).length
  const complete = missing.length === 0
  const judged = board.phases
    .flatMap(({ criteria }) => criteria)
    .find(({ criterion }) => criterion.code === 'readiness/hand-over')
  return {
    sheet: {
      title: `Hand-over to operations: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)} · made from the project, offline`],
      verdict: {
        gate: judged?.state === 'proven' && complete && ownerless === 0 ? 'ready' : 'at risk',
        words: verdictWords(judged, missing.length, ownerless),
      },
      sections: [
        ...(complete
          ? []
          : [
              {
                title: 'What is not there',
                blocks: [
                  lines(
                    ...missing.map(
                      ({ title }) => `${title}: the board has no file that counts, or one without a row. Add it there.`,
                    ),
                  ),
                ],
              },
            ]),
        {
          title: 'System configuration',
          blocks: [
            tableOr(
              'No area is listed.',
              ['Area', 'Owner', 'Deputy', 'Open requests'],
              configuration.areas.map((row) => [row.area, row.owner ?? 'nobody', dash(row.deputy), dash(row.openRequests)]),
              [3],
            ),
            tableOr(
              'No item of the configuration is listed.',
              ['Setting or screen', 'Area', 'Approved by', 'As delivered'],
              configuration.items.map((row) => [
                row.item,
                row.area,
                dash(row.approvedBy),
                row.native === null ? '–' : row.native ? 'yes' : 'no',
              ]),
            ),
            tableOr(
              'No interface is listed.',
              ['Interface', 'From, to', 'Standard', 'While it is down', 'Owner'],
              configuration.interfaces.map((row) => [
                row.id,
                `${row.from}, ${row.to}`,
                dash(row.standard),
                dash(row.downtime),
                row.owner ?? 'nobody',
              ]),
            ),
            tableOr(
              'No code system is listed.',
              ['Code system', 'Used', 'Published', 'Owner'],
              configuration.codes.map((row) => [row.system, row.used, row.current, row.owner ?? 'nobody']),
            ),
            tableOr(
              'No workflow is drawn.',
              ['Workflow', 'Digest'],
              configuration.workflows.map((row) => [row.id, shortDigest(row.digest)]),
            ),
            lines(
              configuration.mapping === null
                ? 'There is no field mapping.'
                : `Field mapping ${shortDigest(configuration.mapping)}.`,
            ),
          ],
        },
        {
          title: 'Known issues',
          blocks: [
            tableOr(
              'No run has found anything that is open.',
              ['Severity', 'What', 'Where', 'How many', 'State'],
              knownIssues.findings.map((row) => [
                row.severity,
                row.title,
                row.place,
                String(row.count),
                row.accepted === null ? 'open' : `accepted: ${row.accepted}`,
              ]),
              [3],
            ),
            tableOr(
              'No risk is open.',
              ['Risk', 'Weight', 'Owner', 'Due'],
              knownIssues.risks.map((row) => [
                row.what,
                row.weight === null ? '–' : String(row.weight),
                row.owner ?? 'nobody',
                row.due === null ? '–' : dayText(row.due),
              ]),
              [1],
            ),
            tableOr(
              'Nothing blocks.',
              ['Criterion', 'What it says'],
              knownIssues.blockers.map((row) => [row.name, row.words]),
            ),
            tableOr(
              'No ticket is open.',
              ['Open tickets about', 'How many', 'Oldest'],
              knownIssues.tickets.map((row) => [row.category, String(row.count), dayText(row.oldest)]),
              [1],
            ),
          ],
        },
        {
          title: 'Outstanding change requests',
          blocks: [
            tableOr(
              'None is open.',
              ['Request', 'Area', 'Why', 'Owner', 'Looked at again'],
              changeRequests.customizations.map((row) => [
                row.id,
                row.area,
                row.class,
                row.owner ?? 'nobody',
                row.expires === null ? '–' : dayText(row.expires),
              ]),
            ),
            lines(
              changeRequests.feedbackUnanswered === null
                ? 'Ideas and complaints of staff are not listed: nobody knows how many are open.'
                : `${changeRequests.feedbackUnanswered} ideas or complaints of staff are not answered.`,
            ),
          ],
        },
        {
          title: 'Whom to call, and contracts',
          blocks: [
            tableOr(
              'No line is listed.',
              ['Subject', 'Level', 'Role', 'Answered last'],
              support.contacts.map((row) => [
                row.branch,
                String(row.level),
                row.role,
                row.answered === null ? 'not tried' : row.answered ? 'yes' : 'no',
              ]),
              [1],
            ),
            tableOr(
              'No contract is listed.',
              ['Contract', 'Ends', 'Days of notice'],
              support.contracts.map((row) => [row.contract, dayText(row.expires), dash(row.noticeDays)]),
              [2],
            ),
          ],
        },
        {
          title: 'Taken over by',
          blocks: [{ kind: 'sign', choices: [], lines: ['Handed over by, name and date', 'Taken over by, name and date'] }],
        },
      ],
      foot: [
        `Project ${id}, ledger head ${data.ledger.head}, ${data.ledger.entries} entries. "carryover verify" checks it offline.`,
      ],
    },
    data,
  }
}

/** The criterion of the board says whether it is complete; what else lacks a file or an owner is said beside it. */
function verdictWords(judged: JudgedCriterion | undefined, missing: number, ownerless: number): string {
  const isProven = judged?.state === 'proven'
  const word = isProven ? 'Complete' : `Not proven to be complete (${judged ? lineWord(judged).toLowerCase() : 'not judged'})`
  const parts = [
    ...(missing === 0 ? [] : [`${missing} of ${wanted.length} files are not there`]),
    ...(ownerless === 0
      ? []
      : [`${counted(ownerless, 'area, interface, request or risk', 'areas, interfaces, requests and risks')} without an owner`]),
  ]
  // The word stands over the whole pack: what is proven of its parts does not make up for what the pack lacks.
  if (isProven && parts.length > 0) return `Not a whole pack: ${parts.join('; ')}. Complete: ${wordsOf(judged)}.`
  const beside = parts.length === 0 ? '' : ` Beside it: ${parts.join('; ')}.`
  return `${word}: ${judged ? wordsOf(judged) : 'no criterion judges it'}.${beside}`
}
