/** Columns of the file against columns of the schema, and names that can not be told apart. */
import type { JsonObject } from '../../model/record.ts'
import type { Check } from '../contract/check.ts'

export const header: Check = {
  code: 'data/header',
  title: 'Columns that do not match the schema, or have no name of their own',
  why: 'A missing column carries nothing over; a repeated or blank name hides one column behind another.',
  remedy: 'Compare the header with the schema: usually a column was renamed or an older export was used.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}

export interface HeaderFault {
  readonly field: string
  readonly kind: 'missing' | 'extra' | 'order'
  /** An extra column is only worth a warning unless the schema says which columns are allowed. */
  readonly declared: boolean
}

/** Differences under `fieldsMatch` of Table Schema v2: exact, equal, subset, superset, partial. */
export function headerFaults(columns: readonly string[], params: JsonObject): HeaderFault[] {
  const names = Array.isArray(params.names) ? params.names.map(String) : []
  const needed = Array.isArray(params.needed) ? params.needed.map(String) : names
  const given = Array.isArray(params.match) ? String(params.match[0]) : params.match
  const match = typeof given === 'string' ? given : null
  const faults: HeaderFault[] = []
  const wantsAll = match !== 'partial' && match !== 'superset'
  for (const name of wantsAll ? names : needed === names ? [] : needed)
    if (!columns.includes(name)) faults.push({ field: name, kind: 'missing', declared: true })
  if (match !== 'partial' && match !== 'subset')
    for (const column of columns)
      if (!names.includes(column)) faults.push({ field: column, kind: 'extra', declared: match !== null })
  if ((match === 'partial' || match === 'superset') && names.length > 0 && !names.some((name) => columns.includes(name)))
    faults.push({ field: names[0] ?? '', kind: 'missing', declared: true })
  if (match === 'exact' && faults.length === 0) {
    const at = columns.findIndex((column, i) => column !== names[i])
    if (at >= 0) faults.push({ field: columns[at] ?? '', kind: 'order', declared: true })
  }
  return faults
}
