/** The result of a profile as the document that `carryover profile` promises; every other format is made from it. */

import type { NotEvaluated } from '../../finding.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { InputFieldProfile } from '../model/validation.ts'
import { maskedField } from '../schema/undeclared-columns.ts'
import { maskedProfile } from './masked-profile.ts'
import type { ProfiledInput, ProfileResult } from './profile.ts'

export interface ProfileDocumentInput {
  readonly path: string
  readonly table: string
  readonly encoding: string | null
  readonly dialect: {
    readonly delimiter: string
    readonly quote: string
    readonly newline: string
    readonly headerRows: number
    readonly skipRows: number
  } | null
  readonly records: number
  readonly status: ProfiledInput['status']
  /** Columns that are shown by number, because nobody declared their names: those may be values. Left out where there are none. */
  readonly numbered?: readonly number[]
}

export interface ProfileDocument {
  readonly tool: { readonly name: 'carryover'; readonly version: string }
  /** True where the run was interrupted: counts are those reached. */
  readonly partial: boolean
  readonly inputs: readonly ProfileDocumentInput[]
  readonly fields: readonly InputFieldProfile[]
  readonly suggested: JsonObject
  readonly notEvaluated: readonly NotEvaluated[]
}

export interface ProfileChoices {
  readonly version: string
  /** Path of each input as it was given. */
  readonly paths: readonly string[]
  /** Shows values of cells; off by default, because they may be those of patients. */
  readonly reveal: boolean
  /** Columns that no schema declares have numbers in place of names, which may be cells of a first record. For who may not see the file. */
  readonly numberColumns?: boolean
}

export function profileDocument(result: ProfileResult, choices: ProfileChoices): ProfileDocument {
  const isNumbered = choices.numberColumns === true && !choices.reveal
  return {
    tool: { name: 'carryover', version: choices.version },
    partial: result.partial,
    inputs: result.inputs.map((input, i) => inputOf(input, choices.paths[i] ?? input.name, isNumbered)),
    fields: choices.reveal
      ? result.fields
      : result.fields.map((field) => maskedIn(field, isNumbered ? result.inputs[field.input] : undefined)),
    suggested: choices.reveal ? result.suggested : withoutNames(withoutValues(result.suggested), isNumbered ? result.inputs : []),
    notEvaluated: result.notEvaluated,
  }
}

function maskedIn(field: InputFieldProfile, input: ProfiledInput | undefined): InputFieldProfile {
  return { ...maskedProfile(field), field: maskedField(field.field, input) }
}

function inputOf(
  { table, structure, records, status, undeclared }: ProfiledInput,
  path: string,
  isNumbered: boolean,
): ProfileDocumentInput {
  const dialect = structure?.dialect.value
  return {
    path,
    table,
    encoding: structure?.encoding.value ?? null,
    dialect:
      structure && dialect
        ? {
            delimiter: dialect.delimiter,
            quote: dialect.quote,
            newline: dialect.newline,
            headerRows: structure.headerRows,
            skipRows: structure.skipRows,
          }
        : null,
    records,
    status,
    ...(isNumbered && undeclared !== undefined ? { numbered: undeclared } : {}),
  }
}

/** Members of a schema that list or bound values. */
const valued = new Set(['enum', 'categories', 'minimum', 'maximum', 'example', 'examples', 'evidence'])

/** A suggested schema without the values it lists: they stand in the file that `--suggest-schema` writes. */
function withoutValues(value: JsonObject): JsonObject {
  const strip = (item: JsonValue): JsonValue => {
    if (Array.isArray(item)) return item.map(strip)
    if (typeof item !== 'object' || item === null) return item
    const kept = Object.entries(item).filter(([name]) => !valued.has(name))
    return Object.fromEntries(kept.map(([name, member]) => [name, strip(member as JsonValue)]))
  }
  return strip(value) as JsonObject
}

/** A suggested schema whose columns are called as the fields of the profile are. */
function withoutNames(suggested: JsonObject, inputs: readonly ProfiledInput[]): JsonObject {
  const renamed = (value: JsonValue, table: JsonValue | undefined): JsonValue => {
    if (Array.isArray(value)) return value.map((each) => renamed(each, table))
    const input = inputs.find((one) => one.table === table)
    return typeof value === 'string' ? maskedField(value, input) : value
  }
  const schemaOf = (schema: JsonObject, table: JsonValue | undefined): JsonObject => {
    const { fields, primaryKey, foreignKeys } = schema
    return {
      ...schema,
      fields: objectsIn(fields).map((field) => ({ ...field, name: renamed(field.name ?? '', table) })),
      ...(primaryKey === undefined ? {} : { primaryKey: renamed(primaryKey, table) }),
      ...(foreignKeys === undefined ? {} : { foreignKeys: objectsIn(foreignKeys).map((key) => referenceOf(key, table)) }),
    }
  }
  const referenceOf = (key: JsonObject, table: JsonValue | undefined): JsonObject => {
    const [reference = {}] = objectsIn([key.reference ?? null])
    return {
      ...{ ...key, fields: renamed(key.fields ?? '', table) },
      reference: { ...reference, fields: renamed(reference.fields ?? '', reference.resource) },
    }
  }
  const resources = objectsIn(suggested.resources).map((resource) => {
    const [schema = {}] = objectsIn([resource.schema ?? null])
    return { ...resource, schema: schemaOf(schema, resource.name) }
  })
  return { ...suggested, resources }
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(
    (each): each is JsonObject => typeof each === 'object' && each !== null && !Array.isArray(each),
  )
}
