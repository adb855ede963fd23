/** Keywords of JSON Schema 2020-12 and draft-07: what is unknown is named with its place, never skipped. */

import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'

const ofSchema = ['not', 'if', 'then', 'else', 'items', 'additionalItems', 'contains', 'propertyNames', 'additionalProperties']
const ofSchemaToo = ['unevaluatedItems', 'unevaluatedProperties', 'contentSchema']
const ofList = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']
const ofMap = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']
const plain = [
  '$schema',
  '$id',
  '$ref',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$vocabulary',
  '$comment',
  'type',
  'enum',
  'const',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'maxContains',
  'minContains',
  'maxProperties',
  'minProperties',
  'required',
  'dependentRequired',
  'title',
  'description',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'examples',
  'format',
  'contentEncoding',
  'contentMediaType',
  'x-carryover',
]
const known = new Set([...ofSchema, ...ofSchemaToo, ...ofList, ...ofMap, ...plain])

/** Formats that are asserted; the others are annotations that nobody checks. */
const formats = new Set([
  'date',
  'date-time',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uri-template',
  'uuid',
  'json-pointer',
  'relative-json-pointer',
  'regex',
  'byte',
  'int32',
  'int64',
  'float',
  'double',
  'iso-time',
  'iso-date-time',
])

/** JSON pointers of keywords and formats that nobody honours. */
export function unknownKeywords(schema: JsonValue, pointer = ''): string[] {
  if (!isMembers(schema)) return []
  const found: string[] = []
  for (const [keyword, value] of Object.entries(schema)) {
    const at = `${pointer}/${keyword.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!known.has(keyword)) found.push(at)
    if (value === undefined) continue
    if (keyword === 'format' && !formats.has(String(value))) found.push(`${at} (${String(value).slice(0, 40)})`)
    if ((ofSchema.includes(keyword) || ofSchemaToo.includes(keyword)) && isMembers(value))
      found.push(...unknownKeywords(value, at))
    if (ofList.includes(keyword) && Array.isArray(value))
      for (const [i, part] of value.entries()) found.push(...unknownKeywords(part, `${at}/${i}`))
    if (ofMap.includes(keyword) && isMembers(value))
      for (const [name, part] of Object.entries(value))
        if (part !== undefined) found.push(...unknownKeywords(part, `${at}/${name}`))
  }
  return found
}

/** A property with its plain references put in place; recursive ones, and those out of the definitions, stay for ajv. */
export function resolved(property: JsonObject, schema: JsonObject, depth = 0): JsonObject {
  const { $ref: reference, ...beside } = property
  const found = typeof reference === 'string' ? definitionOf(reference, schema) : null
  if (!found || depth > 8) return property
  // Draft-07 passes over what stands beside a reference.
  const own = /draft-0[467]/.test(String(schema.$schema ?? '')) ? {} : beside
  const clash = Object.keys(own).some((keyword) => keyword in found)
  return clash ? property : { ...resolved(found, schema, depth + 1), ...own }
}

function definitionOf(reference: string, schema: JsonObject): JsonObject | null {
  const parts = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(reference)
  const definitions = parts ? schema[parts[1] ?? ''] : null
  const name = (parts?.[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~')
  const found = isMembers(definitions ?? null) ? (definitions as JsonObject)[name] : null
  return found !== null && found !== undefined && isMembers(found) ? found : null
}
