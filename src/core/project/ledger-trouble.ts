/** The quick look at a project that is open: content and chains of its ledger, its sample and its verdicts; all but the keys. */
import { type BrokenPlace, checkChains, checkHashes, type Place, type Verdict } from './chain.ts'
import { checkDraw } from './check-draw.ts'
import { checkResults } from './check-results.ts'
import type { LedgerEntry } from './ledger.ts'
import type { Project } from './project.ts'

/** One sentence that names the first entry that does not stand as it should; null where content and chains hold. */
export function ledgerTrouble(entries: readonly LedgerEntry[]): string | null {
  const place = placeIn(entries)
  return firstWhy([checkHashes(entries, place), checkChains(entries, place)])
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

function placeIn(entries: readonly LedgerEntry[]): Place {
  return (index): BrokenPlace => ({
    device: entries[index]?.device ?? null,
    seq: entries[index]?.seq ?? null,
    line: index + 1,
  })
}
