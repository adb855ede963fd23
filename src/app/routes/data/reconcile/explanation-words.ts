/** Explanations of records in words: what they speak of, and what they say of it. */
import type { Explanation } from '../../../../core/data/reconcile/account/result.ts'
import type { Finding, Sighting } from '../../../../core/finding.ts'
import { formatNumber } from '../../../components/format.ts'
import type { Reconciled } from '../acts/reconcile.ts'

export const stateWords: Readonly<Record<Explanation['state'], string>> = {
  merged: 'merged into another record',
  filtered: 'left out by a rule',
  archived: 'kept in an archive',
  rejected: 'refused by the load',
  'already-there': 'was in the target before',
  generated: 'made by the target itself',
}

/** States a record of this side may end in by a person's word. */
export function sayableStates(side: Explanation['side']): readonly Explanation['state'][] {
  return side === 'legacy' ? ['filtered', 'archived', 'merged', 'rejected'] : ['already-there', 'generated']
}

/** "record 17", "all of one patient (9●●●)", "all of visits"; `show` masks keys. */
export function recordWords(record: string, table: string, show: (text: string) => string): string {
  if (record === '*') return `all records of ${table}`
  if (record.startsWith('record:')) return `record ${formatNumber(Number(record.slice('record:'.length)))}`
  if (record.startsWith('patient:')) return `all records of patient ${show(record.slice('patient:'.length))}`
  return `record ${show(record)}`
}

const ofLegacy = ['data/record-unaccounted', 'data/item-lost', 'data/allergy-lost', 'data/patient-lost']
const ofTarget = [
  'data/orphan-target',
  'data/item-appeared',
  'data/patient-appeared',
  'data/item-resurrected',
  'data/allergy-resurrected',
]

/** What a person may say of the record of a sighting; null where it needs no explanation. */
export function explainableOf({ code, place }: Finding, { at, patient }: Sighting, { read }: Pick<Reconciled, 'read'>) {
  const side = ofLegacy.includes(code) ? 'legacy' : ofTarget.includes(code) ? 'target' : null
  if (side === null || at.kind !== 'cell') return null
  const source = read[at.input]
  // A resource is called by its type, which is where the finding stands; a row by its table.
  const table = side === 'target' ? (place.split(/[.(]/)[0] ?? place) : (source?.table ?? place)
  const ofPatient = patient === undefined || patient === '' ? [] : [`patient:${patient}`]
  return { side, table, records: [`record:${at.record}`, ...ofPatient, '*'] } as const
}
