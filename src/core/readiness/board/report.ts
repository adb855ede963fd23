/** The board as JSON (command-line.md), as Markdown and as plain text: the same words in all three, the same bytes for the same input. */
import type { Json } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { dayText } from '../../values/day.ts'
import { originSentence } from '../kept-files/origin.ts'
import { slugOf } from '../model/criterion.ts'
import { type Gate, phases, worstGate } from '../model/phase.ts'
import { plainWords } from '../model/plain-words.ts'
import { standingWord, tallyOf } from '../model/standing.ts'
import { type JudgedCriterion, linesByGoLive, type ReadinessBoard, shutsGate } from './board.ts'

/** Result of the verb `readiness`. */
export function boardJson(board: ReadinessBoard) {
  return {
    asOf: board.asOf,
    gate: board.gate,
    run: board.run && { number: board.run.number, started: board.run.started },
    claimed: board.claimed,
    phases: board.phases.map(({ phase, gate, criteria }) => ({
      phase: phase.id,
      gate,
      lines: { ...tallyOf(criteria) },
      risk: phase.risk,
      lever: phase.lever,
      criteria: criteria.map(criterionJson),
    })),
    blockers: board.blockers.map((judged) => judged.criterion.code),
    unproven: board.unproven.map((judged) => judged.criterion.code),
  }
}

function criterionJson(judged: JudgedCriterion): Json {
  const { criterion, measure } = judged
  return {
    code: criterion.code,
    items: [...criterion.items],
    state: judged.state,
    standing: judged.standing,
    value: measure?.value ?? null,
    of: measure?.of ?? null,
    threshold: measure?.threshold ?? null,
    evidence: judged.evidence.map((artifact) => artifact.digest),
    severity: criterion.severity,
    title: criterion.title,
    words: wordsOf(judged),
    reason: judged.reason,
    countsFrom: judged.due.from,
    until: judged.until,
    owner: judged.owner,
    from: judged.evidence.map(({ kind, origin }) => ({ evidence: kind, ...origin, words: originSentence(origin) })),
    thresholds: { ...judged.thresholds },
    thresholdNote: judged.thresholdNote,
    limits: judged.limitActs.map(({ from, to, by, role, reason, at, proposed }) => ({
      ...{ from: { ...from }, to: { ...to }, by, role, reason, at },
      counts: proposed.length === 0,
    })),
    claim: claimJson(judged),
    cells: measure?.cells.map((cell) => cell.name) ?? [],
    remedy: criterion.remedy,
  }
}

function claimJson({ claim }: JudgedCriterion): Json {
  if (claim === null) return null
  const { text, by, role, reason, at, expires } = claim.statement
  return { text, by, role, reason, at, expires, void: claim.void }
}

/** "Blocked": the one word beside a line, on every page. */
export function lineWord({ standing }: Pick<JudgedCriterion, 'standing'>): string {
  return standingWord(standing)
}

/** "At risk": a gate at the start of a line. */
export function gateWord(gate: Gate): string {
  return gate.slice(0, 1).toUpperCase() + gate.slice(1)
}

/** What stands in the evidence column, without the mark of its state. */
export function wordsOf(judged: JudgedCriterion): string {
  if (judged.state === 'not-due') return judged.reason ?? ''
  if (judged.state === 'claimed' && judged.claim) {
    const { by, role, expires } = judged.claim.statement
    return `claimed by ${by}, ${role}, until ${dayText(expires ?? '')}`
  }
  if (judged.measure && judged.state !== 'missing' && judged.state !== 'unknown') return judged.measure.words
  return judged.reason ?? ''
}

/** "Not ready for pre-launch — 2 blockers": which phase may not start, and what keeps gates shut on the whole board. */
export function headline(board: ReadinessBoard): string {
  const stop = board.phases.findIndex((each) => each.gate === 'blocked' || each.gate === 'waiting')
  if (board.phases.every((each) => each.gate === 'waiting' || each.gate === 'not due')) return 'Waiting for evidence'
  if (stop < 0) return stoppedByNothing(board)
  const next = phases[stop + 1]
  const what = next ? `Not ready for ${next.title.toLowerCase()}` : 'Not under control after go-live'
  const { before, later } = linesByGoLive(board)
  const shut = [
    ...(board.blockers.length > 0 ? [blockersByGoLive(before.blocked, later.blocked)] : []),
    ...(board.blockers.length === 0 && board.unproven.length > 0 ? [`${before.claimed + later.claimed} only claimed`] : []),
  ]
  return `${what} — ${shut[0] ?? 'waiting for evidence'}`
}

function blockersByGoLive(before: number, later: number): string {
  if (later === 0) return counted(before, 'blocker')
  const own = `${counted(later, 'blocker')} from go-live on`
  return before === 0 ? own : `${counted(before, 'blocker')} before go-live, ${own}`
}

/** Where its evidence comes from, each source once: "Computed from run #3, …; Typed in goals.csv by …". */
export function sourcesOf({ evidence }: Pick<JudgedCriterion, 'evidence'>): readonly string[] {
  return [...new Set(evidence.map(({ origin }) => originSentence(origin)))]
}

function stoppedByNothing({ phases: judged }: ReadinessBoard): string {
  const worst = worstGate(judged.map((each) => each.gate))
  if (worst === 'at risk') return 'At risk: nothing is blocked'
  const next = judged.find((each) => each.gate === 'not due')
  return next ? `Ready so far: ${next.phase.title.toLowerCase()} is not due yet` : 'Ready'
}

function sourceLine(board: ReadinessBoard): string {
  const run = board.run ? `run ${board.run.number} of ${dayText(board.run.started)}` : 'no complete run'
  return `As of ${dayText(board.asOf)}, ${run}. ${board.claimed} of ${countOf(board)} criteria are claimed, not proven.`
}

function countOf(board: ReadinessBoard): number {
  return board.phases.reduce((sum, each) => sum + each.criteria.length, 0)
}

export function boardMarkdown(board: ReadinessBoard, project: string): string {
  const rows = board.phases.map(
    ({ phase, gate, criteria }, index) =>
      `| ${index + 1} ${phase.title} | ${phase.risk} | ${phase.lever} | ${provenOf(criteria)} | ${gateWord(gate)} |`,
  )
  const sections = board.phases.map(
    ({ phase, gate, criteria }) => `## ${phase.title}: ${gateWord(gate)}\n\n${criteria.map(markdownLine).join('\n')}\n`,
  )
  const head = `# ${headline(board)}\n\n${inline(project)}. ${sourceLine(board)}\n\n`
  return `${head}| Phase | Risk | Lever | Evidence | Gate |\n|---|---|---|---|---|\n${rows.join('\n')}\n\n${sections.join('\n')}`
}

/** "7 of 9 proven". */
export function provenOf(criteria: readonly JudgedCriterion[]): string {
  return `${tallyOf(criteria).proven} of ${criteria.length} proven`
}

function markdownLine(judged: JudgedCriterion): string {
  const words = inline(wordsOf(judged))
  const said = judged.state === 'stale' ? `~~${words}~~ stale: ${inline(judged.reason ?? '')}` : words
  const digests = judged.evidence.map((artifact) => `\`${artifact.digest}\``).join(', ')
  const note = judged.thresholdNote === null ? '' : ` (${inline(judged.thresholdNote)})`
  const from = judged.evidence.length === 0 ? '' : ` — ${inline(sourcesOf(judged).join('; '))}`
  return `- **${lineWord(judged)}** ${slugOf(judged.criterion.code)}: ${said}${note}${from}${digests === '' ? '' : ` — ${digests}`}`
}

/** Text of people inside Markdown: no line ends, no table bars, no markup. */
function inline(text: string): string {
  return plainWords(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_|~<>[\]]/g, (sign) => `\\${sign}`)
}

export function boardText(board: ReadinessBoard, project: string): string {
  const lines = [headline(board), `${project}. ${sourceLine(board)}`, '']
  for (const { phase, gate, criteria } of board.phases) {
    lines.push(`${phase.title.padEnd(16)}${gateWord(gate).padEnd(10)}${provenOf(criteria)}`)
    for (const judged of criteria) {
      const cause = judged.state === 'stale' ? ` (stale: ${judged.reason})` : ''
      const note = judged.thresholdNote === null ? '' : ` (${judged.thresholdNote})`
      lines.push(`  ${lineWord(judged).padEnd(11)}${slugOf(judged.criterion.code)}: ${wordsOf(judged)}${cause}${note}`)
      if (judged.evidence.length > 0) lines.push(`             From: ${sourcesOf(judged).join('; ')}.`)
      if (shutsGate(judged)) lines.push(`             ${nextStep(judged)}`)
    }
  }
  return `${lines.map(plainWords).join('\n')}\n`
}

/** What to do next, as an instruction: make the evidence where there is none, too little, or none that still counts, follow the remedy where it says no. */
export function nextStep({ state, action, criterion }: JudgedCriterion): string {
  return state === 'stale' || state === 'missing' || state === 'claimed' ? `${action.label}.` : criterion.remedy
}

/** "Workflows traced": what a criterion is about, whatever its state. */
export function nameOf(judged: JudgedCriterion): string {
  const words = slugOf(judged.criterion.code).replaceAll('-', ' ')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
