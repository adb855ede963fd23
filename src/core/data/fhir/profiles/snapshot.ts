/** Snapshots out of differentials: each statement finds its element in the base, opens types on the way, and narrows (FHIR R4 §5.1.0.1). */
import type { FlatElement, TypeDefinition } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import { type ProfileElement, type Slicing, type Snapshot, type Statement, unprofiled } from './profile-element.ts'
import type { StructureDefinition } from './read-structure-definition.ts'

/** What a snapshot is made of beside its differential. */
export interface SnapshotContext {
  readonly definitions: Definitions
  /** The snapshot of a loaded profile; null where it is not loaded. */
  profile(url: string): Snapshot | null
}

/** A statement about the profile itself: it is told, and the wider rule of the base stays in force. */
export interface ProfileProblem {
  readonly element: string
  readonly words: string
}

export interface SnapshotResult {
  readonly snapshot: Snapshot
  readonly problems: readonly ProfileProblem[]
}

const structureBase = 'http://hl7.org/fhir/StructureDefinition/'

/** A text says which base or type is missing. */
export function snapshotOf(definition: StructureDefinition, context: SnapshotContext): SnapshotResult | string {
  const base = baseElements(definition.base, context)
  if (base === null) return `The base ${definition.base} is not loaded.`
  const maker = new SnapshotMaker(base, context)
  for (const statement of definition.statements) maker.apply(statement)
  const { url, version, name, type, contexts, imposes } = definition
  return { snapshot: { url, version, name, type, elements: maker.elements, contexts, imposes }, problems: maker.problems }
}

function baseElements(url: string, context: SnapshotContext): readonly ProfileElement[] | null {
  const name = url.startsWith(structureBase) ? url.slice(structureBase.length) : null
  const type = name === null ? null : context.definitions.type(name)
  if (type !== null) return elementsOf(type)
  return context.profile(url)?.elements ?? null
}

/** Elements of types that were asked for before: many profiles are based on few types. */
const asked = new WeakMap<TypeDefinition, readonly ProfileElement[]>()

/** The elements of a type in the order of its definition. */
function elementsOf(type: TypeDefinition): readonly ProfileElement[] {
  const known = asked.get(type)
  if (known !== undefined) return known
  const elements = [...type.byId.values()].map(({ name: _name, choice: _choice, children: _children, ...element }) => {
    const flat: FlatElement = element
    return unprofiled(flat)
  })
  asked.set(type, elements)
  return elements
}

class SnapshotMaker {
  readonly problems: ProfileProblem[] = []
  elements: ProfileElement[]
  private readonly context: SnapshotContext

  constructor(base: readonly ProfileElement[], context: SnapshotContext) {
    this.elements = [...base]
    this.context = context
  }

  apply(statement: Statement): void {
    const id = this.fullId(statement)
    const at = this.ensure(id)
    if (at < 0) {
      this.problems.push({ element: statement.id, words: 'The base has no such element.' })
      return
    }
    this.elements[at] = this.merged(this.elements[at] as ProfileElement, statement)
  }

  private indexOf(id: string): number {
    return this.elements.findIndex((element) => element.id === id)
  }

  /** The id with choices written out: `Observation.valueQuantity.code` is `Observation.value[x]:valueQuantity.code`. */
  private fullId({ id }: Statement): string {
    const parts = id.split('.')
    let done = parts[0] ?? ''
    for (const part of parts.slice(1)) {
      const plain = `${done}.${part}`
      done = this.indexOf(plain) >= 0 ? plain : (this.choiceId(done, part) ?? plain)
    }
    return done
  }

  /** `valueQuantity` under a parent that has `value[x]`; null where the part is no such short form. */
  private choiceId(parent: string, part: string): string | null {
    if (part.includes(':') || part.includes('[x]')) return null
    if (!this.open(parent)) return null
    if (this.indexOf(`${parent}.${part}`) >= 0) return null
    for (const child of this.childrenOf(parent)) {
      const last = lastPart(child.id)
      if (!last.endsWith('[x]')) continue
      const name = last.slice(0, -3)
      if (!part.startsWith(name)) continue
      const type = child.types.find(({ code }) => `${name}${code.charAt(0).toUpperCase()}${code.slice(1)}` === part)
      if (!type) continue
      // Where one type is left and nothing is sliced, the short form means the element itself.
      return child.types.length === 1 && child.slicing === null ? child.id : `${child.id}:${part}`
    }
    return null
  }

  /** Index of the element with this id, made where the base allows it; -1 where it does not. */
  private ensure(id: string): number {
    const known = this.indexOf(id)
    if (known >= 0) return known
    const dot = id.lastIndexOf('.')
    if (dot < 0) return -1
    const parent = id.slice(0, dot)
    const last = id.slice(dot + 1)
    if (this.ensure(parent) < 0 || !this.open(parent)) return -1
    const colon = last.indexOf(':')
    if (colon < 0) return this.indexOf(id)
    return this.slice(`${parent}.${last.slice(0, colon)}`, last.slice(colon + 1))
  }

  /** A slice begins as a copy of the unsliced element as it is constrained by now; a re-slice `a/b` as a copy of slice `a`. */
  private slice(unslicedId: string, name: string): number {
    const unsliced = this.ensure(unslicedId)
    if (unsliced < 0) return -1
    const slash = name.lastIndexOf('/')
    const from = slash < 0 ? unsliced : this.ensure(`${unslicedId}:${name.slice(0, slash)}`)
    const origin = this.elements[from < 0 ? unsliced : from] as ProfileElement
    if (origin.slicing === null && slash < 0) this.elements[unsliced] = { ...origin, slicing: impliedSlicing(origin) }
    const id = `${unslicedId}:${name}`
    const sliced: ProfileElement = {
      ...origin,
      id,
      sliceName: name,
      slicing: null,
      min: 0,
      types: chosenType(origin, name),
    }
    const at = this.endOf(unslicedId)
    this.elements.splice(at, 0, sliced)
    return at
  }

  /** Index after an element, everything below it, and its slices. */
  private endOf(id: string): number {
    let at = this.indexOf(id) + 1
    while (at < this.elements.length && isUnder(this.elements[at] as ProfileElement, id)) at++
    return at
  }

  /** Makes the children of an element visible: those of its unsliced element, of its type, or of what it refers to. */
  private open(id: string): boolean {
    const at = this.indexOf(id)
    if (at < 0) return false
    const element = this.elements[at] as ProfileElement
    if (this.childrenOf(id).length > 0) return true
    const children = this.childrenToOpen(element)
    if (children === null || children.length === 0) return false
    this.elements.splice(at + 1, 0, ...children)
    return true
  }

  private childrenToOpen(element: ProfileElement): ProfileElement[] | null {
    if (element.sliceName !== null) {
      const slash = element.sliceName.lastIndexOf('/')
      const unsliced =
        slash < 0
          ? element.id.slice(0, -element.sliceName.length - 1)
          : element.id.slice(0, element.id.length - element.sliceName.length + slash)
      const own = this.elements.filter((other) => other.id.startsWith(`${unsliced}.`))
      if (own.length > 0) return own.map((child) => moved(child, unsliced, element))
    }
    if (element.contentReference !== null) {
      const target = element.contentReference
      // What the base says there, not what this profile says of the element that is repeated.
      const type = this.context.definitions.type(target.split('.')[0] ?? '')
      const own = (type === null ? this.elements : elementsOf(type)).filter((other) => other.id.startsWith(`${target}.`))
      return own.map((child) => moved(child, target, element))
    }
    const [use] = element.types
    if (use === undefined) return null
    const profile = use.profiles.length === 1 ? this.context.profile(use.profiles[0] ?? '') : null
    const type = profile === null ? this.context.definitions.type(use.code) : null
    const source = profile?.elements ?? (type === null ? null : elementsOf(type))
    const root = source?.[0]
    if (!source || !root) return null
    return source.slice(1).map((child) => moved(child, root.id, element))
  }

  private childrenOf(id: string): ProfileElement[] {
    const prefix = `${id}.`
    return this.elements.filter((element) => element.id.startsWith(prefix) && !element.id.slice(prefix.length).includes('.'))
  }

  private merged(element: ProfileElement, said: Statement): ProfileElement {
    const complain = (words: string): void => {
      this.problems.push({ element: said.id, words })
    }
    if (said.min !== null && said.min < element.min && element.sliceName === null)
      complain(`The minimum ${said.min} is lower than ${element.min} of the base.`)
    if (said.max !== null && said.max > element.max)
      complain(`The maximum ${said.max} is higher than ${element.max} of the base.`)
    const strength = { preferred: 0, extensible: 1, required: 2 }
    const weaker = said.binding && element.binding && strength[said.binding.strength] < strength[element.binding.strength]
    if (weaker) complain(`The binding is weaker than that of the base.`)
    // A constraint that is repeated word by word stays with the base, which judges it.
    const repeated = (one: ProfileElement['invariants'][number]): boolean =>
      element.invariants.some(({ key, expression }) => key === one.key && expression === one.expression)
    const own = said.invariants.filter((one) => !repeated(one))
    const keys = new Set(own.map(({ key }) => key))
    return {
      ...element,
      min: said.min ?? element.min,
      max: said.max === null ? element.max : Math.min(said.max, element.max),
      types: said.types === null ? element.types : narrowed(element, said.types, complain),
      binding: said.binding === null || weaker ? element.binding : said.binding,
      invariants: [...element.invariants.filter(({ key }) => !keys.has(key)), ...own],
      inherited: new Set([...element.inherited].filter((key) => !keys.has(key))),
      slicing: said.slicing ?? element.slicing,
      fixed: said.fixed ?? element.fixed,
      pattern: said.pattern ?? element.pattern,
      minValue: said.minValue ?? element.minValue,
      maxValue: said.maxValue ?? element.maxValue,
      maxLength: said.maxLength ?? element.maxLength,
      isModifier: said.isModifier ?? element.isModifier,
      touched: true,
    }
  }
}

/** Types may only be taken away, or be given profiles. */
function narrowed(
  element: ProfileElement,
  said: readonly ProfileElement['types'][number][],
  complain: (words: string) => void,
): ProfileElement['types'] {
  if (element.types.length === 0) return said
  const kept = said.filter(
    ({ code }) =>
      element.types.some((type) => type.code === code || type.code === 'Resource' || type.code === 'Element') ||
      isKindOf(code, element),
  )
  if (kept.length < said.length) complain('A type is given that the base does not allow.')
  return kept.length === 0 ? element.types : kept
}

const quantities = new Set(['Age', 'Count', 'Distance', 'Duration', 'MoneyQuantity', 'SimpleQuantity'])

function isKindOf(code: string, element: ProfileElement): boolean {
  return quantities.has(code) && element.types.some((type) => type.code === 'Quantity')
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1)
}

/** Below an element, or a slice of it, or below such a slice. */
function isUnder(element: ProfileElement, id: string): boolean {
  return element.id.startsWith(`${id}.`) || element.id.startsWith(`${id}:`)
}

/** A child with its id and path under another element. */
function moved(child: ProfileElement, from: string, under: ProfileElement): ProfileElement {
  const rest = child.id.slice(from.length)
  return { ...child, id: under.id + rest, path: under.path + rest.replaceAll(/:[^.]+/g, '') }
}

/** What holds when a differential names slices without saying how they are told apart. */
function impliedSlicing(element: ProfileElement): Slicing {
  const last = lastPart(element.path)
  if (last === 'extension' || last === 'modifierExtension')
    return { discriminators: [{ type: 'value', path: 'url' }], ordered: false, rules: 'open' }
  if (last.endsWith('[x]')) return { discriminators: [{ type: 'type', path: '$this' }], ordered: false, rules: 'open' }
  return { discriminators: [], ordered: false, rules: 'open' }
}

/** `value[x]:valueQuantity` is the Quantity among the types. */
function chosenType(element: ProfileElement, name: string): ProfileElement['types'] {
  const last = lastPart(element.path)
  if (!last.endsWith('[x]')) return element.types
  const stem = last.slice(0, -3)
  const chosen = element.types.filter(({ code }) => `${stem}${code.charAt(0).toUpperCase()}${code.slice(1)}` === name)
  return chosen.length === 0 ? element.types : chosen
}
