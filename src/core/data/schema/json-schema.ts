/** JSON Schema over rows: the simple keywords become named checks, the rest stays one constraint that ajv evaluates. */
import { isObject } from '../read/resources.ts'
import type { JsonObject, JsonValue } from '../record.ts'
import type { CompiledSchema, Constraint } from './constraint.ts'

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
]
const ranges = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']
const dateFormats: Readonly<Record<string, string>> = { date: 'date', 'date-time': 'datetime' }
const textFormats = ['uuid', 'email', 'uri', 'ipv4']
const notes = ['title', 'description', 'examples', 'default', '$comment', 'deprecated', 'readOnly', 'writeOnly']

export function compileJsonSchema(schema: JsonObject, table: string, digest: string): CompiledSchema {
  const constraints: Constraint[] = []
  const add = (fields: readonly string[], check: string, pointer: string, params: JsonObject): void => {
    constraints.push({ on: { table, fields }, check, params, origin: { schema: digest, pointer } })
  }
  const properties = isObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  add(Object.keys(properties), 'data/header', '/properties', {
    match: schema.additionalProperties === false ? 'superset' : 'partial',
    names: Object.keys(properties),
    needed: required,
  })
  for (const name of required) add([name], 'data/required', '/required', {})
  const rest: Record<string, JsonValue | undefined> = {}
  for (const [name, property] of Object.entries(properties)) {
    const left = isObject(property)
      ? lower(name, property, `/properties/${pointerPart(name)}`, add)
      : property === true
        ? {}
        : { not: {} }
    if (Object.keys(left).length > 0)
      rest[name] = { ...left, ...(isObject(property) && property.type !== undefined ? { type: property.type } : {}) }
  }
  const whole = Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword))
  if (Object.keys(rest).length > 0 || whole.length > 0) {
    const kept = Object.fromEntries(
      Object.entries(schema).filter(([keyword]) => ['$schema', '$defs', 'definitions'].includes(keyword)),
    )
    const residual: JsonObject = { ...kept, ...Object.fromEntries(whole), properties: rest }
    add(Object.keys(properties), 'data/json-schema', '', { schema: residual, types: typesOf(properties) })
  }
  return { constraints, nulls: new Map(), defaultNulls: [''], notEvaluated: [] }
}

type Add = (fields: readonly string[], check: string, pointer: string, params: JsonObject) => void

/** Lowers one property; gives back the keywords that are left for ajv. */
function lower(name: string, property: JsonObject, pointer: string, add: Add): JsonObject {
  const left: Record<string, JsonValue | undefined> = {}
  const limits: Record<string, JsonValue | undefined> = {}
  const lengths: Record<string, JsonValue | undefined> = {}
  const type = plainType(property.type)
  const date = typeof property.format === 'string' ? dateFormats[property.format] : undefined
  if (type === 'integer' || type === 'number') add([name], 'data/type', `${pointer}/type`, { type })
  else if (type === 'boolean') add([name], 'data/type', `${pointer}/type`, { type, trueValues: ['true'], falseValues: ['false'] })
  else if (type !== null && type !== 'string') left.type = property.type
  if (date !== undefined) add([name], 'data/date-format', `${pointer}/format`, { type: date })
  for (const [keyword, value] of Object.entries(property)) {
    if (value === undefined || keyword === 'type' || notes.includes(keyword)) continue
    if (keyword === 'format' && (date !== undefined || textFormats.includes(String(value)))) {
      if (date === undefined) add([name], 'data/type', `${pointer}/format`, { type: 'string', format: value })
    } else if (keyword === 'enum' && isFlat(value)) add([name], 'data/value-list', `${pointer}/enum`, { values: flat(value) })
    else if (keyword === 'const' && isFlat([value])) add([name], 'data/value-list', `${pointer}/const`, { values: flat([value]) })
    else if (keyword === 'pattern') add([name], 'data/pattern', `${pointer}/pattern`, { pattern: value, whole: false })
    else if (keyword === 'minLength' || keyword === 'maxLength') lengths[keyword] = value
    else if (ranges.includes(keyword)) limits[keyword] = value
    else left[keyword] = value
  }
  if (Object.keys(lengths).length > 0) add([name], 'data/length', pointer, lengths)
  if (Object.keys(limits).length > 0) add([name], 'data/range', pointer, { type: type ?? 'number', ...limits })
  return left
}

/** `null` beside one type says that the cell may be empty, which it may anyway. */
function plainType(type: JsonValue | undefined): string | null {
  if (typeof type === 'string') return type
  const others = Array.isArray(type) ? type.filter((entry) => entry !== 'null') : []
  return others.length === 1 && typeof others[0] === 'string' ? others[0] : type === undefined ? null : 'several'
}

function isFlat(value: JsonValue): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry !== 'object' || entry === null)
}

/** A listed null allows the empty cell. */
function flat(value: JsonValue): JsonValue[] {
  return Array.isArray(value) ? value.filter((entry) => entry !== null).map(String) : []
}

function typesOf(properties: JsonObject): JsonObject {
  const types: Record<string, JsonValue> = Object.create(null)
  for (const [name, property] of Object.entries(properties))
    types[name] = isObject(property) ? (plainType(property.type) ?? 'string') : 'string'
  return types
}

function pointerPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
