/** A StructureDefinition as JSON to the statements of its differential; everything that is text for people is left behind. */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Binding, Invariant, TypeUse } from '../../schema/structure-definition.ts'
import type { DiscriminatorType, Slicing, Statement, TypedValue } from './profile-element.ts'

export interface StructureDefinition {
  readonly url: string
  readonly version: string | null
  readonly name: string
  readonly kind: string
  readonly type: string
  readonly derivation: 'specialization' | 'constraint'
  readonly base: string
  readonly statements: readonly Statement[]
  readonly contexts: readonly { readonly type: string; readonly expression: string }[]
  readonly imposes: readonly string[]
}

const structure = 'http://hl7.org/fhir/StructureDefinition/'
const imposeProfile = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-imposeProfile'
const fhirType = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type'

/** Null where the object is no StructureDefinition, or has neither differential nor snapshot. A snapshot alone is read as a differential that says everything. */
export function readStructureDefinition(value: JsonObject): StructureDefinition | null {
  const { differential, snapshot } = value
  if (value.resourceType !== 'StructureDefinition' || typeof value.url !== 'string' || typeof value.type !== 'string') return null
  const said = isMembers(differential) ? objects(differential.element) : []
  const elements = said.length > 0 ? said : isMembers(snapshot) ? objects(snapshot.element) : []
  if (elements.length === 0) return null
  return {
    url: value.url,
    version: text(value.version),
    name: text(value.name) ?? value.url,
    kind: text(value.kind) ?? '',
    type: value.type.startsWith(structure) ? value.type.slice(structure.length) : value.type,
    derivation: value.derivation === 'specialization' ? 'specialization' : 'constraint',
    base: text(value.baseDefinition) ?? '',
    statements: elements.map(statementOf),
    contexts: objects(value.context).map((context) => ({
      type: text(context.type) ?? '',
      expression: text(context.expression) ?? '',
    })),
    imposes: objects(value.extension).flatMap(({ url, valueCanonical }) =>
      url === imposeProfile && typeof valueCanonical === 'string' ? [valueCanonical] : [],
    ),
  }
}

function statementOf(element: JsonObject): Statement {
  const path = text(element.path) ?? ''
  const sliceName = text(element.sliceName)
  return {
    id: text(element.id) ?? (sliceName === null ? path : `${path}:${sliceName}`),
    path,
    sliceName,
    min: typeof element.min === 'number' ? element.min : null,
    max: maxOf(element.max),
    types: element.type === undefined ? null : typesOf(element.type),
    binding: bindingOf(element.binding),
    invariants: objects(element.constraint).map(invariantOf),
    slicing: slicingOf(element.slicing),
    fixed: typedValue(element, 'fixed'),
    pattern: typedValue(element, 'pattern'),
    minValue: typedValue(element, 'minValue'),
    maxValue: typedValue(element, 'maxValue'),
    maxLength: typeof element.maxLength === 'number' ? element.maxLength : null,
    isModifier: typeof element.isModifier === 'boolean' ? element.isModifier : null,
  }
}

function maxOf(value: JsonValue | undefined): number | null {
  if (value === '*') return Number.POSITIVE_INFINITY
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null
}

/** Several entries with one code are one use of the type. */
function typesOf(value: JsonValue): TypeUse[] {
  const uses = new Map<string, TypeUse>()
  for (const type of objects(value)) {
    const code = codeOf(type)
    const before = uses.get(code)
    uses.set(code, {
      code,
      profiles: [...(before?.profiles ?? []), ...urls(type.profile)],
      targets: [...(before?.targets ?? []), ...urls(type.targetProfile)],
    })
  }
  return [...uses.values()]
}

function codeOf(type: JsonObject): string {
  const real = objects(type.extension).find((extension) => extension.url === fhirType)?.valueUrl
  const code = (typeof real === 'string' ? real : text(type.code)) ?? ''
  const system = code.startsWith('http://hl7.org/fhirpath/System.') ? code.slice('http://hl7.org/fhirpath/System.'.length) : null
  return system === null ? code : system.charAt(0).toLowerCase() + system.slice(1)
}

/** Names of R4's own definitions stand without their common beginning, as in the packs. */
function urls(value: JsonValue | undefined): string[] {
  const list = Array.isArray(value) ? value : []
  return list.filter((url) => typeof url === 'string').map((url) => (isBaseType(url) ? url.slice(structure.length) : url))
}

function isBaseType(url: string): boolean {
  return url.startsWith(structure) && /^[A-Z][A-Za-z]+$/.test(url.slice(structure.length))
}

function bindingOf(value: JsonValue | undefined): Binding | null {
  if (!isMembers(value) || typeof value.valueSet !== 'string') return null
  const { strength } = value
  if (strength !== 'required' && strength !== 'extensible' && strength !== 'preferred') return null
  return { strength, valueSet: value.valueSet.split('|')[0] ?? value.valueSet }
}

function invariantOf(value: JsonObject): Invariant {
  return {
    key: text(value.key) ?? '',
    severity: value.severity === 'warning' ? 'warning' : 'error',
    human: text(value.human) ?? '',
    expression: text(value.expression) ?? '',
  }
}

function slicingOf(value: JsonValue | undefined): Slicing | null {
  if (!isMembers(value)) return null
  return {
    discriminators: objects(value.discriminator).map((one) => ({
      type: (text(one.type) ?? 'value') as DiscriminatorType,
      path: text(one.path) ?? '$this',
    })),
    ordered: value.ordered === true,
    rules: value.rules === 'closed' || value.rules === 'openAtEnd' ? value.rules : 'open',
  }
}

/** `fixedCode: 'x'` → { type: 'Code', value: 'x' }. */
function typedValue(element: JsonObject, kind: string): TypedValue | null {
  for (const [name, value] of Object.entries(element))
    if (value !== undefined && name.startsWith(kind) && /^[A-Z]/.test(name.slice(kind.length)))
      return { type: name.slice(kind.length), value }
  return null
}

export function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isMembers) : []
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
