/** How each table leads to the patient: a column of its own, or keys through other tables, shortest way first. */

import { safetyClasses } from '../../finding.ts'
import { isPatientTable, patientColumn, safetyByName } from '../knowledge/data-dictionary.ts'
import type { Constraint } from '../model/constraint.ts'
import type { JsonObject } from '../model/record.ts'
import type { Side } from '../model/source.ts'
import type { TableSafety } from '../model/validation.ts'
import { columnIn } from '../read/column-in.ts'

/** `own`: these columns are the key. `via`: these columns find a row of another table, which has a path of its own. */
export type PatientPath =
  | { readonly kind: 'own'; readonly fields: readonly string[]; readonly why: string }
  | {
      readonly kind: 'via'
      readonly fields: readonly string[]
      /** Index of the input that is looked up, and the columns found there. */
      readonly input: number
      readonly target: readonly string[]
      readonly why: string
    }
  | { readonly kind: 'none'; readonly why: string }

/** What is known of one table of the run. */
export interface PathTable {
  readonly input: number
  readonly table: string
  readonly side: Side | null
  readonly header: readonly string[]
  readonly constraints: readonly Constraint[]
  /** `x-carryover` of its schema: `{patient: column | columns | false, safety: class}`. */
  readonly declared: JsonObject | null
}

export function safetyOf({ table, declared }: Pick<PathTable, 'table' | 'declared'>): TableSafety | null {
  const given = declared?.safety
  const named = safetyClasses.find((each) => each === given)
  if (named) return { class: named, why: 'declared in the schema' }
  const guessed = safetyByName(table)
  return guessed && { class: guessed, why: `by the name of the table, ${table}` }
}

/** Why a declaration can not be honoured, in words; null when it can. */
export function declarationTrouble({ header, declared }: PathTable): string | null {
  if (declared === null) return null
  const { patient, safety } = declared
  if (safety !== undefined && !safetyClasses.some((each) => each === safety))
    return `The safety class ${JSON.stringify(safety)} is not one of ${safetyClasses.join(', ')}.`
  const missing = declaredFields(declared).filter((field) => columnIn(header, field) < 0)
  if (missing.length > 0) return `The declared patient column ${missing.join(' + ')} is not in the file.`
  const understood = patient === undefined || patient === false || declaredFields(declared).length > 0
  return understood ? null : '"patient" takes a column, a list of columns, or false.'
}

/** The path of every table, by index of its input; paths that are `known` stay as they are. */
export function patientPaths(
  tables: readonly PathTable[],
  known: ReadonlyMap<number, PatientPath> = new Map(),
): ReadonlyMap<number, PatientPath> {
  const paths = new Map(known)
  for (const table of tables) {
    const own = paths.has(table.input) ? null : ownPath(table)
    if (own) paths.set(table.input, own)
  }
  // A key that leads to the patient's own key holds that key itself: no look-up is needed.
  spread(tables, paths, (key, path) => path.kind === 'own' && sameFields(key.target, path.fields))
  for (const table of tables) {
    const column = patientColumn(table.table, table.header)
    if (!paths.has(table.input) && column !== null)
      paths.set(table.input, { kind: 'own', fields: [column], why: `by the name of the column, ${column}` })
  }
  spread(tables, paths, (_key, path) => path.kind !== 'none')
  for (const table of tables)
    if (!paths.has(table.input))
      paths.set(table.input, { kind: 'none', why: 'No column of the table names a patient and no declared key leads to one.' })
  return paths
}

/** How many look-ups lead from a table to the patient. */
export function depthOf(path: PatientPath, paths: ReadonlyMap<number, PatientPath>): number {
  let depth = 0
  for (let at: PatientPath | undefined = path; at?.kind === 'via'; at = paths.get(at.input)) depth++
  return depth
}

interface ForeignKey {
  readonly fields: readonly string[]
  readonly input: number
  readonly target: readonly string[]
}

/** Adds paths along keys, one round per look-up, until nothing is added; the shortest way wins, the order of the schema breaks ties. */
function spread(
  tables: readonly PathTable[],
  paths: Map<number, PatientPath>,
  leads: (key: ForeignKey, path: PatientPath) => boolean,
): void {
  for (let grown = true; grown; ) {
    const found = new Map<number, PatientPath>()
    for (const table of tables) {
      if (paths.has(table.input)) continue
      for (const key of foreignKeys(table, tables)) {
        const path = paths.get(key.input)
        if (!path || found.has(table.input) || !leads(key, path)) continue
        const same = path.kind === 'own' && sameFields(key.target, path.fields)
        const name = tables.find((each) => each.input === key.input)?.table ?? ''
        const why = `by the declared key ${key.fields.join(' + ')} to ${name}`
        found.set(table.input, same ? { kind: 'own', fields: key.fields, why } : { kind: 'via', ...key, why })
      }
    }
    for (const [input, path] of found) paths.set(input, path)
    grown = found.size > 0
  }
}

function foreignKeys(table: PathTable, tables: readonly PathTable[]): ForeignKey[] {
  const keys: ForeignKey[] = []
  for (const { check, on, params } of table.constraints) {
    if (check !== 'data/foreign-key') continue
    const named = tables.filter((each) => each.table === params.table)
    const to = named.find((each) => each.side === table.side) ?? named[0]
    const target = Array.isArray(params.fields) ? params.fields.map(String) : []
    const whole =
      on.fields.every((field) => columnIn(table.header, field) >= 0) && target.every((field) => to?.header.includes(field))
    if (to && to.input !== table.input && whole && target.length > 0) keys.push({ fields: on.fields, input: to.input, target })
  }
  return keys
}

function ownPath(table: PathTable): PatientPath | null {
  if (table.declared?.patient === false) return { kind: 'none', why: 'The schema says that the table is not about patients.' }
  const declared = declaredFields(table.declared)
  if (declared.length > 0 && declared.every((field) => columnIn(table.header, field) >= 0))
    return { kind: 'own', fields: declared, why: 'declared in the schema' }
  if (!isPatientTable(table.table)) return null
  const key = primaryKey(table)
  return key.length > 0 && key.every((field) => columnIn(table.header, field) >= 0)
    ? { kind: 'own', fields: key, why: `the key of ${table.table}` }
    : null
}

export function primaryKey({ constraints }: Pick<PathTable, 'constraints'>): readonly string[] {
  return constraints.find(({ check, params }) => check === 'data/unique-key' && params.primary === true)?.on.fields ?? []
}

function declaredFields(declared: JsonObject | null): readonly string[] {
  const patient = declared?.patient
  if (typeof patient === 'string') return [patient]
  return Array.isArray(patient) ? patient.map(String) : []
}

function sameFields(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((field, i) => field === b[i])
}
