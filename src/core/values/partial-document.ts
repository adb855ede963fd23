/**
 * Reads a kept document as far as it goes: a member that does not fit its schema is named with its place, has no effect, and is kept.
 * Documents that people draw or write by hand are read like this; all others are taken whole or not at all.
 */
import * as v from 'valibot'
import type { Json } from '../canonical.ts'
import { map, object, type Schema } from './document.ts'
import { isMembers, type Members } from './json.ts'

/** Something in a file that could not be used as it stands. */
export interface ReadProblem {
  /** JSON path, e.g. `$.nodes[3].medium`. */
  readonly place: string
  readonly sentence: string
}

export interface Read<T> {
  readonly value: T
  readonly problems: readonly ReadProblem[]
}

/** Members that this version does not know or can not use; kept and written back unchanged. */
export type Extra = Readonly<Record<string, Json>>

/** What of an object could not be used, by the object that is left without it. */
const unused = new WeakMap<object, Extra>()

type Plain<Entries extends v.ObjectEntries> = v.ObjectSchema<Entries, undefined>
type Made<Entries extends v.ObjectEntries> = v.InferOutput<Plain<Entries>> & { readonly extra: Extra }

/** Members by name; all others are handed on under `extra`. */
// @__NO_SIDE_EFFECTS__
export function record<const Entries extends v.ObjectEntries>(entries: Entries) {
  const schema = object(entries)
  const run: (typeof schema)['~run'] = schema['~run'].bind(schema)
  const made: Pick<v.GenericSchema<v.InferInput<Plain<Entries>>, Made<Entries>, v.BaseIssue<unknown>>, '~run' | '~types'> = {
    '~run': (dataset, config) => {
      const given = dataset.value
      const read = run(dataset, config)
      if (read.issues) return { typed: false, value: read.value, issues: read.issues }
      return { typed: true, value: { ...read.value, extra: restOf(given, entries) } }
    },
  }
  return Object.assign(schema, made)
}

function restOf(given: unknown, entries: v.ObjectEntries): Extra {
  const rest: Record<string, Json> = Object.create(null)
  if (typeof given !== 'object' || given === null) return rest
  const known = unused.get(given)
  if (known) return known
  for (const [name, value] of Object.entries(given)) if (!Object.hasOwn(entries, name) && value !== undefined) rest[name] = value
  return rest
}

/** A record without any member: what its schema says of a new one. */
export function blankOf<S extends Schema>(schema: S): v.InferOutput<S> {
  return v.parse(schema, {})
}

/** A list of records, each read as far as it goes. @param needs what an entry that is left out has not, after "has no" */
// @__NO_SIDE_EFFECTS__
export function records<const Item extends Schema>(item: Item, needs = '') {
  return v.nullish(v.pipe(v.array(item), v.metadata({ needs })), [])
}

/** A table by name, in the order of the names; one row that can not be used leaves all of it out. */
// @__NO_SIDE_EFFECTS__
export function rows<const Row extends Schema>(row: Row) {
  return v.pipe(
    map(row),
    v.transform(
      (given): ReadonlyMap<string, v.InferOutput<Row>> =>
        new Map(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
    ),
  )
}

/** Says in a sentence what a member takes, where its schema alone does not. */
// @__NO_SIDE_EFFECTS__
export function takes<Input>(wanted: Wanted): v.MetadataAction<Input, { readonly wanted: Wanted }> {
  return v.metadata({ wanted })
}

type Wanted = string | ((value: Json) => string)

/** @throws where the schema needs a member: of a document that is read as far as it goes everything can be left out */
export function readPartly<S extends Schema>(given: Members, schema: S, problems: ReadProblem[]): v.InferOutput<S> {
  const whole = v.safeParse(schema, given, { abortEarly: true })
  if (whole.success) return whole.output
  const { entries } = schema as Parts
  return v.parse(schema, entries && usableMembers(given, entries, '$', problems))
}

/** The members of a document with this word for its format; null, with a problem, where it is no object. */
export function membersOfFormat(json: unknown, format: string, what: string, problems: ReadProblem[]): Members | null {
  if (!isMembers(json)) {
    problems.push({ place: '$', sentence: `The file is not ${what}: it does not hold a JSON object.` })
    return null
  }
  if (json.format !== format)
    problems.push({
      place: '$.format',
      sentence: `$.format is ${JSON.stringify(json.format ?? null)}; this version reads "${format}".`,
    })
  return json
}

/** Parts of a library schema that this file reads; each kind of schema has some of them. */
type Parts = Schema & {
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly value?: Schema
  readonly pipe?: readonly [Schema & Rule, ...Rule[]]
  readonly options?: readonly unknown[]
  readonly literal?: unknown
}

interface Rule {
  readonly type: string
  readonly requirement?: unknown
  readonly metadata?: { readonly needs?: string; readonly wanted?: Wanted }
}

/** The value without what does not fit; undefined where nothing of it can be used. */
function usable(value: Json, schema: Schema, place: string, problems: ReadProblem[]): Json | undefined {
  const { entries, value: row, wrapped, pipe } = schema as Parts
  if (wrapped) return usable(value, wrapped, place, problems)
  const item = (pipe?.[0] as Parts | undefined)?.item
  const needs = pipe?.find(({ metadata }) => metadata?.needs !== undefined)?.metadata?.needs
  if (needs !== undefined && item && Array.isArray(value)) return usableItems(value, item, needs, place, problems)
  if (v.is(schema, value)) return value
  if (pipe) {
    const left = usable(value, pipe[0], place, problems)
    return left !== undefined && v.is(schema, left) ? left : undefined
  }
  if (!isMembers(value)) return undefined
  if (entries) return usableMembers(value, entries, place, problems)
  return row && schema.type === 'record' ? usableRows(value, row, place, problems) : undefined
}

function usableMembers(
  given: Members,
  entries: Readonly<Record<string, Schema>>,
  place: string,
  problems: ReadProblem[],
): Json | undefined {
  const members: [string, Json][] = []
  const extra: Record<string, Json> = Object.create(null)
  const lacking = new Set(Object.keys(entries).filter((name) => !canMiss(entries[name])))
  for (const [name, value] of Object.entries(given)) {
    const schema = Object.hasOwn(entries, name) ? entries[name] : undefined
    if (value === undefined || (schema && value === null)) continue
    const at = `${place}.${name}`
    const left = schema && usable(value, schema, at, problems)
    if (left !== undefined) {
      members.push([name, left])
      lacking.delete(name)
    } else if (schema && isListOfRecords(schema)) problems.push({ place: at, sentence: `${at} is not a list.` })
    else {
      extra[name] = value
      if (schema)
        problems.push({
          place: at,
          sentence: `${at} is ${shown(value)}; it takes ${wantedBy(schema, value)}. The value is kept but not used.`,
        })
    }
  }
  if (lacking.size > 0) return undefined
  const left = Object.fromEntries(members)
  unused.set(left, extra)
  return left
}

function usableItems(list: readonly Json[], item: Schema, needs: string, place: string, problems: ReadProblem[]): Json {
  return list.flatMap((each, index): Json[] => {
    const at = `${place}[${index}]`
    const left = usable(each, item, at, problems)
    if (left !== undefined) return [left]
    const what = isMembers(each) && needs !== '' ? `has no ${needs}` : 'is not an object'
    problems.push({ place: at, sentence: `${at} ${what}; it was left out.` })
    return []
  })
}

/** Problems inside a row are said of its table. */
function usableRows(given: Members, row: Schema, place: string, problems: ReadProblem[]): Json | undefined {
  const members: [string, Json][] = []
  for (const name of Object.keys(given).sort()) {
    const left = usable(given[name] ?? null, row, place, problems)
    if (left === undefined) return undefined
    members.push([name, left])
  }
  return Object.fromEntries(members)
}

function canMiss(schema: Schema | undefined): boolean {
  return schema?.type === 'nullish' || schema?.type === 'exact_optional'
}

function isListOfRecords(schema: Schema): boolean {
  const { wrapped } = schema as Parts
  return (wrapped as Parts | undefined)?.pipe?.some(({ metadata }) => metadata?.needs !== undefined) ?? false
}

const words: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list of texts'],
])

/** What a member takes, after “it takes”. */
export function wantedBy(schema: Schema, value: Json): string {
  const { wrapped, pipe, options, type, literal } = schema as Parts
  if (wrapped) return wantedBy(wrapped, value)
  if (type === 'picklist') return `one of ${options?.join(', ')}`
  if (type === 'literal') return JSON.stringify(literal)
  if (!pipe) return words.get(type) ?? 'something else'
  const wanted = pipe.find(({ metadata }) => metadata?.wanted !== undefined)?.metadata?.wanted
  if (wanted !== undefined) return typeof wanted === 'string' ? wanted : wanted(value)
  const least = pipe.find((rule) => rule.type === 'min_value')
  return `${wantedBy(pipe[0], value)}${least ? ` from ${String(least.requirement)} up` : ''}`
}

/** Longest value that a sentence repeats. */
const longestShown = 40

function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
