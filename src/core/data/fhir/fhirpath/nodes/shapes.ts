/** Types as FHIRPath sees them: which members a value has, and what a choice element is called in JSON. */
import { isMembers } from '../../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../../model/record.ts'
import type { ElementRule, TypeDefinition } from '../../../schema/structure-definition.ts'
import type { Definitions } from '../../definitions/packs.ts'

/** A member by its FHIRPath name: `value` stands for `valueQuantity`, `valueString` … */
export interface Member {
  readonly json: string
  /** Name of the member beside it that carries id and extensions; null where it is no primitive. */
  readonly twin: string | null
  readonly shape: () => Shape
  /** A list of it alone. */
  readonly alone: readonly Member[]
}

export interface Shape {
  /** Name of the FHIR type, `System.…`, or the element id of a backbone element. */
  readonly type: string
  /** Types it is a kind of. */
  readonly supers: readonly string[]
  /** JSON members that a FHIRPath name may stand for; null where the type has no such element. */
  member(name: string): readonly Member[] | null
  /** All FHIRPath names, in the order of the definition. */
  names(): readonly string[]
}

/**
 * The members of one FHIRPath name that a value may have: of a choice of many types only the one that is there is left, so that the
 * others need not be asked for one by one.
 */
export function membersIn(value: JsonObject, name: string, members: readonly Member[]): readonly Member[] {
  if (members.length < 4) return members
  const initial = name.charCodeAt(0)
  let met: Member | undefined
  for (const json in value) {
    const isTwin = json.charCodeAt(0) === 95
    if (json.charCodeAt(isTwin ? 1 : 0) !== initial) continue
    const member = members.find((one) => (isTwin ? one.twin : one.json) === json)
    if (member === undefined || member === met) continue
    if (met !== undefined) return members
    met = member
  }
  return met === undefined ? noMembers : met.alone
}

const noMembers: readonly Member[] = []

const supersOf: Readonly<Record<string, readonly string[]>> = {
  code: ['string'],
  id: ['string'],
  markdown: ['string'],
  url: ['uri'],
  canonical: ['uri'],
  uuid: ['uri'],
  oid: ['uri'],
  positiveInt: ['integer'],
  unsignedInt: ['integer'],
  Age: ['Quantity'],
  Count: ['Quantity'],
  Distance: ['Quantity'],
  Duration: ['Quantity'],
}

const primitiveName = /^[a-z]/

export class Shapes {
  private readonly made = new Map<string, Shape>()
  private readonly definitions: Definitions

  constructor(definitions: Definitions) {
    this.definitions = definitions
  }

  /** Null where R4 has no such type. */
  type(name: string): Shape | null {
    const known = this.made.get(name)
    if (known) return known
    const definition = this.definitions.type(name)
    if (definition === null) return null
    const kinds = definition.kind === 'resource' ? resourceKinds(name) : (supersOf[name] ?? [])
    return this.shape(name, definition, definition.root, [...kinds, ...(definition.kind === 'resource' ? [] : ['Element'])])
  }

  /** The shape of an element with one of its types. */
  element(definition: TypeDefinition, rule: ElementRule, code: string | null): Shape {
    if (rule.contentReference !== null) {
      const target = definition.byId.get(rule.contentReference)
      return target ? this.element(definition, target, target.types[0]?.code ?? null) : untyped
    }
    if (rule.children.length > 0)
      return this.made.get(rule.id) ?? this.shape(rule.id, definition, rule, ['BackboneElement', 'Element'])
    return code === null ? untyped : (this.type(code) ?? untyped)
  }

  /** The shape of a value that brings its own type: a contained resource, the resource of a Bundle entry. */
  ofResource(value: JsonValue | undefined): Shape {
    const type = isMembers(value) ? value.resourceType : null
    return (typeof type === 'string' ? this.type(type) : null) ?? untyped
  }

  private shape(type: string, definition: TypeDefinition, rule: ElementRule, supers: readonly string[]): Shape {
    let members: Map<string, Member[]> | null = null
    const read = (): Map<string, Member[]> => {
      members ??= new Map(
        rule.children.filter(({ max }) => max > 0).map((child) => [child.name, this.membersOf(definition, child)] as const),
      )
      return members
    }
    const shape: Shape = { type, supers, member: (name) => read().get(name) ?? null, names: () => [...read().keys()] }
    this.made.set(type, shape)
    return shape
  }

  private membersOf(definition: TypeDefinition, rule: ElementRule): Member[] {
    const codes = rule.types.length === 0 ? [null] : rule.types.map(({ code }) => code)
    return codes.map((code) => {
      // The id of a resource is written with the type of System in the specification.
      const type = code !== null && definition.kind === 'resource' && rule.id === `${definition.name}.id` ? 'id' : code
      const json = rule.choice && code !== null ? `${rule.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` : rule.name
      const twin = type !== null && primitiveName.test(type) ? `_${json}` : null
      return memberOf(
        json,
        twin,
        once(() => this.element(definition, rule, type)),
      )
    })
  }
}

function memberOf(json: string, twin: string | null, shape: () => Shape): Member {
  const alone: Member[] = []
  const member = { json, twin, shape, alone }
  alone.push(member)
  return member
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const withoutText = new Set(['Bundle', 'Parameters', 'Binary', 'DomainResource', 'Resource'])

function resourceKinds(name: string): readonly string[] {
  return withoutText.has(name) ? (name === 'Resource' ? [] : ['Resource']) : ['DomainResource', 'Resource']
}

/** A value of unknown type: its members are those that JSON has. */
export const untyped: Shape = {
  type: '',
  supers: [],
  member: (name) => memberOf(name, `_${name}`, () => untyped).alone,
  names: () => [],
}
