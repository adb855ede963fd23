/** Value maps as FHIR R4 ConceptMap resources and back, with what the other form can not hold said in words. */

import type { ValueLine, ValueMap } from '../../model/carried.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'

/** FHIR R4 concept-map-equivalence: the target is wider than the source, as our words mean it. */
const equivalenceOf: Readonly<Record<ValueLine['relationship'], string>> = {
  equivalent: 'equivalent',
  wider: 'wider',
  narrower: 'narrower',
  inexact: 'inexact',
  unmatched: 'unmatched',
}

const relationshipOf: ReadonlyMap<string, ValueLine['relationship']> = new Map([
  ['equivalent', 'equivalent'],
  ['equal', 'equivalent'],
  ['wider', 'wider'],
  ['subsumes', 'wider'],
  ['narrower', 'narrower'],
  ['specializes', 'narrower'],
  ['inexact', 'inexact'],
  ['relatedto', 'inexact'],
  ['unmatched', 'unmatched'],
  ['disjoint', 'unmatched'],
])

/** One group per target system, in the order of the map; codes without a counterpart stand in a group of their own. */
export function toConceptMap(map: ValueMap, source = `urn:carryover:legacy:${encodeURIComponent(map.name)}`): JsonObject {
  const groups = new Map<string, JsonObject[]>()
  for (const { code, display, system, target, relationship } of map.lines.values()) {
    const element: JsonObject = {
      code,
      target: [
        {
          ...(target === '' ? {} : { code: target }),
          ...(display === '' ? {} : { display }),
          equivalence: equivalenceOf[relationship],
        },
      ],
    }
    const held = groups.get(system)
    if (held) held.push(element)
    else groups.set(system, [element])
  }
  return {
    resourceType: 'ConceptMap',
    name: map.name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^(?=\d)/, 'M'),
    title: map.name,
    status: 'draft',
    group: [...groups].map(([target, element]) => ({ source, ...(target === '' ? {} : { target }), element })),
  }
}

/** The value map of a ConceptMap. `problems` says what a value map can not hold: several targets of one code, dependencies. */
export function fromConceptMap(
  resource: JsonObject,
  name: string,
): { readonly map: ValueMap; readonly problems: readonly string[] } {
  const lines = new Map<string, ValueLine>()
  const problems: string[] = []
  if (resource.resourceType !== 'ConceptMap') return { map: { name, lines }, problems: ['This is no ConceptMap.'] }
  for (const group of listOf(resource.group))
    for (const element of listOf(group.element)) {
      const code = textOf(element.code)
      const targets = listOf(element.target)
      const [first] = targets
      if (code === '') {
        problems.push('An element without a code is left out.')
        continue
      }
      if (targets.length > 1)
        problems.push(`${code} has ${targets.length} targets; a value map takes one, so only the first is kept.`)
      if (first && (listOf(first.dependsOn).length > 0 || listOf(first.product).length > 0))
        problems.push(`${code} depends on other elements, which a value map can not say.`)
      if (lines.has(code)) {
        problems.push(`${code} stands in several groups; only the first is kept.`)
        continue
      }
      const target = first ? textOf(first.code) : ''
      const relationship = first ? (relationshipOf.get(textOf(first.equivalence)) ?? 'inexact') : 'unmatched'
      lines.set(code, {
        code,
        display: first ? textOf(first.display) : '',
        system: textOf(group.target),
        target,
        relationship: target === '' ? 'unmatched' : relationship,
      })
    }
  return { map: { name, lines }, problems }
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value)
    ? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one))
    : []
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
