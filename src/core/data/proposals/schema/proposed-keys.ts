/** Keys and references between tables that a schema is proposed to declare, read off the values of their columns. */

import type { ColumnProfile } from '../../columns/column-profile.ts'
import { isPatientTable, patientColumn } from '../../knowledge/data-dictionary.ts'
import type { JsonObject } from '../../model/record.ts'

/** Cells of a key that may be empty or repeated in a small table, and their share in a large one. */
const fewKeyFaults = 2
const keyFaultShare = 0.05

/**
 * The first column that is filled and different in every record, if it is named or formed like an identifier; otherwise the first that is
 * so in nearly every record and is named after its own table, so that a validation finds the few that are not.
 */
export function primaryKeyOf({ table, columns }: TableProfile): string | null {
  const named = columns.filter(
    ({ field, total }) => total > 1 && (/(^|_)(id|uuid|key|mrn|number|no)$/i.test(field) || /^(id|[a-z]+id)$/i.test(field)),
  )
  const whole = named.find(({ total, filled, distinct, values }) => filled === total && (values ? distinct === total : false))
  return (
    (whole ?? named.find((column) => namesOwnTable(column.field, table) && isNearlyKey(column)))?.field ??
    named.find((column) => column.values === null && column.filled === column.total && column.distinct >= column.total * 0.97)
      ?.field ??
    null
  )
}

function isNearlyKey({ total, values }: ColumnProfile): boolean {
  const faults = total - (values?.size ?? 0)
  return values !== null && faults <= Math.max(fewKeyFaults, total * keyFaultShare) && faults * 3 <= total
}

/** A reference to another table may be nearly unique as well, and is no key. */
function namesOwnTable(field: string, table: string): boolean {
  return /^(id|uuid|key)$/i.test(field) || namesTable(field, table) || (/mrn$/i.test(field) && namesTable('patient', table))
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
    const key = other === table ? null : primaryKeyOf(other)
    const parent = key === null ? undefined : other.columns.find(({ field }) => field === key)
    if (key === null || !parent) return []
    const isSame = column.field.toLowerCase() === key.toLowerCase() && key.toLowerCase() !== 'id'
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

/** True where a column is called like a table: `PATIENT`, `patient_id` and `patients`, in one number or the other. */
export function namesTable(field: string, table: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/ids?$/, '')
  const name = plain(table)
  const singular = name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '')
  return [name, singular].includes(plain(field))
}

export interface TableProfile {
  readonly table: string
  readonly path: string
  readonly records: number
  readonly columns: readonly ColumnProfile[]
}
