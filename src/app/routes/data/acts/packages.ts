/** FHIR packages of the project: loaded by a person, kept under `schemas/`, used by every run; and the profiles a source is held against. */

import type { Json } from '../../../../core/canonical.ts'
import {
  type KeptPackage,
  keptPackages,
  type OfferedProfile,
  offeredProfiles,
  packageDocument,
  packagePath,
} from '../../../../core/data/fhir/packages/kept-package.ts'
import type { JsonObject } from '../../../../core/data/model/record.ts'
import { Cancelled } from '../../../../core/operation.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { actAtOnce, actOrSay } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { openProject, setWorkspace, useWorkspace } from '../../../session/state.ts'

const read = new WeakMap<Project['schemas'], readonly KeptPackage[]>()

/** Packages of a project; the same list as long as its schemas are the same. */
export function packagesOf({ schemas }: Pick<Project, 'schemas'>): readonly KeptPackage[] {
  const known = read.get(schemas)
  if (known) return known
  const packages = keptPackages(schemas)
  read.set(schemas, packages)
  return packages
}

export function usePackages(): readonly KeptPackage[] {
  return useWorkspace((w) => (w.project === null ? none : packagesOf(w.project)))
}

const none: readonly KeptPackage[] = []

/** What a run is given: the definitions of all packages. */
export function definitionsOf(project: Pick<Project, 'schemas'>): readonly JsonObject[] {
  return packagesOf(project).flatMap(({ definitions }) => definitions)
}

export function profilesOffered(packages: readonly KeptPackage[]): readonly OfferedProfile[] {
  return offeredProfiles(packages)
}

/** Takes packages (.tgz), JSON or XML files or a folder of them into the project; one of the same name and version is replaced. */
export async function addPackages(files: readonly File[]): Promise<void> {
  const wanted = files.filter(({ name }) => /\.(tgz|tar\.gz|json|xml)$/i.test(name))
  if (wanted.length === 0) {
    if (files.length > 0) setWorkspace({ problem: 'There is no package (.tgz) and no JSON or XML file among these files.' })
    return
  }
  const job = begin('Reading packages')
  setWorkspace({ problem: null })
  try {
    const sent = wanted.map((file) => ({ file, folder: file.webkitRelativePath.split('/')[0] || null }))
    for await (const update of jobs.loadPackages({ files: sent, here: definitionsOf(openProject()) }, job.signal)) {
      if (update.kind === 'progress')
        job.show({ done: update.done, total: update.total, unit: 'bytes', label: `Reading ${update.label}` })
      if (update.kind !== 'result' || !job.stillHere()) continue
      const { packages, refused } = update.value
      const documents = packages.map((one) => [packagePath(one), packageDocument(one) as Json] as const)
      const taken =
        packages.length === 0 ||
        (await actOrSay((project) => ({
          ok: true,
          project: { ...project, schemas: new Map([...project.schemas, ...documents]) },
        })))
      if (!taken) continue
      const words = packages.map(({ name, version }) => (version === null ? name : `${name} ${version}`)).join(', ')
      setWorkspace({
        problem: refused.length > 0 ? refused.join(' ') : null,
        done: packages.length > 0 ? `Loaded ${words}. It is used by the next run.` : null,
      })
    }
  } catch (error) {
    if (!job.stillHere()) return
    const why = errorWords(error)
    setWorkspace({
      problem: error instanceof Cancelled ? 'Reading packages was cancelled.' : `The packages could not be read: ${why}`,
    })
  } finally {
    job.end()
  }
}

/** Takes a package out; sources are no longer held against profiles that nobody offers any more. */
export function removePackage(path: string): void {
  actAtOnce((project) => {
    const schemas = new Map(project.schemas)
    schemas.delete(path)
    const left = new Set(offeredProfiles(packagesOf({ schemas })).map(({ url }) => url))
    const sources = project.sources.map((source) => {
      const { profiles, ...rest } = source
      const kept = profiles?.filter((url) => left.has(url)) ?? []
      return profiles === undefined || kept.length === profiles.length
        ? source
        : kept.length === 0
          ? rest
          : { ...rest, profiles: kept }
    })
    return { ok: true, project: { ...project, schemas, sources } }
  })
}

/** Profiles that every resource of their type in this source has to fit, sorted by address. */
export function chooseProfiles(id: string, chosen: readonly string[]): void {
  actAtOnce((project) => {
    const sources = project.sources.map((source) => {
      if (source.id !== id) return source
      const { profiles: _, ...rest } = source
      return chosen.length === 0 ? rest : { ...rest, profiles: [...new Set(chosen)].sort() }
    })
    return { ok: true, project: { ...project, sources } }
  })
}
