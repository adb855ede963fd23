/** Value sets of loaded packages listed without a server: enumerated codes, whole code systems, is-a filters, imports (FHIR R4 §4.9.5). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'
import type { CodeSystemCodes, Expansion } from '../definitions/packs.ts'
import { objects } from '../profiles/read-structure-definition.ts'

type Codes = Map<string, Set<string>>

const deepest = 64
const mostCodes = 1_000_000

/** Why a value set can not be listed here. */
class NotListable extends Error {}

export class LocalTerminology {
  private readonly valueSets = new Map<string, JsonObject>()
  private readonly codeSystems = new Map<string, JsonObject>()
  private readonly made = new Map<string, Expansion | string>()
  private readonly listed = new Map<string, Codes | NotListable>()
  private readonly systems = new Map<string, CodeSystemCodes | null>()
  private readonly beneath: (valueSet: string) => Expansion | null

  /** `beneath` lists the value sets that are built in. */
  constructor(beneath: (valueSet: string) => Expansion | null) {
    this.beneath = beneath
  }

  add(resource: JsonObject): void {
    if (typeof resource.url !== 'string') return
    if (resource.resourceType === 'ValueSet') this.valueSets.set(resource.url, resource)
    if (resource.resourceType === 'CodeSystem') this.codeSystems.set(resource.url, resource)
  }

  /** Codes and displays of a loaded code system; null where it is not loaded, or not whole. */
  codeSystem(url: string): CodeSystemCodes | null {
    const known = this.systems.get(url)
    if (known !== undefined) return known
    const definition = this.codeSystems.get(url)
    const made = definition === undefined ? null : codesOfSystem(definition)
    this.systems.set(url, made)
    return made
  }

  expansion(canonical: string): Expansion | null {
    const made = this.expanded(canonical)
    return typeof made === 'string' ? null : made
  }

  /** Null where it can be listed, or is not among the loaded ones. */
  whyNot(canonical: string): string | null {
    const made = this.expanded(canonical)
    return typeof made === 'string' && this.valueSets.has(withoutVersion(canonical)) ? made : null
  }

  private expanded(canonical: string): Expansion | string {
    const url = withoutVersion(canonical)
    const known = this.made.get(url)
    if (known !== undefined) return known
    const made = this.make(url)
    this.made.set(url, made)
    return made
  }

  private make(url: string): Expansion | string {
    if (!this.valueSets.has(url)) return this.beneath(url) ?? 'it is not part of the loaded definitions'
    try {
      const codes = this.codesOf(url, new Set())
      const codings = [...codes].flatMap(([system, inside]) => [...inside].map((code) => `${system}|${code}`))
      return { codings: new Set(codings), codes: new Set([...codes.values()].flatMap((inside) => [...inside])) }
    } catch (error) {
      if (error instanceof NotListable) return error.message
      throw error
    }
  }

  /** Each value set is listed once, however often it is included. */
  private codesOf(url: string, open: ReadonlySet<string>): Codes {
    if (open.has(url)) throw new NotListable('value sets include each other')
    const known = this.listed.get(url)
    if (known instanceof NotListable) throw known
    if (known) return known
    try {
      const codes = this.composed(url, open)
      this.listed.set(url, codes)
      return codes
    } catch (error) {
      if (error instanceof NotListable) this.listed.set(url, error)
      throw error
    }
  }

  private composed(url: string, open: ReadonlySet<string>): Codes {
    if (open.size > deepest) throw new NotListable('value sets include each other too deeply')
    const set = this.valueSets.get(url)
    if (!set) {
      const built = this.beneath(url)
      if (built === null) throw new NotListable(`it includes ${url}, which is not loaded`)
      return bySystem(built)
    }
    const { compose } = set
    if (!isMembers(compose)) throw new NotListable('it does not say what it is composed of')
    const inner = new Set(open).add(url)
    const result: Codes = new Map()
    for (const include of objects(compose.include)) merge(result, this.part(include, inner))
    for (const exclude of objects(compose.exclude))
      for (const [system, codes] of this.part(exclude, inner)) for (const code of codes) result.get(system)?.delete(code)
    if ([...result.values()].reduce((sum, codes) => sum + codes.size, 0) > mostCodes)
      throw new NotListable(`it has more than ${mostCodes} codes`)
    return result
  }

  /** One include: what its system gives, where it names value sets as well only what is in all of them. */
  private part(include: JsonObject, open: ReadonlySet<string>): Codes {
    const sets = (Array.isArray(include.valueSet) ? include.valueSet : [])
      .filter((url) => typeof url === 'string')
      .map((url) => this.codesOf(withoutVersion(url), open))
    const own = typeof include.system === 'string' ? this.ofSystem(include.system, include) : null
    const all = own === null ? sets : [own, ...sets]
    const [first, ...rest] = all
    if (first === undefined) return new Map()
    const result: Codes = new Map()
    for (const [system, codes] of first)
      result.set(system, new Set([...codes].filter((code) => rest.every((other) => other.get(system)?.has(code) === true))))
    return result
  }

  private ofSystem(system: string, include: JsonObject): Codes {
    const concepts = objects(include.concept)
    if (concepts.length > 0) return new Map([[system, new Set(codesIn(concepts))]])
    const definition = this.codeSystems.get(system)
    if (definition?.content !== 'complete') throw new NotListable(`the codes of ${system} are not loaded`)
    const rows = flattened(objects(definition.concept), [])
    let codes = rows.map(({ code }) => code)
    for (const filter of objects(include.filter)) codes = codes.filter(filterOf(filter, rows))
    return new Map([[system, new Set(codes)]])
  }
}

function codesOfSystem(definition: JsonObject): CodeSystemCodes | null {
  const isSupplement = definition.content === 'supplement' || definition.supplements !== undefined
  if (!isSupplement && definition.content !== 'complete') return null
  const displays = new Map<string, string[]>()
  const collect = (concepts: readonly JsonObject[], depth: number): void => {
    if (depth > deepest) return
    for (const concept of concepts) {
      const own = [concept.display, ...objects(concept.designation).map(({ value }) => value)]
      displays.set(
        String(concept.code),
        own.filter((text) => typeof text === 'string'),
      )
      collect(objects(concept.concept), depth + 1)
    }
  }
  collect(objects(definition.concept), 0)
  const version = typeof definition.version === 'string' ? definition.version : null
  const caseSensitive = definition.caseSensitive !== false
  return { codes: new Set(displays.keys()), displays, isSupplement, isFinal: true, version, caseSensitive }
}

interface Row {
  readonly code: string
  readonly above: readonly string[]
}

function flattened(concepts: readonly JsonObject[], above: readonly string[]): Row[] {
  if (above.length > deepest) throw new NotListable('the code system nests too deeply')
  return concepts.flatMap((concept) => {
    if (typeof concept.code !== 'string') return []
    const { code } = concept
    return [{ code, above }, ...flattened(objects(concept.concept), [...above, code])]
  })
}

function filterOf({ property, op, value }: JsonObject, rows: readonly Row[]): (code: string) => boolean {
  if (property !== 'concept' || (op !== 'is-a' && op !== 'descendent-of' && op !== 'is-not-a'))
    throw new NotListable(`the filter ${String(property)} ${String(op)} needs a terminology server`)
  const under = new Set(rows.filter(({ above }) => above.includes(String(value))).map(({ code }) => code))
  if (op !== 'descendent-of') under.add(String(value))
  return (code) => under.has(code) === (op !== 'is-not-a')
}

function codesIn(concepts: readonly JsonObject[]): string[] {
  return concepts.flatMap(({ code }) => (typeof code === 'string' ? [code] : []))
}

function bySystem({ codings }: Expansion): Codes {
  const result: Codes = new Map()
  for (const coding of codings) {
    const bar = coding.lastIndexOf('|')
    merge(result, new Map([[coding.slice(0, bar), new Set([coding.slice(bar + 1)])]]))
  }
  return result
}

function merge(into: Codes, from: Codes): void {
  for (const [system, codes] of from) {
    const held = into.get(system) ?? new Set<string>()
    for (const code of codes) held.add(code)
    into.set(system, held)
  }
}

function withoutVersion(canonical: string): string {
  return canonical.split('|')[0] ?? canonical
}
