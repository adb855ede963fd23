/** Puts single defects into clean resources, guided by the definitions: every class of defect at every kind of place. */
import type { Definitions } from '../../../../src/core/data/fhir/definitions/packs.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/data/model/record.ts'
import type { ElementRule, TypeDefinition, TypeUse } from '../../../../src/core/data/schema/structure-definition.ts'
import type { Random } from '../../../../src/core/random.ts'

type Keys = readonly (string | number)[]

/** One member of one object, with the rule that holds for it. */
export interface Site {
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
  /** The type whose definition holds the member, and the object itself. */
  readonly holder: TypeDefinition
  readonly object: JsonObject
}

interface Mutant {
  readonly resource: JsonObject
  /** `code path` that has to be told. */
  readonly expected: string
}

export type Change = { readonly set: { readonly [name: string]: JsonValue | undefined }; readonly expected: string }

/** The change a class makes at a site, or null where the class does not apply. */
export type MutationClass = (site: Site, definitions: Definitions) => Change | null

/** Up to `many` mutants of a class, each from a resource and a place drawn by the seeded generator. */
export function mutantsOf(
  variants: readonly MutationClass[],
  bases: readonly JsonObject[],
  many: number,
  definitions: Definitions,
  random: Random,
): readonly Mutant[] {
  const mutants: Mutant[] = []
  for (let tries = 0; tries < many * 60 && mutants.length < many; tries++) {
    const base = random.pick(bases)
    // Variants take turns, so that each is tried wherever it applies.
    const make = variants[tries % variants.length]
    const changes = knownSites(base, definitions).flatMap((site) => {
      const change = make?.(site, definitions) ?? null
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

const sites = new WeakMap<JsonObject, readonly Site[]>()

function knownSites(resource: JsonObject, definitions: Definitions): readonly Site[] {
  const found = sites.get(resource) ?? sitesOf(resource, definitions)
  sites.set(resource, found)
  return found
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
        holder: definition,
        object: value,
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
