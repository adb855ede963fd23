/** A project folder or `.carryover` file as inputs: its sources with the sides, schemas and choices of reading the app would use. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { ReadingChoices, SourceEntry } from '../../core/data/model/source.ts'
import type { ValidateSource } from '../../core/data/model/validation.ts'
import { paths } from '../../core/project/format/documents.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { type RunInput, runInput, runSources } from '../../core/project/runs/run-input.ts'
import { isMembers } from '../../core/values/json.ts'
import { pathSource } from '../../io/files/files-node.ts'
import { type PlacedSource, placedSource } from '../../io/s3/placed-sources.ts'
import { StoreError } from '../../io/s3/s3-store.ts'
import { readProject } from '../../io/store/store-node.ts'
import { InputError } from '../shell/usage-error.ts'

/** A folder whose `carryover.json` is a manifest; settings of the command line have the same name and no `formatVersion`. */
export async function isProject(path: string): Promise<boolean> {
  if (path.endsWith('.carryover')) return true
  const text = await readFile(join(path, 'carryover.json'), 'utf8').catch(() => null)
  return text !== null && !isSettings(text)
}

/** What can not be parsed counts as a damaged manifest. */
export function isSettings(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text)
    return isMembers(json) && !('formatVersion' in json) && !('id' in json)
  } catch {
    return false
  }
}

/** A project among the inputs of a run. */
export interface OpenedProject {
  readonly path: string
  readonly project: Project
}

export async function openProjectAt(path: string): Promise<OpenedProject> {
  const isFolder = await isFolderAt(path)
  const { project, problems } = openProject(isFolder ? await documentsOf(path) : await unpacked(path))
  const fault = problems.find((problem) => project === null || restsOn(problem.path))
  if (project === null || fault)
    throw new InputError(`${path}: ${fault?.path ?? paths.manifest}: ${fault?.what ?? 'it is no project'}`)
  return { path, project }
}

/** Documents that a run rests on: where one can not be read, it would be made with less than the project has. */
function restsOn(path: string): boolean {
  return path === paths.sources || path === paths.baseline || path.startsWith('schemas/')
}

/** What the core says that a run of this project rests on. */
export function runInputOf({ path, project }: OpenedProject, today: string): RunInput {
  const read = runInput(project, today)
  if (!read.ok) throw new InputError(`${read.path} of ${path}: ${read.problem}`)
  return read.input
}

/** `reading` is what flags say; it wins over the project. @param place where the files lie, where that is not the project */
export async function projectInputs(
  { path, project }: OpenedProject,
  reading: ReadingChoices,
  place?: string,
): Promise<{ inputs: ValidateSource[]; paths: string[] }> {
  if (project.sources.length === 0)
    throw new InputError(`${path} has no sources yet. Add files to the project, or name the files instead.`)
  const isFolder = await isFolderAt(path)
  const missing: string[] = []
  const inputs: ValidateSource[] = []
  const found: string[] = []
  for (const { entry, ...given } of runSources(project)) {
    const at =
      place === undefined ? await sourceOf(entry, isFolder ? path : dirname(path), isFolder) : await sourceAt(place, entry)
    if (at === null) missing.push(entry.name)
    else {
      inputs.push({ ...given, source: at.source, reading: { ...given.reading, ...reading } })
      found.push(at.path)
    }
  }
  if (missing.length > 0)
    throw new InputError(
      `${path} names ${missing.length} of ${project.sources.length} sources that are not there: ${missing.join(', ')}. Put the files into ${place ?? (isFolder ? join(path, 'private') : dirname(path))}, or name the files to check instead.`,
    )
  return { inputs, paths: found }
}

async function isFolderAt(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true
}

/** In the project's own folder for private files; a `.carryover` file holds none, so its sources stand beside it. */
async function sourceOf({ name, side }: SourceEntry, folder: string, isFolder: boolean): Promise<PlacedSource | null> {
  for (const path of [join(folder, 'private', side, name), ...(isFolder ? [] : [join(folder, name)])]) {
    const source = await pathSource(path).catch(() => null)
    if (source !== null) return { source, path }
  }
  return null
}

async function sourceAt(place: string, { side, name }: SourceEntry): Promise<PlacedSource | null> {
  return await placedSource(place, side, name).catch((error: unknown) => {
    throw error instanceof StoreError ? new InputError(error.message) : error
  })
}

async function unpacked(path: string): Promise<ProjectFiles> {
  return readProject(path).catch((error: unknown) => {
    throw error instanceof StoreProblem ? new InputError(error.message) : error
  })
}

/** Everything but `private/`, whose files may be of any size and are read as streams. */
async function documentsOf(path: string): Promise<ProjectFiles> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const top of await readdir(path, { withFileTypes: true })) {
    if (top.name === 'private' || top.name === 'node_modules' || top.name.startsWith('.')) continue
    const root = join(path, top.name)
    const entries = top.isDirectory() ? await readdir(root, { recursive: true, withFileTypes: true }) : [top]
    for (const entry of entries) {
      const full = join(entry.parentPath, entry.name)
      if (entry.isFile()) files.set(relative(path, full).split(sep).join('/'), new Uint8Array(await readFile(full)))
    }
  }
  return files
}
