/** What to do next on the board: the acts that open most, in order, with who does it, about how long it takes and what it closes. */
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText } from '../../values/day.ts'
import { inputFiles } from '../input-files/files.ts'
import { rowsOf } from '../kept-files/counted-rows.ts'
import { goLiveOf, notInLedger } from '../kept-files/go-live.ts'
import type { Kind } from '../model/artifact.ts'
import { slugOf } from '../model/criterion.ts'
import { type Phase, worstGate } from '../model/phase.ts'
import { tallyOf } from '../model/standing.ts'
import {
  type JudgedCriterion,
  type JudgedPhase,
  linesByGoLive,
  phasesBeforeGoLive,
  type ReadinessBoard,
  shutsGate,
} from './board.ts'

export interface NextAct {
  readonly title: string
  /** Who answers for it; null where nobody was named. */
  readonly owner: string | null
  readonly minutes: number
  /** What it closes, in words. */
  readonly closes: string
  readonly label: string
  /** Hash route without `#`. */
  readonly route: string
  /** True for what begins a phase of which nothing is there yet. */
  readonly begins: boolean
  /** Criteria that it is about. */
  readonly codes: readonly string[]
}

/** Acts shown at once: what a week holds. */
const mostActs = 3

/** About so many minutes, by what has to be done; nobody measured them, so they are rough on purpose. */
const minutesOf = { sign: 5, file: 30, cell: 10, run: 10, place: 5 } as const
const longest = 120

/** Which gate today stands before: the first that is not known to lie behind; -1 where no gate has a day, or all lie behind. */
export function gateOfToday(ends: readonly (string | null)[], asOf: string): number {
  return ends.every((end) => end === null) ? -1 : ends.findIndex((end) => end === null || end >= asOf)
}

/** The first is "Fix next blocker", in the phase that the headline names: phase by phase, in each the worst first. Files that only lack a signature are one act: they are signed in one sitting. */
export function thisWeek(board: ReadinessBoard): readonly NextAct[] {
  const order = new Map(board.phases.map(({ phase }, index) => [phase.id, index]))
  const start = startOf(board)
  if (start) return firstActs(start, board)
  const shut = [...board.blockers, ...board.unproven]
  const inOrder = shut.toSorted(
    (a, b) => (order.get(a.criterion.phase) ?? 0) - (order.get(b.criterion.phase) ?? 0) || rank(a) - rank(b),
  )
  const single = inOrder.filter((each) => !isUnsigned(each))
  const unsigned = board.unproven.filter(isUnsigned)
  const signing = signingAct(unsigned, board)
  const acts = single.map((each) => actOf(each, board))
  const [first, ...rest] = acts
  // Signatures come second: they open most in the shortest time.
  return [...(first ? [first] : []), ...(signing ? [signing] : []), ...rest].slice(0, mostActs)
}

/** The first phase of which nothing is there yet, where no earlier one is shut: work begins with it. */
function startOf({ phases: list }: ReadinessBoard): JudgedPhase | null {
  const first = list.find(({ gate, criteria }) => gate === 'waiting' || criteria.some(shutsGate))
  return first?.gate === 'waiting' ? first : null
}

/** What brings the first evidence of a phase, each place once. */
function firstActs({ criteria }: JudgedPhase, board: ReadinessBoard): readonly NextAct[] {
  const waiting = criteria.filter(({ standing, criterion }) => standing === 'waiting' && criterion.severity !== 'warning')
  const acts = waiting.map((each) => actOf(each, board))
  return acts.filter(({ route }, at) => acts.findIndex((each) => each.route === route) === at).slice(0, mostActs)
}

function rank({ criterion }: JudgedCriterion): number {
  return criterion.severity === 'critical' ? 0 : 1
}

function isUnsigned({ state, lacksProof, action }: JudgedCriterion): boolean {
  return state === 'claimed' && lacksProof && action.route.endsWith('&sign')
}

function signingAct(unsigned: readonly JudgedCriterion[], board: ReadinessBoard): NextAct | null {
  const [first] = unsigned
  if (!first) return null
  const files = unsignedKinds(unsigned)
  const names = files.slice(0, 4).map((kind) => inputFiles[kind].title.toLowerCase())
  const more = files.length > names.length ? ` and ${files.length - names.length} more` : ''
  const open = board.phases.filter(({ criteria }) => criteria.some((each) => unsigned.includes(each)))
  return {
    title: `Collect ${counted(files.length, 'signature')}`,
    owner: null,
    minutes: Math.min(longest, minutesOf.sign * files.length),
    closes: `${names.join(', ')}${more}; ${counted(unsigned.length, 'line')} of ${open.map(({ phase }) => phase.title).join(', ')} to prove by it`,
    label: files.length === 1 ? 'Sign where it comes from' : 'Sign where they come from',
    route: '/readiness/inputs?sign',
    begins: false,
    codes: unsigned.map(({ criterion }) => criterion.code),
  }
}

/** Kinds of files behind these criteria that nobody has signed for, each once. */
export function unsignedKinds(list: readonly JudgedCriterion[]): readonly (keyof typeof inputFiles)[] {
  const kinds = list.flatMap(({ evidence }) =>
    evidence.flatMap(({ kind, origin }) => (isFile(kind) && ['typed', 'added', 'dropped'].includes(origin.kind) ? [kind] : [])),
  )
  return [...new Set(kinds)]
}

function isFile(kind: Kind): kind is Kind & keyof typeof inputFiles {
  return kind in inputFiles
}

function actOf(judged: JudgedCriterion, { phases: list }: ReadinessBoard): NextAct {
  const { criterion, owner, action, measure } = judged
  const phase = list.find(({ criteria }) => criteria.includes(judged))
  const waits = judged.standing === 'waiting'
  const tally = phase && tallyOf(phase.criteria)
  return {
    title: criterion.title,
    owner,
    minutes: minutesFor(judged),
    closes: `${closesWords(judged, phase?.phase.title ?? '', tally)}${!waits && measure && measure.cells.length > 0 ? `; ${counted(measure.cells.length, 'place')} to mend` : ''}`,
    label: action.label,
    route: criterion.needs.length === 0 ? `/readiness?criterion=${slugOf(criterion.code)}` : action.route,
    begins: waits,
    codes: [criterion.code],
  }
}

/** Counted by the word that stands beside each line, so that the list of its phase has as many of them. */
function closesWords({ standing }: JudgedCriterion, phase: string, tally: ReturnType<typeof tallyOf> | undefined): string {
  if (standing === 'waiting') return `begins 1 of ${tally?.waiting ?? 1} lines that ${phase} waits for`
  if (standing === 'claimed') return `proves 1 of ${counted(tally?.claimed ?? 1, 'claimed line')} of ${phase}`
  const claimed = tally?.claimed ?? 0
  const more = claimed === 0 ? '' : `; ${claimed} more ${claimed === 1 ? 'is' : 'are'} only claimed`
  return `closes 1 of ${counted(tally?.blocked ?? 1, 'blocked line')} of ${phase}${more}`
}

function minutesFor({ state, evidence, measure }: JudgedCriterion): number {
  if (state === 'missing') return minutesOf.file
  if (state === 'stale') return evidence.some(({ run }) => run !== null) ? minutesOf.run : minutesOf.file
  const places = measure?.cells.length ?? 0
  return Math.min(longest, Math.max(minutesOf.cell, minutesOf.place * places))
}

/** "After these three: Discovery opens; Configuration is first blocked (3 lines). Go-live stays no-go." */
export function afterWords(board: ReadinessBoard, acts: readonly NextAct[]): string {
  const start = startOf(board)
  if (start) return `${start.phase.title} has its first evidence. Go-live stays no-go.`
  const done = new Set(acts.flatMap(({ codes }) => codes))
  const left = board.phases.map(({ phase, criteria }) => ({
    phase,
    open: criteria.filter((each) => shutsGate(each) && !done.has(each.criterion.code)).length,
    was: criteria.some(shutsGate),
  }))
  const opened = left.filter(({ open, was }) => was && open === 0).map(({ phase }) => phase.title)
  const next = left.find(({ open }) => open > 0)
  const parts = [
    ...(opened.length > 0 ? [`${opened.join(', ')} ${opened.length === 1 ? 'has' : 'have'} no blocker`] : []),
    ...(next ? [`${next.phase.title} is first blocked (${counted(next.open, 'line')})`] : []),
  ]
  return `${parts.join('; ')}${next ? '. Go-live stays no-go.' : '. No blocker is left.'}`
}

export interface Decision {
  readonly go: boolean
  /** "Go-live 14-Dec-2026: NO-GO, first blocked: Discovery". */
  readonly title: string
  /** "21 days left · run #3, … · 9 lines block go-live, 6 are only claimed". */
  readonly detail: string
}

/** May we go live, in one line: the worst gate of the phases before go-live, as the go or no-go page says it. */
export function decisionOf(project: Project, board: ReadinessBoard): Decision {
  const planned = goLiveOf(rowsOf(project, 'milestones') ?? [])
  const day = planned ?? project.board.goLive
  const before = phasesBeforeGoLive(board)
  const { before: lines, later } = linesByGoLive(board)
  const gate = worstGate(before.map((each) => each.gate))
  const first = before.find((each) => each.gate === gate)
  const live = day === null ? 'Go-live without a day' : `Go-live ${dayText(day)}${planned === null ? ` (${notInLedger})` : ''}`
  const word = gate === 'ready' ? 'GO' : gate === 'at risk' ? 'GO only with risks' : 'NO-GO'
  const why = gate === 'ready' || !first ? '' : `, first ${first.gate}: ${first.phase.title}`
  const days = day === null ? null : Math.round((Date.parse(day.slice(0, 10)) - Date.parse(board.asOf)) / 86_400_000)
  const parts = [
    ...(days === null ? [] : [days >= 0 ? `${counted(days, 'day')} left` : `${counted(-days, 'day')} ago`]),
    board.run
      ? `run #${board.run.number}, ${dayText(board.run.started)} ${board.run.started.slice(11, 16)}`
      : 'no complete run yet',
    `${counted(lines.blocked, 'line')} ${lines.blocked === 1 ? 'blocks' : 'block'} go-live, ${lines.claimed} ${lines.claimed === 1 ? 'is' : 'are'} only claimed${lines.waiting > 0 ? `, ${lines.waiting} wait for evidence` : ''}`,
    ...(later.blocked > 0 ? [`${later.blocked} more from go-live on`] : []),
  ]
  return { go: gate === 'ready', title: `${live}: ${word}${why}`, detail: parts.join(' · ') }
}

/** The milestone by which a phase ends, YYYY-MM-DD; null where the plan does not name it. */
export function endOf(project: Project, phase: Phase): string | null {
  const ends = {
    discovery: 'contract',
    configuration: 'configuration',
    training: 'training',
    'pre-launch': 'rehearsal',
    'go-live': 'go-live',
    'after-go-live': 'optimization-end',
  } as const
  const row = rowsOf(project, 'milestones')?.find(({ milestone }) => milestone === ends[phase.id])
  return row ? (row.done_on ?? row.planned_on) : null
}
