/** Keys and references between tables that a schema is proposed to declare, read off the values of their columns. */

import type { ColumnProfile } from '../../columns/column-profile.ts'
import { isPatientTable, patientColumn } from '../../knowledge/data-dictionary.ts'
import { isBareNumber, isOwnKeyName, isPartName, keyStem, namesTable } from '../../knowledge/key-names.ts'
import type { JsonObject } from '../../model/record.ts'

/** Cells of a key that may be empty or repeated in a small table, and their share in a large one. */
const fewKeyFaults = 2
const keyFaultShare = 0.05

/**
 * The column that is called like the key of its table and differs in every record; else another one that is named like a key and differs
 * in every record; else one that differs in nearly every record, so that a validation finds the few that do not: called like the key of its
 * table, or referred to by another table. A bare number that repeats is a key only where another table refers to it.
 */
export function primaryKeyOf(table: TableProfile, tables: readonly TableProfile[]): string | null {
  const named = table.columns.filter(({ field, total }) => total > 1 && keyStem(field) !== null)
  const own = named.filter(({ field }) => isOwnKeyName(field, table.table))
  const found =
    own.find(isKey) ??
    named.find(isKey) ??
    own.find((column) => isNearlyKey(column) && !isBareNumber(column.field) && !isHalfKey(column, table)) ??
    own.find((column) => isLargeKey(column) && !isHalfKey(column, table)) ??
    named.find((column) => isLargeKey(column) && !isOfPatient(column, table) && !isHalfKey(column, table)) ??
    named.find((column) => isNearlyKey(column) && !isHalfKey(column, table) && isCalled(column, table, tables))
  return found?.field ?? null
}

function isKey({ filled, total, distinct, values }: ColumnProfile): boolean {
  return values !== null && filled === total && distinct === total
}

function isNearlyKey({ total, values }: ColumnProfile): boolean {
  const faults = total - (values?.size ?? 0)
  return values !== null && faults <= Math.max(fewKeyFaults, total * keyFaultShare) && faults * 3 <= total
}

/** More values than are kept: how many differ is an estimate. */
function isLargeKey({ values, filled, total, distinct }: ColumnProfile): boolean {
  return values === null && filled === total && distinct >= total * 0.97
}

/** A number of findings beside their versions, of rooms beside their buildings: what repeats is told apart by the other column. */
function isHalfKey({ field }: ColumnProfile, { columns }: TableProfile): boolean {
  return columns.some((other) => other.field !== field && other.distinct > 1 && isPartName(other.field))
}

/** The patient of each record of another table may come once nearly every time, and is no key. */
function isOfPatient({ field }: ColumnProfile, { table, columns }: TableProfile): boolean {
  const header = columns.map((one) => one.field)
  return !isPatientTable(table) && patientColumn(table, header) === field
}

/**
 * Nearly all cells of a column of the same name in another table are among its values, and no other column of that name differs more. A
 * plain number is called by columns that are named after its table.
 */
function isCalled(column: ColumnProfile, table: TableProfile, tables: readonly TableProfile[]): boolean {
  const isPlain = keyStem(column.field) === ''
  const others = tables
    .filter((other) => other !== table)
    .flatMap(({ columns }) =>
      columns.filter(({ field }) =>
        isPlain ? namesTable(field, table.table) : field.toLowerCase() === column.field.toLowerCase(),
      ),
    )
  const share = ({ distinct, filled }: ColumnProfile): number => distinct / Math.max(1, filled)
  return (
    (isPlain || others.every((other) => share(other) < share(column))) &&
    others.some((other) => {
      if (!other.values || other.filled === 0 || share(other) > mostShareOfCaller) return false
      let within = 0
      for (const [value, count] of other.values) if (column.values?.has(value)) within += count
      return within >= other.filled * namedShare
    })
  )
}

export interface ProposedReference {
  readonly field: string
  readonly table: string
  readonly key: string
  readonly declared: JsonObject
  /** Null where the values are too many to be compared here: the keys themselves have to tell. */
  readonly evidence: JsonObject | null
}

const fewestReferred = 20
/** A table that refers to another one repeats its keys. */
const mostShareOfCaller = 0.8
/** Of the cells of a column that is named after a table, as many are in its key. */
const namedShare = 0.9
/** Of the values of any other column. */
const unnamedShare = 0.99
const swappedShare = 0.05

interface Held {
  readonly other: TableProfile
  readonly key: string
  readonly isNamed: boolean
  /** Different values, and cells, that are in the key; null where that is not known. */
  readonly values: number
  readonly cells: number
  readonly isKnown: boolean
}

/** A column whose values are found in another table's key, and whose name or kind of value speaks of that table. */
export function referencesOf(table: TableProfile, tables: readonly TableProfile[]): ProposedReference[] {
  const patient = patientColumn(
    table.table,
    table.columns.map(({ field }) => field),
  )
  const held = table.columns.map((column) => ({ column, found: heldBy(column, patient, table, tables) }))
  return held.flatMap(({ column, found }) => {
    const named = found.filter(({ isNamed }) => isNamed)
    const fits = (one: Held): boolean =>
      one.isNamed ? one.cells >= column.filled * namedShare : one.values >= column.distinct * unnamedShare
    const best = named.find(fits) ?? found.filter(fits).sort((a, b) => b.values - a.values)[0]
    const swapped = named.find(
      (one) => one.isKnown && one.values <= column.distinct * swappedShare && isSwapped(one, column, held),
    )
    const one = swapped ?? best
    if (!one) return []
    const { other, key, isKnown } = one
    const left = column.filled - one.cells
    const says = left === 0 ? {} : { says: `${left} ${left === 1 ? 'record refers' : 'records refer'} to nothing` }
    return [
      {
        field: column.field,
        table: other.table,
        key,
        declared: { fields: column.field, reference: { resource: other.table, fields: key } },
        evidence: isKnown
          ? {
              field: column.field,
              proposes: `reference to ${other.table}.${key}`,
              seen: one.values,
              of: column.distinct,
              ...says,
            }
          : null,
      },
    ]
  })
}

/** Another column of the record holds this one's keys, and this one holds its: the names stand over each other's values. */
function isSwapped(
  one: Held,
  column: ColumnProfile,
  all: readonly { readonly column: ColumnProfile; readonly found: readonly Held[] }[],
): boolean {
  return all.some(
    (other) =>
      other.column !== column &&
      other.found.some(
        (held) => held.other === one.other && held.isKnown && held.values >= other.column.distinct * unnamedShare,
      ) &&
      other.found.some((held) => held.isNamed && held.isKnown && held.values <= other.column.distinct * swappedShare),
  )
}

function heldBy(column: ColumnProfile, patient: string | null, table: TableProfile, tables: readonly TableProfile[]): Held[] {
  if (column.filled === 0) return []
  return tables.flatMap((other): Held[] => {
    const key = other === table ? null : primaryKeyOf(other, tables)
    const parent = key === null ? undefined : other.columns.find(({ field }) => field === key)
    if (key === null || !parent) return []
    const isSame = column.field.toLowerCase() === key.toLowerCase() && keyStem(key) !== ''
    const isNamed = namesTable(column.field, other.table) || isSame || (isPatientTable(other.table) && column.field === patient)
    const isDistinctive = column.integers === 0 && column.distinct >= fewestReferred
    if (!isNamed && !isDistinctive) return []
    if (!column.values || !parent.values) {
      // Too many values to compare: where the names agree it is worth asking the keys.
      return isNamed ? [{ other, key, isNamed, values: column.distinct, cells: column.filled, isKnown: false }] : []
    }
    let [values, cells] = [0, 0]
    for (const [value, count] of column.values)
      if (parent.values.has(value)) {
        values++
        cells += count
      }
    return [{ other, key, isNamed, values, cells, isKnown: true }]
  })
}

export interface TableProfile {
  readonly table: string
  readonly path: string
  readonly records: number
  readonly columns: readonly ColumnProfile[]
}
