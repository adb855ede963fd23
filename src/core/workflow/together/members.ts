/**
 * A record of a map as members that several people change one by one. Members of the format carry their value; one that the format does not
 * know is `+name` with its place among the others and its JSON text, so that it comes back in the same order and byte for byte. What a closed
 * sub-workflow holds is taken apart once more (inside-members.ts).
 */
import * as Y from 'yjs'
import type { Json } from '../../canonical.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { holdsWhole, insideMember, insideMembers, insideOf, isInside } from './inside-members.ts'

export type Members = ReadonlyMap<string, Json>

const unknown = '+'

/** @param extra the members that the format does not know */
export function membersOf(record: Json, extra: { readonly [name: string]: unknown }): Members {
  const members = new Map<string, Json>()
  if (!isMembers(record)) return members
  const foreign = Object.keys(extra)
  for (const [name, value] of Object.entries(record)) {
    const at = foreign.indexOf(name)
    if (value === undefined) continue
    if (at < 0) {
      members.set(name, value)
      continue
    }
    const within = name === insideMember ? insideMembers(value) : null
    members.set(unknown + name, [at, within ? '' : JSON.stringify(value)])
    for (const [each, held] of within ?? []) members.set(each, held)
  }
  return members
}

/** The record again; what somebody wrote under a wrong form is left out. */
export function recordOf(members: Iterable<readonly [string, unknown]>): { readonly [name: string]: Json } {
  const record: Record<string, Json> = Object.create(null)
  const foreign: { readonly name: string; readonly at: number; readonly value: Json }[] = []
  const within: (readonly [string, unknown])[] = []
  for (const [name, value] of members) {
    if (isInside(name)) within.push([name, value])
    else if (!name.startsWith(unknown)) record[name] = value as Json
    else if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string') {
      if (value[1] === '') {
        foreign.push({ name: name.slice(unknown.length), at: value[0], value: null })
        continue
      }
      const read = parseJson(value[1])
      if (read.ok) foreign.push({ name: name.slice(unknown.length), at: value[0], value: read.value })
    }
  }
  // Two people may have added one each at the same place; all copies show them in one order.
  foreign.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))
  for (const { name, value } of foreign) record[name] = name === insideMember && value === null ? insideOf(within) : value
  return record
}

/** Writes what differs, member by member: a whole record in the place of another would bring back what somebody removed. */
export function writeMembers(into: Y.Map<unknown>, before: Members, after: Members): void {
  // A record of an earlier version holds its inside as one member: whoever changes it first takes it apart.
  const isWhole = holdsWhole(into.get(unknown + insideMember))
  if (isWhole) for (const [name, value] of after) if (name === unknown + insideMember || isInside(name)) into.set(name, value)
  for (const [name, value] of after)
    if (contentOf(before.get(name)) !== contentOf(value) && contentOf(into.get(name)) !== contentOf(value)) into.set(name, value)
  for (const name of before.keys()) if (!after.has(name) && into.has(name)) into.delete(name)
}

/** Of a member that the format does not know its text alone: where it stands changes when another one goes. */
function contentOf(value: unknown): string | undefined {
  return JSON.stringify(Array.isArray(value) && value.length === 2 && typeof value[0] === 'number' ? value[1] : value)
}

export function newRecord(members: Members): Y.Map<unknown> {
  return new Y.Map<unknown>(members)
}
