/** JSON Schema over rows: the simple keywords become named checks, the rest stays one constraint that ajv evaluates. */

import { isMembers } from '../../values/json.ts'
import type { CompiledSchema, Constraint } from '../model/constraint.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import { resolved, unknownKeywords } from './keywords.ts'

const annotations = [
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'type',
  'properties',
  'required',
  'additionalProperties',
  '$defs',
  'definitions',
  'x-carryover',
]
const ranges = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
const dateFormats: ReadonlyMap<string, string> = new Map([
  ['date', 'date'],
  ['date-time', 'datetime'],
])
const textFormats = ['uuid', 'email', 'uri', 'ipv4']
const notes = ['title', 'description', 'examples', 'default', '$comment', 'deprecated', 'readOnly', 'writeOnly']

export function compileJsonSchema(schema: JsonObject, table: string, digest: string): CompiledSchema {
  const constraints: Constraint[] = []
  const add = (fields: readonly string[], check: string, pointer: string, params: JsonObject): void => {
    constraints.push({ on: { table, fields }, check, params, origin: { schema: digest, pointer } })
  }
  const properties = resolvedProperties(schema)
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  add(Object.keys(properties), 'data/header', '/properties', {
    match: schema.additionalProperties === false ? 'superset' : 'partial',
    names: Object.keys(properties),
    needed: required,
  })
  for (const name of required) add([name], 'data/required', '/required', {})
  const rest: Record<string, JsonValue | undefined> = Object.create(null)
  for (const [name, property] of Object.entries(properties)) {
    const left = isMembers(property)
      ? lower(name, property, `/properties/${pointerPart(name)}`, add)
      : property === true
        ? {}
        : { not: {} }
    if (Object.keys(left).length > 0) rest[name] = left
  }
  const whole = Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword))
  if (Object.keys(rest).length > 0 || whole.length > 0) {
    const kept = Object.fromEntries(
      Object.entries(schema).filter(([keyword]) => ['$schema', '$defs', 'definitions'].includes(keyword)),
    )
    const residual: JsonObject = { ...kept, ...Object.fromEntries(whole), properties: rest }
    add(Object.keys(properties), 'data/json-schema', '', { schema: residual, types: typesOf(properties) })
  }
  const unknown = unknownKeywords(schema)
  const notEvaluated = unknown.map((at) => ({
    what: `${table}: ${at} of the schema`,
    why: 'This keyword or format is not part of JSON Schema as it is understood here.',
  }))
  return { constraints, nulls: new Map(), defaultNulls: [''], notEvaluated, unknownKeywords: unknown }
}

type Add = (fields: readonly string[], check: string, pointer: string, params: JsonObject) => void

/** Lowers one property; gives back the keywords that are left for ajv. A keyword speaks only about values of its own type. */
function lower(name: string, property: JsonObject, pointer: string, add: Add): JsonObject {
  const left: Record<string, JsonValue | undefined> = Object.create(null)
  const limits: Record<string, JsonValue | undefined> = {}
  const lengths: Record<string, JsonValue | undefined> = {}
  const type = castType(property)
  const isText = type === 'string'
  const isNumber = type === 'integer' || type === 'number'
  const date = isText && typeof property.format === 'string' ? dateFormats.get(property.format) : undefined
  if (property.type !== undefined) {
    if (isNumber) add([name], 'data/type', `${pointer}/type`, { type, grammar: 'json' })
    else if (type === 'boolean')
      add([name], 'data/type', `${pointer}/type`, { type, trueValues: ['true'], falseValues: ['false'] })
    else if (!isText) left.type = property.type
  }
  if (date !== undefined) add([name], 'data/date-format', `${pointer}/format`, { type: date })
  for (const [keyword, value] of Object.entries(property)) {
    if (value === undefined || keyword === 'type' || notes.includes(keyword) || keyword.startsWith('$comment')) continue
    if (keyword === 'format' && isText && (date !== undefined || textFormats.includes(String(value)))) {
      if (date === undefined) add([name], 'data/type', `${pointer}/format`, { type: 'string', format: value })
    } else if (keyword === 'enum' && isFlat(value) && (isText || isNumber))
      add([name], 'data/value-list', `${pointer}/enum`, { ...(isNumber ? { type } : {}), values: flat(value, type) })
    else if (keyword === 'const' && isFlat([value]) && (isText || isNumber))
      add([name], 'data/value-list', `${pointer}/const`, { ...(isNumber ? { type } : {}), values: flat([value], type) })
    else if (keyword === 'pattern' && isText) add([name], 'data/pattern', `${pointer}/pattern`, { pattern: value, whole: false })
    else if ((keyword === 'minLength' || keyword === 'maxLength') && isText) lengths[keyword] = value
    else if (ranges.includes(keyword) && isNumber) limits[keyword] = value
    else left[keyword] = value
  }
  if (Object.keys(lengths).length > 0) add([name], 'data/length', pointer, lengths)
  if (Object.keys(limits).length > 0) add([name], 'data/range', pointer, { type, ...limits })
  return left
}

function resolvedProperties(schema: JsonObject): JsonObject {
  const given = isMembers(schema.properties) ? schema.properties : {}
  return Object.fromEntries(
    Object.entries(given).map(([name, property]) => [name, isMembers(property) ? resolved(property, schema) : property]),
  )
}

/** The types a cell is read as: as declared; where nothing is, as the listed values or limits want it, otherwise a text. */
function castType(property: JsonObject): string {
  const declared = typeof property.type === 'string' ? [property.type] : Array.isArray(property.type) ? property.type : []
  const types = declared.filter((entry) => entry !== 'null').map(String)
  if (types.length > 0) return types.join(' ')
  const listed = Array.isArray(property.enum) ? property.enum : property.const === undefined ? [] : [property.const]
  const filled = listed.filter((value) => value !== null)
  if (filled.length > 0 && filled.every((value) => typeof value === 'number')) return 'number'
  if (filled.length > 0 && filled.every((value) => typeof value === 'boolean')) return 'boolean'
  return ranges.some((keyword) => property[keyword] !== undefined) ? 'number' : 'string'
}
function isFlat(value: JsonValue): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null)
}

/** A listed null allows the empty cell; a value of another type than the cells can not be met. */
function flat(value: JsonValue, type: string): JsonValue[] {
  const listed = Array.isArray(value) ? value : []
  return listed.filter((entry) => (type === 'string' ? typeof entry === 'string' : typeof entry === 'number')).map(String)
}

function typesOf(properties: JsonObject): JsonObject {
  const types: Record<string, JsonValue> = Object.create(null)
  for (const [name, property] of Object.entries(properties)) types[name] = isMembers(property) ? castType(property) : 'string'
  return types
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
