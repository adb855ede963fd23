/** Traps of a project: hidden in `private/` while people read, in `review/` once a signature revealed them; the ledger names them first. */
import * as v from 'valibot'
import { digestOf, utf8 } from '../../canonical.ts'
import { type Trap, type TrapSeed, trapSeed, trapsDocument } from '../../review/model/trap.ts'
import { type ToldTraps, type TrapResult, trapResult, trapsShownTo } from '../../review/pair/traps.ts'
import { type Kept, keptIn, object } from '../../values/document.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { eventsOfDraw } from './draw-events.ts'

/** `private/traps.json`. */
export const hiddenTrapsDocument = object({ seeds: v.array(trapSeed), traps: trapsDocument })
type HiddenTraps = Kept<typeof hiddenTrapsDocument>

const none: HiddenTraps = { seeds: [], traps: [] }

const parsed = new WeakMap<Uint8Array, HiddenTraps>()

function hiddenOf(project: Pick<Project, 'private'>): HiddenTraps {
  const bytes = project.private.get(paths.hiddenTraps)
  if (!bytes) return none
  const known = parsed.get(bytes)
  if (known) return known
  const hidden = keptIn(bytes, hiddenTrapsDocument) ?? none
  parsed.set(bytes, hidden)
  return hidden
}

/** All traps of the sample, revealed or not; empty where the plan has none, or the private part is missing. */
export function trapsOf({ review, private: hidden }: Pick<Project, 'review' | 'private'>): readonly Trap[] {
  return review.draw === null ? [] : (review.traps ?? hiddenOf({ private: hidden }).traps)
}

/** Whose records were copied, to show them; only where the private part is there. */
export function trapSeedsOf(project: Pick<Project, 'review' | 'private'>): readonly TrapSeed[] {
  return project.review.draw === null ? [] : hiddenOf(project).seeds
}

/** The traps that this reader is shown, spares for those that were told included. */
export function trapsOfReader(project: TrapHolder, reader: string): readonly Trap[] {
  const traps = trapsOf(project)
  return trapsShownTo(traps, toldTraps(project.ledger, traps).get(reader)?.ids ?? new Set(), project.review.plan?.traps || null)
}

type TrapHolder = Pick<Project, 'review' | 'private' | 'ledger'>

/**
 * What readers made of the traps; null where none was read. Only what the ledger names before they were revealed counts, and before one
 * was told to its reader: what a reader said of it until then stands, caught or missed.
 */
export function trapResultOf(project: TrapHolder): TrapResult | null {
  const traps = trapsOf(project)
  if (traps.length === 0) return null
  const { ledger, review } = project
  const names = new Set(traps.map(({ id }) => id))
  const at = new Map(ledger.map(({ object: named }, index) => [named, index]))
  const revealed = revealedAt(ledger)
  const told = toldTraps(ledger, traps)
  const events = eventsOfDraw(project).filter((event) => {
    const index = names.has(event.record) ? at.get(`${paths.verdicts}#${event.id}`) : undefined
    return index !== undefined && index < Math.min(revealed, told.get(event.by)?.at.get(event.record) ?? ledger.length)
  })
  const toldIds: ToldTraps = new Map([...told].map(([reader, { ids }]) => [reader, ids]))
  return trapResult(traps, events, { told: toldIds, wanted: review.plan?.traps ?? 0 })
}

/** Where in the ledger the traps of the present sample were revealed; its length where they were not. */
function revealedAt(ledger: readonly LedgerEntry[]): number {
  const drawn = ledger.findLastIndex(({ action }) => action === 'sample-drawn')
  const found = ledger.findIndex(({ action }, index) => index > drawn && action === 'traps-revealed')
  return found < 0 ? ledger.length : found
}

export function areTrapsRevealed(ledger: readonly LedgerEntry[]): boolean {
  return revealedAt(ledger) < ledger.length
}

/** Action of the ledger: a seeded defect was told to the reader who was about to act on it. */
export const trapVoided = 'trap-voided'

/** Action of the ledger: a reader took the number of a record to look it up elsewhere. On a tablet a seeded defect can not be told from others. */
export const numberCopied = 'number-copied'

interface Told {
  readonly ids: ReadonlySet<string>
  /** Where in the ledger each was told first. */
  readonly at: ReadonlyMap<string, number>
}

/** Seeded defects that were told, by who wanted to act on them. */
export function toldTraps(ledger: readonly LedgerEntry[], traps: readonly Pick<Trap, 'id'>[]): ReadonlyMap<string, Told> {
  // Every screen of a review asks, with every act, and most plans seed none.
  if (traps.length === 0) return new Map()
  const names = new Set(traps.map(({ id }) => id))
  const byReader = new Map<string, Map<string, number>>()
  for (const [index, { action, actor, object: named }] of ledger.entries()) {
    const id = action === trapVoided ? named.slice(paths.traps.length + 1) : action === numberCopied ? named : null
    if (id === null || !names.has(id)) continue
    const own = byReader.get(actor) ?? new Map<string, number>()
    if (!own.has(id)) byReader.set(actor, own.set(id, index))
  }
  return new Map([...byReader].map(([reader, at]) => [reader, { at, ids: new Set(at.keys()) }]))
}

export function trapsDigest(traps: readonly Trap[]): string {
  return digestOf(jsonOf(traps.toSorted((a, b) => (a.id < b.id ? -1 : 1))))
}

/** The project with these traps hidden in its private part. */
export function withHiddenTraps(project: Project, hidden: HiddenTraps): Project {
  const bytes = utf8(`${JSON.stringify(hidden, null, 2)}\n`)
  return { ...project, private: new Map(project.private).set(paths.hiddenTraps, bytes) }
}
