/** THE representation of what a schema asks for: data that a person can read, diff between versions, and edit. */

import type { NotEvaluated } from '../../finding.ts'
import type { JsonObject } from './record.ts'

export interface Constraint {
  readonly on: { readonly table: string; readonly fields: readonly string[] }
  /** Code of the check. */
  readonly check: string
  readonly params: JsonObject
  /** The schema by digest and the JSON pointer of the line that asked. */
  readonly origin: { readonly schema: string; readonly pointer: string }
}

/** A schema lowered to constraints. */
export interface CompiledSchema {
  readonly constraints: readonly Constraint[]
  /** Spellings of "nothing recorded" by field; `''` stands for the empty cell. */
  readonly nulls: ReadonlyMap<string, readonly string[]>
  readonly defaultNulls: readonly string[]
  readonly notEvaluated: readonly NotEvaluated[]
  /** JSON pointers of words that nobody can honour. */
  readonly unknownKeywords?: readonly string[]
  /** `x-carryover` of the schema: the columns of the patient's key and the safety class of the table. */
  readonly carryover?: JsonObject
}

export const noSchema: CompiledSchema = { constraints: [], nulls: new Map(), defaultNulls: [''], notEvaluated: [] }
