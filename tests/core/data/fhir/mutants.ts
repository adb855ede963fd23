/** Puts single defects into clean resources, guided by the definitions: every class of defect at every kind of place. */
import type { Definitions } from '../../../../src/core/data/fhir/packs.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/data/record.ts'
import type { ElementRule, TypeDefinition, TypeUse } from '../../../../src/core/data/schema/structure-definition.ts'
import type { Random } from '../../../../src/core/random.ts'

type Keys = readonly (string | number)[]

/** One member of one object, with the rule that holds for it. */
interface Site {
  /** Keys that lead to the object. */
  readonly parent: Keys
  readonly parentPath: string
  /** Members of the object. */
  readonly siblings: number
  readonly name: string
  readonly rule: ElementRule
  readonly use: TypeUse | null
  readonly value: JsonValue
  readonly isResourceId: boolean
}

interface Mutant {
  readonly resource: JsonObject
  /** `code path` that has to be told. */
  readonly expected: string
}

type Change = { readonly set: { readonly [name: string]: JsonValue | undefined }; readonly expected: string }

/** The change a class makes at a site, or null where the class does not apply. */
type MutationClass = (site: Site, definitions: Definitions, random: Random) => Change | null

const at = (site: Site, name = site.name): string => `${site.parentPath}.${name}`
const first = (site: Site): string => (site.rule.repeats ? `${at(site)}[0]` : at(site))
const replaced = (site: Site, value: JsonValue): { readonly [name: string]: JsonValue } => ({
  [site.name]: site.rule.repeats && Array.isArray(site.value) ? [value, ...site.value.slice(1)] : value,
})
const isA = (site: Site, ...types: string[]): boolean => site.use !== null && types.includes(site.use.code) && !site.isResourceId

export const mutationClasses: ReadonlyMap<string, MutationClass> = new Map<string, MutationClass>([
  [
    'required element missing',
    (site) =>
      site.rule.min > 0 && !site.rule.choice && site.siblings > 1
        ? { set: { [site.name]: undefined }, expected: `cardinality ${at(site)}` }
        : null,
  ],
  [
    'required choice missing',
    (site) =>
      site.rule.min > 0 && site.rule.choice && site.siblings > 1
        ? { set: { [site.name]: undefined }, expected: `cardinality ${at(site, `${site.rule.name}[x]`)}` }
        : null,
  ],
  [
    'unknown element',
    (site) => ({
      set: { [`${site.name}Zz`]: 'x' },
      expected: site.rule.choice ? `choice ${at(site, `${site.rule.name}[x]`)}` : `unknown-element ${site.parentPath}`,
    }),
  ],
  [
    'text where a number or truth value belongs',
    (site) =>
      isA(site, 'boolean', 'integer', 'decimal', 'positiveInt', 'unsignedInt')
        ? { set: replaced(site, '1'), expected: `json-type ${first(site)}` }
        : null,
  ],
  [
    'number where a text belongs',
    (site) =>
      isA(site, 'string', 'code', 'uri', 'date', 'dateTime', 'instant', 'markdown')
        ? { set: replaced(site, 7), expected: `json-type ${first(site)}` }
        : null,
  ],
  [
    'text where an object belongs',
    (site) => (typeof leaf(site.value) === 'object' ? { set: replaced(site, 'x'), expected: `json-type ${first(site)}` } : null),
  ],
  [
    'list where a single value belongs',
    (site) => (site.rule.repeats ? null : { set: { [site.name]: [site.value] }, expected: `json-type ${at(site)}` }),
  ],
  [
    'single value where a list belongs',
    (site) =>
      site.rule.repeats && Array.isArray(site.value)
        ? { set: { [site.name]: site.value[0] }, expected: `json-type ${at(site)}` }
        : null,
  ],
  [
    'date in American order',
    (site) =>
      isA(site, 'date', 'dateTime', 'instant') ? { set: replaced(site, '01/31/2020'), expected: `lexical ${first(site)}` } : null,
  ],
  [
    'impossible date',
    (site) => (isA(site, 'date', 'dateTime') ? { set: replaced(site, '2021-02-30'), expected: `calendar ${first(site)}` } : null),
  ],
  [
    'impossible instant',
    (site) =>
      isA(site, 'instant', 'dateTime')
        ? { set: replaced(site, '2021-04-31T10:00:00Z'), expected: `calendar ${first(site)}` }
        : null,
  ],
  [
    'time without zone',
    (site) =>
      isA(site, 'instant', 'dateTime')
        ? { set: replaced(site, '2021-04-30T10:00:00'), expected: `lexical ${first(site)}` }
        : null,
  ],
  [
    'code outside its required value set',
    (site, definitions) =>
      isA(site, 'code') &&
      site.rule.binding?.strength === 'required' &&
      definitions.expansion(site.rule.binding.valueSet) !== null
        ? { set: replaced(site, 'zz-none'), expected: `code-required ${first(site)}` }
        : null,
  ],
  [
    'concept outside its required value set',
    (site, definitions) =>
      isA(site, 'CodeableConcept') &&
      site.rule.binding?.strength === 'required' &&
      definitions.expansion(site.rule.binding.valueSet) !== null
        ? {
            set: replaced(site, { coding: [{ system: 'http://legacy.example', code: 'A' }] }),
            expected: `code-required ${first(site)}`,
          }
        : null,
  ],
  ['second value of a choice', (site) => secondChoice(site)],
  [
    'empty text',
    (site) =>
      isA(site, 'string', 'code', 'uri', 'date', 'dateTime')
        ? { set: replaced(site, ''), expected: `empty ${first(site)}` }
        : null,
  ],
  ['empty list', (site) => (site.rule.repeats ? { set: { [site.name]: [] }, expected: `empty ${at(site)}` } : null)],
  [
    'empty object',
    (site) =>
      typeof leaf(site.value) === 'object' && site.name !== 'resource' && site.name !== 'contained'
        ? { set: replaced(site, {}), expected: `empty ${first(site)}` }
        : null,
  ],
  ['null', (site) => (site.rule.repeats ? null : { set: { [site.name]: null }, expected: `empty ${at(site)}` })],
  [
    'fraction where a whole number belongs',
    (site) =>
      isA(site, 'integer', 'positiveInt', 'unsignedInt')
        ? { set: replaced(site, 1.5), expected: `lexical ${first(site)}` }
        : null,
  ],
  [
    'negative count',
    (site) => (isA(site, 'positiveInt', 'unsignedInt') ? { set: replaced(site, -1), expected: `lexical ${first(site)}` } : null),
  ],
  ['id with an underscore', (site) => (site.isResourceId ? { set: { id: 'a_b' }, expected: `id ${at(site)}` } : null)],
  ['id of 65 characters', (site) => (site.isResourceId ? { set: { id: 'a'.repeat(65) }, expected: `id ${at(site)}` } : null)],
  [
    'code system by name',
    (site) =>
      site.name === 'system' && site.parentPath.includes('coding')
        ? { set: { system: 'LOINC' }, expected: `coding-system ${at(site)}` }
        : null,
  ],
  [
    'reference into the resource that finds nothing',
    (site) =>
      isA(site, 'Reference')
        ? { set: replaced(site, { reference: '#nobody' }), expected: `contained-reference ${first(site)}` }
        : null,
  ],
  [
    'reference to the wrong kind of record',
    (site) =>
      isA(site, 'Reference') &&
      !site.use?.targets.some((target) => target === 'Resource' || target === 'Substance') &&
      (site.use?.targets.length ?? 0) > 0
        ? { set: replaced(site, { reference: 'Substance/1' }), expected: `reference-type ${first(site)}` }
        : null,
  ],
])

function secondChoice(site: Site): Change | null {
  const other = site.rule.types.find(
    (type) => ['string', 'boolean', 'dateTime', 'Period', 'CodeableConcept'].includes(type.code) && type.code !== site.use?.code,
  )
  if (!site.rule.choice || other === undefined) return null
  const values: { readonly [type: string]: JsonValue } = {
    string: 'x',
    boolean: true,
    dateTime: '2020',
    Period: { start: '2020' },
    CodeableConcept: { text: 'x' },
  }
  const name = `${site.rule.name}${other.code.charAt(0).toUpperCase()}${other.code.slice(1)}`
  return { set: { [name]: values[other.code] ?? 'x' }, expected: `choice ${at(site, `${site.rule.name}[x]`)}` }
}

/** Up to `many` mutants of a class, each from a resource and a place drawn by the seeded generator. */
export function mutantsOf(
  make: MutationClass,
  bases: readonly JsonObject[],
  many: number,
  definitions: Definitions,
  random: Random,
): readonly Mutant[] {
  const mutants: Mutant[] = []
  for (let tries = 0; tries < many * 20 && mutants.length < many; tries++) {
    const base = random.pick(bases)
    const changes = sitesOf(base, definitions).flatMap((site) => {
      const change = make(site, definitions, random)
      return change === null ? [] : [{ site, change }]
    })
    if (changes.length === 0) continue
    const { site, change } = random.pick(changes)
    mutants.push({ resource: applied(base, site, change), expected: `data/fhir-${change.expected}` })
  }
  return mutants
}

function applied(base: JsonObject, site: Site, change: Change): JsonObject {
  const copy = structuredClone(base)
  let target: unknown = copy
  for (const key of site.parent) target = Reflect.get(Object(target), key)
  for (const [name, value] of Object.entries(change.set))
    if (value === undefined) Reflect.deleteProperty(Object(target), name)
    else Reflect.set(Object(target), name, value)
  return copy
}

function leaf(value: JsonValue): JsonValue {
  return Array.isArray(value) ? (value[0] ?? null) : value
}

function sitesOf(resource: JsonObject, definitions: Definitions): readonly Site[] {
  const sites: Site[] = []
  const walkType = (value: JsonObject, type: string, keys: Keys, path: string): void => {
    const definition = definitions.type(type)
    if (definition) walk(value, definition, definition.root, keys, path)
  }
  const walk = (value: JsonObject, definition: TypeDefinition, rule: ElementRule, keys: Keys, path: string): void => {
    for (const [name, member] of Object.entries(value)) {
      const found = childOf(rule, name)
      if (found === null || member === undefined) continue
      const isResourceId = name === 'id' && definition.kind === 'resource' && rule === definition.root
      sites.push({
        parent: keys,
        parentPath: path,
        siblings: Object.keys(value).length,
        name,
        value: member,
        isResourceId,
        ...found,
      })
      const items = Array.isArray(member) ? member : [member]
      for (const [index, item] of items.entries()) {
        if (typeof item !== 'object' || item === null || Array.isArray(item)) continue
        const object: JsonObject = item as JsonObject
        const deeper = Array.isArray(member) ? [...keys, name, index] : [...keys, name]
        const below = Array.isArray(member) ? `${path}.${name}[${index}]` : `${path}.${name}`
        const target = found.rule.contentReference === null ? found.rule : definition.byId.get(found.rule.contentReference)
        if (target !== undefined && target.children.length > 0) walk(object, definition, target, deeper, below)
        else
          walkType(object, found.use?.code === 'Resource' ? String(object.resourceType) : (found.use?.code ?? ''), deeper, below)
      }
    }
  }
  const type = String(resource.resourceType)
  walkType(resource, type, [], type)
  return sites
}

function childOf(rule: ElementRule, name: string): { readonly rule: ElementRule; readonly use: TypeUse | null } | null {
  for (const child of rule.children) {
    if (!child.choice && child.name === name) return { rule: child, use: child.types[0] ?? null }
    if (!child.choice || !name.startsWith(child.name)) continue
    const use = child.types.find((type) => `${child.name}${type.code.charAt(0).toUpperCase()}${type.code.slice(1)}` === name)
    if (use) return { rule: child, use }
  }
  return null
}
