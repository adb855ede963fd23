/** Any schema a person gives, to constraints: Table Schema, a resource or a whole data package, or JSON Schema. */
import { canonicalJson, sha256Hex } from '../../canonical.ts'
import { isObject } from '../read/resources.ts'
import type { JsonObject } from '../record.ts'
import { type CompiledSchema, noSchema } from './constraint.ts'
import { compileJsonSchema } from './json-schema.ts'
import { compileTableSchema, isTableSchema } from './table-schema.ts'

export function compileSchema(schema: JsonObject | null, table: string): CompiledSchema {
  if (schema === null) return noSchema
  const digest = `sha256:${sha256Hex(canonicalJson(schema))}`
  if (isTableSchema(schema)) return compileTableSchema(schema, table, digest)
  if (isObject(schema.schema)) return compileSchema(schema.schema, table)
  if (Array.isArray(schema.resources)) return compileSchema(resourceSchema(schema, table), table)
  if (isObject(schema.properties) || ['$schema', 'allOf', 'anyOf', 'oneOf', 'type'].some((keyword) => keyword in schema))
    return compileJsonSchema(schema, table, digest)
  return {
    ...noSchema,
    notEvaluated: [
      {
        what: `The schema given for ${table}`,
        why: 'It is neither a Table Schema (fields), a data package (resources) nor a JSON Schema (properties).',
      },
    ],
  }
}

/** The schema of a table inside a data package, found by the name of its resource or of its file. */
export function resourceSchema(dataPackage: JsonObject, table: string): JsonObject | null {
  const resources = Array.isArray(dataPackage.resources) ? dataPackage.resources.filter(isObject) : []
  const found =
    resources.find((resource) => resource.name === table) ?? resources.find((resource) => baseName(resource.path) === table)
  return found && isObject(found.schema) ? found.schema : null
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
