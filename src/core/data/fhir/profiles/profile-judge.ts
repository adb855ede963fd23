/** Judges resources against profiles: what a profile adds to the base definition, slice by slice (FHIR R4 §5.1). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'
import type { TypeUse } from '../../schema/structure-definition.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { Invariants } from '../elements/invariants.ts'
import type { Environment } from '../fhirpath/nodes/environment.ts'
import type { Node } from '../fhirpath/nodes/node.ts'
import { isOfType } from '../fhirpath/nodes/types.ts'
import type { Coverage } from '../visit/coverage.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'
import { belongsTo, type DiscriminatorContext, isMember } from './discriminators.ts'
import { dependsOnValuesOnly, sameJson } from './equal-values.ts'
import { NarrowedReferences } from './narrowed-references.ts'
import { at, type Occurrence, occurrencesOf } from './occurrences.ts'
import type { ProfileElement } from './profile-element.ts'
import { type ProfileNode, type ProfileTree, profileTree } from './profile-tree.ts'
import type { ProfileRegistry } from './registry.ts'
import { About, ValueJudge } from './value-judge.ts'

/** Profiles that judge parts of each other can go round in circles; deeper than this nothing is judged. */
const deepest = 24
/** So far above it that a whole element has room below. */
const safe = 8

export class ProfileJudge {
  private readonly trees = new Map<string, ProfileTree | null>()
  private readonly values: ValueJudge
  private readonly targets: NarrowedReferences
  private readonly abouts = new Map<ProfileTree, About>()
  private context: DiscriminatorContext | null = null
  private sliceVisit: Visit | null = null
  /** What was tried against whole profiles; one record may be the target of many references. */
  private readonly fitting = new WeakMap<JsonObject, Map<string, boolean>>()
  private depth = 0
  /** Slicings whose slices could not be told. */
  private unsure = 0
  private readonly registry: ProfileRegistry
  private readonly definitions: Definitions
  private readonly invariants: Invariants
  private readonly coverage: Coverage

  constructor(registry: ProfileRegistry, definitions: Definitions, invariants: Invariants, coverage: Coverage) {
    this.registry = registry
    this.definitions = definitions
    this.invariants = invariants
    this.coverage = coverage
    this.values = new ValueJudge(definitions, invariants, coverage)
    this.targets = new NarrowedReferences(definitions, (url) => this.tree(url)?.snapshot.type)
  }

  /** Null where the profile is not loaded or can not be expanded; `why` is then counted as not evaluated. */
  tree(url: string): ProfileTree | null {
    const known = this.trees.get(url)
    if (known !== undefined) return known
    const snapshot = this.registry.snapshot(url)
    const tree = snapshot === null ? null : profileTree(snapshot)
    this.trees.set(url, tree)
    return tree
  }

  whyNot(url: string): string {
    return this.registry.whyNot(url) ?? 'It can not be expanded.'
  }

  /** Judges a value as a whole against a profile of its type. */
  judge(value: JsonObject, type: string, tree: ProfileTree, place: Place, visit: Visit): void {
    const shape = this.invariants.shapes.type(type)
    if (shape === null) return
    let about = this.abouts.get(tree)
    if (about === undefined) {
      about = new About(tree.snapshot.url)
      this.abouts.set(tree, about)
      this.coverage.ran('profile', about.url)
    }
    if (tree.snapshot.type !== type && !shape.supers.includes(tree.snapshot.type)) {
      visit.report(place, {
        code: 'data/fhir-profile',
        facts: [about.fact, { name: 'expected', value: `a ${tree.snapshot.type}` }],
      })
      return
    }
    this.element(tree.root, { value, twin: null, shape }, about, place, visit)
    for (const url of tree.snapshot.imposes) {
      const imposed = this.tree(url)
      if (imposed === null) this.coverage.leaveOut('profile', url)
      else if (this.depth <= deepest) {
        this.depth++
        this.judge(value, type, imposed, place, visit)
        this.depth--
      }
    }
  }

  /** True where nothing of error weight is said against the value; null where the profile is not loaded. */
  conforms(node: Node, url: string, visit: Visit): boolean | null {
    const tree = this.tree(url)
    if (tree === null || !isMembers(node.value)) return null
    if (this.depth > deepest) return null
    const known = this.fitting.get(node.value)?.get(url)
    if (known !== undefined) return known
    const [before, references] = [visit.found.length, visit.references.length]
    this.judge(node.value, node.shape.type, tree, visit.places.root(node.shape.type), visit)
    const told = visit.found.splice(before)
    // It was only tried: its references are not those of the record.
    visit.references.length = references
    const fits = !told.some(({ severity }) => severity !== 'warning' && severity !== 'info')
    const byUrl = this.fitting.get(node.value) ?? new Map<string, boolean>()
    this.fitting.set(node.value, byUrl.set(url, fits))
    return fits
  }

  private element(rule: ProfileNode, node: Node, about: About, place: Place, visit: Visit): void {
    if (!rule.adds || this.depth > deepest) return
    this.depth++
    if (rule.element.touched) this.values.judge(rule, node, about, place, visit)
    const { nearest } = visit
    // What stands inside a contained resource is judged with that resource in mind (%resource).
    if (visit.path.at(-2) === 'contained' && isMembers(node.value)) visit.nearest = node.value
    for (const child of rule.children) if (child.adds) this.member(child, node, about, place, visit)
    visit.nearest = nearest
    this.depth--
  }

  private member(rule: ProfileNode, parent: Node, about: About, place: Place, visit: Visit): void {
    const value = isMembers(parent.value) ? parent.value[rule.name] : undefined
    // What extends single items of a list stands beside it, and is counted with it.
    const beside = isMembers(parent.value) ? parent.value[`_${rule.name}`] : undefined
    rule.isRepeatable ??= dependsOnValuesOnly(rule, this.definitions)
    if (!rule.isRepeatable || typeof value !== 'object' || beside !== undefined || this.depth > safe) {
      this.members(rule, parent, about, place, visit)
      return
    }
    const { shape: within } = parent
    if (rule.inOrder?.within === within && sameJson(value, rule.inOrder.value)) return
    const before = visit.found.length + this.unsure
    this.members(rule, parent, about, place, visit)
    if (visit.found.length + this.unsure === before) rule.inOrder = { value, within }
  }

  private members(rule: ProfileNode, parent: Node, about: About, place: Place, visit: Visit): void {
    const found = occurrencesOf(parent, rule.name, this.invariants.shapes)
    if (rule.element.touched) this.count(rule.element, rule.name, found, about, place, visit)
    if (rule.slices.length === 0 || rule.element.slicing === null) {
      for (const one of found) this.occurrence(rule, one, about, place, visit)
      return
    }
    this.sliced(rule, found, about, place, visit)
  }

  private count(
    element: ProfileElement,
    name: string,
    found: readonly Occurrence[],
    about: About,
    place: Place,
    visit: Visit,
  ): void {
    const label = element.sliceName === null ? name : `${name}:${element.sliceName}`
    const code = element.sliceName === null ? 'data/fhir-cardinality' : 'data/fhir-slice'
    // What the base definition asks for as well was told by it.
    const asked = element.sliceName !== null || element.min > element.base.min || found.length >= element.base.min
    if (found.length < element.min && asked)
      visit.report(place, {
        code,
        facts: [about.fact, { name: 'missing', value: label }, { name: 'at least', value: element.min }],
        below: name,
        ofParent: true,
      })
    const first = found[0]
    if (
      found.length > element.max &&
      found.length <= (element.sliceName === null ? element.base.max : Number.POSITIVE_INFINITY) &&
      first
    )
      at(first, place, visit, (here) =>
        visit.report(here, {
          code,
          facts: [about.fact, { name: 'found', value: found.length }, { name: 'at most', value: element.max }],
        }),
      )
  }

  private sliced(rule: ProfileNode, found: readonly Occurrence[], about: About, place: Place, visit: Visit): void {
    const { slicing } = rule.element
    if (slicing === null) return
    if (found.length === 0) {
      // Where the whole list is missing that is told once.
      if (rule.element.min > 0) return
      for (const { element } of rule.slices) if (element.touched) this.count(element, rule.name, found, about, place, visit)
      return
    }
    const context = this.contextOf(visit)
    const taken = new Map<ProfileNode, Occurrence[]>()
    let unsure = false
    let last = -1
    let foreign: Occurrence | null = null
    for (const one of found) {
      let own: ProfileNode | null = null
      for (const slice of rule.slices) {
        const belongs = belongsTo(slice, slicing, one.node, context)
        if (belongs === null) unsure = true
        if (belongs !== true) continue
        // A re-slice is the narrower of two that fit.
        if (own === null || (slice.element.sliceName ?? '').startsWith(`${own.element.sliceName}/`)) own = slice
      }
      if (own === null) {
        if (slicing.rules === 'closed' && !unsure) this.foreign(one, about, place, visit)
        foreign ??= one
        this.occurrence(rule, one, about, place, visit)
        continue
      }
      // Those of no slice stand behind all others; told once, at the first that does not.
      if (slicing.rules === 'openAtEnd' && foreign !== null && !unsure) {
        this.early(foreign, about, place, visit)
        foreign = null
      }
      const order = rule.slices.indexOf(own)
      if (slicing.ordered && order < last) this.disordered(one, own, about, place, visit)
      last = Math.max(last, order)
      for (const slice of rule.slices)
        if (slice === own || own.element.sliceName?.startsWith(`${slice.element.sliceName}/`)) take(taken, slice, one)
      this.occurrence(own, one, about, place, visit)
    }
    if (unsure) {
      this.unsure++
      this.coverage.leaveOut('slice', `${rule.element.id} of ${about.url}`, found.length)
    }
    for (const slice of rule.slices) {
      const items = taken.get(slice) ?? []
      if (slice.element.touched && !(unsure && items.length < slice.element.min))
        this.count(slice.element, rule.name, items, about, place, visit)
    }
  }

  private foreign(one: Occurrence, about: About, place: Place, visit: Visit): void {
    at(one, place, visit, (here) =>
      visit.report(here, {
        code: 'data/fhir-slice',
        facts: [about.fact, { name: 'expected', value: 'one of the slices of the profile' }],
      }),
    )
  }

  private early(one: Occurrence, about: About, place: Place, visit: Visit): void {
    const expected = 'entries that belong to no slice behind those that do'
    at(one, place, visit, (here) =>
      visit.report(here, { code: 'data/fhir-slice', facts: [about.fact, { name: 'expected', value: expected }] }),
    )
  }

  private disordered(one: Occurrence, slice: ProfileNode, about: About, place: Place, visit: Visit): void {
    const expected = `the slice ${slice.element.sliceName} before those that follow it in the profile`
    at(one, place, visit, (here) =>
      visit.report(here, { code: 'data/fhir-slice', facts: [about.fact, { name: 'expected', value: expected }] }),
    )
  }

  private occurrence(rule: ProfileNode, { node, json, index }: Occurrence, about: About, above: Place, visit: Visit): void {
    // Where nothing below is said, and nothing of itself, there is nothing to look at.
    if (!rule.adds) return
    const { path } = visit
    path.push(json)
    if (index !== null) path.push(index)
    this.judged(rule, node, about, above.child(json), visit)
    path.length -= index === null ? 1 : 2
  }

  private judged(rule: ProfileNode, node: Node, about: About, place: Place, visit: Visit): void {
    const { types } = rule.element
    if (rule.element.touched && types.length > 0 && node.shape.type !== '' && typeUse(types, node) === undefined) {
      visit.report(place, {
        code: 'data/fhir-profile',
        facts: [about.fact, { name: 'expected', value: `a value of type ${types.map(({ code }) => code).join(' or ')}` }],
      })
      return
    }
    this.element(rule, node, about, place, visit)
    if (rule.element.touched) this.ownProfiles(rule.element, node, about, place, visit)
  }

  /** Profiles that the element asks of its type: one is judged in full, of several one has to fit. */
  private ownProfiles(element: ProfileElement, node: Node, about: About, place: Place, visit: Visit): void {
    const use = typeUse(element.types, node)
    if (use?.code === 'Reference') {
      this.targets.note(element, use, node, about.url, place, visit)
      this.target(use, node, about, place, visit)
    }
    if (use === undefined || use.profiles.length === 0 || !isMembers(node.value) || this.depth > deepest) return
    // An extension is judged by the definition its own address names.
    if (use.code === 'Extension') return
    const [only] = use.profiles
    const loaded = use.profiles.filter((url) => this.tree(url) !== null)
    for (const url of use.profiles) if (!loaded.includes(url)) this.coverage.leaveOut('profile', url)
    if (use.profiles.length === 1 && only !== undefined) {
      const tree = this.tree(only)
      if (tree === null) return
      this.depth++
      this.judge(node.value, node.shape.type, tree, place, visit)
      this.depth--
      return
    }
    if (loaded.length < use.profiles.length || loaded.some((url) => this.conforms(node, url, visit) !== false)) return
    visit.report(place, {
      code: 'data/fhir-profile',
      facts: [about.fact, { name: 'expected', value: `one of ${use.profiles.join(', ')}` }],
    })
  }

  /** A target that is at hand, contained or in the same Bundle, fits one of the profiles that are asked of it. */
  private target(use: TypeUse, node: Node, about: About, place: Place, visit: Visit): void {
    const reference = isMembers(node.value) ? node.value.reference : undefined
    if (typeof reference !== 'string' || !use.targets.some((url) => url.includes(':')) || this.depth > safe) return
    const value = this.invariants.environmentOf(visit).resolve(reference)
    if (!isMembers(value ?? undefined)) return
    const shape = this.invariants.shapes.ofResource(value)
    const target: Node = { value: value ?? undefined, twin: null, shape }
    const fits = use.targets.some((url) => {
      if (!url.includes(':')) return url === 'Resource' || url === shape.type
      const tree = this.tree(url)
      // The wrong kind of record is told as such; what is not loaded can not be told.
      return tree === null || tree.snapshot.type !== shape.type || this.conforms(target, url, visit) !== false
    })
    if (fits) return
    visit.report(place, {
      code: 'data/fhir-profile',
      facts: [about.fact, { name: 'expected', value: `a reference to a record that fits ${use.targets.join(' or ')}` }],
    })
  }

  /** One for all records: it speaks of the one at hand. */
  private contextOf(visit: Visit): DiscriminatorContext {
    this.sliceVisit = visit
    this.context ??= {
      environment: (): Environment => this.invariants.environmentOf(this.sliceVisit ?? visit),
      profile: (url) => this.tree(url),
      isMember: (value, valueSet) => isMember(value, this.definitions.expansion(valueSet)),
      conforms: (node, url) => this.conforms(node, url, this.sliceVisit ?? visit),
    }
    return this.context
  }
}

/** The type of those an element allows that the value has. */
function typeUse(types: readonly TypeUse[], node: Node): TypeUse | undefined {
  for (const use of types) if (isOfType(node, use.code)) return use
  return undefined
}

function take(taken: Map<ProfileNode, Occurrence[]>, slice: ProfileNode, one: Occurrence): void {
  const items = taken.get(slice)
  if (items) items.push(one)
  else taken.set(slice, [one])
}
