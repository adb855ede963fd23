/** What a hand-over holds, as its JSON says it: made from the project alone. */
import { compareText, type Severity, severities } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { headOf } from '../../project/ledger/head.ts'
import { wordingOf } from '../../project/reports/wording.ts'
import { isAccepted } from '../../project/runs/acceptance-in-force.ts'
import { mappingDigest, openedWorkflow } from '../../project/runs/opened-inputs.ts'
import { signaturesOf } from '../../project/verify/coverage.ts'
import type { ReadinessBoard } from '../board/board.ts'
import { registerOf, weight } from '../board/register.ts'
import { nameOf, wordsOf } from '../board/report.ts'
import { evidenceRun } from '../evidence/evidence.ts'
import { type InputKind, inputFiles } from '../input-files/files.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { isClosedBy } from '../measures/triage.ts'
import { handOverSchemaId } from './hand-over-schema.ts'

/** Files without which a part of the hand-over is empty: one that holds a head alone, or is refused, is as good as none. */
export const wanted: readonly InputKind[] = [
  'areas',
  'configuration',
  'interfaces',
  'codes',
  'customizations',
  'feedback',
  'tickets',
  'contacts',
  'contracts',
]

export function packOf(project: Project, board: ReadinessBoard) {
  const { name, legacy, target, id } = project.manifest
  const { asOf } = board
  const rows = <K extends InputKind>(kind: K) => rowsOf(project, kind, asOf) ?? []
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
      findings: (run?.findings ?? [])
        .map((finding) => ({
          severity: finding.severity,
          code: finding.code,
          title: wordingOf(finding.code)?.title ?? finding.code,
          place: finding.input === null ? finding.place : `${finding.input}: ${finding.place}`,
          count: finding.count,
          accepted: isAccepted(finding, project.baseline, asOf) ? (accepted.get(finding.fingerprint) ?? 'yes') : null,
        }))
        .sort(worstFirst),
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
      blockers: [...board.blockers, ...board.unproven].map((judged) => ({
        code: judged.criterion.code,
        name: nameOf(judged),
        words: wordsOf(judged),
      })),
      tickets: openTickets(project, asOf),
    },
    changeRequests: {
      customizations: rows('customizations')
        .filter((row) => row.closed === null || row.closed > asOf)
        .map((row) => ({ id: row.id, area: row.area, class: row.class, owner: row.owner, expires: row.expires })),
      // No file is not no idea.
      feedbackUnanswered: rows('feedback').length === 0 ? null : rows('feedback').filter((row) => row.closed_at === null).length,
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
      ...(payload.part && { signedAsPart: true }),
      ...(coverage.part && { part: { ...coverage.part } }),
    })),
    ledger: { head: headOf(project.ledger).digest, entries: project.ledger.length },
    missing: wanted
      .filter((kind) => rows(kind).length === 0)
      .map((kind) => ({ kind, title: inputFiles[kind].title, found: inputFiles[kind].found })),
  }
}

/** Open tickets by what they are about, the most first. */
function openTickets(project: Project, asOf: string) {
  const open = (rowsOf(project, 'tickets', asOf) ?? []).filter(
    (ticket) => ticket.opened_at.text.slice(0, 10) <= asOf && !isClosedBy(ticket, Number.POSITIVE_INFINITY),
  )
  const groups = new Map<string, { category: string; count: number; oldest: string }>()
  for (const { category, opened_at } of open) {
    const name = category ?? 'not classified'
    const held = groups.get(name) ?? { category: name, count: 0, oldest: opened_at.text }
    groups.set(name, { ...held, count: held.count + 1, oldest: opened_at.text < held.oldest ? opened_at.text : held.oldest })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || compareText(a.category, b.category))
}

/** What is open before what was accepted, then by severity and by how many. */
function worstFirst(
  a: { readonly severity: Severity; readonly count: number; readonly accepted: string | null; readonly title: string },
  b: typeof a,
): number {
  return (
    Number(a.accepted !== null) - Number(b.accepted !== null) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.count - a.count ||
    compareText(a.title, b.title)
  )
}
