/** Values that cross to a worker, as text: what structured cloning keeps and JSON would lose (maps, sets, lists of numbers, numbers without end) comes back as it was. */

const kindName = '$kind'

/** Lists of numbers that a text can hold, by name. */
const lists = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const

type ListName = keyof typeof lists

type Tagged =
  | { readonly [kindName]: 'map'; readonly of: readonly (readonly [unknown, unknown])[] }
  | { readonly [kindName]: 'set'; readonly of: readonly unknown[] }
  | { readonly [kindName]: 'list'; readonly name: ListName; readonly of: readonly unknown[] }
  | { readonly [kindName]: 'number'; readonly of: string }

/** @throws where a value holds what this text can not bring back: a function, a blob, a member with the reserved name */
export function cloneableText(value: unknown): string {
  return JSON.stringify(tagged(value))
}

/** What `cloneableText` was made of. Throws where the text is not JSON. */
export function cloneableFrom(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => (isTagged(value) ? untagged(value) : value))
}

function tagged(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { [kindName]: 'number', of: String(value) }
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw new TypeError(`A ${typeof value} can not be written as text`)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(tagged)
  if (value instanceof Map) return { [kindName]: 'map', of: [...value].map(([key, one]) => [tagged(key), tagged(one)]) }
  if (value instanceof Set) return { [kindName]: 'set', of: [...value].map(tagged) }
  const name = listName(value)
  if (name !== null) return { [kindName]: 'list', name, of: [...Object.values(value)].map(tagged) }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('Only plain objects can be written as text')
  if (kindName in value) throw new TypeError(`A member named ${kindName} can not be written as text`)
  return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, tagged(one)]])))
}

function listName(value: object): ListName | null {
  for (const name of Object.keys(lists)) if (isListName(name) && value instanceof lists[name]) return name
  return null
}

function isListName(name: string): name is ListName {
  return Object.hasOwn(lists, name)
}

function isTagged(value: unknown): value is Tagged {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, kindName)
}

function untagged(value: Tagged): unknown {
  switch (value[kindName]) {
    case 'map':
      return new Map(value.of)
    case 'set':
      return new Set(value.of)
    case 'list':
      return lists[value.name].from(value.of.map(Number))
    case 'number':
      return Number(value.of)
  }
}
