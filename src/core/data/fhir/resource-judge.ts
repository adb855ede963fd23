/** The judge of a whole resource wherever it stands: a record, a Bundle entry, a contained resource (FHIR R4 §2.1, §2.27). */
import type { JsonObject, JsonValue } from '../record.ts'
import { bundleScope } from './bundle-scope.ts'
import type { Compiler, Judge } from './compile.ts'
import { listedAddress } from './coverage.ts'
import type { Place } from './places.ts'
import { isObject, type Owner, patientOf, type Visit } from './visit.ts'

/** Dispatches by resourceType. `compiler` is asked late, because it needs this judge to be made. */
export function resourceJudge(compiler: () => Compiler): Judge {
  return (value, place, visit) => {
    if (!isObject(value)) {
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
      judgeContained(value, place, visit)
      judge(value, place, visit)
      return
    }
    const outer = { owner: visit.owner, bundle: visit.bundle }
    visit.owner = ownerOf(value, type, visit)
    visit.owners.push(visit.owner)
    const root = visit.places.root(type)
    root.count++
    for (const profile of profilesOf(value)) compiler().coverage.skip('profile', listedAddress(profile))
    if (type === 'Bundle') {
      visit.bundle = bundleScope(value)
      judgeAddresses(value, root, visit)
    }
    judge(value, root, visit)
    judgeUnused(value, root, visit)
    visit.owner = outer.owner
    visit.bundle = outer.bundle
  }
}

function ownerOf(value: JsonObject, type: string, visit: Visit): Owner {
  const contained = new Map<string, string>()
  for (const inner of Array.isArray(value.contained) ? value.contained : [])
    if (isObject(inner) && typeof inner.id === 'string')
      contained.set(inner.id, typeof inner.resourceType === 'string' ? inner.resourceType : '')
  return {
    type,
    id: typeof value.id === 'string' ? value.id : null,
    fullUrl: visit.fullUrl,
    contained,
    locals: new Set(),
    patient: patientOf(value),
    bundle: visit.bundle,
  }
}

function isContained(visit: Visit): boolean {
  return visit.path.at(-2) === 'contained' || visit.path.at(-1) === 'contained'
}

/** dom-2, dom-4 and dom-5: what a contained resource may not have. */
function judgeContained(value: JsonObject, place: Place, visit: Visit): void {
  const meta: JsonObject = isObject(value.meta) ? value.meta : {}
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
  if (!Array.isArray(value.contained) || visit.owner.locals.has('#')) return
  for (const [index, inner] of value.contained.entries()) {
    if (!isObject(inner) || typeof inner.id !== 'string' || visit.owner.locals.has(`#${inner.id}`)) continue
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
    if (!isObject(entry) || typeof entry.fullUrl !== 'string') continue
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
  if (!isObject(resource) || typeof resource.id !== 'string' || typeof resource.resourceType !== 'string') return null
  const rest = /^https?:\/\/.*\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)
  if (rest === null || rest[1] !== resource.resourceType) return null
  return rest[2] === resource.id ? null : 'an address that ends in the id of the resource'
}

function profilesOf(value: JsonObject): readonly string[] {
  const profiles = isObject(value.meta) ? value.meta.profile : undefined
  return Array.isArray(profiles) ? profiles.filter((profile) => typeof profile === 'string') : []
}
