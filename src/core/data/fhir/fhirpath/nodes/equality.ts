/** When two values are the same, and which of two is larger (FHIRPath N1 §6.1 and §6.2). Null stands for "can not be told". */
import { isMembers } from '../../../../values/json.ts'
import type { JsonValue } from '../../../model/record.ts'
import { type Node, type Nodes, NotEvaluable, systemType } from './node.ts'
import { compareTemporal, compareWritten, temporalOf } from './temporal.ts'

export function equalCollections(a: Nodes, b: Nodes): boolean | null {
  if (a.length === 0 || b.length === 0) return null
  if (a.length !== b.length) return false
  let unsure = false
  for (let i = 0; i < a.length; i++) {
    const same = equalNodes(a[i] as Node, b[i] as Node)
    if (same === false) return false
    if (same === null) unsure = true
  }
  return unsure ? null : true
}

export function equalNodes(a: Node, b: Node): boolean | null {
  const { value: left } = a
  const { value: right } = b
  if (left === undefined || right === undefined) return left === right && sameJson(a.twin ?? undefined, b.twin ?? undefined)
  if (typeof left === 'string' && typeof right === 'string' && left !== right && isTemporal(a) && isTemporal(b)) {
    const [x, y] = [temporalOf(left), temporalOf(right)]
    if (x === null || y === null) return false
    const order = compareTemporal(x, y)
    return order === null ? null : order === 0
  }
  if (isMembers(left) && isMembers(right) && systemType(a) === 'Quantity' && systemType(b) === 'Quantity')
    return left.value === right.value && unitOf(left) === unitOf(right)
  return sameJson(left, right)
}

function isTemporal(node: Node): boolean {
  const type = systemType(node)
  return type === 'Date' || type === 'DateTime' || type === 'Time'
}

/** Deep equality; members in any order. */
function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (!isMembers(a) || !isMembers(b)) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => sameJson(a[name], b[name]))
}

/** `~`: order does not matter, texts are compared without case and with white space folded. */
export function equivalentCollections(a: Nodes, b: Nodes): boolean {
  if (a.length !== b.length) return false
  const left = a.map(foldedKey).sort()
  const right = b.map(foldedKey).sort()
  return left.every((key, i) => key === right[i])
}

function foldedKey(node: Node): string {
  return keyOf(node).toLowerCase().replaceAll(/\s+/g, ' ')
}

/** The same text exactly for equal values: sets of thousands of items are compared by it in linear time. */
export function keyOf(node: Node): string {
  return node.value === undefined ? `_${canonical(node.twin ?? undefined)}` : canonical(node.value)
}

function canonical(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isMembers(value)) return JSON.stringify(value) ?? ''
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join()}}`
}

/** Each value once, in the order of first sight. */
export function distinct(nodes: Nodes): Node[] {
  const seen = new Set<string>()
  return nodes.filter((node) => {
    const key = keyOf(node)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Negative, zero or positive; null where it can not be told. Values of kinds that have no order can not be evaluated. */
export function compareNodes(a: Node, b: Node): number | null {
  const [left, right] = [a.value, b.value]
  if (left === undefined || right === undefined) return null
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') {
    if (!isTemporal(a) && !isTemporal(b)) return left < right ? -1 : left > right ? 1 : 0
    const written = compareWritten(left, right)
    if (written !== null) return written
    const [x, y] = [temporalOf(left), temporalOf(right)]
    return x === null || y === null ? null : compareTemporal(x, y)
  }
  if (systemType(a) === 'Quantity' && systemType(b) === 'Quantity' && isMembers(left) && isMembers(right)) {
    if (typeof left.value !== 'number' || typeof right.value !== 'number' || unitOf(left) !== unitOf(right)) return null
    return left.value - right.value
  }
  throw new NotEvaluable('values without a common order are compared')
}

/** A unit by system and code; calendar words stand for the UCUM code of the same length where that is exact. */
function unitOf(quantity: { readonly [name: string]: JsonValue | undefined }): string {
  const code = typeof quantity.code === 'string' ? quantity.code : typeof quantity.unit === 'string' ? quantity.unit : '1'
  return calendar[code] ?? code
}

const calendar: Readonly<Record<string, string>> = {
  week: 'wk',
  weeks: 'wk',
  day: 'd',
  days: 'd',
  hour: 'h',
  hours: 'h',
  minute: 'min',
  minutes: 'min',
  second: 's',
  seconds: 's',
  millisecond: 'ms',
  milliseconds: 'ms',
}
