/** The judge of one JSON object: names, cardinality, arrays, choices and `_x` twins (FHIR R4 §2.6.2 JSON Representation). */
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { ElementRule, TypeDefinition, TypeUse } from '../schema/structure-definition.ts'
import { primitiveCheck } from './definitions/primitives.ts'
import type { Judge, QuickCheck } from './elements/element-judge.ts'
import type { InvariantJudge, Invariants } from './elements/invariants.ts'
import {
  choiceOf,
  reportForeign,
  reportForm,
  reportMissing,
  reportSecondChoice,
  reportWrongChoice,
} from './elements/object-troubles.ts'
import { untyped } from './fhirpath/nodes/shapes.ts'
import type { Place } from './visit/places.ts'
import type { Visit } from './visit/visit.ts'

/** Who makes the judges of members. */
interface ElementJudges {
  readonly invariants: Invariants
  type(name: string): Judge
  element(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge
  quick(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): QuickCheck | null
}

interface Property {
  readonly name: string
  readonly rule: ElementRule
  readonly primitive: boolean
  readonly repeats: boolean
  /** Made when a value is first met, so that types may refer to themselves and only what occurs is bound. */
  judge: Judge | null
  readonly make: () => Judge
  /** Made with the judge: settles the usual value of a primitive without the way to it. */
  quick: QuickCheck | null
  readonly makeQuick: () => QuickCheck | null
  /** What came behind it last: programs write members in one order, so it is looked up by name only where they do not. */
  next: Property | null
  /** Bit of the choice group; 0 for an element that is no choice. */
  readonly choiceBit: number
  /** Bit of the requirement it meets; 0 where it is not required. */
  readonly requiredBit: number
  /** Number within the object, so that its place is found without a look-up. */
  readonly slot: number
}

interface Required {
  readonly label: string
  readonly names: readonly string[]
}

interface Plan {
  readonly properties: ReadonlyMap<string, Property>
  /** What came first the last time. */
  first: Property | null
  readonly required: readonly Required[]
  /** Bits of all requirements. */
  readonly requiredBits: number
  readonly choices: readonly ElementRule[]
  readonly constrained: InvariantJudge | null
}

/** Names and indexes on the way down; the specification's own deepest examples stay below 40. */
const deepest = 512

/** Judge of an object whose members are the children of `rule`. */
export function objectJudge(judges: ElementJudges, definition: TypeDefinition, rule: ElementRule): Judge {
  const plan = planOf(judges, definition, rule)
  const isResource = definition.kind === 'resource' && rule === definition.root
  const twin: Judge = (value, place, visit) => judges.type('Element')(value, place, visit)
  return (value, place, visit) => {
    if (!isMembers(value)) {
      visit.report(place, { code: 'data/fhir-json-type', facts: [{ name: 'expected', value: 'an object in { }' }], value })
      return
    }
    if (visit.path.length > deepest) {
      visit.report(place, { code: 'data/fhir-depth', facts: [{ name: 'most levels', value: deepest }] })
      return
    }
    let members = 0
    let chosen = 0
    let met = 0
    let last: Property | null = null
    let foreign: string[] | null = null
    const { path } = visit
    // No parsed value inherits members; this loop is the one that engines read without a look-up by name.
    for (const name in value) {
      const member = value[name]
      if (member === undefined) continue
      members++
      if (name === 'resourceType' && isResource) continue
      let property: Property | null = last === null ? plan.first : last.next
      let isTwin = false
      if (property === null || property.name !== name) {
        isTwin = name.charCodeAt(0) === 95
        const named = plan.properties.get(isTwin ? name.slice(1) : name)
        if (named === undefined || (isTwin && !named.primitive)) {
          const choice = choiceOf(name, plan.choices)
          if (choice) reportWrongChoice(name, choice, place, visit)
          else if (foreign === null) foreign = [name]
          else foreign.push(name)
          continue
        }
        property = named
        if (!isTwin) {
          if (last === null) plan.first = property
          else last.next = property
        }
      }
      met |= property.requiredBit
      if (property.choiceBit > 0 && !(isTwin && value[property.name] !== undefined)) {
        if ((chosen & property.choiceBit) !== 0) reportSecondChoice(property.rule, place, visit)
        chosen |= property.choiceBit
      }
      const at = place.childAt(property.slot, property.name)
      if (!isTwin) {
        last = property
        if (property.quick !== null && !property.repeats && property.quick(member)) {
          at.count++
          continue
        }
      }
      path.push(name)
      if (isTwin) judgeTwin(member, value[property.name], property, twin, at, visit)
      else judgeMember(member, value, property, at, visit)
      path.pop()
    }
    if (foreign !== null) reportForeign(foreign, place, visit)
    if (members === 0)
      visit.report(place, { code: 'data/fhir-empty', facts: [{ name: 'expected', value: 'at least one element, or no object' }] })
    if ((met & plan.requiredBits) !== plan.requiredBits)
      for (const required of plan.required) if (!isMet(required, value)) reportMissing(required.label, place, visit)
    if (plan.constrained !== null) plan.constrained(value, place, visit)
  }
}

function planOf(judges: ElementJudges, definition: TypeDefinition, rule: ElementRule): Plan {
  const properties = new Map<string, Property>()
  const required: Required[] = []
  const choices: ElementRule[] = []
  for (const child of rule.children) {
    if (child.max === 0) continue
    const choiceBit = child.choice ? 1 << choices.length : 0
    if (child.choice) choices.push(child)
    const uses = child.types.length === 0 ? [null] : child.types
    const names: string[] = []
    const requiredBit = child.min > 0 ? 1 << required.length : 0
    for (const use of uses) {
      const name =
        child.choice && use !== null ? `${child.name}${use.code.charAt(0).toUpperCase()}${use.code.slice(1)}` : child.name
      names.push(name)
      const primitive = use !== null && primitiveCheck(use.code) !== null
      properties.set(name, {
        name,
        rule: child,
        primitive,
        repeats: child.repeats,
        judge: null,
        make: () => judges.element(definition, child, use),
        quick: null,
        makeQuick: () => judges.quick(definition, child, use),
        next: null,
        choiceBit,
        requiredBit,
        slot: properties.size,
      })
    }
    if (child.min > 0) required.push({ label: child.choice ? `${child.name}[x]` : child.name, names })
  }
  const constrained =
    rule === definition.root
      ? judges.invariants.judge(rule.invariants, () => judges.invariants.shapes.type(definition.name) ?? untyped, true)
      : null
  const requiredBits = (1 << required.length) - 1
  return { properties, first: null, required, requiredBits, choices, constrained }
}

/** A required primitive is also satisfied by a `_x` that carries an extension. */
function isMet({ names }: Required, value: JsonObject): boolean {
  for (const name of names) if (value[name] !== undefined) return true
  return names.some((name) => value[`_${name}`] !== undefined)
}

function judgeMember(member: JsonValue, parent: JsonObject, property: Property, place: Place, visit: Visit): void {
  if (!property.repeats) {
    if (Array.isArray(member)) reportForm('a single value, not a list', place, visit)
    else judgeOne(member, property, place, visit)
    return
  }
  if (!Array.isArray(member)) {
    reportForm('a list in [ ], even for one value', place, visit)
    judgeOne(member, property, place, visit)
    return
  }
  if (member.length === 0)
    visit.report(place, { code: 'data/fhir-empty', facts: [{ name: 'expected', value: 'at least one value, or no list' }] })
  if (member.length > property.rule.max)
    visit.report(place, {
      code: 'data/fhir-cardinality',
      facts: [
        { name: 'found', value: member.length },
        { name: 'at most', value: property.rule.max },
      ],
    })
  for (let index = 0; index < member.length; index++) {
    const item = member[index]
    if (item === undefined || (item === null && isPadding(parent, property, index))) continue
    if (property.quick?.(item) === true) {
      place.count++
      continue
    }
    visit.path.push(index)
    judgeOne(item, property, place, visit)
    visit.path.pop()
  }
}

/** `null` in a list of primitives stands for a value that has only an extension. */
function isPadding(parent: JsonObject, property: Property, index: number): boolean {
  const twin = property.primitive ? parent[`_${property.name}`] : undefined
  return Array.isArray(twin) && isMembers(twin[index])
}

function bound(property: Property): Judge {
  const judge = property.make()
  property.judge = judge
  property.quick = property.makeQuick()
  return judge
}

function judgeOne(value: JsonValue, property: Property, place: Place, visit: Visit): void {
  place.count++
  if (value === null)
    visit.report(place, { code: 'data/fhir-empty', facts: [{ name: 'expected', value: 'a value, or no element; null is none' }] })
  else {
    const judge = property.judge ?? bound(property)
    judge(value, place, visit)
  }
}

/** `_x`: the id and extensions of a primitive, of the same shape as `x`. */
function judgeTwin(
  member: JsonValue,
  own: JsonValue | undefined,
  property: Property,
  twin: Judge,
  place: Place,
  visit: Visit,
): void {
  if (!property.rule.repeats) {
    if (!isMembers(member)) reportForm('an object with id or extension', place, visit)
    else twin(member, place, visit)
    if (own === undefined) place.count++
    return
  }
  if (!Array.isArray(member)) {
    reportForm('a list in [ ] with one entry for each value', place, visit)
    return
  }
  for (let index = 0; index < member.length; index++) {
    const item = member[index]
    const paired = Array.isArray(own) && own[index] !== undefined && own[index] !== null
    if (item === undefined || (item === null && paired)) continue
    visit.path.push(index)
    if (item === null)
      visit.report(place, {
        code: 'data/fhir-empty',
        facts: [{ name: 'expected', value: 'a value or an extension in each place' }],
      })
    else if (isMembers(item)) twin(item, place, visit)
    else reportForm('an object with id or extension', place, visit)
    visit.path.pop()
  }
}
