/** Names of elements that FHIR R4 gives: shown in clear even where values are masked. A foreign name may itself be a value. */
import { type Definitions, loadDefinitions } from '../fhir/definitions/packs.ts'
import type { ElementRule } from '../schema/structure-definition.ts'

/** Every member name that resources of these types may have, and the types themselves; those FHIR R4 does not know add nothing. */
export async function elementNames(types: readonly string[]): Promise<ReadonlySet<string>> {
  const definitions = await loadDefinitions()
  const names = new Set(['resourceType'])
  const seen = new Set<string>()
  for (const type of ['DomainResource', 'Extension', ...types]) collect(definitions, type, seen, names)
  for (const type of types) if (definitions.type(type)) names.add(type)
  return names
}

function collect(definitions: Definitions, type: string, seen: Set<string>, names: Set<string>): void {
  if (seen.has(type)) return
  seen.add(type)
  const definition = definitions.type(type)
  if (definition) inside(definitions, definition.root, seen, names)
}

function inside(definitions: Definitions, rule: ElementRule, seen: Set<string>, names: Set<string>): void {
  for (const child of rule.children) {
    for (const { code } of child.types) {
      const name = child.choice ? child.name + code.charAt(0).toUpperCase() + code.slice(1) : child.name
      names.add(name).add(`_${name}`)
      collect(definitions, code, seen, names)
    }
    if (!child.choice) names.add(child.name)
    inside(definitions, child, seen, names)
  }
}
