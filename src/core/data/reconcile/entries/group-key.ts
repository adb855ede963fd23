/** Which entries are judged together: those of one patient, or a share of a table that belongs to no patient. */
import { hash32 } from '../../../random.ts'
import { keyText, type LegacyItem, type TargetItem } from './items.ts'

/** Marks groups of entries that belong to no patient: they are put together by their own key, so that no group grows without end. */
const withoutPatient = '\u0000'

/** The group of an entry: its patient, else a share of the keys of its table. */
export function groupKey(patient: string, item: LegacyItem | TargetItem): string {
  const key = patient === '' ? keyText(item) : ''
  return key === '' ? patient : `${withoutPatient}${item.table.index}:${hash32(key) % 4096}`
}

export function isPatient(group: string): boolean {
  return group !== '' && !group.startsWith(withoutPatient)
}
