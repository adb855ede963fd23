/** Element rules bound to closures, one per (definition, element id) and memoised; nothing is looked up again per record, no code is generated. */
import type { JsonObject, JsonValue } from '../record.ts'
import type { ElementRule, TypeDefinition, TypeUse } from '../schema/structure-definition.ts'
import { bindingJudge } from './bindings.ts'
import { type Coverage, listedAddress } from './coverage.ts'
import { objectJudge } from './object-judge.ts'
import type { Definitions } from './packs.ts'
import type { Place } from './places.ts'
import { primitiveCheck } from './primitives.ts'
import { isObject, type Visit } from './visit.ts'

/** Judges one value (never the array around it). */
export type Judge = (value: JsonValue, place: Place, visit: Visit) => void

export class Compiler {
  readonly definitions: Definitions
  readonly coverage: Coverage
  private readonly judges = new Map<string, Judge>()
  private readonly resource: Judge

  constructor(definitions: Definitions, coverage: Coverage, resource: Judge) {
    this.definitions = definitions
    this.coverage = coverage
    this.resource = resource
  }

  /** The judge of a whole type: a resource or a data type. */
  type(name: string): Judge {
    return this.memo(`${name}#`, () => {
      const check = primitiveCheck(name)
      if (check !== null) return primitiveJudge(check)
      if (name === 'Resource') return this.resource
      const definition = this.definitions.type(name)
      if (definition === null) throw new Error(`FHIR R4 has no type ${name}`)
      return this.natively(name, objectJudge(this, definition, definition.root))
    })
  }

  /** The judge of one element used with one of its types, with its binding. */
  element(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge {
    return this.memo(`${definition.name}#${rule.id}:${use?.code ?? ''}`, () =>
      this.withBinding(rule, use, this.content(definition, rule, use)),
    )
  }

  private content(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge {
    if (rule.contentReference !== null) {
      const target = definition.byId.get(rule.contentReference)
      if (!target) throw new Error(`${rule.id} refers to an element that ${definition.name} does not have`)
      return this.element(definition, target, target.types[0] ?? null)
    }
    if (rule.id === 'Bundle.entry') return withFullUrl(objectJudge(this, definition, rule))
    if (rule.children.length > 0) return objectJudge(this, definition, rule)
    if (definition.kind === 'resource' && rule.id === `${definition.name}.id`) return this.type('id')
    return this.type(use?.code ?? 'Element')
  }

  private withBinding(rule: ElementRule, use: TypeUse | null, judge: Judge): Judge {
    const bound =
      rule.binding === null || use === null ? null : bindingJudge(rule.binding, use.code, this.definitions, this.coverage)
    const keys =
      rule.types.length > 0
        ? rule.invariants.filter((invariant) => !nativeInvariants.has(invariant.key)).map((invariant) => invariant.key)
        : []
    const counters = keys.map((key) => this.coverage.counter('invariant', key))
    const refers = use?.code === 'Reference'
    if (bound === null && keys.length === 0 && !refers) return judge
    return (value, place, visit) => {
      judge(value, place, visit)
      if (bound !== null) bound(value, place, visit)
      for (const counter of counters) counter.values++
      if (refers && use !== null && isObject(value)) noteReference(value, use, place, visit)
    }
  }

  /** Rules of data types that need no FHIRPath: ext-1, and the form of Coding.system. */
  private natively(name: string, judge: Judge): Judge {
    if (name === 'Extension')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (!isObject(value)) return
        judgeExtension(value, place, visit)
        const url = typeof value.url === 'string' ? listedAddress(value.url) : 'others'
        this.coverage.skip(place.path.endsWith('.modifierExtension') ? 'modifierExtension' : 'extension', url)
      }
    if (name === 'Coding')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isObject(value)) judgeCodingSystem(value, place, visit)
      }
    if (name === 'Attachment')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isObject(value)) judgeAttachmentSize(value, place, visit)
      }
    return judge
  }

  private memo(key: string, make: () => Judge): Judge {
    const known = this.judges.get(key)
    if (known) return known
    let made: Judge | null = null
    // Types refer to themselves (Extension, Identifier → Reference → Identifier): bound on first use.
    const late: Judge = (value, place, visit) => {
      made ??= make()
      made(value, place, visit)
    }
    this.judges.set(key, late)
    return late
  }
}

/** Constraints that this layer judges by hand-written code. */
export const nativeInvariants: ReadonlySet<string> = new Set([
  'ele-1',
  'ext-1',
  'dom-2',
  'dom-3',
  'dom-4',
  'dom-5',
  'ref-1',
  'txt-1',
  'txt-2',
])

function primitiveJudge(check: NonNullable<ReturnType<typeof primitiveCheck>>): Judge {
  return (value, place, visit) => {
    const trouble = check(value)
    if (trouble !== null)
      visit.report(place, { code: trouble.code, facts: [{ name: 'expected', value: trouble.expected }], value })
    if (typeof value === 'string' && value.charCodeAt(0) === 35) visit.owner.locals.add(value)
  }
}

/** References of an entry's resource are resolved from the entry's own address (FHIR R4 §2.36.4). */
function withFullUrl(judge: Judge): Judge {
  return (value, place, visit) => {
    const outer = visit.fullUrl
    visit.fullUrl = isObject(value) && typeof value.fullUrl === 'string' ? value.fullUrl : null
    judge(value, place, visit)
    visit.fullUrl = outer
  }
}

function noteReference(value: JsonObject, use: TypeUse, place: Place, visit: Visit): void {
  const text = typeof value.reference === 'string' ? value.reference : ''
  const type = typeof value.type === 'string' ? value.type : null
  visit.references.push({ text, type, use, path: visit.pathText(), place, owner: visit.owner })
}

/** ext-1: an extension has either extensions or a value. */
function judgeExtension(value: JsonObject, place: Place, visit: Visit): void {
  const hasValue = Object.keys(value).some((name) => name.startsWith('value') || name.startsWith('_value'))
  if (hasValue !== (value.extension !== undefined)) return
  const human = 'An extension has either a value or further extensions, never both and never neither.'
  visit.report(place, {
    code: 'data/fhir-invariant',
    facts: [
      { name: 'rule', value: 'ext-1' },
      { name: 'text', value: human },
    ],
  })
}

/** A system must be an absolute address, and a value set is no code system (FHIR R4 §4.1.2). */
function judgeCodingSystem(value: JsonObject, place: Place, visit: Visit): void {
  const system = value.system
  if (typeof system !== 'string' || system === '') return
  const trouble = !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(system)
    ? 'an absolute address such as http://loinc.org'
    : /^https?:\/\/[^?#]*\/ValueSet\//.test(system)
      ? 'the address of a code system; this one names a value set'
      : null
  if (trouble === null) return
  visit.path.push('system')
  visit.report(place.child('system'), {
    code: 'data/fhir-coding-system',
    facts: [{ name: 'expected', value: trouble }],
    value: system,
  })
  visit.path.pop()
}

/** `size` is the number of bytes of `data`, where both are given (FHIR R4 §2.24.0.3 Attachment). */
function judgeAttachmentSize(value: JsonObject, place: Place, visit: Visit): void {
  if (typeof value.data !== 'string' || typeof value.size !== 'number') return
  const symbols = value.data.replace(/[\s=]/g, '').length
  const bytes = Math.floor((symbols * 3) / 4)
  if (bytes === value.size) return
  visit.path.push('size')
  const facts = [
    { name: 'size', value: value.size, unit: 'bytes' },
    { name: 'size of the data', value: bytes, unit: 'bytes' },
  ]
  visit.report(place.child('size'), { code: 'data/fhir-attachment', facts })
  visit.path.pop()
}
