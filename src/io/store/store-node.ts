/**
 * A project on disk: a folder or a `.carryover` file; written under a temporary name, read back, then renamed. Where several files of a
 * folder change, a note in the folder lists them before the first is renamed: cut off at any moment, the folder is the old project or the new.
 */

import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { utf8 } from '../../core/canonical.ts'
import { packProject, unpackProject } from '../../core/project/format/bundle.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { errorWords } from '../../core/values/error-words.ts'

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
    const hidden = inside === noteName || inside.split('/').some((segment) => segment === '.git' || segment === 'node_modules')
    if (entry.isFile() && !hidden && !inside.endsWith(temporary)) files.set(inside, new Uint8Array(await readFile(full)))
  }
  // A save that was cut off among its renames is whole beside their places.
  for (const inside of await cutOff(path)) {
    const fresh = await contentOf(`${join(path, ...inside.split('/'))}${temporary}`)
    if (fresh !== null) files.set(inside, new Uint8Array(fresh))
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function unpacked(path: string, bytes: Bytes): ProjectFiles {
  const result = unpackProject(bytes)
  if (!result.ok) throw new StoreProblem('unreadable', `${path}: ${result.problem}`)
  return result.files
}

/**
 * Writes a bundle when the path ends in `.carryover`, otherwise a folder, where only changed files are touched and none is removed. All of them are
 * written beside their places first: where one can not be, none has changed.
 */
export async function writeProject(path: string, files: ProjectFiles): Promise<void> {
  if (path.endsWith('.carryover')) return await replaceFiles([{ path, bytes: packProject(files), before: null }])
  await finishCutOff(path)
  const changed: (Replaced & { readonly inside: string })[] = []
  for (const [inside, bytes] of files) {
    const full = join(path, ...inside.split('/'))
    const before = await contentOf(full)
    if (before === null || !before.equals(bytes)) changed.push({ inside, path: full, bytes, before })
  }
  if (changed.length < 2) return await replaceFiles(changed)
  await replaceFiles(changed, { path: join(path, noteName), bytes: utf8(JSON.stringify(changed.map(({ inside }) => inside))) })
}

/** Lists the files of a save while they are renamed. */
const noteName = '.carryover-saving'

/** The files of a save that was cut off; none where all are at their places. */
async function cutOff(folder: string): Promise<readonly string[]> {
  const note = await contentOf(join(folder, noteName))
  if (note === null) return []
  const listed: unknown = JSON.parse(new TextDecoder().decode(note))
  const isInside = (each: unknown): each is string =>
    typeof each === 'string' && each.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
  if (Array.isArray(listed) && listed.every(isInside)) return listed
  throw new StoreProblem('unreadable', `${join(folder, noteName)} is not the list of a save that was cut off. Remove it.`)
}

async function finishCutOff(folder: string): Promise<void> {
  for (const inside of await cutOff(folder)) {
    const full = join(folder, ...inside.split('/'))
    if ((await contentOf(`${full}${temporary}`)) !== null) await rename(`${full}${temporary}`, full)
  }
  await rm(join(folder, noteName), { force: true })
}

/** Null only where no file is: one that can not be read is one that could not be put back. */
async function contentOf(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StoreProblem('unavailable', `${path} can not be read: ${errorWords(error)}. Nothing was changed.`, error)
  }
}

const temporary = '.carryover-new'

interface Replaced {
  readonly path: string
  readonly bytes: Uint8Array
  /** Null where nothing was. */
  readonly before: Uint8Array | null
}

/** @param note written before the first file is renamed, and removed after the last */
async function replaceFiles(
  files: readonly Replaced[],
  note: { readonly path: string; readonly bytes: Uint8Array } | null = null,
): Promise<void> {
  const done: Replaced[] = []
  let now = ''
  try {
    for (const { path, bytes } of [...files, ...(note ? [note] : [])]) {
      now = path
      await writeBeside(path, bytes)
    }
    if (note) await rename(`${note.path}${temporary}`, note.path)
    for (const file of files) {
      now = file.path
      await rename(`${file.path}${temporary}`, file.path)
      done.push(file)
    }
    if (note) await rm(note.path, { force: true })
  } catch (error) {
    const left = await putBack(files, done, note?.path ?? null)
    const what = left.length === 0 ? 'Nothing was changed.' : `These are not as they were: ${left.join(', ')}.`
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    throw full
      ? new StoreProblem('full', `There is no room left to write ${now}. ${what}`, error)
      : new StoreProblem('unavailable', `${now} can not be written: ${errorWords(error)}. ${what}`, error)
  }
}

/** Takes back what was done, as far as it can be; gives the paths of what stays otherwise than it was. */
async function putBack(files: readonly Replaced[], done: readonly Replaced[], note: string | null): Promise<readonly string[]> {
  const left: string[] = []
  if (note !== null)
    for (const path of [`${note}${temporary}`, note]) await rm(path, { force: true }).catch(() => left.push(path))
  for (const { path } of files) await rm(`${path}${temporary}`, { force: true }).catch(() => left.push(`${path}${temporary}`))
  for (const { path, before } of done)
    await (before === null ? rm(path, { force: true }) : writeFile(path, before)).catch(() => left.push(path))
  return left
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<void> {
  const fresh = `${path}${temporary}`
  await mkdir(dirname(path), { recursive: true })
  const there = await stat(path).catch(() => null)
  // Who may read a project is the folder's affair; what holds patients is opened to others by hand.
  const holdsPatients = path.endsWith('.carryover') || path.split(sep).includes('private')
  const file = await open(fresh, 'w', there ? there.mode & 0o777 : holdsPatients ? 0o600 : 0o666)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  if (!(await readFile(fresh)).equals(bytes)) throw new Error('what was read back differs from what was written')
}
