/** The schema of an example: its columns, and one rule over the table. */
import type { JsonObject } from '../../model/record.ts'

/** A column that needs no more than its name, or a field of Table Schema. */
type Column = string | JsonObject

/** A constraint as `x-carryover.rules` of a schema spells it, without the level, which is the table. */
interface TableRule {
  readonly fields?: readonly string[]
  readonly params?: JsonObject
}

/** Table Schema with one rule of `x-carryover.rules`: `check` over the table, with its columns and parameters. */
export function ruledSchema(check: string, columns: readonly Column[], rule: TableRule): JsonObject {
  return {
    fields: columns.map((column) => (typeof column === 'string' ? { name: column } : column)),
    'x-carryover': { rules: [{ on: 'table', check, ...rule }] },
  }
}
