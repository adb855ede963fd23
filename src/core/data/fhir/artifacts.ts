/** What definitions say of themselves and of each other: CodeSystem, ValueSet, ConceptMap (FHIR R4 §4.8, §4.9, §4.10) and MeasureReport (§13.10). */
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { Definitions } from './definitions/packs.ts'
import { objects } from './profiles/read-structure-definition.ts'
import type { Place } from './visit/places.ts'
import type { Visit } from './visit/visit.ts'

export class ArtifactJudge {
  private readonly definitions: Definitions
  /** By canonical address. */
  private readonly loaded = new Map<string, JsonObject>()

  constructor(loaded: readonly JsonObject[], definitions: Definitions) {
    this.definitions = definitions
    for (const resource of loaded) if (typeof resource.url === 'string') this.loaded.set(resource.url, resource)
  }

  /** Null for types of which nothing is said here. */
  of(type: string): ((value: JsonObject, place: Place, visit: Visit) => void) | null {
    if (type === 'CodeSystem') return codeSystem
    if (type === 'ValueSet') return (value, place, visit) => this.valueSet(value, place, visit)
    if (type === 'ConceptMap') return (value, place, visit) => this.conceptMap(value, place, visit)
    if (type === 'MeasureReport') return (value, place, visit) => this.measureReport(value, place, visit)
    return null
  }

  /** A filter on a property whose values are codings names one: `system#code` or `system|version#code`, of a system that has it. */
  private valueSet({ compose }: JsonObject, place: Place, visit: Visit): void {
    if (!isMembers(compose)) return
    for (const list of ['include', 'exclude'])
      for (const [i, include] of objects(compose[list]).entries()) {
        const system = this.known('CodeSystem', include.system)
        if (system === null) continue
        for (const [k, { property, op, value }] of objects(include.filter).entries()) {
          const declared = objects(system.property).find(({ code }) => code === property)
          if (declared?.type !== 'Coding' || op !== '=' || typeof value !== 'string') continue
          const expected = this.codingTrouble(value)
          if (expected !== null) tell(['compose', list, i, 'filter', k], expected, value, place, visit)
        }
      }
  }

  private codingTrouble(value: string): string | null {
    const [, system, code] = /^([^|#]+)(?:\|[^#]*)?#(.+)$/.exec(value) ?? []
    if (system === undefined || code === undefined) return 'system#code, because the values of this property are codings'
    const codes = this.definitions.codeSystem(system)?.codes
    return codes === undefined || codes.has(code) ? null : `a code of ${system}`
  }

  /** Codes on both sides are in the value sets that the map says it goes between, where these are known as a whole. */
  private conceptMap(map: JsonObject, place: Place, visit: Visit): void {
    const from = this.codings(map.sourceCanonical ?? map.sourceUri)
    const to = this.codings(map.targetCanonical ?? map.targetUri)
    if (from === null && to === null) return
    for (const [i, group] of objects(map.group).entries())
      for (const [k, element] of objects(group.element).entries()) {
        const path = ['group', i, 'element', k]
        this.outside(from, group.source, element.code, [...path, 'code'], place, visit)
        for (const [n, { code }] of objects(element.target).entries())
          this.outside(to, group.target, code, [...path, 'target', n, 'code'], place, visit)
      }
  }

  /** Of a code system that is not known here it can not be told whether a code outside the list means the same. */
  private outside(
    codings: ReadonlySet<string> | null,
    canonical: JsonValue | undefined,
    code: JsonValue | undefined,
    path: readonly (string | number)[],
    place: Place,
    visit: Visit,
  ): void {
    if (codings === null || typeof canonical !== 'string' || typeof code !== 'string') return
    const [system = ''] = canonical.split('|')
    if (this.definitions.codeSystem(system) !== null && !codings.has(`${system}|${code}`))
      tell(path, 'a code of the value set that the map names', code, place, visit)
  }

  private codings(valueSet: JsonValue | undefined): ReadonlySet<string> | null {
    return typeof valueSet === 'string' ? (this.definitions.expansion(valueSet.split('|')[0] ?? '')?.codings ?? null) : null
  }

  /** A cohort is counted, not scored (Measure.scoring). */
  private measureReport(report: JsonObject, place: Place, visit: Visit): void {
    const scoring = this.known('Measure', report.measure)?.scoring
    if (!isMembers(scoring) || !objects(scoring.coding).some(({ code }) => code === 'cohort')) return
    for (const [i, { measureScore }] of objects(report.group).entries())
      if (measureScore !== undefined)
        tell(['group', i, 'measureScore'], 'no score, because the measure counts a cohort', null, place, visit)
  }

  private known(type: string, canonical: JsonValue | undefined): JsonObject | null {
    if (typeof canonical !== 'string') return null
    const found = this.loaded.get(canonical.split('|')[0] ?? '')
    return found?.resourceType === type ? found : null
  }
}

/** Properties are declared once, and concepts hold values of the declared types. */
function codeSystem(system: JsonObject, place: Place, visit: Visit): void {
  const declared = new Map<JsonValue, JsonValue | undefined>()
  const addresses = new Set<JsonValue>()
  for (const [i, { code, uri, type }] of objects(system.property).entries()) {
    const isAgain = (code !== undefined && declared.has(code)) || (uri !== undefined && addresses.has(uri))
    if (isAgain) tell(['property', i], 'a code and an address that no other property has', code ?? null, place, visit)
    if (code !== undefined && !declared.has(code)) declared.set(code, type)
    if (uri !== undefined) addresses.add(uri)
  }
  if (declared.size > 0) concepts(system, declared, [], place, visit)
}

function concepts(
  above: JsonObject,
  declared: ReadonlyMap<JsonValue, JsonValue | undefined>,
  path: readonly (string | number)[],
  place: Place,
  visit: Visit,
): void {
  for (const [i, concept] of objects(above.concept).entries()) {
    const here = [...path, 'concept', i]
    for (const [k, property] of objects(concept.property).entries()) {
      const type = property.code === undefined ? undefined : declared.get(property.code)
      if (typeof type !== 'string' || property[valueNames[type] ?? ''] !== undefined) continue
      // A value that is missing is told as such.
      if (Object.values(valueNames).some((name) => property[name] !== undefined))
        tell([...here, 'property', k], `a value of type ${type}, as the property is declared`, null, place, visit)
    }
    if (here.length < deepest) concepts(concept, declared, here, place, visit)
  }
}

/** Names and indexes on the way to a concept; hierarchies of real systems stay far below. */
const deepest = 200

/** Where a concept holds the value of a property of a type. */
const valueNames: Readonly<Record<string, string>> = {
  code: 'valueCode',
  Coding: 'valueCoding',
  string: 'valueString',
  integer: 'valueInteger',
  boolean: 'valueBoolean',
  dateTime: 'valueDateTime',
  decimal: 'valueDecimal',
}

/** `path` from the resource on. */
function tell(path: readonly (string | number)[], expected: string, value: JsonValue, place: Place, visit: Visit): void {
  let at = place
  for (const part of path) if (typeof part === 'string') at = at.child(part)
  visit.path.push(...path)
  visit.report(at, {
    code: 'data/fhir-definition',
    facts: [{ name: 'expected', value: expected }],
    ...(value === null ? {} : { value }),
  })
  visit.path.length -= path.length
}
