/** FHIR packages that a project keeps, for runs of the project: what its app would judge with. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keptPackages } from '../core/data/fhir/packages/kept-package.ts'
import type { JsonObject } from '../core/data/record.ts'
import { readProject } from '../io/store-node.ts'
import { isProject } from './project-inputs.ts'
import { InputError } from './usage-error.ts'

export async function definitionsOfProjects(names: readonly string[]): Promise<readonly JsonObject[]> {
  const definitions: JsonObject[] = []
  for (const name of names) {
    if (name === '-' || !(await isProject(name))) continue
    const schemas = await schemasOf(name)
    definitions.push(
      ...keptPackages(schemas.map(([path, text]) => [path, parsed(name, path, text)])).flatMap((one) => one.definitions),
    )
  }
  return definitions
}

async function schemasOf(project: string): Promise<(readonly [path: string, text: string])[]> {
  const isPackage = (path: string): boolean => /^schemas\/[^/]+\.package\.json$/.test(path)
  if (project.endsWith('.carryover'))
    return [...(await readProject(project))]
      .filter(([path]) => isPackage(path))
      .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])
  const names = await readdir(join(project, 'schemas')).catch(() => [])
  const paths = names.map((name) => `schemas/${name}`).filter(isPackage)
  return Promise.all(paths.sort().map(async (path) => [path, await readFile(join(project, ...path.split('/')), 'utf8')] as const))
}

/** A package that can not be read ends the run: profiles that were silently left out would look like passed ones. */
function parsed(project: string, path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InputError(`${project}: ${path} is not valid JSON. Load the package again in the app, or remove the file.`)
  }
}
