/** A Table Schema proposed from a profile: types, required, listed values, keys, references. Nothing is adopted without a person. */

import { type ColumnProfile, dateCandidates } from '../profile-column.ts'
import type { JsonObject, JsonValue } from '../record.ts'

export interface TableProfile {
  readonly table: string
  readonly path: string
  readonly records: number
  readonly columns: readonly ColumnProfile[]
}

/** Fewest records from which a rule may be read off. */
const enoughRecords = 100
const mostListed = 50

/** A data package with one resource per table. */
export function suggestPackage(tables: readonly TableProfile[]): JsonObject {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    resources: tables.map((table) => ({ name: table.table, path: table.path, schema: suggestSchema(table, tables) })),
  }
}

function suggestSchema(table: TableProfile, tables: readonly TableProfile[]): JsonObject {
  const key = primaryKeyOf(table)
  const references = referencesOf(table, tables)
  const spellings = new Set(['', ...table.columns.flatMap((column) => [...column.nullCounts.keys()])])
  return {
    fields: table.columns.map(suggestField),
    missingValues: [...spellings],
    ...(key === null ? {} : { primaryKey: key }),
    ...(references.length > 0 ? { foreignKeys: references } : {}),
  }
}

function suggestField(column: ColumnProfile): JsonObject {
  const { type, format } = typeOf(column)
  const constraints: Record<string, JsonValue> = {}
  if (column.total >= enoughRecords && column.filled === column.total) constraints.required = true
  const listed = type === 'string' ? listedValues(column) : null
  if (listed) constraints.enum = listed
  return {
    name: column.field,
    type,
    ...(format === null ? {} : { format }),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  }
}

/** A type is proposed only where every filled cell has it; leading zeros make an identifier, hence text. */
function typeOf(column: ColumnProfile): { readonly type: string; readonly format: string | null } {
  const { filled } = column
  if (filled === 0) return { type: 'any', format: null }
  if (column.booleans === filled) return { type: 'boolean', format: null }
  const date = column.dates.indexOf(filled)
  if (date >= 0 && column.integers < filled) {
    const candidate = dateCandidates[date]
    const isAmbiguous = candidate?.format.startsWith('%d/%m') && column.dates[date + 1] === filled
    // Undecidable from the column: any order would be a guess.
    if (candidate && isAmbiguous) return { type: candidate.type, format: 'any' }
    if (candidate) return { type: candidate.type, format: candidate.format === 'default' ? null : candidate.format }
  }
  if (column.leadingZeros > 0) return { type: 'string', format: null }
  if (column.integers === filled) return { type: 'integer', format: null }
  if (column.decimals === filled) return { type: 'number', format: null }
  return { type: 'string', format: null }
}

/** At most fifty values, each seen three times or more, in a column that repeats itself. */
function listedValues(column: ColumnProfile): string[] | null {
  const { values } = column
  if (!values || column.filled < enoughRecords || values.size > mostListed || values.size * 10 > column.filled) return null
  return [...values.values()].every((count) => count >= 3) ? [...values.keys()].sort() : null
}

/** The first column that is filled and different in every record, if it is named or formed like an identifier. */
function primaryKeyOf(table: TableProfile): string | null {
  const unique = table.columns.filter(
    (column) => column.filled === table.records && table.records > 1 && column.values?.size === table.records,
  )
  const named = unique.find(
    (column) => /(^|_)(id|uuid|key|mrn|number|no)$/i.test(column.field) || /^(id|[a-z]+id)$/i.test(column.field),
  )
  return named?.field ?? null
}

/** A column whose values are all found in another table's key, and whose name speaks of that table. */
function referencesOf(table: TableProfile, tables: readonly TableProfile[]): JsonObject[] {
  const list: JsonObject[] = []
  for (const column of table.columns) {
    const { values } = column
    if (!values || column.filled === 0) continue
    for (const other of tables) {
      if (other === table) continue
      const key = primaryKeyOf(other)
      const parents = other.columns.find((candidate) => candidate.field === key)?.values
      if (!key || !parents || !namesTable(column.field, other.table)) continue
      const found = [...values.keys()].filter((value) => parents.has(value)).length
      if (found >= values.size * 0.99) list.push({ fields: column.field, reference: { resource: other.table, fields: key } })
    }
  }
  return list
}

function namesTable(field: string, table: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/ids?$/, '')
  const name = plain(table)
  const singular = name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '')
  return [name, singular].includes(plain(field))
}
