/** A check over whole records: its words, and how the parameters of one constraint become a rule that a run can evaluate. */
import type { Fact } from '../../../finding.ts'
import type { Constraint } from '../../model/constraint.ts'
import type { JsonObject } from '../../model/record.ts'
import type { Check } from './check.ts'

/** True where the record keeps the rule, false where it breaks it, null where it can not be said, which counts as not tested. */
export type RecordTest = (text: (field: string) => string | null) => boolean | null

/** One rule about single records. */
export interface RecordRule {
  /** Where its findings are counted: a column, columns, or the name of the rule. */
  readonly place: string
  /** Columns whose values are shown as evidence; the first is where a finding points to. */
  readonly fields: readonly string[]
  /** Expression: records of which it is not true are not tested. */
  readonly when?: string
  /** Expression, or a test with the columns it reads. */
  readonly assert: string | RecordTest
  /** Facts said with every finding. */
  readonly facts?: readonly Fact[]
}

export interface RecordCheck extends Check {
  readonly scope: 'record'
  /** The rule of one constraint, or the reason why its parameters can not be honoured. */
  rule(constraint: Constraint): RecordRule | string
}

/** A column in an expression, whatever its name holds: brackets such as those of `Weight [kg]` are doubled where they close. */
export function column(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`
}

/** A text in an expression. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A parameter that must be a text. */
export function textParam(params: JsonObject, name: string): string | null {
  const value = params[name]
  return typeof value === 'string' && value !== '' ? value : null
}

export function listParam(params: JsonObject, name: string): readonly string[] {
  const value = params[name]
  return Array.isArray(value) ? value.map(String) : []
}

/** A number parameter with a default. */
export function numberParam(params: JsonObject, name: string, otherwise: number): number {
  const value = params[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise
}

/** `lookup(...)` of a constraint that names another table by `params.table`, its key column by `params.key`. */
export function lookUp(table: string, key: string, by: string, field: string): string {
  return `lookup(${quoted(table)}, ${quoted(key)}, ${column(by)}, ${quoted(field)})`
}
