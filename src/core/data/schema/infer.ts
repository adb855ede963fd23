/** A Table Schema proposed from a profile: types, required, listed values, keys, references. Nothing is adopted without a person. */

import { missingValuesOf, type NullEntry } from '../nulls/dictionary.ts'
import type { ColumnProfile } from '../profile/column-profile.ts'
import type { JsonObject, JsonValue } from '../record.ts'
import { columnTypeOf } from './column-type.ts'

export interface TableProfile {
  readonly table: string
  readonly path: string
  readonly records: number
  readonly columns: readonly ColumnProfile[]
}

/** Fewest records from which it may be read off that every record keeps a rule. */
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
  return {
    fields: table.columns.map(suggestField),
    missingValues: missingValues(table),
    ...(key === null ? {} : { primaryKey: key }),
    ...(references.length > 0 ? { foreignKeys: references.map(({ key: declared }) => declared) } : {}),
    'x-carryover': {
      evidence: [...table.columns.flatMap(evidenceOf), ...keyEvidence(table, key), ...references.map(({ evidence }) => evidence)],
    },
  }
}

/** What each proposal was read off: how many of how many. */
function evidenceOf(column: ColumnProfile): JsonObject[] {
  const { field, filled, total } = column
  const { type, form, fits, misfits: which } = columnTypeOf(column)
  const misfits = filled - fits
  const words = `${fits} of ${filled} fit, ${misfits} ${misfits === 1 ? 'does' : 'do'} not`
  const says = { says: which ? `${words}: ${which}` : words }
  const mark = form.decimalChar === ',' ? ' with a decimal comma' : ''
  const list: JsonObject[] = []
  if (type !== 'any' && type !== 'string')
    list.push({ field, proposes: `type ${type}${mark}`, seen: fits, of: filled, ...(misfits > 0 ? says : {}) })
  if (isAlwaysFilled(column)) list.push({ field, proposes: 'required', seen: filled, of: total })
  const listed = type === 'string' ? listedValues(column) : null
  if (listed) list.push({ field, proposes: `${listed.length} listed values`, seen: filled, of: filled })
  if (isNeverNegative(column, type)) list.push({ field, proposes: 'minimum 0', seen: filled, of: filled })
  return list
}

function keyEvidence(table: TableProfile, key: string | null): JsonObject[] {
  const column = table.columns.find(({ field }) => field === key)
  if (key === null || !column) return []
  const distinct = column.values?.size ?? 0
  const against = [
    [column.filled - distinct, 'repeated'],
    [column.total - column.filled, 'empty'],
  ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]))
  const says =
    against.length === 0
      ? {}
      : { says: `${distinct} of ${column.total} are filled and different, against it: ${against.join(', ')}` }
  return [{ field: key, proposes: 'primaryKey', seen: distinct, of: column.total, ...says }]
}

function isAlwaysFilled(column: ColumnProfile): boolean {
  return column.total >= enoughRecords && column.filled === column.total
}

/** The only limit that does not depend on which records happened to be exported. */
function isNeverNegative(column: ColumnProfile, type: string): boolean {
  const isNumber = type === 'integer' || type === 'number'
  return (
    isNumber &&
    column.commas === null &&
    column.filled >= enoughRecords &&
    column.lowest !== null &&
    !column.lowest.startsWith('-')
  )
}

/** Tokens with their reasons as labels, where there are any beside the empty cell. */
function missingValues({ columns }: TableProfile): JsonValue[] {
  const entries = new Map<string, NullEntry>([['', { token: '', reason: 'empty' }]])
  for (const entry of columns.flatMap((column) => column.nullEntries))
    if (!entries.has(entry.token)) entries.set(entry.token, entry)
  return entries.size === 1 ? [''] : missingValuesOf([...entries.values()])
}

function suggestField(column: ColumnProfile): JsonObject {
  const { type, form } = columnTypeOf(column)
  const constraints: Record<string, JsonValue> = {}
  if (isAlwaysFilled(column)) constraints.required = true
  if (isNeverNegative(column, type)) constraints.minimum = 0
  const listed = type === 'string' ? listedValues(column) : null
  if (listed) constraints.enum = listed
  return {
    name: column.field,
    type,
    ...form,
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  }
}

/** A code, such as the sexes or a status of one letter: nothing that names anybody. */
const shortCode = /^[\p{L}\p{N}]{1,3}$/u

/** At most fifty values, each seen three times or more, in a column that repeats itself; in few records two codes or more, because those may well be all there are. */
function listedValues(column: ColumnProfile): string[] | null {
  const { values, filled } = column
  if (!values || values.size > mostListed || values.size * 10 > filled) return null
  if (filled < enoughRecords && (values.size < 2 || ![...values.keys()].every((value) => shortCode.test(value)))) return null
  return [...values.values()].every((count) => count >= 3) ? [...values.keys()].sort() : null
}

/** Cells of a key that may be empty or repeated in a small table, and their share in a large one. */
const fewKeyFaults = 2
const keyFaultShare = 0.05

/**
 * The first column that is filled and different in every record, if it is named or formed like an identifier; otherwise the first that is
 * so in nearly every record and is named after its own table, so that a validation finds the few that are not.
 */
function primaryKeyOf({ table, columns }: TableProfile): string | null {
  const named = columns.filter(
    ({ field, total }) => total > 1 && (/(^|_)(id|uuid|key|mrn|number|no)$/i.test(field) || /^(id|[a-z]+id)$/i.test(field)),
  )
  const whole = named.find(({ total, filled, values }) => filled === total && values?.size === total)
  return (whole ?? named.find((column) => namesOwnTable(column.field, table) && isNearlyKey(column)))?.field ?? null
}

function isNearlyKey({ total, values }: ColumnProfile): boolean {
  const faults = total - (values?.size ?? 0)
  return values !== null && faults <= Math.max(fewKeyFaults, total * keyFaultShare) && faults * 3 <= total
}

/** A reference to another table may be nearly unique as well, and is no key. */
function namesOwnTable(field: string, table: string): boolean {
  return /^(id|uuid|key)$/i.test(field) || namesTable(field, table) || (/mrn$/i.test(field) && namesTable('patient', table))
}

interface ProposedReference {
  readonly key: JsonObject
  readonly evidence: JsonObject
}

const fewestReferred = 20

/** A column of whose values at least 99 in 100 are found in another table's key, and whose name or kind of value speaks of that table. */
function referencesOf(table: TableProfile, tables: readonly TableProfile[]): ProposedReference[] {
  const list: ProposedReference[] = []
  for (const column of table.columns) {
    const { values } = column
    if (!values || column.filled === 0) continue
    for (const other of tables) {
      if (other === table) continue
      const key = primaryKeyOf(other)
      const parents = other.columns.find((candidate) => candidate.field === key)?.values
      if (!key || !parents || !agrees(column, other.table, key)) continue
      const found = [...values.keys()].filter((value) => parents.has(value)).length
      if (found < values.size * 0.99) continue
      const reference = { resource: other.table, fields: key }
      const evidence = { field: column.field, proposes: `reference to ${other.table}.${key}`, seen: found, of: values.size }
      list.push({ key: { fields: column.field, reference }, evidence })
    }
  }
  return list
}

/** By name; or, because small numbers are found in every key, by many different values that are no numbers. */
function agrees(column: ColumnProfile, table: string, key: string): boolean {
  const sameName = column.field.toLowerCase() === key.toLowerCase() && key.toLowerCase() !== 'id'
  const isDistinctive = column.integers === 0 && (column.values?.size ?? 0) >= fewestReferred
  return namesTable(column.field, table) || sameName || isDistinctive
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
