/** Acts that a person signs with the own key: whether that key was enrolled by this person, under the name that is printed. */
import { digestOf } from '../../canonical.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { whyNotAllowed } from './roles.ts'

/** Why the entry at this place is not in its person's own hand, its signed bytes aside, as the rest of a sentence; null where it is. */
export function ownKeyFault(
  { keys }: Pick<Project, 'keys'>,
  entries: readonly LedgerEntry[],
  at: number,
  name: string,
): string | null {
  const entry = entries[at]
  if (!entry) return 'it is not there'
  const before = entries.slice(0, at)
  const key = entry.publicKey === undefined ? null : digestOf(entry.publicKey)
  const enrolled = before.some(
    ({ action, actor, digest }) => action === 'key-enrolled' && actor === entry.actor && digest === key,
  )
  if (key === null || !enrolled) return 'its key was not enrolled by that person before'
  const file = keys.find(({ actor, publicKey }) => actor === entry.actor && digestOf(publicKey) === key)
  if (file?.name !== name) return `it is printed as ${name}, and its key was enrolled for ${file?.name ?? 'nobody'}`
  return whyNotAllowed(before, entry, entry.action)
}
