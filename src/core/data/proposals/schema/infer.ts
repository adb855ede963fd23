/** A Table Schema proposed from a profile: types, required, listed values, patterns, keys, references. Nothing is adopted without a person. */

import type { ColumnProfile } from '../../columns/column-profile.ts'
import { codeStem, isBirth } from '../../knowledge/column-words.ts'
import { patientColumn } from '../../knowledge/data-dictionary.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { missingValuesOf, type NullEntry } from '../../nulls/dictionary.ts'
import { columnTypeOf, enoughRecords } from './column-type.ts'
import { listedValues, patternOf } from './column-values.ts'
import { type ProposedReference, primaryKeyOf, referencesOf, type TableProfile } from './proposed-keys.ts'

/** A data package with one resource per table. */
export function suggestPackage(tables: readonly TableProfile[]): JsonObject {
  return {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    resources: tables.map((table) => ({ name: table.table, path: table.path, schema: suggestSchema(table, tables) })),
  }
}

function suggestSchema(table: TableProfile, tables: readonly TableProfile[]): JsonObject {
  const key = primaryKeyOf(table, tables)
  const references = referencesOf(table, tables)
  const header = table.columns.map(({ field }) => field)
  const columns = table.columns.map((column) => proposalOf(column, key, references, { header, table: table.table }))
  return {
    fields: columns.map(({ field }) => field),
    missingValues: missingValues(table),
    ...(key === null ? {} : { primaryKey: key }),
    ...(references.length > 0 ? { foreignKeys: references.map(({ declared }) => declared) } : {}),
    'x-carryover': {
      evidence: [
        ...columns.flatMap(({ evidence }) => evidence),
        ...keyEvidence(table, key),
        ...references.flatMap(({ evidence }) => (evidence === null ? [] : [evidence])),
      ],
    },
  }
}

/** A field of the schema, and what each of its proposals was read off: how many of how many. */
interface Proposal {
  readonly field: JsonObject
  readonly evidence: readonly JsonObject[]
}

function proposalOf(
  column: ColumnProfile,
  key: string | null,
  references: readonly ProposedReference[],
  { header, table }: { readonly header: readonly string[]; readonly table: string },
): Proposal {
  const { field, filled, total } = column
  const { type, form, fits, misfits: which } = columnTypeOf(column)
  const constraints: Record<string, JsonValue> = {}
  const evidence: JsonObject[] = []
  const tell = (proposes: string, seen: number, of: number, against?: string): void => {
    evidence.push({ field, proposes, seen, of, ...(against === undefined ? {} : { says: against }) })
  }
  if (type !== 'any' && type !== 'string')
    tell(`type ${type}${form.decimalChar === ',' ? ' with a decimal comma' : ''}`, fits, filled, againstOf(fits, filled, which))
  if (isAlwaysFilled(column) || isNearlyFilled(column, header, table)) {
    constraints.required = true
    tell(
      'required',
      filled,
      total,
      filled === total ? undefined : `${total - filled} ${total - filled === 1 ? 'record has' : 'records have'} nothing there`,
    )
  }
  const isReference = field === key || references.some((one) => one.field === field)
  const listed = type === 'string' && !isReference ? listedValues(column) : null
  const pattern = type === 'string' && !listed ? patternOf(column) : null
  if (listed) {
    constraints.enum = [...listed.values]
    tell(
      `${listed.values.length} listed values`,
      listed.fits,
      filled,
      againstOf(listed.fits, filled, 'other spellings of a listed value'),
    )
  }
  if (pattern) {
    constraints.pattern = pattern.pattern
    tell(`pattern ${pattern.pattern}`, pattern.fits, filled, againstOf(pattern.fits, filled))
  }
  const positive = type === 'integer' || type === 'number' ? notNegative(column) : null
  if (positive !== null) {
    constraints.minimum = 0
    tell('minimum 0', positive, filled, againstOf(positive, filled, 'below zero'))
  }
  const isConstrained = Object.keys(constraints).length > 0
  return { field: { name: field, type, ...form, ...(isConstrained ? { constraints } : {}) }, evidence }
}

/** What speaks against a proposal; nothing where nothing does. */
function againstOf(fits: number, of: number, which?: string): string | undefined {
  if (fits === of) return undefined
  const words = `${fits} of ${of} fit, ${of - fits} ${of - fits === 1 ? 'does' : 'do'} not`
  return which ? `${words}: ${which}` : words
}

function keyEvidence(table: TableProfile, key: string | null): JsonObject[] {
  const column = table.columns.find(({ field }) => field === key)
  if (key === null || !column?.values) return []
  const distinct = column.values.size
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

/** Fewest records, and most empty cells and their share, of a column without which a record says nothing. */
const fewestNearly = 20
const mostEmpty = 5
const emptyShare = 0.05

/** True for the patient, the code and the birth date of records that have one but for a few. */
function isNearlyFilled({ field, total, filled }: ColumnProfile, header: readonly string[], table: string): boolean {
  const isNeeded = patientColumn(table, header) === field || codeStem(field) === '' || isBirth(field)
  const empty = total - filled
  return isNeeded && total >= fewestNearly && empty <= mostEmpty && empty <= total * emptyShare
}

/** Of so many numbers one may be below zero by mistake. */
const numbersPerFault = 200

/** How many numbers are not below zero, where that is a limit: the only one that does not depend on which records happened to be exported. */
function notNegative(column: ColumnProfile): number | null {
  const { commas, filled, lowest, values } = column
  if (commas !== null || filled < enoughRecords || lowest === null) return null
  if (!lowest.startsWith('-')) return filled
  if (!values) return null
  const below = [...values].reduce((sum, [text, count]) => sum + (text.startsWith('-') ? count : 0), 0)
  return below * numbersPerFault <= filled ? filled - below : null
}

/** Tokens with their reasons as labels, where there are any beside the empty cell. */
function missingValues({ columns }: TableProfile): JsonValue[] {
  const entries = new Map<string, NullEntry>([['', { token: '', reason: 'empty' }]])
  for (const entry of columns.flatMap((column) => column.nullEntries))
    if (!entries.has(entry.token)) entries.set(entry.token, entry)
  return entries.size === 1 ? [''] : missingValuesOf([...entries.values()])
}
