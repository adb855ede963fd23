/** A project on disk: a folder or a `.carryover` file; written under a temporary name, read back, then renamed. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { packProject, unpackProject } from '../core/project/bundle.ts'
import type { ProjectFiles } from '../core/project/project.ts'
import { StoreProblem } from '../core/project/store.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Files of a project folder or bundle. Version control and hidden folders are left alone. */
export async function readProject(path: string): Promise<ProjectFiles> {
  const info = await stat(path).catch((error: unknown) => {
    throw new StoreProblem(
      'unreadable',
      `${path} can not be read: there is no such file or folder, or it may not be opened.`,
      error,
    )
  })
  if (!info.isDirectory()) return unpacked(path, new Uint8Array(await readFile(path)))
  const files = new Map<string, Bytes>()
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    const inside = relative(path, full).split(sep).join('/')
    const hidden = inside.split('/').some((segment) => segment === '.git' || segment === 'node_modules')
    if (entry.isFile() && !hidden && !inside.endsWith(temporary)) files.set(inside, new Uint8Array(await readFile(full)))
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function unpacked(path: string, bytes: Bytes): ProjectFiles {
  const result = unpackProject(bytes)
  if (!result.ok) throw new StoreProblem('unreadable', `${path}: ${result.problem}`)
  return result.files
}

/** Writes a bundle when the path ends in `.carryover`, otherwise a folder, where only changed files are touched and none is removed. */
export async function writeProject(path: string, files: ProjectFiles): Promise<void> {
  if (path.endsWith('.carryover')) {
    await replaceFile(path, packProject(files))
    return
  }
  for (const [inside, bytes] of files) {
    const full = join(path, ...inside.split('/'))
    const before = await readFile(full).catch(() => null)
    if (before === null || !before.equals(bytes)) await replaceFile(full, bytes)
  }
}

const temporary = '.carryover-new'

async function replaceFile(path: string, bytes: Bytes): Promise<void> {
  const fresh = `${path}${temporary}`
  try {
    await mkdir(dirname(path), { recursive: true })
    const file = await open(fresh, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!(await readFile(fresh)).equals(bytes)) throw new Error('what was read back differs from what was written')
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    const why = error instanceof Error ? error.message : String(error)
    throw full
      ? new StoreProblem('full', `There is no room left to write ${path}. The earlier file is unchanged.`, error)
      : new StoreProblem('unavailable', `${path} can not be written: ${why}. The earlier file is unchanged.`, error)
  }
}
