/** What a dropped JSON document describes, and which sources of the project that is. */

import type { JsonObject, JsonValue } from '../../../../core/data/model/record.ts'
import { isTableFormat, type SourceEntry } from '../../../../core/data/model/source.ts'
import { pathsOf, resourceOf } from '../../../../core/data/schema/resource.ts'
import { isTableSchema } from '../../../../core/data/schema/table-schema.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { isMembers } from '../../../../core/values/json.ts'

export type SchemaKind = 'package' | 'table-schema' | 'json-schema'

/** Null where it is data, or nothing that is known. */
export function schemaKindOf(document: JsonValue): SchemaKind | null {
  if (!isMembers(document) || typeof document.resourceType === 'string') return null
  const { resources, $schema, type, properties } = document
  if (
    Array.isArray(resources) &&
    resources.some((one) => isMembers(one) && (pathsOf(one).length > 0 || typeof one.name === 'string'))
  )
    return 'package'
  if (isTableSchema(document)) return 'table-schema'
  const declared = typeof $schema === 'string' && $schema.includes('json-schema.org')
  return declared || (type === 'object' && isMembers(properties)) ? 'json-schema' : null
}

export interface Places {
  readonly attached: readonly SourceEntry[]
  /** It describes them too, and they keep the schema they have. */
  readonly kept: readonly SourceEntry[]
  /** Tables that it describes and no source is. */
  readonly unplaced: readonly string[]
}

/** @param path of the schema in the project: what it was attached to before stays with it */
export function placesOf(document: JsonObject, path: string, sources: readonly SourceEntry[]): Places {
  const described = sources.filter((source) => isTable(source) && describes(document, path, source))
  const only = sources.filter(isTable)
  // A schema of one table, and one table: nothing else can be meant.
  const meant = described.length === 0 && only.length === 1 && !Array.isArray(document.resources) ? only : described
  const own = (source: SourceEntry): boolean => source.schema === null || source.schema === path
  const tables = Array.isArray(document.resources) ? document.resources.filter(isMembers) : []
  return {
    attached: meant.filter(own),
    kept: meant.filter((source) => !own(source)),
    unplaced: Array.isArray(document.resources)
      ? tables
          .filter(
            (table) => !sources.some((source) => isTable(source) && resourceOf(document, source.table, source.name) === table),
          )
          .map(nameOf)
      : meant.length === 0
        ? [tableOf(path)]
        : [],
  }
}

/** The schema of the project that describes a new source; the first by path, packages after schemas of its name. */
export function schemaFor(source: SourceEntry, schemas: Project['schemas']): string | null {
  if (!isTable(source)) return null
  const own = `schemas/${source.table}.json`
  if (source.side === 'legacy' && schemas.has(own)) return own
  const fitting = [...schemas].filter(([path, schema]) => isSchema(schema) && describes(schema, path, source))
  return fitting.map(([path]) => path).sort()[0] ?? null
}

function describes(document: JsonObject, path: string, { table, name }: SourceEntry): boolean {
  if (Array.isArray(document.resources)) return resourceOf(document, table, name) !== null
  return [tableOf(path), document.name].some((one) => typeof one === 'string' && one.toLowerCase() === table.toLowerCase())
}

/** "schemas/patients.schema.json" speaks of the table patients. */
function tableOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/(\.schema)?\.json$/i, '')
}

function isSchema(document: unknown): document is JsonObject {
  return typeof document === 'object' && document !== null && !Array.isArray(document)
}

function nameOf(resource: JsonObject): string {
  return typeof resource.name === 'string' ? resource.name : (pathsOf(resource)[0] ?? 'a table without a name')
}

function isTable({ format }: SourceEntry): boolean {
  return isTableFormat(format)
}
