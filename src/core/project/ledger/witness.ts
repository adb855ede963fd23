/**
 * The witness of a project: who cosigns the checkpoints of its server. It stands in the ledger, so that nobody who checks a checkpoint has to be
 * told to ask for it.
 */
import type { LedgerEntry } from './ledger.ts'

/** The object of the entry is the key as C2SP writes it; an empty one says that no witness is asked for any more. */
export const witnessNamed = 'witness-named'

/** The key of the witness whose signature checkpoints need; null where the project asks for none. */
export function witnessIn(entries: readonly LedgerEntry[]): string | null {
  const named = entries.findLast(({ action }) => action === witnessNamed)
  return named && named.object !== '' ? named.object : null
}
