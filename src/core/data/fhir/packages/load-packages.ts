/** FHIR packages and loose definitions that a person chose, read into what a project keeps, with what of them can not be used. */
import { type ByteSource, stopIfAborted, type Update } from '../../../operation.ts'
import type { JsonObject } from '../../model/record.ts'
import { loadDefinitions, loadProfilePack } from '../definitions/packs.ts'
import { ProfileRegistry } from '../profiles/registry.ts'
import type { KeptPackage } from './kept-package.ts'
import { definitionsIn, readPackage } from './package.ts'

export interface PackageFile {
  readonly source: ByteSource
  /** Folder it was chosen with; loose files of one folder become one package. */
  readonly folder: string | null
}

export interface LoadPackagesInput {
  readonly files: readonly PackageFile[]
  /** Definitions that the project has already: profiles may rest on them. */
  readonly here: readonly JsonObject[]
}

export interface LoadedPackages {
  readonly packages: readonly Omit<KeptPackage, 'path'>[]
  /** Files that gave nothing, a sentence each. */
  readonly refused: readonly string[]
}

type Loose = Omit<KeptPackage, 'path'> & { readonly definitions: JsonObject[]; readonly notUnderstood: string[] }

/** More names are not listed: a folder of other things is one sentence. */
const mostNamed = 20

export async function* loadPackages(
  { files, here }: LoadPackagesInput,
  signal: AbortSignal,
): AsyncGenerator<Update<never, LoadedPackages>> {
  const packages: Loose[] = []
  const refused: string[] = []
  const loose = new Map<string, Loose>()
  const total = files.reduce((sum, { source }) => sum + source.size, 0)
  let done = 0
  for (const { source, folder } of files) {
    const bytes = await wholeOf(source, signal)
    const { name } = source
    if (/\.(tgz|gz)$/i.test(name)) {
      const read = readPackage(name, bytes)
      if (typeof read === 'string') refused.push(read)
      else packages.push({ ...read, from: name, definitions: [...read.definitions], notUnderstood: [] })
    } else {
      const found = await definitionsIn(bytes)
      const key = folder ?? 'Loose definitions'
      const own = loose.get(key) ?? { name: key, version: null, from: key, dependencies: [], definitions: [], notUnderstood: [] }
      if (found.length > 0) loose.set(key, own)
      else refused.push(`${name} holds no StructureDefinition, ValueSet, CodeSystem, Questionnaire or Measure as JSON or XML.`)
      own.definitions.push(...found)
    }
    done += source.size
    yield { kind: 'progress', done, total, unit: 'bytes', label: name }
  }
  const all = [...packages, ...loose.values()]
  await check(all, here, signal)
  const told =
    refused.length <= mostNamed ? refused : [...refused.slice(0, mostNamed), `${refused.length - mostNamed} more files.`]
  yield { kind: 'result', value: { packages: all, refused: told } }
}

/** Every profile is expanded once: what can not be, or only in part, is told when the package comes in and not when a run depends on it. */
async function check(packages: readonly Loose[], here: readonly JsonObject[], signal: AbortSignal): Promise<void> {
  const [definitions, own] = await Promise.all([loadDefinitions(), loadProfilePack()])
  const registry = new ProfileRegistry(definitions)
  for (const one of [...own, ...here, ...packages.flatMap(({ definitions: given }) => given)]) registry.add(one)
  for (const one of packages) {
    for (const { resourceType, url } of one.definitions) {
      stopIfAborted(signal)
      if (resourceType !== 'StructureDefinition' || typeof url !== 'string') continue
      const why = registry.whyNot(url)
      if (why !== null) one.notUnderstood.push(`${url}: ${why}`)
    }
  }
  const problems = registry.notEvaluated()
  for (const one of packages) {
    const urls = one.definitions.flatMap(({ url }) => (typeof url === 'string' ? [url] : []))
    for (const { what, why } of problems)
      if (urls.some((url) => what.endsWith(` ${url}`))) one.notUnderstood.push(`${what}: ${why}`)
    one.notUnderstood.sort()
  }
}

async function wholeOf(source: ByteSource, signal: AbortSignal): Promise<Uint8Array> {
  const whole = new Uint8Array(source.size)
  let at = 0
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
