/** From values to their members: choices by their common name, `_x` twins beside their values, resources by their own type. */
import { isMembers } from '../../../../values/json.ts'
import type { JsonValue } from '../../../model/record.ts'
import type { Node, Nodes } from './node.ts'
import { type Member, membersIn, type Shapes, untyped } from './shapes.ts'

/** Adds the members of a value with this FHIRPath name to `found`. */
export function addMembers(node: Node, name: string, shapes: Shapes, found: Node[]): void {
  const { value, twin, shape } = node
  if (!isMembers(value)) {
    // id and extension of a primitive stand in its twin.
    const held = twin?.[name]
    const extended = held === undefined ? null : shapes.type('Element')?.member(name)?.[0]
    if (extended && held !== undefined) addEach(held, undefined, extended, shapes, found)
    return
  }
  const members = shape.member(name)
  if (members === null) return
  for (const member of membersIn(value, name, members)) {
    const own = value[member.json]
    const beside = member.twin === null ? undefined : value[member.twin]
    if (own !== undefined || beside !== undefined) addEach(own, beside, member, shapes, found)
  }
}

function addEach(own: JsonValue | undefined, beside: JsonValue | undefined, member: Member, shapes: Shapes, found: Node[]): void {
  if (!Array.isArray(own) && !Array.isArray(beside)) {
    found.push(nodeOf(own, beside, member, shapes))
    return
  }
  const values = Array.isArray(own) ? own : []
  const twins = Array.isArray(beside) ? beside : []
  for (let i = 0; i < Math.max(values.length, twins.length); i++) {
    const value = values[i] ?? undefined
    if (value !== undefined || isMembers(twins[i])) found.push(nodeOf(value, twins[i], member, shapes))
  }
}

function nodeOf(value: JsonValue | undefined, beside: JsonValue | undefined, member: Member, shapes: Shapes): Node {
  const stated = member.shape()
  const shape = isMembers(value) && stated.type === 'Resource' ? shapes.ofResource(value) : stated
  return { value: value ?? undefined, twin: isMembers(beside) ? beside : null, shape }
}

/** True where at least one member of this name is there: `name.exists()` without making values. */
export function hasMember(node: Node, name: string): boolean {
  const { value, twin, shape } = node
  if (!isMembers(value)) return twin?.[name] !== undefined
  const members = shape.member(name)
  if (members === null) return false
  for (const member of membersIn(value, name, members)) {
    const own = value[member.json]
    if (own !== undefined && own !== null && !(Array.isArray(own) && own.length === 0)) return true
    if (member.twin !== null && value[member.twin] !== undefined) return true
  }
  return false
}

export function childrenOf(nodes: Nodes, shapes: Shapes): Node[] {
  const found: Node[] = []
  for (const node of nodes) {
    if (!isMembers(node.value)) {
      for (const name of Object.keys(node.twin ?? {})) addMembers(node, name, shapes, found)
      continue
    }
    const names = node.shape === untyped ? Object.keys(node.value).filter((name) => !name.startsWith('_')) : node.shape.names()
    for (const name of names) addMembers(node, name, shapes, found)
  }
  return found
}

export function descendantsOf(nodes: Nodes, shapes: Shapes): Node[] {
  const all: Node[] = []
  for (let level: Nodes = childrenOf(nodes, shapes); level.length > 0; level = childrenOf(level, shapes))
    for (const node of level) all.push(node)
  return all
}
