/** A FHIR package as a project keeps it: a Bundle of its definitions, so that `--ig` reads the same file. */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'

/** A profile that a source can be held against. */
export interface OfferedProfile {
  readonly url: string
  readonly name: string
  /** Resource type it is about. */
  readonly type: string
}

export interface KeptPackage {
  /** Inside the project. */
  readonly path: string
  readonly name: string
  readonly version: string | null
  /** File or folder it was loaded from. */
  readonly from: string
  /** `name#version` of the packages it builds on. */
  readonly dependencies: readonly string[]
  /** What of it can not be used, in sentences. */
  readonly notUnderstood: readonly string[]
  readonly definitions: readonly JsonObject[]
}

const suffix = '.package.json'
const ownMember = 'x-carryover'

export function packagePath({ name, version }: Pick<KeptPackage, 'name' | 'version'>): string {
  const slug = [name, version]
    .filter((part) => part !== null)
    .join('-')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
  return `schemas/${slug}${suffix}`
}

export function packageDocument({ name, version, from, dependencies, notUnderstood, definitions }: Omit<KeptPackage, 'path'>) {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    [ownMember]: { package: { name, version, from, dependencies, notUnderstood } },
    entry: definitions.map((resource) => ({ resource })),
  }
}

/** Packages among the schemas of a project, sorted by path. */
export function keptPackages(schemas: Iterable<readonly [path: string, schema: unknown]>): readonly KeptPackage[] {
  return [...schemas]
    .flatMap(([path, schema]) => (path.endsWith(suffix) ? (packageOf(path, schema) ?? []) : []))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Profiles of resources in the packages, sorted by type and name; each address once. */
export function offeredProfiles(packages: readonly KeptPackage[]): readonly OfferedProfile[] {
  const offered = new Map<string, OfferedProfile>()
  for (const { definitions } of packages)
    for (const { resourceType, url, type, kind, derivation, title, name } of definitions)
      if (resourceType === 'StructureDefinition' && kind === 'resource' && derivation === 'constraint')
        if (typeof url === 'string' && typeof type === 'string')
          offered.set(url, { url, type, name: typeof title === 'string' ? title : typeof name === 'string' ? name : url })
  return [...offered.values()].sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1))
}

/** Packages that others build on and that are not here; R4 itself and its terminology come with the program. */
export function missingPackages(packages: readonly KeptPackage[]): readonly string[] {
  const here = new Set(packages.map(({ name }) => name))
  const wanted = new Set(packages.flatMap(({ dependencies }) => dependencies))
  return [...wanted]
    .filter((dependency) => {
      const name = dependency.split('#')[0] ?? ''
      return !here.has(name) && !/^hl7\.fhir\.r4\.core$|^hl7\.terminology/.test(name)
    })
    .sort()
}

function packageOf(path: string, value: unknown): KeptPackage | null {
  const document = value as JsonObject
  if (!isMembers(document) || !Array.isArray(document.entry)) return null
  const own = document[ownMember]
  const about = isMembers(own) && isMembers(own.package) ? own.package : {}
  return {
    path,
    name: typeof about.name === 'string' ? about.name : path.slice('schemas/'.length, -suffix.length),
    version: typeof about.version === 'string' ? about.version : null,
    from: typeof about.from === 'string' ? about.from : path,
    dependencies: texts(about.dependencies),
    notUnderstood: texts(about.notUnderstood),
    definitions: document.entry.flatMap((entry) => (isMembers(entry) && isMembers(entry.resource) ? [entry.resource] : [])),
  }
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
