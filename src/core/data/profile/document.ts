/** The result of a profile as the document that `carryover profile` promises; every other format is made from it. */

import type { NotEvaluated } from '../../finding.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { InputFieldProfile } from '../model/validation.ts'
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
}

export function profileDocument(result: ProfileResult, choices: ProfileChoices): ProfileDocument {
  return {
    tool: { name: 'carryover', version: choices.version },
    partial: result.partial,
    inputs: result.inputs.map((input, i) => inputOf(input, choices.paths[i] ?? input.name)),
    fields: choices.reveal ? result.fields : result.fields.map(maskedProfile),
    suggested: choices.reveal ? result.suggested : withoutValues(result.suggested),
    notEvaluated: result.notEvaluated,
  }
}

function inputOf({ table, structure, records, status }: ProfiledInput, path: string): ProfileDocumentInput {
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
