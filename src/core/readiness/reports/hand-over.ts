/** What operations take over: how the system is set up, what is known to be wrong, and which changes are still asked for; made from the project alone. */
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { isAccepted } from '../../project/accepted.ts'
import { signaturesOf } from '../../project/coverage.ts'
import { headOf } from '../../project/head.ts'
import type { Project } from '../../project/project.ts'
import { wordingOf } from '../../project/wording.ts'
import type { ReadinessBoard } from '../board.ts'
import { dayText } from '../day.ts'
import { evidenceRun } from '../evidence.ts'
import { type InputKind, inputFiles } from '../input-files/files.ts'
import { mappingDigest, openedWorkflow } from '../inputs.ts'
import { registerOf, weight } from '../register.ts'
import { nameOf, wordsOf } from '../report.ts'
import { handOverSchemaId } from './hand-over-schema.ts'
import { rowsOf } from './rows.ts'
import { lines, type Report, shortDigest, tableOr } from './sheet.ts'

/** Files without which a part of the hand-over is empty. */
const wanted: readonly InputKind[] = [
  'areas',
  'configuration',
  'interfaces',
  'codes',
  'customizations',
  'tickets',
  'contacts',
  'contracts',
]

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
  return {
    sheet: {
      title: `Hand-over to operations: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)} · made from the project, offline`],
      verdict: {
        gate: complete && ownerless === 0 ? 'ready' : 'at risk',
        words: verdictWords(missing.length, ownerless),
      },
      sections: [
        ...(complete
          ? []
          : [
              {
                title: 'What is not there',
                blocks: [lines(...missing.map(({ title }) => `${title}: add the file on the board.`))],
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
            lines(`${changeRequests.feedbackUnanswered} ideas or complaints of staff are not answered.`),
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

function verdictWords(missing: number, ownerless: number): string {
  const parts = [
    missing === 0 ? 'Every part has its source' : `${missing} of ${wanted.length} sources are not there`,
    ownerless === 0
      ? 'everything has an owner'
      : `${counted(ownerless, 'area, interface, request or risk', 'areas, interfaces, requests and risks')} without an owner`,
  ]
  return `${missing === 0 && ownerless === 0 ? 'Complete' : 'Not complete'}: ${parts.join('; ')}.`
}

function packOf(project: Project, board: ReadinessBoard) {
  const { name, legacy, target, id } = project.manifest
  const { asOf } = board
  const rows = <K extends InputKind>(kind: K) => rowsOf(project, kind) ?? []
  const run = evidenceRun(project, () => true)
  const accepted = new Map(project.baseline.map((each) => [each.fingerprint, each.reason]))
  return {
    $schema: handOverSchemaId,
    kind: 'hand-over',
    project: { id, name, legacy, target },
    asOf,
    configuration: {
      areas: rows('areas').map((row) => ({
        area: row.area,
        owner: row.owner,
        deputy: row.deputy,
        openRequests: row.open_requests,
      })),
      items: rows('configuration').map((row) => ({
        item: row.item,
        area: row.area,
        approvedBy: row.approved_by,
        native: row.native,
      })),
      interfaces: rows('interfaces').map((row) => ({
        id: row.edge_id,
        from: row.from,
        to: row.to,
        direction: row.direction,
        standard: row.standard,
        downtime: row.downtime,
        owner: row.owner,
        clause: row.clause,
      })),
      codes: rows('codes').map((row) => ({ system: row.system, used: row.used, current: row.current, owner: row.owner })),
      workflows: project.workflows.map((documents) => ({ id: documents.id, digest: openedWorkflow(documents).digest })),
      mapping: mappingDigest(project.mapping),
      thresholds: Object.entries(project.board.thresholds)
        .map(([criterion, values]) => ({ criterion, values: { ...values } }))
        .sort((a, b) => compareText(a.criterion, b.criterion)),
    },
    knownIssues: {
      run: run?.number ?? null,
      findings: (run?.findings ?? []).map((finding) => ({
        severity: finding.severity,
        code: finding.code,
        title: wordingOf(finding.code)?.title ?? finding.code,
        place: finding.input === null ? finding.place : `${finding.input}: ${finding.place}`,
        count: finding.count,
        accepted: isAccepted(finding, project.baseline, asOf) ? (accepted.get(finding.fingerprint) ?? 'yes') : null,
      })),
      risks: registerOf(project, board)
        .filter(({ closed }) => closed === null)
        .map((risk) => ({
          id: risk.id,
          what: risk.what,
          avoid: risk.avoid,
          weight: risk.likelihood === null || risk.severity === null ? null : weight(risk),
          owner: risk.owner,
          due: risk.due,
        })),
      blockers: board.blockers.map((judged) => ({ code: judged.criterion.code, name: nameOf(judged), words: wordsOf(judged) })),
      tickets: openTickets(project, asOf),
    },
    changeRequests: {
      customizations: rows('customizations')
        .filter((row) => row.closed === null || row.closed > asOf)
        .map((row) => ({ id: row.id, area: row.area, class: row.class, owner: row.owner, expires: row.expires })),
      feedbackUnanswered: rows('feedback').filter((row) => row.closed_at === null).length,
    },
    support: {
      contacts: rows('contacts')
        .map((row) => ({ branch: row.branch, level: row.level, role: row.role, answered: row.answered }))
        .sort((a, b) => compareText(a.branch, b.branch) || a.level - b.level),
      contracts: rows('contracts').map((row) => ({
        contract: row.contract,
        expires: row.expires_on,
        noticeDays: row.notice_days,
      })),
    },
    signatures: signaturesOf(project).map(({ payload, coverage }) => ({
      name: payload.name,
      meaning: payload.meaning,
      time: payload.time,
      covers: coverage.covers,
    })),
    ledger: { head: headOf(project.ledger).digest, entries: project.ledger.length },
    missing: wanted
      .filter((kind) => rowsOf(project, kind) === null)
      .map((kind) => ({ kind, title: inputFiles[kind].title, found: inputFiles[kind].found })),
  }
}

/** Open tickets by what they are about, the most first. */
function openTickets(project: Project, asOf: string) {
  const open = (rowsOf(project, 'tickets') ?? []).filter(
    ({ opened_at, closed_at }) =>
      opened_at.text.slice(0, 10) <= asOf && (closed_at === null || closed_at.text.slice(0, 10) > asOf),
  )
  const groups = new Map<string, { category: string; count: number; oldest: string }>()
  for (const { category, opened_at } of open) {
    const name = category ?? 'not classified'
    const held = groups.get(name) ?? { category: name, count: 0, oldest: opened_at.text }
    groups.set(name, { ...held, count: held.count + 1, oldest: opened_at.text < held.oldest ? opened_at.text : held.oldest })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || compareText(a.category, b.category))
}
