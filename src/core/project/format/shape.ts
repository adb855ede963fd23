/** The shape of a document: one table gives its checks when read and its member order when written. */
import type { Json } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { isMembers, type Members } from '../../values/json.ts'

/** `?` allows null. `json` is anything. */
export type Field =
  | 'text'
  | 'text?'
  | 'number'
  | 'number?'
  | 'flag'
  | 'json'
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly nullable?: boolean }
  /** `sort` names the member that orders the list when written; without it the order is meaning and stays. */
  | { readonly kind: 'list'; readonly of: Field; readonly sort?: string }
  /** Members are data; they are written in code-unit order. */
  | { readonly kind: 'map'; readonly of: Field }

/** `name` or `name, optional`. */
export type Member = readonly [name: string, field: Field, optional?: 'optional']

export function object(...members: readonly Member[]): Field {
  return { kind: 'object', members }
}

export function nullable(...members: readonly Member[]): Field {
  return { kind: 'object', members, nullable: true }
}

export function list(of: Field, sort?: string): Field {
  return sort === undefined ? { kind: 'list', of } : { kind: 'list', of, sort }
}

export function map(of: Field): Field {
  return { kind: 'map', of }
}

/** First place where a value is not of the shape, in words; null when it fits. Unknown members fit. */
export function misfit(value: Json | undefined, field: Field, place = ''): string | null {
  const at = place === '' ? 'the document' : place
  if (typeof field === 'string') return misfitValue(value, field, at)
  if (field.kind === 'list') {
    if (!isList(value)) return `${at} is not a list`
    return first(value, (item, index) => misfit(item, field.of, `${place}[${index}]`))
  }
  if (field.kind === 'object' && field.nullable && value === null) return null
  if (!isMembers(value)) return `${at} is not an object`
  if (field.kind === 'map') return first(Object.keys(value), (name) => misfit(value[name], field.of, `${place}.${name}`))
  return first(field.members, ([name, of, optional]) => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member === undefined) return optional ? null : `${at} lacks "${name}"`
    return misfit(member, of, `${place}.${name}`)
  })
}

function misfitValue(value: Json | undefined, field: Field & string, at: string): string | null {
  if (value === undefined) return `${at} is missing`
  if (field === 'json' || (value === null && field.endsWith('?'))) return null
  const wanted = field === 'flag' ? 'boolean' : field.startsWith('text') ? 'string' : 'number'
  return typeof value === wanted
    ? null
    : `${at} should be ${wanted === 'string' ? 'a text' : wanted === 'number' ? 'a number' : 'true or false'}`
}

function first<T>(items: readonly T[], judge: (item: T, index: number) => string | null): string | null {
  for (const [index, item] of items.entries()) {
    const answer = judge(item, index)
    if (answer !== null) return answer
  }
  return null
}

/** The value with known members first in their order, unknown ones after them as they came, sorted lists sorted. */
export function ordered(value: Json, field: Field): Json {
  if (typeof field === 'string') return value
  if (field.kind === 'list') {
    if (!isList(value)) return value
    const items = value.map((item) => ordered(item, field.of))
    const { sort } = field
    return sort === undefined ? items : items.sort((a, b) => compareText(keyOf(a, sort), keyOf(b, sort)))
  }
  if (!isMembers(value)) return value
  const known: readonly (readonly [string, Field])[] =
    field.kind === 'map'
      ? Object.keys(value)
          .sort()
          .map((name) => [name, field.of])
      : field.members.map(([name, of]) => [name, of])
  const names = new Set(known.map(([name]) => name))
  const members: [string, Json][] = []
  for (const [name, of] of known) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    if (member !== undefined) members.push([name, ordered(member, of)])
  }
  for (const name of Object.keys(value)) {
    const member = value[name]
    if (!names.has(name) && member !== undefined) members.push([name, member])
  }
  return membersOf(members)
}

/** Built by definition, so that a member called `__proto__` stays a member. */
function membersOf(list: readonly (readonly [string, Json])[]): Members {
  return Object.fromEntries(list)
}

function keyOf(value: Json, name: string): string {
  const key = isMembers(value) ? value[name] : undefined
  return typeof key === 'number' ? String(key).padStart(16, '0') : String(key ?? '')
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
