/** A resource as the fields that legacy columns can fill: targets as the field map writes them, with their values. */

import type { JsonObject, JsonValue } from '../../model/record.ts'
import { quotedValue } from '../mapping/element-path.ts'

export interface Leaf {
  readonly target: string
  readonly type: 'text' | 'date' | 'number' | 'boolean' | 'code' | 'reference'
  readonly text: string
  /** Code system of a code; of a link what stands before its id; empty for anything else. */
  readonly system: string
}

const leftOut: ReadonlySet<string> = new Set(['resourceType', 'meta', 'contained', 'implicitRules', 'modifierExtension'])
/** Lists whose entries are told apart by one of their members. */
const discriminators: ReadonlyMap<string, string> = new Map([
  ['identifier', 'system'],
  ['telecom', 'system'],
  ['name', 'use'],
])
const deepest = 6

export function leavesOf(type: string, resource: JsonObject): Leaf[] {
  const leaves: Leaf[] = []
  for (const [name, value] of Object.entries(resource)) {
    if (leftOut.has(name) || name.startsWith('_') || name === 'text' || (type === 'Observation' && name === 'component')) continue
    if (value !== undefined) collect(value, `${type}.${name}`, name, leaves, 1)
  }
  return leaves
}

function collect(value: JsonValue, target: string, name: string, into: Leaf[], depth: number): void {
  if (value === null || depth > deepest) return
  if (Array.isArray(value)) {
    for (const one of value as readonly JsonValue[]) {
      const sliced = depth === 1 || name === 'extension' ? slice(one, target, name) : null
      if (sliced !== null) collect(one, sliced, name, into, depth)
      if (name !== 'extension') collect(one, target, name, into, depth)
    }
    return
  }
  if (typeof value !== 'object') {
    into.push(plainLeaf(value, target))
    return
  }
  const object = value as JsonObject
  if (codeable(object, target, into) || reference(object, target, into)) return
  for (const [member, inner] of Object.entries(object)) {
    if (member.startsWith('_') || (name === 'extension' && member === 'url')) continue
    // What makes an identifier that of a system is part of its filter.
    if (inner !== undefined && !(discriminators.get(name) === member) && !(name === 'identifier' && member === 'type'))
      collect(inner, `${target}.${member}`, member, into, depth + 1)
  }
}

function slice(value: JsonValue, target: string, name: string): string | null {
  const member = name === 'extension' ? 'url' : discriminators.get(name)
  if (member === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const found = (value as JsonObject)[member]
  return typeof found === 'string' ? `${target}.where(${member}=${quotedValue(found)})` : null
}

function plainLeaf(value: string | number | boolean, target: string): Leaf {
  const type =
    typeof value === 'number'
      ? 'number'
      : typeof value === 'boolean'
        ? 'boolean'
        : /^\d{4}-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?$/.test(value)
          ? 'date'
          : 'text'
  return { target, type, text: String(value), system: '' }
}

function codeable(value: JsonObject, target: string, into: Leaf[]): boolean {
  const list = Array.isArray(value.coding)
    ? (value.coding as readonly JsonValue[])
    : typeof value.code === 'string' && typeof value.system === 'string' && value.value === undefined
      ? [value]
      : null
  if (list === null) return false
  let display = ''
  for (const one of list) {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) continue
    const { code, system, display: words } = one as JsonObject
    if (typeof code === 'string')
      into.push({ target, type: 'code', text: code, system: typeof system === 'string' ? system : '' })
    if (typeof words === 'string') display ||= words
  }
  const isCoding = !Array.isArray(value.coding)
  if (typeof value.text === 'string') into.push({ target: `${target}.text`, type: 'text', text: value.text, system: '' })
  else if (display !== '')
    into.push({ target: isCoding ? `${target}.display` : `${target}.coding.display`, type: 'text', text: display, system: '' })
  return true
}

function reference(value: JsonObject, target: string, into: Leaf[]): boolean {
  if (typeof value.reference !== 'string') return false
  const text = value.reference.replace(/^.*[/:|]/, '')
  into.push({ target, type: 'reference', text, system: value.reference.slice(0, value.reference.length - text.length) })
  if (typeof value.display === 'string') into.push({ target: `${target}.display`, type: 'text', text: value.display, system: '' })
  return true
}
