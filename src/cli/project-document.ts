/** One document of a project folder or `.carryover` file, without reading what else is in it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readProject } from '../io/store-node.ts'

/** Text of the document at `inside`; null where the project has none. */
export async function projectDocument(project: string, inside: string): Promise<string | null> {
  if (!project.endsWith('.carryover')) return readFile(join(project, ...inside.split('/')), 'utf8').catch(() => null)
  const bytes = (await readProject(project)).get(inside)
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}
