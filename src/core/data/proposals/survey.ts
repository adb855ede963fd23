/** What a table is known to hold once it was profiled: its columns with their types, its key, and where it refers to. */

import type { ColumnProfile } from '../columns/column-profile.ts'
import { isBirth, isDeath, startOf, stopOf } from '../knowledge/column-words.ts'
import { isPatientTable, patientColumn, safetyByName } from '../knowledge/data-dictionary.ts'
import { columnTypeOf } from './schema/column-type.ts'
import { type ProposedReference, primaryKeyOf, referencesOf, type TableProfile } from './schema/proposed-keys.ts'

export interface SurveyedColumn {
  readonly field: string
  readonly profile: ColumnProfile
  readonly isDate: boolean
  readonly isNumber: boolean
}

export interface SurveyedTable {
  readonly table: string
  readonly records: number
  readonly columns: readonly SurveyedColumn[]
  readonly key: string | null
  readonly references: readonly ProposedReference[]
  readonly isPatients: boolean
  /** Column of the patient's key. */
  readonly patient: string | null
  readonly birth: string | null
  readonly death: string | null
}

export function surveyOf(tables: readonly TableProfile[]): SurveyedTable[] {
  return tables.map((table) => {
    const columns = table.columns.map((profile) => {
      const { type } = columnTypeOf(profile)
      const isDate = type === 'date' || type === 'datetime'
      return { field: profile.field, profile, isDate, isNumber: type === 'integer' || type === 'number' }
    })
    const key = primaryKeyOf(table, tables)
    const isPatients = isPatientTable(table.table)
    const header = columns.map(({ field }) => field)
    const references = referencesOf(table, tables)
    const toPatients = references.find(({ table: to }) => isPatientTable(to))
    const dates = columns.filter(({ isDate }) => isDate)
    return {
      table: table.table,
      records: table.records,
      columns,
      key,
      references,
      isPatients,
      patient: isPatients ? key : (toPatients?.field ?? patientColumn(table.table, header)),
      birth: dates.find(({ field }) => isBirth(field))?.field ?? null,
      death: dates.find(({ field }) => isDeath(field))?.field ?? null,
    }
  })
}

/** The table of visits: events of other tables belong to one of its rows, and it says from when to when. */
export function visitSpan(table: SurveyedTable): { readonly start: string; readonly stop: string } | null {
  if (table.key === null || safetyByName(table.table) !== 'appointment-order') return null
  for (const start of table.columns) {
    const rest = start.isDate ? startOf(start.field) : null
    const stop = rest === null ? undefined : table.columns.find(({ field, isDate }) => isDate && stopOf(field) === rest)
    if (stop) return { start: start.field, stop: stop.field }
  }
  return null
}
