/** Extensions: their form (ext-1), their definition where it is known, and where they may stand (FHIR R4 §2.4). */
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import { type ElementRule, elementNamed, type TypeDefinition } from '../schema/structure-definition.ts'
import type { Definitions } from './definitions/packs.ts'
import type { FhirSettings } from './definitions/settings.ts'
import type { ProfileJudge } from './profiles/profile-judge.ts'
import type { ProfileTree } from './profiles/profile-tree.ts'
import { type Coverage, listedAddress } from './visit/coverage.ts'
import type { Place } from './visit/places.ts'
import type { Visit } from './visit/visit.ts'

/** Elements of other FHIR versions as extensions (FHIR R5 §2.1.27.3): their meaning is defined, if not here. */
const crossVersion = /^http:\/\/hl7\.org\/fhir\/[1-6]\.0\/StructureDefinition\/extension-/

/** The element an extension stands at, by every name that a definition may call it. */
type Host = ReadonlySet<string>

export class ExtensionJudge {
  private readonly hosts = new Map<Place, { readonly type: string; readonly host: Host }>()
  private readonly profiles: ProfileJudge
  private readonly definitions: Definitions
  private readonly coverage: Coverage
  private readonly settings: FhirSettings

  constructor(profiles: ProfileJudge, definitions: Definitions, coverage: Coverage, settings: FhirSettings) {
    this.profiles = profiles
    this.definitions = definitions
    this.coverage = coverage
    this.settings = settings
  }

  judge(value: JsonObject, place: Place, visit: Visit): void {
    judgeForm(value, place, visit)
    const url = typeof value.url === 'string' ? value.url : ''
    // Parts of a complex extension bear names, not addresses; the outer definition judges them.
    if (!url.includes(':')) return
    const modifies = place.path.endsWith('.modifierExtension')
    const tree = this.profiles.tree(url)
    if (tree !== null) {
      this.stands(url, tree, modifies, place, visit)
      this.profiles.judge(value, 'Extension', tree, place, visit)
    } else if (crossVersion.test(url)) this.coverage.leaveOut('extension', listedAddress(url))
    else if (modifies) visit.report(place, { code: 'data/fhir-modifier-unknown', facts: [], value: url })
    else {
      this.coverage.leaveOut('extension', listedAddress(url))
      if (!this.settings.allowedExtensionDomains.some((domain) => url.startsWith(domain)))
        visit.report(place, { code: 'data/fhir-extension-unknown', facts: [], value: url })
    }
  }

  /** Whether it is used as the kind of extension it is, at one of the elements its definition names. */
  private stands(url: string, { snapshot, root }: ProfileTree, modifies: boolean, place: Place, visit: Visit): void {
    const tell = (expected: string): void =>
      visit.report(place, { code: 'data/fhir-extension-context', facts: [{ name: 'expected', value: expected }], value: url })
    if (root.element.isModifier !== modifies) {
      tell(root.element.isModifier ? 'it under modifierExtension' : 'it under extension, because it modifies nothing')
      return
    }
    const { contexts } = snapshot
    if (contexts.length === 0) return
    const host = this.hostAt(place, visit)
    if (host === null) return
    let unsure = false
    for (const { type, expression } of contexts) {
      if (type === 'element' && host.has(expression)) return
      if (type === 'extension' && parentUrl(visit) === expression) return
      if (this.mayStand(type, expression, host)) unsure = true
    }
    if (unsure) this.coverage.leaveOut('extensionContext', listedAddress(url))
    else tell(`it at ${contexts.map(({ expression }) => expression).join(', ')}`)
  }

  /** Contexts that can not be decided here: expressions, profiles, slices, parts of extensions, types that R4 does not have. */
  private mayStand(type: string, expression: string, host: Host): boolean {
    if (type === 'extension') return expression.includes('#')
    if (type !== 'element') return true
    // Whether the value fits the profile, or belongs to the slice, is not told apart: `…#Patient.name`, `Patient.name:official`.
    const element = expression.replace(/^[^#]*#/, '').replaceAll(/:[^.]*/g, '')
    if (element !== expression && host.has(element)) return true
    return !abstractNames.has(element) && this.definitions.type(element.split('.')[0] ?? '') === null
  }

  private hostAt(place: Place, visit: Visit): Host | null {
    const type = typeof visit.nearest.resourceType === 'string' ? visit.nearest.resourceType : ''
    const known = this.hosts.get(place)
    if (known?.type === type) return known.host
    const names = place.path.split('.')
    const inner = names.lastIndexOf('contained')
    const host = this.hostOf(type, names.slice(Math.max(inner, 0) + 1, -1))
    if (host !== null) this.hosts.set(place, { type, host })
    return host
  }

  /** Null where the way there is not one of R4's. */
  private hostOf(type: string, names: readonly string[]): Host | null {
    let definition = this.definitions.type(type)
    let rule: ElementRule | undefined = definition?.root
    // Ways to the same element: from the resource, and from each data type on the way.
    let ways: string[] = [type]
    for (const name of names) {
      if (definition === null || rule === undefined) return null
      const target: ElementRule | undefined = rule.contentReference === null ? rule : definition.byId.get(rule.contentReference)
      const found = target && elementNamed(target, name)
      if (!found) return null
      const label = found.rule.choice ? `${found.rule.name}[x]` : found.rule.name
      ways = ways.flatMap((way) =>
        found.rule.choice ? [`${way}.${label}`, `${way}.${found.rule.name}`, `${way}.${name}`] : [`${way}.${label}`],
      )
      if (found.rule.children.length > 0 || found.rule.contentReference !== null) {
        ways.push(found.rule.id)
        rule = found.rule
        continue
      }
      definition = this.definitions.type(found.type)
      rule = definition?.root
      ways.push(found.type)
    }
    if (rule === undefined) return null
    return new Set([...ways, ...kindsOf(definition, rule)])
  }
}

const abstractNames: ReadonlySet<string> = new Set(['CanonicalResource', 'MetadataResource'])

/** Abstract names that stand for the element, too. */
function kindsOf(definition: TypeDefinition | null, rule: ElementRule): string[] {
  if (definition?.kind === 'resource' && rule === definition.root) {
    // What R5 calls so: definitions that have an address and a life cycle of their own.
    const isCanonical = ['url', 'status'].every((name) => rule.children.some((child) => child.name === name))
    return ['Resource', 'DomainResource', 'Element', ...(isCanonical ? ['CanonicalResource', 'MetadataResource'] : [])]
  }
  return ['Element', ...(rule.types.some(({ code }) => code === 'BackboneElement') ? ['BackboneElement'] : [])]
}

/** Address of the extension that holds the one at hand: found again from the record, because it is seldom asked for. */
function parentUrl(visit: Visit): string | null {
  let at: JsonValue | undefined = visit.record.value
  const last = visit.path.lastIndexOf('extension')
  for (const part of visit.path.slice(1, last)) {
    if (Array.isArray(at) && typeof part === 'number') at = at[part]
    else if (isMembers(at)) at = at[part]
    else return null
  }
  return isMembers(at) && typeof at.url === 'string' ? at.url : null
}

/** ext-1: an extension has either extensions or a value. */
function judgeForm(value: JsonObject, place: Place, visit: Visit): void {
  const hasValue = Object.keys(value).some((name) => name.startsWith('value') || name.startsWith('_value'))
  if (hasValue !== (value.extension !== undefined)) return
  const human = 'An extension has either a value or further extensions, never both and never neither.'
  visit.report(place, {
    code: 'data/fhir-invariant',
    facts: [
      { name: 'rule', value: 'ext-1' },
      { name: 'text', value: human },
    ],
  })
}
