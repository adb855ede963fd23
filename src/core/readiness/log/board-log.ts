/**
 * What happened on the board, one line per event in `readiness/history.jsonl`: gates that changed, risks that opened and closed, and what
 * people wrote about a risk. Lines are only ever added; each is named by digest in the ledger, which also gives their order.
 */
import * as v from 'valibot'
import { canonicalJson, digestOf, utf8 } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import type { Project } from '../../project/format/project.ts'
import { jsonOf } from '../../project/format/save.ts'
import type { LedgerEntry } from '../../project/ledger/ledger.ts'
import { entriesAside } from '../../project/sample/settlements.ts'
import { fits, type Kept, map, object, variant } from '../../values/document.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { criterionStates, gates, phaseIds } from '../model/phase.ts'

export const boardLogPath = 'readiness/history.jsonl'

const happened = {
  /** RFC 3339. */
  at: v.string(),
  /** Slug of the person, as in the ledger. */
  by: v.string(),
}

const state = v.picklist(criterionStates)

const cause = object({ criterion: v.string(), from: v.nullable(state), to: state })
/** A criterion as it stood before and now; equal states where a date, not a state, made the change. */
export type Cause = Kept<typeof cause>

const gateEvent = object({
  ...happened,
  kind: v.literal('gate'),
  phase: v.picklist(phaseIds),
  from: v.picklist(gates),
  to: v.picklist(gates),
  because: v.array(cause),
  /** State of every criterion of the phase by code: what the next change is compared with. */
  states: map(state),
})
export type GateEvent = Kept<typeof gateEvent>

const riskOpened = object({
  ...happened,
  kind: v.literal('risk-opened'),
  /** Criterion code; also the name of the risk. */
  risk: v.string(),
  what: v.string(),
  why: v.string(),
  avoid: v.string(),
  /** What the indicator said. */
  words: v.string(),
  /** 1 to 5, from the severity of the criterion. */
  severity: v.number(),
  owner: v.nullable(v.string()),
  evidence: v.array(v.string()),
})

const riskClosed = object({
  ...happened,
  kind: v.literal('risk-closed'),
  risk: v.string(),
  words: v.string(),
  /** `sha256:…` of what proves that it is over; never empty. */
  evidence: v.array(v.string()),
})

const riskSet = object({
  ...happened,
  kind: v.literal('risk-set'),
  risk: v.string(),
  likelihood: v.nullable(v.number()),
  severity: v.nullable(v.number()),
  owner: v.nullable(v.string()),
  /** YYYY-MM-DD. */
  due: v.nullable(v.string()),
})
/** What a person wrote about a risk; each line holds all four, so that the last one counts. */
export type RiskSet = Kept<typeof riskSet>

/** One line of `readiness/history.jsonl`. */
export const boardEvent = variant('kind', [gateEvent, riskOpened, riskClosed, riskSet])
export type BoardEvent = Kept<typeof boardEvent>

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
  return parsed?.ok && fits(parsed.value, boardEvent) ? { event: parsed.value, digest: digestOf(parsed.value) } : null
}
