/** What the tasks of a reconciliation write down beside stretches, and how it is read again. */
import { deserialize } from 'node:v8'
import type { SideTotals } from '../../core/data/reconcile/account/side-part.ts'
import { knownOf } from '../../core/data/reconcile/entries/known-bytes.ts'
import type { KnownPatients } from '../../core/data/reconcile/entries/known-patients.ts'
import type { RunKey } from '../run-key.ts'
import type { BlocksAsked } from '../stretches/opened.ts'
import { onlyPiece, type ReadPart } from '../stretches/read-parts.ts'
import { readPiece } from '../stretches/shuffled.ts'
import type { WorkFolder } from '../work-folder.ts'

export interface ReconcileAsked extends BlocksAsked {
  readonly partitions: number
}

/** Pieces of a stretch: what was told in the order of the file, its totals, then entries by share of the patients. */
export const journalPiece = 0
export const totalsPiece = 1
export const firstEntries = 2

export async function totalsOf(folder: WorkFolder, key: RunKey, { name, ends }: ReadPart): Promise<SideTotals> {
  return deserialize(await readPiece(folder, key, name, ends, totalsPiece)) as SideTotals
}

export async function knownPatientsOf(folder: WorkFolder, key: RunKey): Promise<KnownPatients> {
  return knownOf(await onlyPiece(folder, key, 'known'))
}
