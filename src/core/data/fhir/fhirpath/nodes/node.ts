/** What FHIRPath works on: a value with its type, and for primitives the `_x` twin that carries id and extensions. */
import type { JsonObject, JsonValue } from '../../../model/record.ts'
import type { Shape } from './shapes.ts'

export interface Node {
  /** Undefined where a primitive has only extensions. */
  readonly value: JsonValue | undefined
  readonly twin: JsonObject | null
  readonly shape: Shape
}

export type Nodes = readonly Node[]

export const none: Nodes = []

/** Thrown inside one evaluation: its outcome can not be told here, and is counted as not evaluated. */
export class NotEvaluable extends Error {
  constructor(why: string) {
    super(why)
    this.name = 'NotEvaluable'
  }
}

/** A literal or a computed value; `type` is a System type such as `Boolean`. */
export function system(value: JsonValue, type: SystemType): Node {
  return { value, twin: null, shape: systemShapes[type] }
}

export type SystemType = 'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity'

function systemShape(type: SystemType): Shape {
  return { type: `System.${type}`, supers: [], member: () => null, names: () => [] }
}

const systemShapes: Readonly<Record<SystemType, Shape>> = {
  Boolean: systemShape('Boolean'),
  String: systemShape('String'),
  Integer: systemShape('Integer'),
  Decimal: systemShape('Decimal'),
  Date: systemShape('Date'),
  DateTime: systemShape('DateTime'),
  Time: systemShape('Time'),
  Quantity: systemShape('Quantity'),
}

const yes: Nodes = [system(true, 'Boolean')]
const no: Nodes = [system(false, 'Boolean')]

/** Null is the empty collection: neither true nor false. */
export function booleanNodes(value: boolean | null): Nodes {
  return value === null ? none : value ? yes : no
}

export function integerNodes(value: number): Nodes {
  return [system(value, 'Integer')]
}

/** Characters of one text; an expression that doubles it again and again ends here. */
const longestText = 1_000_000

/** Asked before a text is made, where it can be far longer than what it is made of. @throws NotEvaluable */
export function demandShort(length: number): void {
  if (length > longestText) throw new NotEvaluable('a text is longer than a million characters')
}

export function stringNodes(value: string): Nodes {
  demandShort(value.length)
  return [system(value, 'String')]
}

/** The System type that a value is compared as; null for objects (FHIR R4 §2.1.9.1.1, use of FHIR types in FHIRPath). */
export function systemType(node: Node): SystemType | null {
  const { type } = node.shape
  const known = conversions[type]
  if (known !== undefined) return known
  const { value } = node
  if (typeof value === 'boolean') return 'Boolean'
  if (typeof value === 'string') return 'String'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Decimal'
  return null
}

const conversions: Readonly<Record<string, SystemType>> = {
  'System.Boolean': 'Boolean',
  'System.String': 'String',
  'System.Integer': 'Integer',
  'System.Decimal': 'Decimal',
  'System.Date': 'Date',
  'System.DateTime': 'DateTime',
  'System.Time': 'Time',
  'System.Quantity': 'Quantity',
  date: 'Date',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
  decimal: 'Decimal',
  Quantity: 'Quantity',
  Age: 'Quantity',
  Count: 'Quantity',
  Distance: 'Quantity',
  Duration: 'Quantity',
}

/** The only item of a collection, or null where it is empty. Several items where one is asked for can not be evaluated. */
export function single(nodes: Nodes): Node | null {
  if (nodes.length > 1) throw new NotEvaluable('several values where one is expected')
  return nodes[0] ?? null
}

/** Singleton evaluation (FHIRPath N1 §4.5): one value that is no boolean counts as true. */
export function truth(nodes: Nodes): boolean | null {
  const node = single(nodes)
  if (node === null) return null
  return typeof node.value === 'boolean' ? node.value : true
}

export function textOf(nodes: Nodes): string | null {
  const node = single(nodes)
  return node !== null && typeof node.value === 'string' ? node.value : null
}

export function numberOf(nodes: Nodes): number | null {
  const node = single(nodes)
  return node !== null && typeof node.value === 'number' ? node.value : null
}
