/** Schemas proposed for tables: each read once for what its columns hold, and once more for the rules across them that it keeps. */

import type { Update } from '../../operation.ts'
import { isMembers } from '../../values/json.ts'
import { columnProfileOf } from '../columns/column-profile.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { ValidateSource } from '../model/validation.ts'
import { type ProfileInput, type ProfileResult, profileTables, type ReadTable } from '../profile/profile.ts'
import { candidatesOf } from '../proposals/candidates.ts'
import type { Candidate, Tested } from '../proposals/rule-to-test.ts'
import type { TableProfile } from '../proposals/schema/proposed-keys.ts'
import { surveyOf } from '../proposals/survey.ts'
import { ValidationRun } from './validation-run.ts'

export interface ProposeInput extends ProfileInput {
  /** The day of the extract, ISO 8601; without it no rule about the future is proposed. */
  readonly asOf?: string | null
}

/** As `profile`, with rules across columns and tables in the suggested schemas. */
export async function* proposeSchemas(
  input: ProposeInput,
  signal: AbortSignal,
  keepsPartial = false,
): AsyncGenerator<Update<never, ProfileResult>> {
  let read: { readonly tables: readonly ReadTable[]; readonly result: ProfileResult } | null = null
  for await (const update of profileTables(input, signal, keepsPartial))
    if (update.kind === 'result') read = update.value
    else yield update
  if (!read) return
  const { tables, result } = read
  if (result.partial) {
    yield { kind: 'result', value: result }
    return
  }
  const profiles = tables.flatMap(({ input: one, state, decimal }) =>
    state === null
      ? []
      : [
          {
            table: one.table,
            path: one.name,
            records: one.records,
            columns: state.columns.map((column) => columnProfileOf(column, decimal)),
          },
        ],
  )
  // Other formats than tables are not read again.
  const inputs = input.inputs.filter((_, i) => tables[i]?.state != null)
  const suggested = yield* withRules({ ...input, inputs }, profiles, result.suggested, signal)
  yield { kind: 'result', value: { ...result, suggested } }
}

/** Tests what may be a rule, and adds those that the data keep. */
async function* withRules(
  { inputs, asOf }: ProposeInput,
  profiles: readonly TableProfile[],
  suggested: JsonObject,
  signal: AbortSignal,
): AsyncGenerator<Update<never, ProfileResult>, JsonObject> {
  const surveyed = surveyOf(profiles)
  const candidates = surveyed.map((table) => candidatesOf(table, surveyed))
  const resources = (Array.isArray(suggested.resources) ? suggested.resources : []).filter(isMembers)
  const asked = resources.map((resource, i) => withMembers(resource, { rules: (candidates[i] ?? []).map(({ rule }) => rule) }))
  const heard = new Map<string, Tested>()
  const named = (input: number, id: string): string => `${input}\n${id}`
  const given = inputs.map((one): ValidateSource => {
    const schema = asked.find(({ name }) => name === one.table)?.schema
    return { ...one, schema: isMembers(schema) ? schema : null, guess: null }
  })
  const run = new ValidationRun(
    {
      inputs: given,
      asOf: asOf ?? null,
      watch: false,
      maxRows: 2,
      heard: (entry, input, tested, broken) => {
        if (!given[input]) return
        const before = heard.get(named(input, entry.id)) ?? { tested: 0, broken: 0 }
        heard.set(named(input, entry.id), { tested: before.tested + tested, broken: before.broken + broken })
      },
    },
    undefined,
    null,
  )
  const orphans = new Map<string, number>()
  for await (const update of run.run(signal)) {
    if (update.kind === 'progress') yield { ...update, label: `${update.label}: rules` }
    if (update.kind === 'result')
      for (const { code, input, place, count } of update.value.findings)
        if (code === 'data/foreign-key') orphans.set(named(input ?? -1, place), count)
  }
  const complete = resources.map((resource, i): JsonObject => {
    const input = inputs.findIndex(({ table }) => table === resource.name)
    const seen = (candidate: Candidate): Tested => heard.get(named(input, candidate.rule.id)) ?? { tested: 0, broken: 0 }
    const chosen = chosenOf(candidates[i] ?? [], seen)
    const rules = chosen.map((candidate): JsonObject => {
      const { tested, broken } = seen(candidate)
      return { ...candidate.rule, proposed: { tested, kept: tested - broken } }
    })
    return withKeys(
      rules.length === 0 ? resource : withMembers(resource, { rules }),
      profiles[i],
      (field) => orphans.get(named(input, field)) ?? 0,
    )
  })
  return { ...suggested, resources: complete }
}

/** Of each family the candidate that the data support best; every supported one that stands alone. */
function chosenOf(candidates: readonly Candidate[], seen: (candidate: Candidate) => Tested): Candidate[] {
  const supported = candidates.filter((candidate) => candidate.isSupported(seen(candidate)))
  return supported.filter((candidate) => {
    const { family } = candidate
    if (family === undefined) return true
    const all = supported.filter((other) => other.family === family)
    const best = candidate.choose === 'fewest' ? Math.min(...all.map((other) => seen(other).broken)) : null
    return all.find((other) => best === null || seen(other).broken === best) === candidate
  })
}

function withMembers(resource: JsonObject, members: JsonObject): JsonObject {
  const schema = isMembers(resource.schema) ? resource.schema : {}
  const own = isMembers(schema['x-carryover']) ? schema['x-carryover'] : {}
  return { ...resource, schema: { ...schema, 'x-carryover': { ...own, ...members } } }
}

/** References of more values than could be compared are kept where nearly all of them lead somewhere. */
const mostOrphans = 0.1

function withKeys(resource: JsonObject, profile: TableProfile | undefined, orphansOf: (field: string) => number): JsonObject {
  const schema = isMembers(resource.schema) ? resource.schema : {}
  const declared: readonly JsonValue[] = Array.isArray(schema.foreignKeys) ? schema.foreignKeys : []
  const kept = declared.filter((one) => {
    const column = profile?.columns.find(({ field }) => isMembers(one) && field === one.fields)
    // Where values could be compared, what speaks for the reference is told beside it.
    return column === undefined || column.values !== null || orphansOf(column.field) <= column.filled * mostOrphans
  })
  if (kept.length === declared.length) return resource
  const { foreignKeys: _all, ...rest } = schema
  return { ...resource, schema: kept.length > 0 ? { ...rest, foreignKeys: kept } : rest }
}
