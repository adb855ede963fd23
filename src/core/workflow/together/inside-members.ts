/**
 * What a closed sub-workflow holds, as members of the step that holds it: each step and flow inside by itself, and each of their members, at any
 * depth. Two people who draw inside one sub-workflow so change different members, as they do on the map around it.
 */
import type { Json } from '../../canonical.ts'
import { isMembers, type Members as JsonMembers, parseJson } from '../../values/json.ts'

/** Where a member stands among others, and its JSON text; of a list or a step that is there the text is empty. */
type Placed = readonly [at: number, text: string]

/** The member of a step that holds what is inside. */
export const insideMember = 'content'

const lists = ['nodes', 'edges'] as const
const mark = '~'

/** Names a member inside: a JSON list of the way to it, for ids may hold any sign. */
function nameOf(way: readonly string[]): string {
  return mark + JSON.stringify(way)
}

export function isInside(name: string): boolean {
  return name.startsWith(mark)
}

/** Null for content that is no list of steps and flows with ids of their own: it is kept as one member then. */
export function insideMembers(content: Json, way: readonly string[] = []): ReadonlyMap<string, Json> | null {
  if (!isMembers(content)) return null
  const members = new Map<string, Json>()
  const rest: [string, Json][] = []
  for (const [at, [name, value]] of Object.entries(content).entries()) {
    if (value === undefined) continue
    if (name !== 'nodes' && name !== 'edges') {
      rest.push([name, value])
      members.set(nameOf([...way, name]), [at, JSON.stringify(value)])
      continue
    }
    if (!Array.isArray(value)) return null
    members.set(nameOf([...way, name]), [at, ''])
    const known = new Set<string>()
    for (const [index, record] of value.entries()) {
      if (!isMembers(record) || typeof record.id !== 'string' || known.has(record.id)) return null
      known.add(record.id)
      const own = [...way, name, record.id]
      members.set(nameOf(own), [index, ''])
      for (const [place, [member, inner]] of Object.entries(record).entries()) {
        if (inner === undefined) continue
        const within = member === insideMember ? insideMembers(inner, [...own, member]) : null
        members.set(nameOf([...own, member]), [place, within ? '' : JSON.stringify(inner)])
        for (const [each, held] of within ?? []) members.set(each, held)
      }
    }
  }
  return members
}

interface Held {
  placed: Placed | null
  readonly within: Map<string, Held>
}

/** The content again. What hangs on a step that somebody removed meanwhile is left out. */
export function insideOf(members: Iterable<readonly [string, unknown]>): Json {
  const root: Held = { placed: null, within: new Map() }
  for (const [name, value] of members) {
    const way = isInside(name) ? parseJson(name.slice(mark.length)) : null
    if (!way?.ok || !Array.isArray(way.value) || !isPlaced(value)) continue
    let at = root
    for (const step of way.value) {
      const next = at.within.get(String(step)) ?? { placed: null, within: new Map() }
      at.within.set(String(step), next)
      at = next
    }
    at.placed = value
  }
  return contentOf(root)
}

function isPlaced(value: unknown): value is Placed {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' && typeof value[1] === 'string'
}

function contentOf({ within }: Held): Json {
  const content: Record<string, Json> = {}
  for (const [name, held] of inPlace(within)) {
    const isList = (lists as readonly string[]).includes(name)
    content[name] = isList ? inPlace(held.within).map(([id, each]) => recordOf(id, each)) : valueIn(held.placed)
  }
  return content
}

function recordOf(id: string, { within }: Held): Json {
  const record: Record<string, Json> = {}
  for (const [name, held] of inPlace(within))
    record[name] = name === insideMember && held.placed?.[1] === '' ? contentOf(held) : valueIn(held.placed)
  // Two people may have given one name to one step: it is the name that it is kept under.
  if (record.id !== undefined) record.id = id
  return record
}

function valueIn(placed: Placed | null): Json {
  const read = placed === null ? null : parseJson(placed[1])
  return read?.ok ? read.value : null
}

/** Those that are there, in one order on all copies. */
function inPlace(held: ReadonlyMap<string, Held>): readonly (readonly [string, Held])[] {
  return [...held]
    .filter(([, { placed }]) => placed !== null)
    .sort(([a, x], [b, y]) => (x.placed?.[0] ?? 0) - (y.placed?.[0] ?? 0) || (a < b ? -1 : 1))
}

/** Whether a record was written before the members of its inside were told apart. */
export function holdsWhole(content: unknown): boolean {
  if (!Array.isArray(content) || typeof content[1] !== 'string' || content[1] === '') return false
  const read = parseJson(content[1])
  return read.ok && isMembers(read.value) && lists.some((list) => Array.isArray((read.value as JsonMembers)[list]))
}
