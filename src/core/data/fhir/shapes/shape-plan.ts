/** Which elements of R4 are looked at value by value, and how: from the same rules that the tree judge is bound to. */
import type { JsonValue } from '../../model/record.ts'
import type { Binding, ElementRule, Invariant, TypeDefinition, TypeUse } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import { primitiveCheck, primitiveCheckUnder } from '../definitions/primitives.ts'
import type { FhirSettings } from '../definitions/settings.ts'
import type { Judge, QuickCheck } from '../elements/element-judge.ts'
import type { Invariants } from '../elements/invariants.ts'
import { impliedProfiles } from '../profiles/implied.ts'
import type { Counter } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import { type Dependence, dependenceOf } from './settled-names.ts'
import { forms, KnownValues, looseForms, ShapeNode, type Slot } from './shape.ts'

/** Data types whose values are mostly new in each record; all others are known as a whole, byte for byte. */
const open: ReadonlySet<string> = new Set([
  ...['Address', 'Age', 'Annotation', 'ContactPoint', 'Count', 'Distance', 'Dosage', 'Duration', 'HumanName', 'Identifier'],
  ...['Meta', 'Money', 'Narrative', 'Period', 'Quantity', 'Range', 'Ratio', 'Reference', 'SimpleQuantity', 'Timing'],
])
/** Resources that hold others, or are judged as a whole. */
const whole: ReadonlySet<string> = new Set(['Bundle', 'Parameters'])
const quantities: ReadonlySet<string> = new Set(['Age', 'Count', 'Distance', 'Duration', 'Quantity', 'SimpleQuantity'])

/** Where the value of a slot is noted. */
export const notes = { none: 0, start: 1, end: 2, id: 3, patient: 4, subject: 5, beneficiary: 6 } as const

/** The rules of R4 as the tree judge is bound to them. */
export interface BoundRules {
  readonly definitions: Definitions
  readonly settings: FhirSettings
  readonly invariants: Invariants
  element(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge
  /** Null for what is more than a primitive with a form and a binding. */
  leaf(
    definition: TypeDefinition,
    rule: ElementRule,
    use: TypeUse | null,
  ): { readonly check: QuickCheck; readonly counter: Counter | null } | null
  unlistedCounter(binding: Binding, type: string): Counter | null
  isJudgedWhole(type: string): boolean
}

interface Host {
  readonly definition: TypeDefinition
  readonly rule: ElementRule
  readonly place: Place
  /** Constraints of the element that uses the type. */
  readonly invariants: readonly Invariant[]
  readonly use: TypeUse | null
  readonly isContained: boolean
  readonly resourceType: string
  /** Counts its values for a value set that is not listed here. */
  readonly counter: Counter | null
}

export class ShapePlan {
  private readonly compiler: BoundRules
  /** A narrative without links into its resource. */
  private readonly narrative: QuickCheck

  constructor(compiler: BoundRules) {
    this.compiler = compiler
    const form = primitiveCheckUnder('xhtml', compiler.settings)
    this.narrative = (value) => typeof value === 'string' && !value.includes('#') && form?.(value) === null
  }

  /** Null for a type that only the tree judges. */
  resource(type: string, place: Place, isContained: boolean): ShapeNode | null {
    const definition = this.compiler.definitions.type(type)
    if (definition === null || definition.kind !== 'resource' || definition.abstract) return null
    if (whole.has(type) || this.compiler.isJudgedWhole(type)) return null
    return this.node({
      definition,
      rule: definition.root,
      place,
      invariants: [],
      use: null,
      isContained,
      resourceType: type,
      counter: null,
    })
  }

  private node(host: Host): ShapeNode {
    const { definition, rule, place, use } = host
    const isType = rule === definition.root
    const { skipped, judged } = this.compiler.invariants.sorted([...host.invariants, ...(isType ? rule.invariants : [])])
    const isPeriod = isType && definition.name === 'Period'
    // The order of its bounds is looked at by their bytes.
    const dependences = judged
      .filter(({ key }) => !(isPeriod && key === 'per-1'))
      .map(({ expression }) => dependenceOf(expression))
    const pins = this.pinsOf(host, dependences)
    const known = new Map<string, Slot | null>()
    const slotOf = (name: string): Slot | null => {
      const before = known.get(name)
      if (before !== undefined) return before
      const made = this.slot(host, name, pins)
      known.set(name, made)
      return made
    }
    const refers = isType && definition.name === 'Reference' ? use : null
    const counters = host.counter === null ? skipped : [...skipped, host.counter]
    return new ShapeNode({ dependences, counters, isPeriod, refers, place, slotOf })
  }

  /** Elements whose values something else of the object depends on. */
  private pinsOf({ definition, rule }: Host, dependences: readonly Dependence[]): ReadonlySet<string> {
    const pins = new Set<string>()
    for (const { reads } of dependences) for (const name of reads ?? []) pins.add(name)
    if (rule !== definition.root) return pins
    // The unit, and a value set that the element asks for.
    if (quantities.has(definition.name)) for (const name of ['system', 'code']) pins.add(name)
    // Vital signs have profiles of their own, told by the code.
    if (definition.name === 'Observation') pins.add('code')
    return pins
  }

  private slot(host: Host, name: string, pins: ReadonlySet<string>): Slot | null {
    const found = named(host.rule, name)
    if (found === null) return null
    const { child, use } = found
    const { definition, place } = host
    const isRoot = definition.kind === 'resource' && host.rule === definition.root
    if (isRoot && host.isContained && (name === 'meta' || name === 'contained')) return null
    // An extension is judged with the address of what it stands in.
    if (name === 'extension' && host.rule.children.some((other) => other.name === 'url')) return null
    const at = place.child(name)
    const known = { known: new KnownValues(), check: null, counter: null, makeNode: null, note: notes.none }
    const type = use?.code ?? ''
    const { resourceType } = host
    const common = {
      ...{ name, element: child.name, place: at, repeats: child.repeats, most: child.max, use, node: null, heads: [] },
      ...{ resourceType, judge: null, profilesOf: null },
    }
    // What a reference says of its target's type is compared with the target.
    if (definition.name === 'Reference' && name === 'type') return null
    if (type === 'Resource') {
      if (!isRoot || name !== 'contained' || this.compiler.settings.validateContains === 'IGNORE') return null
      return { ...common, ...known, known: null, form: forms.contained, isPinned: false }
    }
    const isOpen = child.contentReference !== null || child.children.length > 0 || open.has(type)
    if (isOpen) {
      // A value set of units asks for system and code; of other objects nobody binds one.
      if (child.binding !== null && !quantities.has(type)) return null
      const makeNode = (): ShapeNode => this.node(this.inside(host, child, use, at))
      const note = isRoot && !host.isContained && !child.repeats ? (patientNotes[name] ?? notes.none) : notes.none
      return { ...common, ...known, known: null, form: forms.object, isPinned: false, makeNode, note }
    }
    if (type === 'xhtml') return { ...common, ...known, form: forms.narrative, isPinned: false, check: this.narrative }
    const isPinned = pins.has(child.name)
    const isMetaProfile = definition.name === 'Meta' && name === 'profile'
    if (isPinned || isMetaProfile || (primitiveCheck(type) === null && !(isRoot && name === 'id'))) {
      const judge = (): Judge => this.compiler.element(definition, child, use)
      const ofCode = isRoot && name === 'code' ? (codeProfiles[resourceType] ?? null) : null
      return { ...common, ...known, form: forms.same, isPinned, judge, profilesOf: isMetaProfile ? profilesIn : ofCode }
    }
    const leaf = this.compiler.leaf(definition, child, use)
    if (leaf === null) return null
    const isId = isRoot && name === 'id'
    const form = isId ? forms.id : ((child.binding === null ? looseForms[type] : undefined) ?? forms.known)
    const isTarget = definition.name === 'Reference' && name === 'reference' && !isRoot
    const note = isId ? notes.id : definition.name === 'Period' ? (periodNotes[name] ?? notes.none) : notes.none
    return { ...common, ...known, form: isTarget ? forms.target : form, isPinned: false, ...leaf, note }
  }

  /** The object that an element holds. */
  private inside({ definition, isContained, resourceType }: Host, child: ElementRule, use: TypeUse | null, place: Place): Host {
    const counter = child.binding === null || use === null ? null : this.compiler.unlistedCounter(child.binding, use.code)
    const common = { place, use, isContained, resourceType, counter }
    const own = child.types.length === 0 ? [] : child.invariants
    if (child.contentReference !== null) {
      const target = definition.byId.get(child.contentReference)
      if (!target) throw new Error(`${child.id} refers to an element that ${definition.name} does not have`)
      const invariants = [...own, ...(target.types.length === 0 ? [] : target.invariants)]
      return { ...common, definition, rule: target, invariants }
    }
    if (child.children.length > 0) return { ...common, definition, rule: child, invariants: own }
    const type = this.compiler.definitions.type(use?.code ?? '')
    if (type === null) throw new Error(`FHIR R4 has no type ${use?.code}`)
    return { ...common, definition: type, rule: type.root, invariants: own }
  }
}

const codeProfiles: Readonly<Record<string, (code: JsonValue) => readonly string[]>> = {
  Observation: (code) => impliedProfiles({ resourceType: 'Observation', code }),
}

function profilesIn(profile: JsonValue): readonly string[] {
  return Array.isArray(profile) ? profile.filter((one) => typeof one === 'string') : []
}

const patientNotes: Readonly<Record<string, number>> = {
  patient: notes.patient,
  subject: notes.subject,
  beneficiary: notes.beneficiary,
}
const periodNotes: Readonly<Record<string, number>> = { start: notes.start, end: notes.end }

/** The element that a JSON name means, with its type. */
function named(parent: ElementRule, name: string): { readonly child: ElementRule; readonly use: TypeUse | null } | null {
  for (const child of parent.children) {
    if (child.max === 0) continue
    if (!child.choice) {
      if (child.name === name) return { child, use: child.types[0] ?? null }
      continue
    }
    const use = child.types.find(({ code }) => `${child.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` === name)
    if (use !== undefined) return { child, use }
  }
  return null
}
