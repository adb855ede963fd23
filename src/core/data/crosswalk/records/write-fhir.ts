/** Puts what the rules make of a row into a FHIR R4 resource: arrays and data types follow the definitions, not the field map. */
import type { Definitions } from '../../fhir/definitions/packs.ts'
import type { Carried } from '../../model/carried.ts'
import type { JsonObject } from '../../model/record.ts'
import { type ElementRule, elementNamed } from '../../schema/structure-definition.ts'
import type { ElementPath } from '../mapping/element-path.ts'
import { type Draft, type DraftValue, fhirValue, typesFor } from './fhir-value.ts'

/** An element with the one type it has here: `performedPeriod` is `performed[x]` as a Period. */
interface Element {
  readonly rule: ElementRule
  readonly type: string
}

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
    given: ElementPath,
    carried: Carried,
    raw: string,
    ruleName: string,
    reference: (table: string, key: string) => string,
  ): string | null {
    const definition = this.definitions.type(given.type)
    const rule = definition?.root
    if (!rule || definition.kind !== 'resource') return `${given.type} is no resource of FHIR R4`
    const root: Element = { rule, type: given.type }
    const path = this.typed(given, root, carried)
    if (typeof path === 'string') return path
    if (path.where) this.putFilter(this.draft, root, path.where.path, path.where.value)
    const value = this.valueAt(path, root, carried, raw, ruleName, reference)
    if (typeof value === 'string') return value
    if (this.write(path, root, value.value, -1)) return null
    // Another line filled this element already: the value belongs to a further entry of the list around it.
    const list = this.deepestList(path, root)
    return list >= 0 && this.write(path, root, value.value, list) ? null : `${path.plain} is filled by another line already`
  }

  /** The path with a type for each `[x]`: the one that fits the value, or that has the element asked for. */
  private typed(path: ElementPath, root: Element, carried: Carried): ElementPath | string {
    if (path.steps.every(({ choice }) => choice === undefined)) return path
    const steps: ElementPath['steps'][number][] = []
    let element = root
    for (const [i, step] of path.steps.entries()) {
      const types = step.choice === undefined ? [] : this.choices(element, step.choice)
      const next = path.steps[i + 1]
      const wanted = next
        ? types.find((type) => {
            const root = this.definitions.type(type)?.root
            return root !== undefined && elementNamed(root, next.name) !== null
          })
        : typesFor(carried).find((type) => types.includes(type))
      if (step.choice !== undefined && wanted === undefined)
        return `${element.rule.id} has no element ${step.name} for such a value`
      const name = step.choice === undefined ? step.name : `${step.choice}${capital(wanted ?? '')}`
      const child = this.childOf(element, name)
      if (!child) return noElement(element, name)
      steps.push({ name, where: step.where })
      element = child
    }
    return { ...path, steps }
  }

  private choices(element: Element, name: string): readonly string[] {
    return (
      this.parentOf(element)
        .children.find((one) => one.choice && one.name === name)
        ?.types.map(({ code }) => code) ?? []
    )
  }

  /** The value in the form of its element, or why it has none. */
  private valueAt(
    path: ElementPath,
    root: Element,
    carried: Carried,
    raw: string,
    rule: string,
    reference: (table: string, key: string) => string,
  ): { readonly value: DraftValue } | string {
    let element = root
    for (const step of path.steps) {
      const child = this.stepOf(element, step)
      if (!child) return noElement(element, step.name)
      element = child
    }
    const made = fhirValue(element.type, carried, raw, rule, reference)
    return 'why' in made ? made.why : made
  }

  /** False where the element holds another value; `fresh` is the step at which a new list entry is made. */
  private write(path: ElementPath, root: Element, value: DraftValue, fresh: number): boolean {
    let at: Draft = this.draft
    let element = root
    for (const [i, step] of path.steps.entries()) {
      const child = this.stepOf(element, step)
      if (!child) return false
      if (i === path.steps.length - 1) {
        const held = at[step.name]
        if (!child.rule.repeats && held !== undefined && held !== value && !(isDraft(held) && isDraft(value))) return false
        assign(at, step.name, value, child.rule.repeats)
      } else {
        const next = this.enter(at, child, step.name, step.where, i === fresh)
        if (next === null) return false
        at = next
      }
      element = child
    }
    return true
  }

  private deepestList(path: ElementPath, root: Element): number {
    let element = root
    let found = -1
    for (const [i, step] of path.steps.slice(0, -1).entries()) {
      const child = this.stepOf(element, step)
      if (!child) return found
      if (child.rule.repeats) found = i
      element = child
    }
    return found
  }

  get value(): JsonObject {
    return this.draft
  }

  /** The object of an element; null where it holds a plain value already. */
  private enter(at: Draft, element: Element, name: string, where: ElementPath['where'], fresh: boolean): Draft | null {
    const held = at[name]
    if (!element.rule.repeats) {
      if (held !== undefined && !isDraft(held)) return null
      const next = held ?? {}
      at[name] = next
      if (where !== null) this.putFilter(next, element, where.path, where.value)
      return next
    }
    const list = Array.isArray(held) ? held : []
    at[name] = list
    const fits = (one: DraftValue): one is Draft => isDraft(one) && (where === null || holds(one, where.path, where.value))
    const found = fresh ? undefined : list.find(fits)
    if (found) return found
    const next: Draft = {}
    if (where !== null) this.putFilter(next, element, where.path, where.value)
    list.push(next)
    return next
  }

  private putFilter(at: Draft, from: Element, path: readonly string[], value: string): void {
    if (holds(at, path, value)) return
    if (path[0] === 'resourceType') {
      // Within its resource a contained one is called by its id (R4 references.html#contained).
      Object.assign(at, { resourceType: value, id: value.toLowerCase() })
      return
    }
    let draft = at
    let element = from
    for (const [i, name] of path.entries()) {
      const child = this.childOf(element, name)
      if (!child) return
      if (i === path.length - 1) assign(draft, name, value, child.rule.repeats)
      else {
        const next = this.enter(draft, child, name, null, false)
        if (next === null) return
        draft = next
      }
      element = child
    }
  }

  /** The element that a JSON member names: its own child, one of its data type, or a choice such as `onsetDateTime`. */
  private childOf(element: Element, name: string): Element | null {
    return elementNamed(this.parentOf(element), name)
  }

  /** The element of a step; of a contained resource the one that its filter names. */
  private stepOf(element: Element, { name, where }: ElementPath['steps'][number]): Element | null {
    const child = this.childOf(element, name)
    if (child?.type !== 'Resource' || where?.path.join('.') !== 'resourceType') return child
    const definition = this.definitions.type(where.value)
    return definition?.kind === 'resource'
      ? { rule: { ...definition.root, repeats: child.rule.repeats }, type: where.value }
      : child
  }

  /** The rule that has the children: that of the element where it defines some, else that of its data type. */
  private parentOf({ rule, type }: Element): ElementRule {
    const own = rule.contentReference === null ? rule : this.referred(rule.contentReference)
    return own.children.length > 0 ? own : (this.definitions.type(type)?.root ?? own)
  }

  private referred(id: string): ElementRule {
    const found = this.definitions.type(id.split('.')[0] ?? '')?.byId.get(id)
    if (!found) throw new Error(`The definitions refer to ${id}, which they do not hold`)
    return found
  }
}

function capital(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1)
}

function noElement({ rule, type }: Element, name: string): string {
  return `${rule.id}${rule.choice ? ` as ${type}` : ''} has no element ${name} in FHIR R4`
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
