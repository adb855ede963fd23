/** Puts what the rules make of a row into a FHIR R4 resource: arrays and data types follow the definitions, not the field map. */
import { utf8 } from '../../canonical.ts'
import type { Definitions } from '../fhir/packs.ts'
import type { JsonObject } from '../record.ts'
import type { ElementRule } from '../schema/structure-definition.ts'
import { encodeBase64 } from './base64.ts'
import type { Carried } from './carried.ts'
import type { ElementPath } from './element-path.ts'

type Draft = { [name: string]: DraftValue }
type DraftValue = string | number | boolean | Draft | DraftValue[]

const ucum = 'http://unitsofmeasure.org'

/** A resource under construction. */
export class FhirDraft {
  private readonly draft: Draft
  private readonly definitions: Definitions

  constructor(definitions: Definitions, type: string, id: string) {
    this.definitions = definitions
    this.draft = { resourceType: type, id }
  }

  /** Writes one value; a text is the reason why it can not be written there. `reference` names the record a link leads to. */
  put(
    path: ElementPath,
    carried: Carried,
    raw: string,
    rule: string,
    reference: (table: string, key: string) => string,
  ): string | null {
    const root = this.definitions.type(path.type)?.root
    if (!root) return `${path.type} is no resource of FHIR R4`
    if (path.where) this.putFilter(this.draft, root, path.where.path, path.where.value)
    const value = this.valueAt(path, root, carried, raw, rule, reference)
    if (typeof value === 'string') return value
    if (this.write(path, root, value.value, -1)) return null
    // Another line filled this element already: the value belongs to a further entry of the list around it.
    const list = this.deepestList(path, root)
    return list >= 0 && this.write(path, root, value.value, list) ? null : `${path.plain} is filled by another line already`
  }

  /** The value in the form of its element, or why it has none. */
  private valueAt(
    path: ElementPath,
    root: ElementRule,
    carried: Carried,
    raw: string,
    rule: string,
    reference: (table: string, key: string) => string,
  ): { readonly value: DraftValue } | string {
    let element = root
    for (const step of path.steps) {
      const child = this.childOf(element, step.name)
      if (!child) return `${element.id} has no element ${step.name} in FHIR R4`
      element = child
    }
    const type = typeOf(element, path.steps.at(-1)?.name ?? '')
    const value = elementValue(type, carried, raw, rule, reference)
    return value === null ? `${element.id} takes ${type}, which this value is not` : { value }
  }

  /** False where the element holds another value; `fresh` is the step at which a new list entry is made. */
  private write(path: ElementPath, root: ElementRule, value: DraftValue, fresh: number): boolean {
    let at: Draft = this.draft
    let element = root
    for (const [i, step] of path.steps.entries()) {
      const child = this.childOf(element, step.name)
      if (!child) return false
      if (i === path.steps.length - 1) {
        const held = at[step.name]
        if (!child.repeats && held !== undefined && held !== value && !(isDraft(held) && isDraft(value))) return false
        assign(at, step.name, value, child.repeats)
      } else at = this.enter(at, child, step.name, step.where, i === fresh)
      element = child
    }
    return true
  }

  private deepestList(path: ElementPath, root: ElementRule): number {
    let element = root
    let found = -1
    for (const [i, step] of path.steps.slice(0, -1).entries()) {
      const child = this.childOf(element, step.name)
      if (!child) return found
      if (child.repeats) found = i
      element = child
    }
    return found
  }

  get value(): JsonObject {
    return this.draft
  }

  private enter(at: Draft, rule: ElementRule, name: string, where: ElementPath['where'], fresh: boolean): Draft {
    if (!rule.repeats) {
      const held = at[name]
      const next = isDraft(held) ? held : {}
      at[name] = next
      return next
    }
    const held = at[name]
    const list = Array.isArray(held) ? held : []
    at[name] = list
    const fits = (one: DraftValue): one is Draft => isDraft(one) && (where === null || holds(one, where.path, where.value))
    const found = fresh ? undefined : list.find(fits)
    if (found) return found
    const next: Draft = {}
    if (where !== null) this.putFilter(next, rule, where.path, where.value)
    list.push(next)
    return next
  }

  private putFilter(at: Draft, from: ElementRule, path: readonly string[], value: string): void {
    if (holds(at, path, value)) return
    let draft = at
    let element = from
    for (const [i, name] of path.entries()) {
      const child = this.childOf(element, name)
      if (!child) return
      if (i === path.length - 1) assign(draft, name, value, child.repeats)
      else draft = this.enter(draft, child, name, null, false)
      element = child
    }
  }

  /** The element rule of a JSON member: its own child, one of its data type, or a choice such as `onsetDateTime`. */
  private childOf(element: ElementRule, name: string): ElementRule | null {
    const own = element.contentReference === null ? element : this.referred(element.contentReference)
    const [type] = own.types
    const children = own.children.length > 0 ? own.children : (this.definitions.type(type?.code ?? '')?.root.children ?? [])
    return children.find((one) => one.name === name || (one.choice && choiceOf(one, name) !== null)) ?? null
  }

  private referred(id: string): ElementRule {
    const found = this.definitions.type(id.split('.')[0] ?? '')?.byId.get(id)
    if (!found) throw new Error(`The definitions refer to ${id}, which they do not hold`)
    return found
  }
}

function choiceOf(rule: ElementRule, name: string): string | null {
  if (!name.startsWith(rule.name)) return null
  const rest = name.slice(rule.name.length)
  return rule.types.find(({ code }) => code.charAt(0).toUpperCase() + code.slice(1) === rest)?.code ?? null
}

function typeOf(rule: ElementRule, name: string): string {
  return rule.choice ? (choiceOf(rule, name) ?? '') : (rule.types[0]?.code ?? '')
}

function elementValue(
  type: string,
  carried: Carried,
  raw: string,
  rule: string,
  reference: (table: string, key: string) => string,
): DraftValue | null {
  switch (carried.kind) {
    case 'reference':
      return type === 'Reference' ? { reference: reference(carried.table, carried.key) } : reference(carried.table, carried.key)
    case 'quantity': {
      const { comparator, value, unit, code } = carried
      if (!/^(Quantity|SimpleQuantity|Age|Duration|Count|Distance)$/.test(type)) return scalar(type, value)
      return {
        value: Number(value),
        ...(comparator === '' ? {} : { comparator }),
        ...(unit === '' ? {} : { unit }),
        ...(code === '' ? {} : { system: ucum, code }),
      }
    }
    case 'code': {
      const { system, code, display } = carried
      const coding = { ...(system === '' ? {} : { system }), code, ...(display === '' ? {} : { display }) }
      if (type === 'CodeableConcept') return { coding: [coding], ...(raw === '' || raw === code ? {} : { text: raw }) }
      return type === 'Coding' ? coding : scalar(type, code)
    }
    case 'unmapped':
      // What no rule covers is kept as the words it has, never as a code somebody made up.
      return type === 'CodeableConcept' ? { text: carried.text } : null
    default: {
      const { text } = carried
      if (type === 'CodeableConcept') return { text }
      return rule === 'base64' || type === 'base64Binary' ? encodeBase64(utf8(text)) : scalar(type, text)
    }
  }
}

function scalar(type: string, text: string): DraftValue | null {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : null
  if (type === 'decimal' || type === 'integer' || type === 'positiveInt' || type === 'unsignedInt')
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
  return /^[A-Z]/.test(type) ? null : text
}

/** Several lines may fill one element: what is there stays, and lists grow by values that are not yet in them. */
function assign(at: Draft, name: string, value: DraftValue, repeats: boolean): void {
  const held = at[name]
  if (!repeats) {
    at[name] = isDraft(held) && isDraft(value) ? { ...held, ...value } : value
    return
  }
  const list = Array.isArray(held) ? held : []
  const [first] = list
  if (isDraft(first) && isDraft(value) && list.length === 1) list[0] = { ...first, ...value }
  else if (!list.includes(value)) list.push(value)
  at[name] = list
}

function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && !Array.isArray(value)
}

function holds(value: DraftValue, path: readonly string[], wanted: string): boolean {
  const [name, ...rest] = path
  if (name === undefined) return value === wanted
  if (Array.isArray(value)) return value.some((one) => holds(one, path, wanted))
  if (!isDraft(value)) return false
  const member = value[name]
  if (member === undefined) return false
  return Array.isArray(member) ? member.some((one) => holds(one, rest, wanted)) : holds(member, rest, wanted)
}
