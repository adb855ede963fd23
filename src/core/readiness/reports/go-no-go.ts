/** The page a committee decides on: may we go live, what stands before it, what is only claimed, which limits moved, which risks stay open. */
import type { Json } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { statedName } from '../../project/format/sample-name.ts'
import { hazardCounts, hazardSentence } from '../../project/hazards/hazard-counts.ts'
import { meaningWords } from '../../project/verify/certificate.ts'
import { coverageWords, type SignatureState, signaturesOf } from '../../project/verify/coverage.ts'
import { daysBetween, dayText } from '../../values/day.ts'
import { isBeforeGoLive, type JudgedCriterion, linesByGoLive, phasesBeforeGoLive, type ReadinessBoard } from '../board/board.ts'
import { gateChanges } from '../board/gate-history.ts'
import { registerOf, weight } from '../board/register.ts'
import { boardJson, gateWord, nameOf, provenOf, sourcesOf, wordsOf } from '../board/report.ts'
import { inputPath } from '../input-files/files.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveWords } from '../kept-files/go-live.ts'
import { originSentence, originWords } from '../kept-files/origin.ts'
import type { Risk } from '../log/risks.ts'
import { type Artifact, digestOfRecord, kinds } from '../model/artifact.ts'
import { type Origin, proves } from '../model/origin-kind.ts'
import { type Gate, worstGate } from '../model/phase.ts'
import { tallyOf } from '../model/standing.ts'
import { lines, type Report, shortDigest, table, tableOr } from '../sheets/sheet.ts'
import { goLiveMoves, movesJson, movesSection } from './go-live-section.ts'
import { clinicalResult } from './review-section.ts'

/** Blockers and risks with a row of their own, so that one page holds them; the others are named in a line, and all are in the JSON. */
const mostBlockers = 5
const mostRisks = 4
const mostChanges = 3
const mostClaims = 3

export function goNoGo(project: Project, board: ReadinessBoard): Report {
  const phases = phasesBeforeGoLive(board)
  const gate = worstGate(phases.map((each) => each.gate))
  const blockers = board.blockers.filter(isBeforeGoLive)
  const { before } = linesByGoLive(board)
  const verdict = verdictWords(gate, before)
  const judged = board.phases.flatMap(({ criteria }) => criteria)
  const claimed = judged.filter(({ state }) => state === 'claimed')
  const moved = judged.filter(({ thresholdNote }) => thresholdNote !== null)
  const risks = registerOf(project, board).filter(({ closed }) => closed === null)
  const signatures = signaturesOf(project)
  const { legacy, target } = project.manifest
  const name = statedName(project.manifest)
  const digest = digestOfRecord(boardJson(board))
  const live = goLiveWords(rowsOf(project, 'milestones') ?? [], project.board.goLive, board.asOf)
  const hazards = hazardCounts(project)
  const clinical = clinicalResult(project)
  const moves = goLiveMoves(project, judged)
  const dayClaim = claimOfDay(board)
  const run = board.run ? `run ${board.run.number} of ${dayText(board.run.started)}` : 'no complete run'
  return {
    sheet: {
      title: `Go or no-go: ${name}`,
      lead: [`${legacy} to ${target} · as of ${dayText(board.asOf)} · ${run} · ${live}`],
      verdict: { gate, words: verdict },
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
                String(tallyOf(criteria).claimed),
                String(tallyOf(criteria).blocked),
              ]),
              [4, 5],
            ),
          ],
        },
        ...movesSection(moves),
        { title: `Blockers before go-live (${before.blocked})`, blocks: blockerBlocks(blockers, board.asOf) },
        {
          title: `Only claimed before go-live (${before.claimed}${dayClaim === null ? '' : ' and the day itself'})`,
          blocks: dayClaim === null ? claimBlocks(judged, true) : [lines(dayClaim), ...claimBlocks(judged, false)],
        },
        ...(moved.length > 0
          ? [
              {
                title: `Limits that were changed (${moved.length})`,
                blocks: [
                  tableOr(
                    '',
                    ['Criterion', 'Threshold now', 'What changed'],
                    moved.map((each) => [nameOf(each), thresholdWords(each), each.thresholdNote ?? '']),
                  ),
                ],
              },
            ]
          : []),
        { title: `Open risks (${risks.length})`, blocks: riskTable(risks, project.other.has(inputPath('risks'))) },
        ...(hazards ? [{ title: 'Hazard log', blocks: [lines(hazardSentence(hazards))] }] : []),
        {
          title: `What clinicians read, and who signed it (${signatures.length})`,
          blocks: [lines(clinical.join(' ')), ...(signatures.length > 0 ? [signatureTable(signatures)] : [])],
        },
        {
          title: moved.length > 0 ? 'Gates that changed last' : 'Limits and gates that were changed',
          blocks: [lines(`${moved.length > 0 ? '' : 'No limit was changed. '}${lastChanges(project, board)}`)],
        },
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
        'Runs count on the device that ran them, where roles bind who ran them, and under a signature; elsewhere they are claimed.',
        'There is no composite score: the worst gate speaks. What is not computed counts as missing, never as ready.',
      ],
    },
    data: {
      kind: 'go-no-go',
      project: { id: project.manifest.id, name, legacy, target },
      asOf: board.asOf,
      gate,
      verdict,
      board: digest,
      blockers: blockers.map((each) => blockerJson(each, board.asOf)),
      claims: claimed.map((each) => each.criterion.code),
      voidClaims: judged.filter(isVoid).map((each) => each.criterion.code),
      claimedFrom: claimed
        .filter(({ claim }) => claim === null)
        .map((each) => ({ code: each.criterion.code, from: [...sourcesOf(each)], reason: each.reason })),
      thresholdsChanged: moved.map((each) => ({ code: each.criterion.code, note: each.thresholdNote })),
      goLive: { day: board.goLive.day, claimed: board.goLive.doubt },
      goLiveMoves: movesJson(moves),
      risks: risks.map(({ id, what, likelihood, severity, owner, due }) => ({ id, what, likelihood, severity, owner, due })),
      clinicians: [...clinical],
      hazards: hazards && { ...hazards.states, signed: hazards.signed },
      signatures: signatures.map(({ payload, coverage }) => ({
        name: payload.name,
        role: payload.role,
        meaning: payload.meaning,
        time: payload.time,
        covers: coverage.covers,
        ...(payload.part && { signedAsPart: true }),
        ...(coverage.part && { part: { ...coverage.part } }),
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

function verdictWords(gate: Gate, counts: ReturnType<typeof tallyOf>): string {
  if (gate === 'ready') return 'Go: every gate before go-live is ready.'
  if (gate === 'not due') return 'No-go: a gate before go-live is not due yet.'
  if (gate === 'at risk')
    return 'Go only with the risks named below: a gate before go-live rests on claims, warnings or evidence that ends soon.'
  const parts = [
    ...(counts.blocked > 0 ? [`${counted(counts.blocked, 'blocker')} before go-live`] : []),
    ...(counts.claimed > 0 ? [`${counts.claimed} only claimed`] : []),
  ]
  const why = gate === 'waiting' || parts.length === 0 ? 'a gate before go-live waits for its evidence' : parts.join(', ')
  return `No-go: ${why}. Worst gate: ${gate}.`
}

/** What says no stands in a table with its evidence; what is not there yet is named in one line per phase. */
function blockerBlocks(blockers: readonly JudgedCriterion[], asOf: string) {
  const telling = blockers.filter(({ state }) => state !== 'missing')
  const rows = telling
    .slice(0, mostBlockers)
    .map((each) => [
      nameOf(each),
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
    ...(rows.length > 0 ? [table(['Criterion', 'What it says', 'Owner', 'Evidence and age'], rows)] : []),
    ...(rest.length > 0 ? [lines(`And: ${rest.map((each) => nameOf(each).toLowerCase()).join(', ')}.`)] : []),
    ...absent.map((sentence) => lines(sentence)),
  ]
}

/** "Data checks, run 3, 6 days old, 0a1b2c3d4e…": short enough for one page; the JSON says it in full. */
function evidenceWords({ kind, run, date, digest, stale, origin }: Artifact, asOf: string): string {
  const age = date === null ? null : `${counted(daysBetween(date, asOf), 'day')} old`
  const parts = [
    kinds[kind].label,
    shortOrigin(origin),
    run === null ? null : `run ${run}`,
    age,
    shortDigest(digest),
    stale === null ? null : 'stale',
  ]
  return parts.filter((part) => part !== null).join(', ')
}

/** Who answers for it, in a few words; null where the run or the ledger does. */
function shortOrigin(origin: Origin): string | null {
  switch (origin.kind) {
    case 'computed':
    case 'recorded':
      return null
    case 'signed':
      return `signed by ${origin.by ?? 'nobody'}`
    case 'typed':
      return `typed by ${origin.by ?? 'nobody'}`
    case 'added':
      return `added by ${origin.by ?? 'nobody'}, not signed`
    default:
      return originWords(origin).how.toLowerCase()
  }
}

/** True for a statement that does not count: it is printed, and counted nowhere. */
function isVoid({ claim }: JudgedCriterion): boolean {
  return claim !== null && claim.void !== null
}

/** A day that nobody answers for: every gate is counted by it, so it stands first. It is no line of the board, and not counted as one. */
function claimOfDay({ goLive: { day, doubt } }: ReadinessBoard): string | null {
  return day === null || doubt === null ? null : `The day of go-live, ${dayText(day)}, is only claimed. ${doubt}.`
}

/** What people stated, and what is only claimed because of where its evidence comes from. */
function claimBlocks(judged: readonly JudgedCriterion[], saysNone: boolean) {
  const stated = judged.filter(
    (each) => each.claim !== null && (isVoid(each) || (each.state === 'claimed' && isBeforeGoLive(each))),
  )
  const unproven = judged.filter((each) => each.state === 'claimed' && each.claim === null && isBeforeGoLive(each))
  const later = judged.filter((each) => each.state === 'claimed' && !isBeforeGoLive(each))
  const shown = unproven.slice(0, mostClaims)
  const rest = unproven.slice(mostClaims)
  const names = (list: readonly JudgedCriterion[]): string => list.map((each) => nameOf(each).toLowerCase()).join(', ')
  return [
    ...(stated.length > 0 ? [claimTable(stated)] : []),
    ...(shown.length > 0
      ? [
          table(
            ['Criterion', 'What it says', 'Why it is only claimed'],
            shown.map((each) => [nameOf(each), wordsOf(each), whyClaimed(each)]),
          ),
        ]
      : []),
    ...(rest.length > 0 ? [lines(`And ${rest.length} more: ${names(rest)}.`)] : []),
    ...(saysNone && stated.length + unproven.length === 0
      ? [lines('None: every value that counts was computed, or its file is signed for.')]
      : []),
    ...(later.length > 0 ? [lines(`From go-live on ${later.length} more: ${names(later)}.`)] : []),
  ]
}

/** The files that nobody signed for, in a few words, else the whole reason. */
function whyClaimed({ evidence, reason }: JudgedCriterion): string {
  const unsigned = evidence.filter(({ origin }) => !proves(origin))
  const words = unsigned.map(({ kind, origin }) => `${kinds[kind].label}: ${shortOrigin(origin) ?? ''}`)
  return words.length === 0 ? (reason ?? '') : words.join('; ')
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

function riskTable(risks: readonly Risk[], hasRegister: boolean) {
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
    tableOr(
      hasRegister ? 'None.' : 'None is known: the project has no risk register, and no indicator opened a risk.',
      ['What can break', 'Weight', 'Owner', 'Due'],
      shown,
    ),
    ...(rest > 0 || ownerless > 0 ? [lines(summary)] : []),
  ]
}

function signatureTable(signatures: readonly SignatureState[]) {
  return tableOr(
    'Nobody has signed what was read of the records.',
    ['Name', 'Role', 'Meaning', 'Day', 'Covers'],
    signatures.map(({ payload, coverage }) => [
      payload.name,
      payload.role,
      payload.part ? 'Reviewed a part' : meaningWords[payload.meaning],
      dayText(payload.time),
      coverageWords(coverage),
    ]),
  )
}

/** The last changes of a gate, the latest first: "23-Nov-2026 Discovery: Waiting → Blocked". */
function lastChanges(project: Project, board: ReadinessBoard): string {
  const titles = new Map(board.phases.map(({ phase }) => [phase.id, phase.title]))
  const changes = gateChanges(project)
    .slice(-mostChanges)
    .reverse()
    .map(
      ({ at, phase, from, to, entered }) =>
        `${dayText(at)} ${titles.get(phase) ?? phase}: ${gateWord(from)} → ${gateWord(to)}${entered ? '' : ' (not in the ledger)'}`,
    )
  return changes.length === 0 ? 'No change of a gate is recorded yet.' : `${changes.join('; ')}.`
}

function blockerJson(judged: JudgedCriterion, asOf: string): Json {
  return {
    code: judged.criterion.code,
    phase: judged.criterion.phase,
    state: judged.state,
    words: wordsOf(judged),
    reason: judged.reason,
    owner: judged.owner,
    evidence: judged.evidence.map(({ kind, digest, run, date, stale, origin }) => ({
      kind,
      from: originSentence(origin),
      digest,
      run,
      ageDays: date === null ? null : daysBetween(date, asOf),
      stale,
    })),
  }
}
