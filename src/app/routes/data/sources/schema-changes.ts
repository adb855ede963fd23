/** Two Table Schemas side by side, in sentences: what a proposed schema adds, drops or changes. */

import type { JsonObject, JsonValue } from '../../../../core/data/model/record.ts'
import { isObject } from '../../../../core/values/json.ts'

export interface SchemaChange {
  readonly kind: 'new' | 'gone' | 'changed'
  readonly field: string
  readonly words: string
}

/** Changes from one schema to another, field by field in the order of the later one; fields that are gone come last. */
export function schemaChanges(before: JsonObject | null, after: JsonObject): readonly SchemaChange[] {
  const earlier = fieldsOf(before)
  const later = fieldsOf(after)
  const changes = [...later].flatMap(([name, field]): SchemaChange[] => {
    const old = earlier.get(name)
    if (!old) return [{ kind: 'new', field: name, words: constraintsOf(field).join(', ') }]
    const was = constraintsOf(old)
    const is = constraintsOf(field)
    const added = is.filter((each) => !was.includes(each))
    const dropped = was.filter((each) => !is.includes(each))
    if (added.length + dropped.length === 0) return []
    const words = [...added, ...dropped.map((each) => `no longer ${each}`)].join(', ')
    return [{ kind: 'changed', field: name, words }]
  })
  const gone = [...earlier.keys()].filter((name) => !later.has(name))
  return [...changes, ...gone.map((field): SchemaChange => ({ kind: 'gone', field, words: 'not in this extract' }))]
}

/** What each proposal was read off: "type date: 4 of 6 fit, 2 do not: 1 impossible, 1 in another order or form". */
export function schemaEvidence(schema: JsonObject): readonly { readonly field: string; readonly words: string }[] {
  const carryover = schema['x-carryover']
  const list = isObject(carryover) && Array.isArray(carryover.evidence) ? carryover.evidence.filter(isObject) : []
  return list.map(({ field, proposes, seen, of, says }) => ({
    field: String(field),
    words: `${proposes === 'primaryKey' ? 'identifies a row' : proposes}: ${says ?? `${seen} of ${of}`}`,
  }))
}

/** A rule across columns or tables that a schema carries, with what was seen of it. */
export interface ProposedRule {
  readonly id: string
  readonly check: string
  readonly fields: readonly string[]
  /** Null where nobody counted. */
  readonly tested: number | null
  readonly kept: number | null
}

export function schemaRules(schema: JsonObject): readonly ProposedRule[] {
  const carryover = schema['x-carryover']
  const list = isObject(carryover) && Array.isArray(carryover.rules) ? carryover.rules.filter(isObject) : []
  return list.map(({ id, check, fields, proposed }) => {
    const seen = isObject(proposed) ? proposed : {}
    return {
      id: String(id),
      check: String(check),
      fields: Array.isArray(fields) ? fields.map(String) : [],
      tested: typeof seen.tested === 'number' ? seen.tested : null,
      kept: typeof seen.kept === 'number' ? seen.kept : null,
    }
  })
}

function fieldsOf(schema: JsonObject | null): ReadonlyMap<string, JsonObject> {
  const fields = Array.isArray(schema?.fields) ? schema.fields : []
  return new Map(
    fields.flatMap((field) => (isObject(field) && typeof field.name === 'string' ? [[field.name, field] as const] : [])),
  )
}

/** "date %d/%m/%Y", "required", "one of 4 values". */
function constraintsOf(field: JsonObject): readonly string[] {
  const format = typeof field.format === 'string' && field.format !== 'default' ? ` ${field.format}` : ''
  const type = `${typeof field.type === 'string' ? field.type : 'string'}${format}`
  const constraints = isObject(field.constraints) ? Object.entries(field.constraints) : []
  return [type, ...constraints.map(([name, value]) => constraintWords(name, value))]
}

function constraintWords(name: string, value: JsonValue | undefined): string {
  if (name === 'required' || name === 'unique') return value === true ? name : `not ${name}`
  if (name === 'enum') return `one of ${Array.isArray(value) ? value.length : 0} values`
  return `${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${JSON.stringify(value)}`
}
