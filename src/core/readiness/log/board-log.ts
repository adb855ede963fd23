/**
 * What happened on the board, one line per event in `readiness/history.jsonl`: gates that changed, risks that opened and closed, and what
 * people wrote about a risk. Lines are only ever added; each is named by digest in the ledger, which also gives their order.
 */
import { canonicalJson, digestOf, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { jsonOf } from '../../project/format/save.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { entriesAside } from '../../project/sample/settlements.ts'
import { isMembers, type Members, parseJson } from '../../values/json.ts'
import { type CriterionState, criterionStates, type Gate, gates, type PhaseId, phaseIds } from '../model/phase.ts'

export const boardLogPath = 'readiness/history.jsonl'

interface Happened {
  /** RFC 3339. */
  readonly at: string
  /** Slug of the person, as in the ledger. */
  readonly by: string
}

/** A criterion as it stood before and now; equal states where a date, not a state, made the change. */
export interface Cause {
  readonly criterion: string
  readonly from: CriterionState | null
  readonly to: CriterionState
}

export interface GateEvent extends Happened {
  readonly kind: 'gate'
  readonly phase: PhaseId
  readonly from: Gate
  readonly to: Gate
  readonly because: readonly Cause[]
  /** State of every criterion of the phase by code: what the next change is compared with. */
  readonly states: Readonly<Record<string, CriterionState>>
}

export interface RiskOpened extends Happened {
  readonly kind: 'risk-opened'
  /** Criterion code; also the name of the risk. */
  readonly risk: string
  readonly what: string
  readonly why: string
  readonly avoid: string
  /** What the indicator said. */
  readonly words: string
  /** 1 to 5, from the severity of the criterion. */
  readonly severity: number
  readonly owner: string | null
  readonly evidence: readonly string[]
}

export interface RiskClosed extends Happened {
  readonly kind: 'risk-closed'
  readonly risk: string
  readonly words: string
  /** `sha256:…` of what proves that it is over; never empty. */
  readonly evidence: readonly string[]
}

/** What a person wrote about a risk; each line holds all four, so that the last one counts. */
export interface RiskSet extends Happened {
  readonly kind: 'risk-set'
  readonly risk: string
  readonly likelihood: number | null
  readonly severity: number | null
  readonly owner: string | null
  /** YYYY-MM-DD. */
  readonly due: string | null
}

export type BoardEvent = GateEvent | RiskOpened | RiskClosed | RiskSet

export interface LoggedEvent {
  readonly event: BoardEvent
  /** False where the ledger holds no entry for this line as it stands: it was written past it. */
  readonly entered: boolean
}

/** Action of each kind of event in the ledger. */
export const ledgerAction: Readonly<Record<BoardEvent['kind'], string>> = {
  gate: 'gate-changed',
  'risk-opened': 'risk-opened',
  'risk-closed': 'risk-closed',
  'risk-set': 'risk-set',
}

export function eventDigest(event: BoardEvent): string {
  return digestOf(jsonOf(event))
}

interface Line {
  readonly event: BoardEvent
  readonly digest: string
}

const read = new WeakMap<Uint8Array, readonly Line[]>()

/** Lines that this version can read, in the order of the file; others stay in the file and are passed over. */
function linesOf(bytes: Uint8Array): readonly Line[] {
  const known = read.get(bytes)
  if (known) return known
  const found = new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((line) => lineOf(line) ?? [])
  read.set(bytes, found)
  return found
}

/**
 * In the order of the ledger, which is the same on every device; what it does not know comes last, by time. A line of a continuation that was
 * put aside with its fork stays in the file and has no effect.
 */
export function loggedEvents(project: Pick<Project, 'other' | 'ledger'>): readonly LoggedEvent[] {
  const bytes = project.other.get(boardLogPath)
  if (!bytes) return []
  const places = placesOf(project.ledger)
  const aside = placesOf(entriesAside(project))
  return linesOf(bytes)
    .filter(({ digest }) => places.has(digest) || !aside.has(digest))
    .map(({ event, digest }) => ({ event, place: places.get(digest) ?? null }))
    .toSorted((a, b) => (a.place ?? places.size) - (b.place ?? places.size) || byTime(a.event, b.event))
    .map(({ event, place }) => ({ event, entered: place !== null }))
}

/** What the file says and no entry names, and what an entry names and the file lacks, as the rest of a sentence about the file. */
export function unnamedEvents(project: Pick<Project, 'other' | 'ledger'>): readonly string[] {
  const bytes = project.other.get(boardLogPath)
  const places = placesOf(project.ledger)
  const aside = placesOf(entriesAside(project))
  const lines = bytes ? linesOf(bytes) : []
  const held = new Set(lines.map(({ digest }) => digest))
  const unnamed = lines.filter(({ digest }) => !places.has(digest) && !aside.has(digest)).length
  const lost = [...places.keys()].filter((digest) => !held.has(digest)).length
  return [
    ...(unnamed > 0 ? [`holds ${unnamed === 1 ? 'a line' : `${unnamed} lines`} that no entry of the ledger names`] : []),
    ...(lost > 0 ? [`lacks ${lost === 1 ? 'a line' : `${lost} lines`} that the ledger names`] : []),
  ]
}

function placesOf(ledger: readonly LedgerEntry[]): ReadonlyMap<string, number> {
  const actions = new Set(Object.values(ledgerAction))
  const places = new Map<string, number>()
  for (const { action, digest } of ledger)
    if (digest !== null && actions.has(action) && !places.has(digest)) places.set(digest, places.size)
  return places
}

function byTime(a: BoardEvent, b: BoardEvent): number {
  return Date.parse(a.at) - Date.parse(b.at) || 0
}

/** The file with more lines at its end. */
export function withBoardEvents(other: Project['other'], events: readonly BoardEvent[]): Project['other'] {
  if (events.length === 0) return other
  const before = other.get(boardLogPath)
  const text = before ? new TextDecoder().decode(before) : ''
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const added = events.map((event) => `${canonicalJson(jsonOf(event))}\n`).join('')
  return new Map(other).set(boardLogPath, utf8(`${ended}${added}`))
}

/** Both files as one: every line of either, once, by time and then by its text, so that the order of merging does not matter. */
export function mergedBoardLog(here: Uint8Array | undefined, there: Uint8Array | undefined): Uint8Array<ArrayBuffer> | null {
  const written = (bytes: Uint8Array | undefined): readonly string[] =>
    bytes
      ? new TextDecoder()
          .decode(bytes)
          .split('\n')
          .filter((line) => line !== '')
      : []
  const [mine, theirs] = [written(here), written(there)]
  if (mine.length === 0 && theirs.length === 0) return null
  const held = new Set(mine)
  // Nothing new: the file stays as it is, byte for byte.
  if (here && theirs.every((line) => held.has(line))) return new Uint8Array(here)
  const timeOf = (line: string): number => {
    const parsed = parseJson(line)
    const at = parsed.ok && isMembers(parsed.value) ? parsed.value.at : null
    return typeof at === 'string' ? Date.parse(at) || 0 : 0
  }
  const all = [...new Set([...mine, ...theirs])].map((line) => ({ line, time: timeOf(line) }))
  all.sort((a, b) => a.time - b.time || compareText(a.line, b.line))
  return utf8(`${all.map(({ line }) => line).join('\n')}\n`)
}

function lineOf(line: string): Line | null {
  const parsed = line === '' ? null : parseJson(line)
  const event = parsed?.ok && isMembers(parsed.value) ? eventOf(parsed.value) : null
  return parsed?.ok && event ? { event, digest: digestOf(parsed.value) } : null
}

function eventOf(value: Members): BoardEvent | null {
  const at = textOf(value, 'at')
  const by = textOf(value, 'by')
  if (at === null || by === null) return null
  if (value.kind === 'gate') return gateEventOf(value, { at, by })
  const risk = textOf(value, 'risk')
  if (risk === null) return null
  const words = textOf(value, 'words') ?? ''
  const evidence = textsOf(value.evidence)
  if (value.kind === 'risk-closed') return { kind: 'risk-closed', at, by, risk, words, evidence }
  const [severity, owner] = [numberOf(value, 'severity'), textOf(value, 'owner')]
  if (value.kind === 'risk-set')
    return {
      kind: 'risk-set',
      at,
      by,
      risk,
      likelihood: numberOf(value, 'likelihood'),
      severity,
      owner,
      due: textOf(value, 'due'),
    }
  if (value.kind !== 'risk-opened') return null
  const [what, why, avoid] = [textOf(value, 'what') ?? risk, textOf(value, 'why') ?? '', textOf(value, 'avoid') ?? '']
  return { kind: 'risk-opened', at, by, risk, what, why, avoid, words, severity: severity ?? 3, owner, evidence }
}

function gateEventOf(value: Members, happened: Happened): GateEvent | null {
  const phase = phaseIds.find((id) => id === value.phase)
  const from = gates.find((gate) => gate === value.from)
  const to = gates.find((gate) => gate === value.to)
  if (!phase || !from || !to || !isMembers(value.states) || !Array.isArray(value.because)) return null
  const states = Object.entries(value.states).flatMap(([code, state]) => {
    const known = stateOf(state)
    return known ? [[code, known] as const] : []
  })
  const because = value.because.flatMap((each: unknown): Cause[] => {
    if (typeof each !== 'object' || each === null || !('criterion' in each) || typeof each.criterion !== 'string') return []
    const now = stateOf('to' in each ? each.to : null)
    return now ? [{ criterion: each.criterion, from: stateOf('from' in each ? each.from : null), to: now }] : []
  })
  return { kind: 'gate', ...happened, phase, from, to, because, states: Object.fromEntries(states) }
}

function stateOf(value: unknown): CriterionState | null {
  return criterionStates.find((state) => state === value) ?? null
}

function textOf(value: Members, name: string): string | null {
  const member = value[name]
  return typeof member === 'string' ? member : null
}

function numberOf(value: Members, name: string): number | null {
  const member = value[name]
  return typeof member === 'number' ? member : null
}

function textsOf(value: Members[string]): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
