/** The judge of a whole resource wherever it stands: a record, a Bundle entry, a contained resource (FHIR R4 §2.1, §2.27). */
import { isMembers } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { Compiler } from './compile.ts'
import { judgeShell } from './elements/bundle-shell.ts'
import type { Judge } from './elements/element-judge.ts'
import { judgeLinks } from './elements/narrative-links.ts'
import { impliedProfiles } from './profiles/implied.ts'
import { bundleScope } from './visit/bundle-scope.ts'
import { listedAddress } from './visit/coverage.ts'
import type { Place } from './visit/places.ts'
import { type Owner, patientOf, type Visit } from './visit/visit.ts'

/** Dispatches by resourceType. `compiler` is asked late, because it needs this judge to be made; `chosen` gives the profiles of an input. */
export function resourceJudge(compiler: () => Compiler, chosen: (input: number) => readonly string[]): Judge {
  return (value, place, visit) => {
    // Entries of a Bundle that is read one by one are records of their own.
    if (visit.isFrame && visit.path.at(-1) === 'resource') return
    if (!isMembers(value)) {
      visit.report(place, { code: 'data/fhir-json-type', facts: [{ name: 'expected', value: 'a resource in { }' }], value })
      return
    }
    const type = value.resourceType
    const known = typeof type === 'string' && type !== '' ? compiler().definitions.type(type) : null
    if (typeof type !== 'string' || known === null || known.kind !== 'resource' || known.abstract) {
      const expected = type === undefined ? 'resourceType with the name of an R4 resource' : 'the name of an R4 resource'
      visit.report(place, {
        code: 'data/fhir-unknown-type',
        facts: [{ name: 'expected', value: expected }],
        ...(type === undefined ? {} : { value: type }),
      })
      return
    }
    const judge = compiler().type(type)
    if (isContained(visit)) {
      if (compiler().settings.validateContains === 'IGNORE') {
        compiler().coverage.leaveOut('containedOff', '')
        return
      }
      judgeContained(value, place, visit)
      const { nearest } = visit
      visit.nearest = value
      judge(value, place, visit)
      judgeProfiles(compiler(), value, type, place, visit, chosen(visit.input))
      visit.nearest = nearest
      return
    }
    const { owner, bundle, nearest, outermost } = visit
    visit.nearest = value
    visit.outermost = value
    visit.owner = ownerOf(value, type, visit)
    visit.owners.push(visit.owner)
    const root = visit.places.root(type)
    root.count++
    if (type === 'Bundle') {
      visit.bundle = bundleScope(value)
      judgeAddresses(value, root, visit)
      judgeShell(value, root, visit)
    }
    judge(value, root, visit)
    judgeProfiles(compiler(), value, type, root, visit, chosen(visit.input))
    if (compiler().settings.validateContains !== 'IGNORE') judgeUnused(value, root, visit)
    judgeLinks(value, visit)
    visit.owner = owner
    visit.bundle = bundle
    visit.nearest = nearest
    visit.outermost = outermost
  }
}

/** The profiles a person chose, those the resource names, and those that R4 demands; each once. */
function judgeProfiles(
  compiler: Compiler,
  value: JsonObject,
  type: string,
  place: Place,
  visit: Visit,
  chosen: readonly string[],
): void {
  const { profiles, coverage } = compiler
  const [own, implied] = [profilesOf(value), impliedProfiles(value)]
  if (chosen.length === 0 && own.length === 0 && implied.length === 0) return
  const asked = chosen.filter((url) => {
    const of = profiles.tree(url)?.snapshot.type
    return of === type || of === 'Resource' || of === 'DomainResource'
  })
  const all = asked.length + own.length === 0 ? implied : new Set([...asked, ...own, ...implied])
  for (const url of all) {
    const tree = profiles.tree(url)
    if (tree === null) coverage.leaveOut('profile', listedAddress(url))
    else profiles.judge(value, type, tree, place, visit)
  }
}

function ownerOf(value: JsonObject, type: string, visit: Visit): Owner {
  const isContainer = Array.isArray(value.contained)
  return {
    type,
    id: typeof value.id === 'string' ? value.id : null,
    fullUrl: visit.fullUrl,
    contained: isContainer ? typesOf(value.contained) : nothingContained,
    locals: isContainer ? new Set() : null,
    patient: patientOf(value),
    bundle: visit.bundle,
  }
}

const nothingContained: ReadonlyMap<string, string> = new Map()

/** Types of contained resources by id. */
function typesOf(contained: JsonValue | undefined): ReadonlyMap<string, string> {
  const types = new Map<string, string>()
  for (const inner of Array.isArray(contained) ? contained : [])
    if (isMembers(inner) && typeof inner.id === 'string')
      types.set(inner.id, typeof inner.resourceType === 'string' ? inner.resourceType : '')
  return types
}

function isContained(visit: Visit): boolean {
  return visit.path.at(-2) === 'contained' || visit.path.at(-1) === 'contained'
}

/** dom-2, dom-4 and dom-5: what a contained resource may not have. */
function judgeContained(value: JsonObject, place: Place, visit: Visit): void {
  const meta: JsonObject = isMembers(value.meta) ? value.meta : {}
  const broken: [boolean, string, string][] = [
    [value.contained !== undefined, 'dom-2', 'A contained resource contains no further resources.'],
    [
      meta.versionId !== undefined || meta.lastUpdated !== undefined,
      'dom-4',
      'A contained resource has no meta.versionId and no meta.lastUpdated.',
    ],
    [meta.security !== undefined, 'dom-5', 'A contained resource has no security label.'],
  ]
  for (const [is, rule, text] of broken) if (is) reportRule(rule, text, place, visit)
}

/** dom-3: a contained resource is referred to from somewhere in its container, or refers to it. */
function judgeUnused(value: JsonObject, place: Place, visit: Visit): void {
  const { locals } = visit.owner
  if (!Array.isArray(value.contained) || locals === null || locals.has('#')) return
  for (const [index, inner] of value.contained.entries()) {
    if (!isMembers(inner) || typeof inner.id !== 'string' || locals.has(`#${inner.id}`)) continue
    visit.path.push('contained', index)
    reportRule(
      'dom-3',
      'A contained resource is referred to from the resource that contains it.',
      place.child('contained'),
      visit,
    )
    visit.path.length -= 2
  }
}

function reportRule(rule: string, text: string, place: Place, visit: Visit): void {
  visit.report(place, {
    code: 'data/fhir-invariant',
    facts: [
      { name: 'rule', value: rule },
      { name: 'text', value: text },
    ],
  })
}

/** `fullUrl` is absolute, used once, and agrees with the id where it is a REST address (FHIR R4 §2.36.3). */
function judgeAddresses(bundle: JsonObject, root: Place, visit: Visit): void {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : []
  const place = root.child('entry').child('fullUrl')
  for (const [index, entry] of entries.entries()) {
    if (!isMembers(entry) || typeof entry.fullUrl !== 'string') continue
    const expected = visit.bundle?.repeated.has(index)
      ? 'an address that no other entry has'
      : addressTrouble(entry.fullUrl, entry.resource)
    if (expected === null) continue
    visit.path.push('entry', index, 'fullUrl')
    visit.report(place, { code: 'data/fhir-full-url', facts: [{ name: 'expected', value: expected }], value: entry.fullUrl })
    visit.path.length -= 3
  }
}

function addressTrouble(fullUrl: string, resource: JsonValue | undefined): string | null {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(fullUrl)) return 'an absolute address'
  if (!isMembers(resource) || typeof resource.id !== 'string' || typeof resource.resourceType !== 'string') return null
  const rest = /^https?:\/\/.*\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)
  if (rest === null || rest[1] !== resource.resourceType) return null
  return rest[2] === resource.id ? null : 'an address that ends in the id of the resource'
}

function profilesOf(value: JsonObject): readonly string[] {
  const profiles = isMembers(value.meta) ? value.meta.profile : undefined
  return Array.isArray(profiles) ? profiles.filter((profile) => typeof profile === 'string') : []
}
