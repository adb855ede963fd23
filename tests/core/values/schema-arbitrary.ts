/** Values that fit a schema, and the places of such a value: made from the schema alone, for properties of every kept document. */
import fc from 'fast-check'
import * as v from 'valibot'
import type { Json } from '../../../src/core/canonical.ts'
import { isDay } from '../../../src/core/values/day.ts'
import type { Schema } from '../../../src/core/values/document.ts'

type Parts = Schema & {
  readonly entries?: Readonly<Record<string, Schema>>
  readonly item?: Schema
  readonly items?: readonly Schema[]
  readonly wrapped?: Schema
  readonly key?: Schema
  readonly value?: Schema
  readonly pipe?: readonly [Schema, ...unknown[]]
  readonly options?: readonly (Schema | string | number)[]
  readonly literal?: string | number | boolean
}

/** Names that objects of the language hold themselves, or that a library may pass over. */
const ownNames = ['constructor', 'prototype', '__proto__', 'toString']

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '7', ' ', 'é', '"'), maxLength: 6 })

/** A pipe's further rules filter; a schema written by hand (`custom`) gets any JSON that fits it. */
export function arbitraryOf(schema: Schema): fc.Arbitrary<Json> {
  const { type, entries, item, items, wrapped, key, value, pipe, options, literal } = schema as Parts
  if (pipe) return (patternIn(pipe) ?? ofLengthIn(pipe) ?? arbitraryOf(pipe[0])).filter((each) => v.is(schema, each))
  if ((type === 'nullable' || type === 'nullish') && wrapped) return fc.option(arbitraryOf(wrapped), { freq: 3 })
  if (wrapped) return arbitraryOf(wrapped)
  if (type === 'picklist' && options) return fc.constantFrom(...(options as readonly (string | number)[]))
  if (options) return fc.oneof(...(options as readonly Schema[]).map(arbitraryOf))
  if (type === 'literal' && literal !== undefined) return fc.constant(literal)
  if (type === 'string') return word
  if (type === 'number') return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  if (type === 'boolean') return fc.boolean()
  if (item) return fc.array(arbitraryOf(item), { minLength: 1, maxLength: 3 })
  if (items) return fc.tuple(...items.map(arbitraryOf))
  if (type === 'record' && key && value) return dictionaryOf(key, value)
  if (entries) return membersOf(entries)
  return (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>).filter((each) => v.is(schema, each))
}

function dictionaryOf(key: Schema, value: Schema): fc.Arbitrary<Json> {
  const allowed = ownNames.filter((name) => v.is(key, name))
  const names = arbitraryOf(key) as fc.Arbitrary<string>
  const name = allowed.length > 0 ? fc.oneof({ weight: 2, arbitrary: names }, fc.constantFrom(...allowed)) : names
  // Built by definition, so that a member called `__proto__` is a member.
  return fc.array(fc.tuple(name, arbitraryOf(value)), { minLength: 1, maxLength: 3 }).map((each) => Object.fromEntries(each))
}

const someDay = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

function patternIn(pipe: readonly unknown[]): fc.Arbitrary<Json> | null {
  for (const rule of pipe) {
    const asked = typeof rule === 'object' && rule !== null && 'requirement' in rule ? rule.requirement : null
    if (asked instanceof RegExp) return fc.stringMatching(asked)
    if (asked === isDay) return someDay
  }
  return null
}

/** A list of so many items. */
function ofLengthIn(pipe: readonly [Schema, ...unknown[]]): fc.Arbitrary<Json> | null {
  const { item } = pipe[0] as Parts
  for (const rule of pipe)
    if (item && typeof rule === 'object' && rule !== null && 'type' in rule && rule.type === 'length' && 'requirement' in rule) {
      const length = Number(rule.requirement)
      return fc.array(arbitraryOf(item), { minLength: length, maxLength: length })
    }
  return null
}

function membersOf(entries: Readonly<Record<string, Schema>>): fc.Arbitrary<Json> {
  const needed = Object.keys(entries).filter((name) => !canMiss(entries[name]))
  const model = Object.fromEntries(Object.entries(entries).map(([name, each]) => [name, arbitraryOf(each)]))
  return fc.record(model, { requiredKeys: needed })
}

function canMiss(schema: Schema | undefined): boolean {
  return schema?.type === 'exact_optional' || schema?.type === 'nullish'
}

/** A place of a value, as sentences write it, with what stands there and what may. */
export interface Place {
  readonly words: string
  readonly steps: readonly (string | number)[]
  readonly schema: Schema
  readonly found: Json
  /** Only of a member that has to be there: the words of what holds it. */
  readonly neededBy: string | null
}

/** Every place of a value that its schema speaks about. */
export function placesOf(
  found: Json,
  of: Schema,
  steps: readonly (string | number)[] = [],
  neededBy: string | null = null,
): Place[] {
  const words = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('') || 'the document'
  const schema = settled(of, found)
  const own: Place = { words, steps, schema, found, neededBy }
  const { entries, item, value } = schema as Parts
  if (Array.isArray(found) && item) return [own, ...found.flatMap((each: Json, at) => placesOf(each, item, [...steps, at]))]
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return [own]
  const members = found as { readonly [name: string]: Json }
  return [
    own,
    ...Object.keys(members).flatMap((name) => {
      const member = entries?.[name] ?? (schema.type === 'record' ? value : undefined)
      const needed = entries?.[name] && !canMiss(entries[name]) ? words : null
      return member ? placesOf(members[name] ?? null, member, [...steps, name], needed) : []
    }),
  ]
}

/** The schema under what may be left out or null, under the rules of a pipe, and under the kind that a value has. */
function settled(schema: Schema, found: Json): Schema {
  const { wrapped, pipe, options, type } = schema as Parts
  if (pipe) return settled(pipe[0], found)
  if (wrapped) return settled(wrapped, found)
  if (type !== 'variant' || !options) return schema
  return (options as readonly Schema[]).find((each) => v.is(each, found)) ?? schema
}

/** The same value with another one at that place; `undefined` takes the member away. */
export function changedAt(value: Json, [step, ...rest]: readonly (string | number)[], put: Json | undefined): Json {
  if (step === undefined) return put ?? null
  if (Array.isArray(value)) return value.map((each: Json, at) => (at === step ? changedAt(each, rest, put) : each))
  const members = value as { readonly [name: string]: Json }
  return Object.fromEntries(
    Object.keys(members).flatMap((name): [string, Json][] => {
      if (name !== step) return [[name, members[name] ?? null]]
      return rest.length === 0 && put === undefined ? [] : [[name, changedAt(members[name] ?? null, rest, put)]]
    }),
  )
}
