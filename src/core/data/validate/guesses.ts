/** Tables that come without a schema: the run reads one off their data, so that what is unlike the rest of them is found. */

import type { NotEvaluated } from '../../finding.ts'
import type { Update } from '../../operation.ts'
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { ValidatePartial, ValidateSource } from '../model/validation.ts'
import { proposeSchemas } from './proposed.ts'
import type { ValidateInput } from './validate-input.ts'

/** Larger tables would be read twice more without being asked: propose a schema for them once. */
const mostBytes = 64 << 20
/** Of fewer records none is unusual: what one of them speaks against is no rule. */
const fewestRecords = 20
/** One that repeats a key is told of fewer: the name of the column speaks for the key as well. */
const fewestOfKey = 8

/** Tables that are too large to be read for a guess: what rests on one is not told of them. */
export function unguessed({ inputs, watch }: ValidateInput): readonly NotEvaluated[] {
  if (watch === false) return []
  return inputs
    .filter((one) => one.schema === null && one.guess === undefined && one.source.size > mostBytes && isTable(one))
    .map(({ table, source }) => ({
      what: `What is unlike the rest of ${table}`,
      why: `No schema is given for it, and one is read off tables of up to ${mostBytes >> 20} MB; this one has ${Math.round(source.size / (1 << 20))} MB. Write one with carryover profile --suggest-schema, and give it with --schema.`,
    }))
}

/** By its name: what it holds is not known yet. */
function isTable({ source, format }: ValidateSource): boolean {
  return format === 'csv' || (format === null && !/\.(ndjson|json|xml|jsonl)(\.gz)?$/i.test(source.name))
}

/** The same input, with what could be read off each table that has no schema. */
export async function* withGuesses(
  input: ValidateInput,
  signal: AbortSignal,
): AsyncGenerator<Update<ValidatePartial, never>, ValidateInput> {
  const isAsked = ({ schema, guess, source }: ValidateSource): boolean =>
    schema === null && guess === undefined && source.size > 0 && source.size <= mostBytes
  if (input.watch === false || !input.inputs.some(isAsked)) return input
  const guesses = new Map<ValidateSource, ValidateSource>()
  for (const side of new Set(input.inputs.map((one) => one.side))) {
    const inputs = input.inputs.filter((one) => one.side === side && isAsked(one))
    if (inputs.length === 0) continue
    for await (const update of proposeSchemas({ inputs, asOf: input.asOf ?? null }, signal)) {
      if (update.kind !== 'result') {
        yield update
        continue
      }
      const { suggested, inputs: read } = update.value
      const { resources } = suggested
      for (const [i, one] of inputs.entries()) {
        const records = read[i]?.records ?? 0
        const found = (Array.isArray(resources) ? resources : []).filter(isMembers).find(({ name }) => name === one.table)
        const schema = isMembers(found?.schema) ? found.schema : null
        guesses.set(one, { ...one, guess: schema === null || records >= fewestRecords ? schema : undisputed(schema, records) })
      }
    }
  }
  return { ...input, inputs: input.inputs.map((one) => guesses.get(one) ?? one) }
}

/** A proposed schema without the fields that something speaks against; with its key from eight records on. */
function undisputed(schema: JsonObject, records: number): JsonObject {
  const own = isMembers(schema['x-carryover']) ? schema['x-carryover'] : {}
  const evidence = (Array.isArray(own.evidence) ? own.evidence : []).filter(isMembers)
  const isDisputed = (field: JsonValue | undefined, isKey: boolean): boolean =>
    evidence.some((one) => one.field === field && (one.proposes === 'primaryKey') === isKey && one.says !== undefined)
  const fields = (Array.isArray(schema.fields) ? schema.fields : []).filter(isMembers)
  const { primaryKey, ...rest } = schema
  const hasKey = primaryKey !== undefined && (records >= fewestOfKey || !isDisputed(primaryKey, true))
  return {
    ...rest,
    fields: fields.map((field) => (isDisputed(field.name, false) ? { name: field.name ?? '' } : field)),
    ...(hasKey ? { primaryKey } : {}),
  }
}
