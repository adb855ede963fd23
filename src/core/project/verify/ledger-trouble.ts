/** The quick look at a project that is open: content and chains of its ledger, its sample and its verdicts; all but the keys. */
import { beginsWith } from '../../grown-list.ts'
import type { Project } from '../format/project.ts'
import { type BrokenPlace, checkChains, checkHashes, type Place, type Tips, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { checkDraw } from './check-draw.ts'
import { checkResults } from './check-results.ts'

interface Held {
  readonly entries: readonly LedgerEntry[]
  /** Last entry of each device. */
  readonly tips: Tips
}

/** By first entry: a ledger that held and has only grown since is looked at from there. */
const held = new WeakMap<LedgerEntry, Held>()

/** One sentence that names the first entry that does not stand as it should; null where content and chains hold. */
export function ledgerTrouble(entries: readonly LedgerEntry[]): string | null {
  const [first] = entries
  const before = first && held.get(first)
  const from = before && beginsWith(entries, before.entries) ? before : { entries: [], tips: new Map() }
  const added = entries.slice(from.entries.length)
  const place = placeIn(entries, from.entries.length)
  const tips = new Map(from.tips)
  const why = firstWhy([checkHashes(added, place), checkChains(added, place, tips)])
  if (first && why === null) held.set(first, { entries, tips })
  return why
}

const known = new WeakMap<Project['review'], { readonly project: Project; readonly why: string | null }>()

/** The first thing that does not stand: the chains, a sample the ledger does not name, a verdict changed outside. */
export function projectTrouble(project: Project): string | null {
  const { ledger, review } = project
  const held = known.get(review)
  if (held && sameParts(held.project, project)) return held.why
  const place = placeIn(ledger)
  const why = ledgerTrouble(ledger) ?? firstWhy([checkDraw(project, ledger, place), checkResults(project, ledger, place)])
  known.set(review, { project, why })
  return why
}

/** Parts that the checks above read. */
const read = ['ledger', 'runs', 'sources', 'mapping', 'baseline', 'other'] as const

function sameParts(a: Project, b: Project): boolean {
  return read.every((part) => a[part] === b[part])
}

function firstWhy(verdicts: readonly Verdict[]): string | null {
  return verdicts.find((verdict) => !verdict.ok)?.why ?? null
}

/** Places of entries counted from `start`. */
function placeIn(entries: readonly LedgerEntry[], start = 0): Place {
  return (index): BrokenPlace => ({
    device: entries[start + index]?.device ?? null,
    seq: entries[start + index]?.seq ?? null,
    line: start + index + 1,
  })
}
