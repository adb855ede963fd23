/** The page a committee decides on: may we go live, what stands before it, what is only claimed, which limits moved, which risks stay open. */
import type { Json } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { type SignatureState, signaturesOf } from '../../project/coverage.ts'
import type { Project } from '../../project/project.ts'
import { type Artifact, digestOfRecord, kinds } from '../artifact.ts'
import type { JudgedCriterion, ReadinessBoard } from '../board.ts'
import { daysBetween, dayText } from '../day.ts'
import { gateChanges } from '../gate-history.ts'
import { goLiveWords } from '../go-live.ts'
import { type Gate, type PhaseId, worstGate } from '../phase.ts'
import { registerOf, weight } from '../register.ts'
import { boardJson, gateWord, isBlocker, nameOf, provenOf, stateWord, wordsOf } from '../report.ts'
import type { Risk } from '../risks.ts'
import { rowsOf } from './rows.ts'
import { lines, type Report, shortDigest, table, tableOr } from './sheet.ts'

/** The phases whose gates must open before go-live. */
const before: ReadonlySet<PhaseId> = new Set(['discovery', 'configuration', 'training', 'pre-launch'])

/** Blockers and risks with a row of their own, so that one page holds them; the others are named in a line, and all are in the JSON. */
const mostBlockers = 7
const mostRisks = 5
const mostChanges = 3

export function goNoGo(project: Project, board: ReadinessBoard): Report {
  const gate = worstGate(board.phases.filter(({ phase }) => before.has(phase.id)).map((each) => each.gate))
  const blockers = board.blockers.filter(({ criterion }) => before.has(criterion.phase))
  const judged = board.phases.flatMap(({ criteria }) => criteria)
  const claims = judged.filter(({ claim }) => claim !== null)
  const moved = judged.filter(({ thresholdNote }) => thresholdNote !== null)
  const risks = registerOf(project, board).filter(({ closed }) => closed === null)
  const signatures = signaturesOf(project)
  const { name, legacy, target } = project.manifest
  const digest = digestOfRecord(boardJson(board))
  const live = goLiveWords(rowsOf(project, 'milestones') ?? [], project.board.goLive, board.asOf)
  const run = board.run ? `run ${board.run.number} of ${dayText(board.run.started)}` : 'no complete run'
  return {
    sheet: {
      title: `Go or no-go: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)} · ${run} · ${live}`],
      verdict: { gate, words: verdictWords(gate, blockers.length) },
      sections: [
        {
          title: 'Gates',
          blocks: [
            table(
              ['Phase', 'Risk', 'Gate', 'Proven', 'Claimed', 'Blockers'],
              board.phases.map(({ phase, gate: own, criteria }, index) => [
                `${index + 1} ${phase.title}`,
                phase.risk,
                gateWord(own),
                provenOf(criteria),
                String(criteria.filter(({ state }) => state === 'claimed').length),
                String(own === 'blocked' ? criteria.filter(isBlocker).length : 0),
              ]),
              [4, 5],
            ),
          ],
        },
        { title: `Blockers before go-live (${blockers.length})`, blocks: blockerBlocks(blockers, board.asOf) },
        { title: `Claimed, not proven (${claims.length})`, blocks: [claimTable(claims)] },
        {
          title: `Thresholds changed after their evidence (${moved.length})`,
          blocks: [
            tableOr(
              'None.',
              ['Criterion', 'Threshold now', 'What changed'],
              moved.map((each) => [nameOf(each), thresholdWords(each), each.thresholdNote ?? '']),
            ),
          ],
        },
        { title: `Open risks (${risks.length})`, blocks: riskTable(risks) },
        { title: `Signatures (${signatures.length})`, blocks: [signatureTable(signatures)] },
        { title: 'Gates that changed last', blocks: [lastChanges(project, board)] },
        {
          title: 'Decision',
          blocks: [
            {
              kind: 'sign',
              choices: ['Go', 'Go with the risks above', 'No-go'],
              lines: ['Senior clinical owner, name and date', 'Project lead, name and date'],
            },
          ],
        },
      ],
      foot: [
        `Board ${digest}. The same project and date give the same page: carryover report PROJECT --kind go-no-go --as-of ${board.asOf}.`,
        'There is no composite score: the worst gate speaks. What is not computed counts as missing, never as ready.',
      ],
    },
    data: {
      kind: 'go-no-go',
      project: { id: project.manifest.id, name, legacy, target },
      asOf: board.asOf,
      gate,
      verdict: verdictWords(gate, blockers.length),
      board: digest,
      blockers: blockers.map((each) => blockerJson(each, board.asOf)),
      claims: claims.map((each) => each.criterion.code),
      thresholdsChanged: moved.map((each) => ({ code: each.criterion.code, note: each.thresholdNote })),
      risks: risks.map(({ id, what, likelihood, severity, owner, due }) => ({ id, what, likelihood, severity, owner, due })),
      signatures: signatures.map(({ payload, coverage }) => ({
        name: payload.name,
        role: payload.role,
        meaning: payload.meaning,
        time: payload.time,
        covers: coverage.covers,
      })),
      history: gateChanges(project).map(({ at, phase, from, to, because, entered }) => ({
        at,
        phase,
        from,
        to,
        because: because.map((cause) => ({ ...cause })),
        entered,
      })),
      phases: boardJson(board).phases,
    },
  }
}

function verdictWords(gate: Gate, blockers: number): string {
  if (gate === 'ready') return 'Go: every gate before go-live is ready.'
  if (gate === 'at risk')
    return 'Go only with the risks named below: a gate before go-live rests on claims, warnings or evidence that ends soon.'
  const why =
    gate === 'waiting' ? 'a gate before go-live waits for its evidence' : `${counted(blockers, 'blocker')} before go-live`
  return `No-go: ${why}. Worst gate: ${gate}.`
}

/** What says no stands in a table with its evidence; what is not there yet is named in one line per phase. */
function blockerBlocks(blockers: readonly JudgedCriterion[], asOf: string) {
  const telling = blockers.filter(({ state }) => state !== 'missing')
  const rows = telling
    .slice(0, mostBlockers)
    .map((each) => [
      nameOf(each),
      stateWord(each.state),
      each.state === 'stale' ? `${wordsOf(each)} (stale: ${each.reason ?? ''})` : wordsOf(each),
      each.owner ?? '–',
      each.evidence.map((artifact) => evidenceWords(artifact, asOf)).join('; ') || 'no evidence',
    ])
  const rest = telling.slice(mostBlockers)
  const phases = [...new Set(blockers.map(({ criterion }) => criterion.phase))]
  const absent = phases.flatMap((phase) => {
    const names = blockers
      .filter((each) => each.state === 'missing' && each.criterion.phase === phase)
      .map((each) => nameOf(each).toLowerCase())
    return names.length === 0 ? [] : [`Not there yet for ${phase}: ${names.join(', ')}.`]
  })
  if (blockers.length === 0) return [lines('None.')]
  return [
    ...(rows.length > 0 ? [table(['Criterion', 'State', 'What it says', 'Owner', 'Evidence and age'], rows)] : []),
    ...(rest.length > 0
      ? [lines(`And: ${rest.map((each) => `${nameOf(each).toLowerCase()} (${each.state})`).join(', ')}.`)]
      : []),
    ...absent.map((sentence) => lines(sentence)),
  ]
}

/** "Data checks, run 3, 6 days old, 0a1b2c3d4e…"; documents of the project are always the current ones. */
function evidenceWords({ kind, run, date, digest, stale }: Artifact, asOf: string): string {
  const age = date === null ? 'current' : `${counted(daysBetween(date, asOf), 'day')} old`
  const parts = [kinds[kind].label, run === null ? null : `run ${run}`, age, shortDigest(digest), stale === null ? null : 'stale']
  return parts.filter((part) => part !== null).join(', ')
}

function claimTable(claims: readonly JudgedCriterion[]) {
  return tableOr(
    'None: every value that counts names its evidence by digest.',
    ['Claim', 'By', 'Reason', 'Ends', 'Counts'],
    claims.flatMap(({ claim }) => {
      if (claim === null) return []
      const { text, by, role, reason, expires } = claim.statement
      const counts = claim.void === null ? 'yes, as claimed' : `no: ${claim.void}`
      return [[text, `${by}, ${role}`, reason, expires === null ? '–' : dayText(expires), counts]]
    }),
  )
}

function thresholdWords({ thresholds }: JudgedCriterion): string {
  return Object.entries(thresholds)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

function riskTable(risks: readonly Risk[]) {
  const shown = risks
    .slice(0, mostRisks)
    .map((risk) => [
      risk.what,
      risk.likelihood === null || risk.severity === null ? '–' : `${weight(risk)} (${risk.likelihood} × ${risk.severity})`,
      risk.owner ?? 'nobody',
      risk.due === null ? '–' : dayText(risk.due),
    ])
  const rest = risks.length - shown.length
  const ownerless = risks.filter(({ owner }) => owner === null).length
  const summary = `${rest > 0 ? `And ${rest} more in the register. ` : ''}${ownerless} of ${risks.length} have no owner.`
  return [
    tableOr('None.', ['What can break', 'Weight', 'Owner', 'Due'], shown),
    ...(rest > 0 || ownerless > 0 ? [lines(summary)] : []),
  ]
}

function signatureTable(signatures: readonly SignatureState[]) {
  return tableOr(
    'Nobody has signed.',
    ['Name', 'Role', 'Meaning', 'Day', 'Covers'],
    signatures.map(({ payload, coverage }) => [
      payload.name,
      payload.role,
      payload.meaning,
      dayText(payload.time),
      coverage.covers === 'current' ? 'what is here now' : `an earlier state: ${coverage.changed[0]?.sentence ?? ''}`,
    ]),
  )
}

/** The last changes of a gate, the latest first. */
function lastChanges(project: Project, board: ReadinessBoard) {
  const titles = new Map(board.phases.map(({ phase }) => [phase.id, phase.title]))
  return tableOr(
    'No change is recorded yet.',
    ['Day', 'Phase', 'From', 'To'],
    gateChanges(project)
      .slice(-mostChanges)
      .reverse()
      .map(({ at, phase, from, to, entered }) => [
        dayText(at),
        titles.get(phase) ?? phase,
        gateWord(from),
        `${gateWord(to)}${entered ? '' : ' (not in the ledger)'}`,
      ]),
  )
}

function blockerJson(judged: JudgedCriterion, asOf: string): Json {
  return {
    code: judged.criterion.code,
    phase: judged.criterion.phase,
    state: judged.state,
    words: wordsOf(judged),
    reason: judged.reason,
    owner: judged.owner,
    evidence: judged.evidence.map(({ kind, digest, run, date, stale }) => ({
      kind,
      digest,
      run,
      ageDays: date === null ? null : daysBetween(date, asOf),
      stale,
    })),
  }
}
