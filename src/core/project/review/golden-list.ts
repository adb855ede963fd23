/** Golden patients of a project: their numbers in `private/`, the digest of their keyed names in the ledger, with who chose them and when. */
import * as v from 'valibot'
import { digestOf, utf8 } from '../../canonical.ts'
import { keptIn, object } from '../../values/document.ts'
import { type Hand, record, type Step } from '../acts/hand.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
/** `private/golden.json`. */
export const goldenDocument = object({ keys: v.array(v.string()) })

/** Record numbers in the order chosen; empty before anybody chose, or where the private part is missing. */
export function goldenOf({ private: hidden }: Pick<Project, 'private'>): readonly string[] {
  const bytes = hidden.get(paths.golden)
  if (!bytes) return []
  return keptIn(bytes, goldenDocument)?.keys ?? []
}

/** `names` are the keyed hashes of `keys`: only they leave a trace outside `private/`, as one digest. */
export function chooseGolden(project: Project, keys: readonly string[], names: readonly string[], hand: Hand): Step {
  if (hand.actor === 'unnamed') return { ok: false, problem: 'Say who chooses: golden patients are chosen by a named clinician.' }
  const files = new Map(project.private).set(paths.golden, utf8(`${JSON.stringify({ keys }, null, 2)}\n`))
  const act = { action: 'golden-chosen', object: paths.golden, digest: digestOf([...names].sort()) }
  return { ok: true, project: record({ ...project, private: files }, [act], hand) }
}

export interface GoldenChoice {
  readonly by: string
  /** RFC 3339. */
  readonly at: string
  /** False where a run had compared both sides already: chosen then, a list may be chosen to please. */
  readonly beforeFirstRun: boolean
}

/** The choice made last; null before any. */
export function goldenChoice(ledger: readonly LedgerEntry[]): GoldenChoice | null {
  const at = ledger.findLastIndex(({ action }) => action === 'golden-chosen')
  const entry = ledger[at]
  if (!entry) return null
  const ran = ledger.findIndex(({ action }) => action === 'run-finished')
  return { by: entry.actor, at: entry.time.wall, beforeFirstRun: ran < 0 || at < ran }
}
