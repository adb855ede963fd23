/** Any schema a person gives, to constraints: Table Schema, a resource or a whole data package, or JSON Schema. */

import { canonicalJson, sha256Hex } from '../../canonical.ts'
import { isMembers } from '../../values/json.ts'
import { type CompiledSchema, noSchema } from '../model/constraint.ts'
import type { JsonObject } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'
import { compileJsonSchema } from './json-schema.ts'
import { compileTableSchema, isTableSchema } from './table-schema.ts'

/** `reading` are the choices for the table: its number columns that declare no decimal mark take the one that was chosen. */
export function compileSchema(schema: JsonObject | null, table: string, reading: ReadingChoices = {}): CompiledSchema {
  if (schema === null) return noSchema
  const digest = digestOf(schema)
  if (digest === null)
    return unread(table, 'It holds a number that is too large, or half a character: change or remove that value.')
  if (isTableSchema(schema)) return declaring(schema, compileTableSchema(schema, table, digest, reading.decimal))
  if (isMembers(schema.schema)) return compileSchema(schema.schema, table, reading)
  if (Array.isArray(schema.resources)) return compileSchema(resourceSchema(schema, table), table, reading)
  if (isMembers(schema.properties) || ['$schema', 'allOf', 'anyOf', 'oneOf', 'type'].some((keyword) => keyword in schema))
    return pointsOnly(table, reading, declaring(schema, compileJsonSchema(schema, table, digest)))
  return unread(table, 'It is neither a Table Schema (fields), a data package (resources) nor a JSON Schema (properties).')
}

function unread(table: string, why: string): CompiledSchema {
  return { ...noSchema, notEvaluated: [{ what: `The schema given for ${table}`, why }] }
}

/** Null where a value has no canonical form, such as 1e400. */
function digestOf(schema: JsonObject): string | null {
  try {
    return `sha256:${sha256Hex(canonicalJson(schema))}`
  } catch {
    return null
  }
}

/** A choice that can not be followed is named. */
function pointsOnly(table: string, { decimal }: ReadingChoices, compiled: CompiledSchema): CompiledSchema {
  if (decimal !== 'comma') return compiled
  const what = `The decimal comma chosen for ${table}`
  const why = 'Numbers of a JSON Schema are written with a point, as in JSON; a Table Schema takes the choice.'
  return { ...compiled, notEvaluated: [...compiled.notEvaluated, { what, why }] }
}

/** What the schema says about patients goes with its constraints. */
function declaring(schema: JsonObject, compiled: CompiledSchema): CompiledSchema {
  const declared = schema['x-carryover']
  return isMembers(declared) ? { ...compiled, carryover: declared } : compiled
}

/** The schema of a table inside a data package, found by the name of its resource or of its file. */
export function resourceSchema(dataPackage: JsonObject, table: string): JsonObject | null {
  const resources = Array.isArray(dataPackage.resources) ? dataPackage.resources.filter(isMembers) : []
  const found =
    resources.find((resource) => resource.name === table) ?? resources.find((resource) => baseName(resource.path) === table)
  return found && isMembers(found.schema) ? found.schema : null
}

function baseName(path: unknown): string | null {
  const first: unknown = Array.isArray(path) ? path[0] : path
  return typeof first === 'string'
    ? (first
        .split('/')
        .at(-1)
        ?.replace(/\.[^.]+$/, '') ?? null)
    : null
}
