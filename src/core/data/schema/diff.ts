/** What changed between two schemas, in words a data team can act on: stricter, looser, renamed, added, removed. */

import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'

export interface SchemaChange {
  readonly table: string
  /** Null where the change is about the table as a whole. */
  readonly field: string | null
  /** Stricter: what was accepted before may be refused now. */
  readonly kind: 'added' | 'removed' | 'renamed' | 'stricter' | 'looser' | 'changed'
  readonly words: string
}

/** Changes from one data package or Table Schema to another, by table and field in the order of the newer one. */
export function schemaDiff(before: JsonObject, after: JsonObject): SchemaChange[] {
  const [old, now] = [tablesOf(before), tablesOf(after)]
  const changes: SchemaChange[] = []
  for (const [table, schema] of now) {
    const earlier = old.get(table) ?? (old.size === 1 && now.size === 1 ? [...old.values()][0] : undefined)
    if (earlier) changes.push(...tableDiff(table, earlier, schema))
    else changes.push({ table, field: null, kind: 'added', words: `The table ${table} is new.` })
  }
  for (const table of old.keys())
    if (!now.has(table) && !(old.size === 1 && now.size === 1))
      changes.push({ table, field: null, kind: 'removed', words: `The table ${table} is gone.` })
  return changes
}

function tablesOf(schema: JsonObject): Map<string, JsonObject> {
  if (!Array.isArray(schema.resources)) return new Map([[typeof schema.name === 'string' ? schema.name : 'table', schema]])
  return new Map(
    schema.resources.filter(isMembers).flatMap((one) => (isMembers(one.schema) ? [[String(one.name ?? ''), one.schema]] : [])),
  )
}

function tableDiff(table: string, before: JsonObject, after: JsonObject): SchemaChange[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const gone = [...old.keys()].filter((name) => !now.has(name))
  const fresh = [...now.keys()].filter((name) => !old.has(name))
  const renamed = renames(gone, fresh, old, now)
  const changes: SchemaChange[] = []
  for (const [name, field] of now) {
    const from = renamed.get(name)
    const earlier = old.get(from ?? name)
    if (from !== undefined)
      changes.push({
        table,
        field: name,
        kind: 'renamed',
        words: `${from} is probably called ${name} now: both are described alike.`,
      })
    if (earlier) changes.push(...fieldDiff(table, name, earlier, field))
    else {
      const kind = required(field) ? 'stricter' : 'added'
      changes.push({ table, field: name, kind, words: `${name} is new${required(field) ? ' and must be filled' : ''}.` })
    }
  }
  const taken = new Set(renamed.values())
  for (const name of gone.filter((one) => !taken.has(one)))
    changes.push({ table, field: name, kind: 'removed', words: `${name} is gone.` })
  return [...changes, ...keyDiff(table, before, after)]
}

function fieldsOf(schema: JsonObject): Map<string, JsonObject> {
  const fields = Array.isArray(schema.fields) ? schema.fields.filter(isMembers) : []
  return new Map(fields.map((field) => [String(field.name ?? ''), field]))
}

/** New name → old name, where exactly one field that is gone has the same letters, or the same description and place. */
function renames(
  gone: readonly string[],
  fresh: readonly string[],
  old: ReadonlyMap<string, JsonObject>,
  now: ReadonlyMap<string, JsonObject>,
): Map<string, string> {
  const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const found = new Map<string, string>()
  const [oldNames, newNames] = [[...old.keys()], [...now.keys()]]
  for (const name of fresh) {
    const alike = gone.filter((one) => letters(one) === letters(name))
    const inPlace = gone.filter(
      (one) => oldNames.indexOf(one) === newNames.indexOf(name) && described(old.get(one)) === described(now.get(name)),
    )
    const [only, ...others] = alike.length > 0 ? alike : inPlace
    if (only !== undefined && others.length === 0) found.set(name, only)
  }
  return found
}

function described(field: JsonObject | undefined): string {
  return JSON.stringify([field?.type ?? null, field?.format ?? null, field?.constraints ?? null])
}

function required(field: JsonObject): boolean {
  return isMembers(field.constraints) && field.constraints.required === true
}

/** Types that accept everything the key accepts. */
const wider: Readonly<Record<string, readonly string[]>> = {
  integer: ['number', 'string', 'any'],
  year: ['integer', 'number', 'string', 'any'],
  number: ['string', 'any'],
  string: ['any'],
}

function widerThan(type: string): readonly string[] {
  return (Object.hasOwn(wider, type) ? wider[type] : undefined) ?? ['string', 'any']
}

function fieldDiff(table: string, field: string, before: JsonObject, after: JsonObject): SchemaChange[] {
  const changes: SchemaChange[] = []
  const say = (kind: SchemaChange['kind'], words: string): void => {
    changes.push({ table, field, kind, words })
  }
  const [from, to] = [String(before.type ?? 'any'), String(after.type ?? 'any')]
  if (from !== to) {
    const isWider = widerThan(from).includes(to)
    const isNarrower = widerThan(to).includes(from)
    say(isWider ? 'looser' : isNarrower ? 'stricter' : 'changed', `${field} is ${to} instead of ${from}.`)
  } else if ((before.format ?? 'default') !== (after.format ?? 'default'))
    say(
      'changed',
      `${field} is written as ${String(after.format ?? 'default')} instead of ${String(before.format ?? 'default')}.`,
    )
  const [old, now] = [
    isMembers(before.constraints) ? before.constraints : {},
    isMembers(after.constraints) ? after.constraints : {},
  ]
  for (const flag of ['required', 'unique'])
    if ((old[flag] === true) !== (now[flag] === true))
      say(
        now[flag] === true ? 'stricter' : 'looser',
        `${field} ${now[flag] === true ? 'must be' : 'need not be'} ${flag === 'required' ? 'filled' : 'unique'}${now[flag] === true ? ' now' : ' any more'}.`,
      )
  for (const limit of ['minimum', 'exclusiveMinimum', 'minLength', 'maximum', 'exclusiveMaximum', 'maxLength'])
    limitDiff(field, limit, old[limit], now[limit], say)
  listDiff(field, old.enum ?? before.categories, now.enum ?? after.categories, say)
  if (old.pattern !== now.pattern)
    say(
      old.pattern === undefined ? 'stricter' : now.pattern === undefined ? 'looser' : 'changed',
      `${field} follows ${now.pattern === undefined ? 'no pattern any more' : 'another pattern'}.`,
    )
  return changes
}

type Say = (kind: SchemaChange['kind'], words: string) => void

function limitDiff(field: string, limit: string, old: JsonValue | undefined, now: JsonValue | undefined, say: Say): void {
  if (old === now) return
  if (old === undefined) say('stricter', `${field} has a ${limit} of ${String(now)} now.`)
  else if (now === undefined) say('looser', `${field} has no ${limit} any more.`)
  else {
    const order = Number.isNaN(Number(now)) ? compareText(String(now), String(old)) : Number(now) - Number(old)
    if (order === 0) return
    const isLower = limit.toLowerCase().includes('min')
    say(order > 0 === isLower ? 'stricter' : 'looser', `The ${limit} of ${field} is ${String(now)} instead of ${String(old)}.`)
  }
}

/** Lists are told by how many, because listed values of a suggested schema are values of the data. */
function listDiff(field: string, old: JsonValue | undefined, now: JsonValue | undefined, say: Say): void {
  const [before, after] = [valuesOf(old), valuesOf(now)]
  if (before === null && after === null) return
  if (before === null || after === null) {
    if (before === null) say('stricter', `${field} takes ${after?.size} listed values only.`)
    else say('looser', `${field} takes other than the ${before.size} listed values, too.`)
    return
  }
  const added = [...after].filter((value) => !before.has(value)).length
  const removed = [...before].filter((value) => !after.has(value)).length
  if (added + removed === 0) return
  const kind = removed === 0 ? 'looser' : added === 0 ? 'stricter' : 'changed'
  say(kind, `The list of ${field} has ${counted(added, 'value')} more and ${counted(removed, 'value')} less.`)
}

function valuesOf(list: JsonValue | undefined): Set<string> | null {
  return Array.isArray(list) ? new Set(list.map((one) => String(isMembers(one) ? one.value : one))) : null
}

function keyDiff(table: string, before: JsonObject, after: JsonObject): SchemaChange[] {
  const changes: SchemaChange[] = []
  const names = (value: JsonValue | undefined): string =>
    Array.isArray(value) ? value.join(' + ') : typeof value === 'string' ? value : ''
  const [old, now] = [names(before.primaryKey), names(after.primaryKey)]
  if (old !== now) {
    const kind = old === '' ? 'stricter' : now === '' ? 'looser' : 'changed'
    changes.push({ table, field: null, kind, words: `The key of ${table} is ${now || 'none'} instead of ${old || 'none'}.` })
  }
  const references = (schema: JsonObject): Map<string, string> =>
    new Map(
      (Array.isArray(schema.foreignKeys) ? schema.foreignKeys.filter(isMembers) : []).map((key) => {
        const to = isMembers(key.reference) ? key.reference : {}
        const words = `${names(key.fields)} to ${String(to.resource ?? '')}.${names(to.fields)}`
        return [words, words]
      }),
    )
  const [earlier, later] = [references(before), references(after)]
  for (const words of later.keys())
    if (!earlier.has(words)) changes.push({ table, field: null, kind: 'stricter', words: `${table} refers from ${words} now.` })
  for (const words of earlier.keys())
    if (!later.has(words)) changes.push({ table, field: null, kind: 'looser', words: `${table} refers no more from ${words}.` })
  return changes
}
