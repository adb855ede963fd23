/** What stands in a file for an entry, to be opened beside its translation: cells under the names of their columns, or the record as JSON. */

import type { JsonObject } from '../../data/model/record.ts'
import type { WholeRow } from '../../data/reconcile/entries/whole-records.ts'

/** Every cell of the rows that an entry was made of, the empty ones too. */
export function rowText(rows: readonly Pick<WholeRow, 'table' | 'header' | 'cells'>[]): string {
  return rows
    .map(({ table, header, cells }) => [table, ...header.map((column, at) => `${column}: ${cells[at] ?? ''}`)].join('\n'))
    .join('\n\n')
}

export function recordText(record: JsonObject): string {
  return JSON.stringify(record, null, 2)
}
