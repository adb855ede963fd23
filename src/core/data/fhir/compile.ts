/** Element rules bound to closures, one per (definition, element id) and memoised; nothing is looked up again per record, no code is generated. */

import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { Binding, ElementRule, Invariant, TypeDefinition, TypeUse } from '../schema/structure-definition.ts'
import { ArtifactJudge } from './artifacts.ts'
import type { Definitions } from './definitions/packs.ts'
import { type PrimitiveCheck, primitiveCheckUnder } from './definitions/primitives.ts'
import type { FhirSettings } from './definitions/settings.ts'
import { isUcum } from './definitions/ucum.ts'
import { bindingJudge, codingJudge, quickBinding, unlistedCounter } from './elements/bindings.ts'
import { codingSystemJudge } from './elements/coding-systems.ts'
import type { Judge, QuickCheck } from './elements/element-judge.ts'
import { Invariants, nativeInvariants } from './elements/invariants.ts'
import { noteLinks } from './elements/narrative-links.ts'
import { ExtensionJudge } from './extensions.ts'
import { objectJudge } from './object-judge.ts'
import { ProfileJudge } from './profiles/profile-judge.ts'
import type { ProfileRegistry } from './profiles/registry.ts'
import { QuestionnaireJudge } from './questionnaires/response-judge.ts'
import type { Counter, Coverage } from './visit/coverage.ts'
import type { Place } from './visit/places.ts'
import type { Visit } from './visit/visit.ts'

/** How a primitive is settled that nothing but its form and its binding is said of. */
interface Leaf {
  readonly check: QuickCheck
  readonly counter: Counter | null
}

export class Compiler {
  readonly definitions: Definitions
  readonly coverage: Coverage
  readonly invariants: Invariants
  readonly profiles: ProfileJudge
  readonly settings: FhirSettings
  private readonly extensions: ExtensionJudge
  private readonly questionnaires: QuestionnaireJudge
  private readonly artifacts: ArtifactJudge
  private readonly judges = new Map<string, Judge>()
  private readonly resource: Judge

  constructor(
    definitions: Definitions,
    coverage: Coverage,
    registry: ProfileRegistry,
    settings: FhirSettings,
    loaded: readonly JsonObject[],
    resource: Judge,
  ) {
    this.definitions = definitions
    this.coverage = coverage
    this.settings = settings
    this.invariants = new Invariants(definitions, coverage, settings.bestPractice)
    this.profiles = new ProfileJudge(registry, definitions, this.invariants, coverage)
    this.extensions = new ExtensionJudge(this.profiles, definitions, coverage, settings)
    this.questionnaires = new QuestionnaireJudge(loaded, definitions, coverage)
    this.artifacts = new ArtifactJudge(loaded, definitions)
    this.resource = resource
  }

  /** The judge of a whole type: a resource or a data type. Objects ask for those of their members when they first meet one, because types refer to themselves. */
  type(name: string): Judge {
    return this.memo(name, () => {
      const check = primitiveCheckUnder(name, this.settings)
      if (check !== null) return name === 'xhtml' ? withLinks(primitiveJudge(check)) : primitiveJudge(check)
      if (name === 'Resource') return this.resource
      const definition = this.definitions.type(name)
      if (definition === null) throw new Error(`FHIR R4 has no type ${name}`)
      return this.natively(name, objectJudge(this, definition, definition.root))
    })
  }

  /** The judge of one element used with one of its types, with its binding. */
  element(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge {
    return this.memo(`${definition.name}#${rule.id}:${use?.code ?? ''}`, () =>
      this.withBinding(definition, rule, use, this.content(definition, rule, use)),
    )
  }

  /** For primitives that nothing but their form and their binding is said of; null for all else. */
  quick(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): QuickCheck | null {
    const leaf = this.leaf(definition, rule, use)
    if (leaf === null) return null
    const { check, counter } = leaf
    if (counter === null) return check
    return (value) => {
      const is = check(value)
      if (is) counter.values++
      return is
    }
  }

  /** The same without its counting: values that pass are to be counted by `counter`, for a value set that is not listed here. */
  leaf(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Leaf | null {
    if (rule.contentReference !== null || rule.children.length > 0 || rule.invariants.some(isJudged)) return null
    const type = isResourceId(definition, rule) ? 'id' : (use?.code ?? '')
    const check = type === 'xhtml' ? null : primitiveCheckUnder(type, this.settings)
    if (check === null) return null
    const plain: QuickCheck = (value) => check(value) === null && !isLocal(value)
    if (rule.binding === null) return { check: plain, counter: null }
    return {
      check: quickBinding(rule.binding, type, plain, this.definitions),
      counter: this.unlistedCounter(rule.binding, type),
    }
  }

  /** Counts values of a value set that is not listed here; null where it is, or where the type carries no code. */
  unlistedCounter(binding: Binding, type: string): Counter | null {
    return unlistedCounter(binding, type, this.definitions, this.coverage)
  }

  /** True for a resource that is judged beyond its elements: by the codes it defines, or the form it answers. */
  isJudgedWhole(type: string): boolean {
    return type === 'QuestionnaireResponse' || this.artifacts.of(type) !== null
  }

  private content(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null): Judge {
    if (rule.contentReference !== null) {
      const target = definition.byId.get(rule.contentReference)
      if (!target) throw new Error(`${rule.id} refers to an element that ${definition.name} does not have`)
      return this.element(definition, target, target.types[0] ?? null)
    }
    if (rule.id === 'Bundle.entry') return withFullUrl(objectJudge(this, definition, rule))
    if (rule.children.length > 0) return objectJudge(this, definition, rule)
    if (isResourceId(definition, rule)) return this.type('id')
    return this.type(use?.code ?? 'Element')
  }

  private withBinding(definition: TypeDefinition, rule: ElementRule, use: TypeUse | null, judge: Judge): Judge {
    const bound =
      rule.binding === null || use === null ? null : bindingJudge(rule.binding, use.code, this.definitions, this.coverage)
    const { shapes } = this.invariants
    // The constraints of a type as a whole are judged with its root; here stand those of the element that uses it.
    const constrained =
      rule.types.length === 0
        ? null
        : this.invariants.judge(rule.invariants, () => shapes.element(definition, rule, use?.code ?? null), true)
    const refers = use?.code === 'Reference'
    if (bound === null && constrained === null && !refers) return judge
    return (value, place, visit) => {
      judge(value, place, visit)
      if (bound !== null) bound(value, place, visit)
      if (constrained !== null) constrained(value, place, visit)
      if (refers && use !== null && isMembers(value)) noteReference(value, use, place, visit)
    }
  }

  /** Rules of data types that need no FHIRPath: ext-1, and the form of Coding.system. */
  private natively(name: string, judge: Judge): Judge {
    if (name === 'Extension')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isMembers(value)) this.extensions.judge(value, place, visit)
      }
    if (name === 'QuestionnaireResponse')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isMembers(value)) this.questionnaires.judge(value, place, visit)
      }
    const artifact = this.artifacts.of(name)
    if (artifact !== null)
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isMembers(value)) artifact(value, place, visit)
      }
    if (name === 'Coding') {
      const inSystem = codingJudge(this.definitions)
      const ofSystem = codingSystemJudge(this.definitions)
      return (value, place, visit) => {
        judge(value, place, visit)
        if (!isMembers(value)) return
        ofSystem(value, place, visit)
        inSystem(value, place, visit)
      }
    }
    if (quantities.has(name))
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isMembers(value)) judgeUnit(value, place, visit)
      }
    if (name === 'Attachment')
      return (value, place, visit) => {
        judge(value, place, visit)
        if (isMembers(value)) judgeAttachmentSize(value, place, visit)
      }
    return judge
  }

  private memo(key: string, make: () => Judge): Judge {
    const known = this.judges.get(key)
    if (known) return known
    const made = make()
    this.judges.set(key, made)
    return made
  }
}

function primitiveJudge(check: PrimitiveCheck): Judge {
  return (value, place, visit) => {
    const trouble = check(value)
    if (trouble !== null)
      visit.report(place, {
        code: trouble.code,
        facts: [{ name: 'expected', value: trouble.expected }],
        value,
        ...(trouble.severity === undefined ? {} : { severity: trouble.severity }),
      })
    if (isLocal(value)) visit.owner.locals?.add(value)
  }
}

/** `#x`: it may mean a contained resource. */
function isLocal(value: JsonValue): value is string {
  return typeof value === 'string' && value.charCodeAt(0) === 35
}

function isResourceId({ kind, name }: TypeDefinition, { id }: ElementRule): boolean {
  return kind === 'resource' && id === `${name}.id`
}

function isJudged({ key }: Invariant): boolean {
  return !nativeInvariants.has(key)
}

function withLinks(judge: Judge): Judge {
  return (value, place, visit) => {
    judge(value, place, visit)
    noteLinks(value, place, visit)
  }
}

/** References of an entry's resource are resolved from the entry's own address (FHIR R4 §2.36.4). */
function withFullUrl(judge: Judge): Judge {
  return (value, place, visit) => {
    const outer = visit.fullUrl
    visit.fullUrl = isMembers(value) && typeof value.fullUrl === 'string' ? value.fullUrl : null
    judge(value, place, visit)
    visit.fullUrl = outer
  }
}

function noteReference(value: JsonObject, use: TypeUse, place: Place, visit: Visit): void {
  const text = typeof value.reference === 'string' ? value.reference : ''
  const type = typeof value.type === 'string' ? value.type : null
  visit.references.push({ text, type, use, path: visit.pathAt(place), place, owner: visit.owner, narrowed: null })
}

const quantities: ReadonlySet<string> = new Set(['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity'])
/** Units that were looked at; a clinic uses a few dozen. */
const units = new Map<string, boolean>()
const mostUnits = 5000

/** A unit that calls itself UCUM is one. */
function judgeUnit({ system, code }: JsonObject, place: Place, visit: Visit): void {
  if (system !== 'http://unitsofmeasure.org' || typeof code !== 'string' || code === '') return
  let known = units.get(code)
  if (known === undefined) {
    known = isUcum(code)
    if (units.size < mostUnits) units.set(code, known)
  }
  if (known) return
  visit.path.push('code')
  visit.report(place.child('code'), {
    code: 'data/fhir-unit',
    facts: [{ name: 'expected', value: 'a code of UCUM' }],
    value: code,
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
