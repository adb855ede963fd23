/** What a project keeps of the last search for patients who are twice in the new system: counts alone, no record and no patient. */
import { digestOf, utf8 } from '../../canonical.ts'
import type { SourceEntry } from '../../data/model/source.ts'
import { type Hand, record } from '../../project/acts/hand.ts'
import { readingDigest } from '../../project/format/inputs-changed.ts'
import type { Project } from '../../project/format/project.ts'
import { unnamed } from '../../project/ledger/actor-slug.ts'
import { keptIn } from '../../values/document.ts'
import { type PairSearch, pairSearchDocument } from '../model/evidence-values.ts'

export const pairSearchPath = 'readiness/pair-search.json'
export const pairsSearched = 'pairs-searched'

/** The search kept with its entry in the ledger. Only one by a named person, of a source that was read whole, is kept; else the project as it is. */
export function withPairSearch(
  project: Project,
  source: SourceEntry,
  counts: Pick<PairSearch, 'records' | 'pairs' | 'groups'>,
  hand: Hand,
): Project {
  if (source.side !== 'target' || source.sha256 === null || hand.actor === unnamed) return project
  const { name, sha256 } = source
  const made: PairSearch = { day: hand.wall.slice(0, 10), source: { name, sha256, reading: readingDigest(source) }, ...counts }
  const text = `${JSON.stringify(made, null, 2)}\n`
  const { ledger } = record(project, [{ action: pairsSearched, object: pairSearchPath, digest: digestOf(text) }], hand)
  return { ...project, ledger, other: new Map(project.other).set(pairSearchPath, utf8(text)) }
}

/** The search of what is here now; null where none was made, no act of a named person names it, or its file changed since. */
export function currentPairSearch({ other, ledger, sources }: Pick<Project, 'other' | 'ledger' | 'sources'>): PairSearch | null {
  const bytes = other.get(pairSearchPath)
  const kept = bytes && keptIn(bytes, pairSearchDocument)
  if (!kept) return null
  const digest = digestOf(new TextDecoder().decode(bytes))
  const entry = ledger.findLast(({ action }) => action === pairsSearched)
  if (entry?.digest !== digest || entry.actor === unnamed) return null
  const isHere = sources.some(
    (source) => source.side === 'target' && source.sha256 === kept.source.sha256 && readingDigest(source) === kept.source.reading,
  )
  return isHere ? kept : null
}
