/** Frictionless Table Schema, versions 1 and 2, to constraints. What can not be honoured is named, never skipped. */

import type { NotEvaluated } from '../../finding.ts'
import { isDateType } from '../../values/calendar.ts'
import { isMembers } from '../../values/json.ts'
import type { CompiledSchema, Constraint } from '../model/constraint.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { ReadingChoices } from '../model/source.ts'

const fieldKeywords = [
  'name',
  'title',
  'description',
  'example',
  'type',
  'format',
  'rdfType',
  'constraints',
  'missingValues',
  'categories',
  'categoriesOrdered',
]
const typeKeywords = ['decimalChar', 'groupChar', 'bareNumber', 'trueValues', 'falseValues', 'delimiter', 'itemType']
const schemaKeywords = [
  '$schema',
  'name',
  'title',
  'description',
  'fields',
  'fieldsMatch',
  'primaryKey',
  'uniqueKeys',
  'foreignKeys',
  'missingValues',
  'x-carryover',
]
const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']

export function isTableSchema(schema: JsonObject): boolean {
  return Array.isArray(schema.fields)
}

/** `digest` names the schema in the origin of every constraint; `decimal` is the mark of number columns that declare none. */
export function compileTableSchema(
  schema: JsonObject,
  table: string,
  digest: string,
  decimal?: ReadingChoices['decimal'],
): CompiledSchema {
  return new Compiler(table, digest, decimal).run(schema)
}

class Compiler {
  private readonly constraints: Constraint[] = []
  private readonly notEvaluated: NotEvaluated[] = []
  private readonly unknownKeywords: string[] = []
  private readonly nulls = new Map<string, readonly string[]>()
  private readonly table: string
  private readonly digest: string
  private readonly decimal: ReadingChoices['decimal']

  constructor(table: string, digest: string, decimal: ReadingChoices['decimal']) {
    this.table = table
    this.digest = digest
    this.decimal = decimal
  }

  run(schema: JsonObject): CompiledSchema {
    const fields = (Array.isArray(schema.fields) ? schema.fields : []).filter(isMembers)
    const names = fields.map((field) => String(field.name ?? ''))
    this.add(names, 'data/header', '/fields', { match: schema.fieldsMatch ?? null, names })
    const primary = namesOf(schema.primaryKey)
    for (const [i, field] of fields.entries()) this.field(field, `/fields/${i}`, primary)
    if (primary.length > 0) this.add(primary, 'data/unique-key', '/primaryKey', { primary: true })
    for (const [i, key] of list(schema.uniqueKeys).entries()) this.add(namesOf(key), 'data/unique-key', `/uniqueKeys/${i}`, {})
    for (const [i, key] of list(schema.foreignKeys).entries()) this.foreignKey(key, `/foreignKeys/${i}`)
    for (const keyword of Object.keys(schema)) if (!schemaKeywords.includes(keyword)) this.refuse(`/${keyword}`)
    const defaultNulls = missing(schema.missingValues) ?? ['']
    const { constraints, nulls, notEvaluated, unknownKeywords } = this
    return { constraints, nulls, defaultNulls, notEvaluated, unknownKeywords }
  }

  private field(field: JsonObject, pointer: string, primary: readonly string[]): void {
    const name = String(field.name ?? '')
    const type = typeof field.type === 'string' ? field.type : 'any'
    const form: Record<string, JsonValue | undefined> = { type, format: field.format }
    for (const keyword of typeKeywords) if (field[keyword] !== undefined) form[keyword] = field[keyword]
    if (type === 'number' && this.decimal === 'comma') form.decimalChar ??= ','
    for (const keyword of Object.keys(field))
      if (![...fieldKeywords, ...typeKeywords].includes(keyword)) this.refuse(`${pointer}/${keyword}`)
    const own = missing(field.missingValues)
    if (own) this.nulls.set(name, own)
    const constraints = isMembers(field.constraints) ? field.constraints : {}
    if (constraints.required === true || primary.includes(name))
      this.add([name], 'data/required', `${pointer}/constraints/required`, {})
    if (isDateType(type)) this.add([name], 'data/date-format', `${pointer}/type`, form)
    else if (type !== 'any' && !(type === 'string' && (field.format === undefined || field.format === 'default')))
      this.add([name], 'data/type', `${pointer}/type`, form)
    if (type === 'integer' || type === 'number') this.add([name], 'data/leading-zero', `${pointer}/type`, {})
    if (Array.isArray(field.categories))
      this.add([name], 'data/value-list', `${pointer}/categories`, {
        ...form,
        values: field.categories.map((category) => (isMembers(category) ? (category.value ?? '') : category)),
      })
    this.constraintsOf(name, constraints, form, `${pointer}/constraints`)
  }

  private constraintsOf(name: string, constraints: JsonObject, form: JsonObject, pointer: string): void {
    const limits: Record<string, JsonValue | undefined> = {}
    const lengths: Record<string, JsonValue | undefined> = {}
    for (const [keyword, value] of Object.entries(constraints)) {
      if (value === undefined || keyword === 'required') continue
      if (keyword === 'unique') {
        if (value === true) this.add([name], 'data/unique-key', `${pointer}/unique`, {})
      } else if (keyword === 'enum') this.add([name], 'data/value-list', `${pointer}/enum`, { ...form, values: value })
      else if (keyword === 'pattern') this.add([name], 'data/pattern', `${pointer}/pattern`, { pattern: value, whole: true })
      else if (keyword === 'minLength' || keyword === 'maxLength') lengths[keyword] = value
      else if (bounds.includes(keyword)) limits[keyword] = plainLimit(value, form)
      else if (keyword === 'jsonSchema')
        this.add([name], 'data/json-schema', `${pointer}/jsonSchema`, { schema: { properties: { [name]: value } }, json: true })
      else this.refuse(`${pointer}/${keyword}`)
    }
    if (Object.keys(lengths).length > 0) this.add([name], 'data/length', pointer, { ...form, ...lengths })
    if (Object.keys(limits).length > 0) this.add([name], 'data/range', pointer, { ...form, ...limits })
  }

  private foreignKey(key: JsonValue, pointer: string): void {
    const reference = isMembers(key) && isMembers(key.reference) ? key.reference : null
    if (!isMembers(key) || !reference) {
      this.refuse(pointer)
      return
    }
    const table = typeof reference.resource === 'string' && reference.resource !== '' ? reference.resource : this.table
    this.add(namesOf(key.fields), 'data/foreign-key', pointer, { table, fields: namesOf(reference.fields) })
  }

  private add(fields: readonly string[], check: string, pointer: string, params: JsonObject): void {
    this.constraints.push({ on: { table: this.table, fields }, check, params, origin: { schema: this.digest, pointer } })
  }

  private refuse(pointer: string): void {
    this.unknownKeywords.push(pointer)
    this.notEvaluated.push({
      what: `${this.table}: ${pointer} of the schema`,
      why: 'This keyword is not part of Table Schema as it is understood here.',
    })
  }
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : []
}

function namesOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.map(String) : []
}

/** Version 2 allows `{value, label}` beside plain texts. */
function missing(value: JsonValue | undefined): string[] | null {
  if (!Array.isArray(value)) return null
  return value.map((entry) => (isMembers(entry) ? String(entry.value ?? '') : String(entry)))
}

/** A limit written like the cells of the column, as a plain number. */
function plainLimit(value: JsonValue, form: JsonObject): JsonValue {
  if (typeof value !== 'string' || (form.type !== 'number' && form.type !== 'integer')) return value
  const group = typeof form.groupChar === 'string' ? form.groupChar : ''
  const point = typeof form.decimalChar === 'string' ? form.decimalChar : '.'
  return (group === '' ? value : value.replaceAll(group, '')).replace(point, '.')
}
