/** What a kept document looks like: one schema gives its type, its check, the sentence that refuses it and the order of its members. */
import * as v from 'valibot'
import type { Json } from '../canonical.ts'
import { isDay } from './day.ts'
import { isList, isMembers, isObject, type Members, parseJson } from './json.ts'

export type Schema = v.GenericSchema

/** The type of a document as everybody holds it: nothing in it is ever changed in place. */
export type Kept<S extends Schema> = Unchanging<v.InferOutput<S>>

type Unchanging<T> = Json extends T
  ? T
  : T extends ReadonlyMap<infer Name, infer Value>
    ? ReadonlyMap<Name, Unchanging<Value>>
    : T extends object
      ? { readonly [Name in keyof T]: Unchanging<T[Name]> }
      : T

/** Members by name; those that the schema does not name fit too, and stay where they are. */
// @__NO_SIDE_EFFECTS__
export function object<const Entries extends v.ObjectEntries>(entries: Entries) {
  return refusingLists(v.object(entries))
}

/** Members whose names are data; they are written in code-unit order. */
// @__NO_SIDE_EFFECTS__
export function map<const Value extends Schema>(value: Value) {
  return mapBy(v.string(), value)
}

/** The same where only certain names are used. */
// @__NO_SIDE_EFFECTS__
export function mapBy<const Name extends v.GenericSchema<string>, const Value extends Schema>(name: Name, value: Value) {
  return refusingLists(checkingEveryName(v.record(name, value)))
}

/** The library passes over members with these names, whatever they hold. */
const passedOver = ['constructor', 'prototype', '__proto__'] as const

/** Checks them like all others. What holds them is taken on as it is, as everywhere in this file. */
// @__NO_SIDE_EFFECTS__
function checkingEveryName<S extends v.RecordSchema<v.GenericSchema<string>, Schema, undefined>>(schema: S): S {
  const run: S['~run'] = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': ((dataset, config) => {
      const input = dataset.value
      const checked = run(dataset, config)
      if (!isObject(input)) return checked
      const issues: v.BaseIssue<unknown>[] = []
      for (const key of passedOver) {
        if (!Object.hasOwn(input, key)) continue
        const value = input[key]
        const place = (origin: 'key' | 'value'): v.ObjectPathItem => ({ type: 'object', origin, input, key, value })
        for (const issue of schema.key['~run']({ value: key }, config).issues ?? [])
          issues.push({ ...issue, path: [place('key')] })
        const read = schema.value['~run']({ value }, config)
        for (const issue of read.issues ?? []) issues.push({ ...issue, path: [place('value'), ...(issue.path ?? [])] })
        // Written by definition, so that a member called `__proto__` is a member.
        const member = { value: read.value, enumerable: true, writable: true, configurable: true }
        if (isObject(checked.value)) Object.defineProperty(checked.value, key, member)
      }
      const [first, ...rest] = [...(checked.issues ?? []), ...issues]
      return first ? { typed: false, value: checked.value, issues: [first, ...rest] } : checked
    }) satisfies S['~run'],
  })
}

/** One of several, told apart by a member that all of them have. */
// @__NO_SIDE_EFFECTS__
export function variant<const Key extends string, const Options extends v.VariantOptions<Key>>(key: Key, options: Options) {
  return refusingLists(v.variant(key, options))
}

/** The value itself where it fits, with members that the schema does not name, also where others are made anew. */
// @__NO_SIDE_EFFECTS__
export function takenAsItIs<S extends Schema>(schema: S): S {
  const run: S['~run'] = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': ((dataset, config) => {
      const given = dataset.value
      const read = run(dataset, config)
      return read.typed ? { ...read, value: given } : read
    }) satisfies S['~run'],
  })
}

/** A list that is written in the order of one member of its items; in any other list the order is meaning and stays. */
// @__NO_SIDE_EFFECTS__
export function listBy<const Item extends Schema>(sort: string, item: Item) {
  return v.pipe(v.array(item), v.metadata({ sort }))
}

/** A day of the calendar, YYYY-MM-DD. */
// @__NO_SIDE_EFFECTS__
export function day() {
  return v.pipe(
    v.string(),
    v.check(isDay, ({ input }) => `is ${excerptOf(input)}, which is no day. Write it as 2026-07-14, or take it out`),
  )
}

/** Anything that JSON can say. */
// @__NO_SIDE_EFFECTS__
export function json() {
  return v.custom<Json>((value) => value !== undefined)
}

/** The library takes a list for an object without names. */
// @__NO_SIDE_EFFECTS__
function refusingLists<S extends Schema>(schema: S): S {
  const run: S['~run'] = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': ((dataset, config) =>
      run(Array.isArray(dataset.value) ? { ...dataset, value: undefined } : dataset, config)) satisfies S['~run'],
  })
}

/** Whether a value is such a document. The value itself is taken on, so that unknown members and their order are kept. */
export function fits<V, S extends Schema>(value: V, schema: S): value is V & Kept<S> {
  return v.is(schema, value)
}

/** The document that these bytes write; null where they write none. */
export function keptIn<S extends Schema>(bytes: Uint8Array, schema: S): Kept<S> | null {
  const read = parseJson(new TextDecoder().decode(bytes))
  return read.ok && fits(read.value, schema) ? read.value : null
}

/** First place where a value is not such a document, in words; null when it is. */
export function misfit(value: unknown, schema: Schema): string | null {
  const { issues } = v.safeParse(schema, value, { abortEarly: true })
  return issues ? sentenceOf(issues[0]) : null
}

/** Longest excerpt of a refused word that a sentence shows. */
const longestExcerpt = 40

function sentenceOf({ kind, type, path: way, expected, input, message }: v.BaseIssue<unknown>): string {
  const path: readonly v.IssuePathItem[] = way ?? []
  const last = path.at(-1)
  if (last !== undefined && input === undefined && isObject(last.input) && !Object.hasOwn(last.input, String(last.key)))
    return `${placeOf(path.slice(0, -1))} lacks "${String(last.key)}"`
  const place = placeOf(path)
  if (kind === 'validation') return `${place} ${message}`
  if (expected === 'Object') return `${place} is not an object`
  if (type === 'picklist' || type === 'literal' || type === 'variant')
    return `${place} should be ${choicesOf(expected)}; it is ${excerptOf(input)}`
  return `${place} ${wanted.get(type) ?? 'is not what it should be'}`
}

const wanted: ReadonlyMap<string, string> = new Map([
  ['string', 'should be a text'],
  ['number', 'should be a number'],
  ['boolean', 'should be true or false'],
  ['array', 'is not a list'],
  ['tuple', 'is not a list of this length'],
])

/** `("a" | "b" | "c")` as `"a", "b" or "c"`. */
function choicesOf(expected: string | null): string {
  const choices = (expected ?? '').replace(/^\(|\)$/g, '').split(' | ')
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`
}

function excerptOf(value: unknown): string {
  if (typeof value !== 'string') return Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : String(value)
  return `"${value.length > longestExcerpt ? `${value.slice(0, longestExcerpt)}…` : value}"`
}

function placeOf(path: readonly v.IssuePathItem[]): string {
  const place = path.map(({ type, key }) => (type === 'array' ? `[${String(key)}]` : `.${String(key)}`)).join('')
  return place === '' ? 'the document' : place
}

/** Parts of a library schema that this file reads; each kind of schema has some of them. */
type Parts = Schema & {
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly wrapped?: Schema
  readonly value?: Schema
  readonly pipe?: readonly [Schema, ...unknown[]]
  readonly options?: readonly unknown[]
}

/** The value with known members first in their order, unknown ones after them as they came, sorted lists sorted. */
export function ordered(value: Json, schema: Schema): Json {
  const { entries, item, wrapped, value: member, pipe } = schema as Parts
  if (wrapped) return value === null ? value : ordered(value, wrapped)
  if (pipe) return sortedBy(ordered(value, pipe[0]), sortOf(pipe))
  if (Array.isArray(value)) return item ? value.map((each: Json) => ordered(each, item)) : value
  if (!isMembers(value)) return value
  if (schema.type === 'record' && member) return inOrder(value, Object.keys(value).sort(), () => member)
  return entries ? inOrder(value, Object.keys(entries), (name) => entries[name]) : value
}

function inOrder(value: Members, known: readonly string[], schemaOf: (name: string) => Schema | undefined): Json {
  const names = new Set([...known, ...Object.keys(value)])
  const members = [...names].flatMap((name): [string, Json][] => {
    const held = Object.hasOwn(value, name) ? value[name] : undefined
    const schema = schemaOf(name)
    return held === undefined ? [] : [[name, schema ? ordered(held, schema) : held]]
  })
  // Built by definition, so that a member called `__proto__` stays a member.
  return Object.fromEntries(members)
}

function sortOf(pipe: readonly unknown[]): string | null {
  for (const action of pipe)
    if (isObject(action) && action.type === 'metadata' && isObject(action.metadata)) return String(action.metadata.sort)
  return null
}

function sortedBy(value: Json, name: string | null): Json {
  if (name === null || !isList(value)) return value
  return value.toSorted((a, b) => {
    const [one, other] = [keyOf(a, name), keyOf(b, name)]
    return one < other ? -1 : one > other ? 1 : 0
  })
}

function keyOf(value: Json, name: string): string {
  const key = isMembers(value) ? value[name] : undefined
  return typeof key === 'number' ? String(key).padStart(16, '0') : String(key ?? '')
}
