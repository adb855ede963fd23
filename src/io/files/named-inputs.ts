/** What the names on a command line stand for: files, folders, patterns and pipes; a name that stands for nothing gets a sentence of its own. */
import type { Stats } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { counted } from '../../core/counted.ts'
import { isPattern, matchingFiles } from './patterns.ts'

export interface NamedInputs {
  /** In the order of the names, those of one name sorted, each file once. */
  readonly paths: readonly string[]
  /** One sentence for each name that stands for nothing. */
  readonly missing: readonly string[]
  /** Papers and pictures beside the data of a folder. */
  readonly passedOver: readonly string[]
}

/** What a bulk export remembers of itself, and settings of the command line, lie beside files and are no data. */
const notData: ReadonlySet<string> = new Set(['export-job.json', 'carryover.json'])
/** What people put beside data in a folder; a file that is named itself is taken whatever it is called. */
const aboutData =
  /^(license|licence|readme|copying|notice|changelog|authors|contributing)(\.(txt|md|rst|html?|pdf))?$|\.(md|rst|pdf|docx?|html?|png|jpe?g|gif|svg|exe)$/i

/** True for papers and pictures beside the data of a folder. @param path whose last part is looked at */
export function isAboutData(path: string): boolean {
  return aboutData.test(basename(path))
}

/** A name is looked for as it stands first: a file may be called `a[1].csv`. */
export async function namedInputs(names: readonly string[]): Promise<NamedInputs> {
  const paths = new Map<string, string>()
  const missing: string[] = []
  const passedOver: string[] = []
  const take = (path: string): void => {
    if (!paths.has(resolve(path))) paths.set(resolve(path), path)
  }
  for (const name of names) {
    const status = await stat(name).catch((error: unknown) => codeOf(error))
    if (typeof status !== 'string') {
      if (!status.isDirectory()) take(name)
      else {
        const inside = await folderFiles(name)
        if (typeof inside === 'string') missing.push(inside)
        else {
          inside.data.forEach(take)
          passedOver.push(...inside.papers)
        }
      }
    } else if (isPattern(name)) {
      const found = await matchingFiles(name)
      found.forEach(take)
      if (found.length === 0) missing.push(await nothingMatches(name))
    } else missing.push(await nothingAt(name, status))
  }
  return { paths: [...paths.values()], missing, passedOver }
}

async function folderFiles(folder: string): Promise<{ readonly data: string[]; readonly papers: string[] } | string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => codeOf(error))
  if (typeof entries === 'string') return `The folder ${folder} can not be read${reasonOf(entries)}.`
  const seen = entries.filter(({ name }) => !name.startsWith('.'))
  const files: string[] = []
  let folders = 0
  for (const entry of seen) {
    const path = join(folder, entry.name)
    const status: Stats | null = entry.isSymbolicLink() ? await stat(path).catch(() => null) : null
    if (entry.isDirectory() || status?.isDirectory()) folders++
    else if ((entry.isFile() || status?.isFile()) && !notData.has(entry.name)) files.push(path)
  }
  const papers = files.filter(isAboutData).sort()
  const data = files.filter((path) => !papers.includes(path)).sort()
  if (data.length > 0) return { data, papers }
  if (papers.length > 0)
    return `The folder ${folder} holds no data, only ${papers.map((path) => basename(path)).join(', ')}. Name a file to have it read.`
  if (folders > 0)
    return `The folder ${folder} holds no files, but ${counted(folders, 'folder')}. Give "${join(folder, '**')}" to read the files below it.`
  return entries.length === 0
    ? `The folder ${folder} is empty. Put the files in it, or name another folder.`
    : `The folder ${folder} holds only hidden files and links that lead nowhere. Name a file to have it read.`
}

async function nothingMatches(pattern: string): Promise<string> {
  // The part before the first sign of a pattern says how far the way exists.
  const segments = pattern.split('/')
  const first = segments.findIndex(isPattern)
  const folder = segments.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.')
  const entries = await readdir(folder).catch(() => null)
  if (entries === null) return `No file matches "${pattern}": there is no folder ${folder}.`
  return `No file matches "${pattern}"; ${folder === '.' ? 'the working folder' : folder} holds ${entries.length === 0 ? 'nothing' : counted(entries.length, 'other name')}.`
}

async function nothingAt(name: string, code: string): Promise<string> {
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return `${name} can not be read${reasonOf(code)}.`
  if ((await lstat(name).catch(() => null)) !== null) return `${name} is a link that leads nowhere.`
  const folder = dirname(name)
  const there = await stat(folder).catch(() => null)
  return there?.isDirectory()
    ? `There is no file or folder ${name}. Check the spelling.`
    : `There is no file or folder ${name}: the folder ${folder} is not there either.`
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ENOENT'
}

function reasonOf(code: string): string {
  const known: Readonly<Record<string, string>> = {
    EACCES: ': you may not read it',
    EPERM: ': you may not read it',
    ELOOP: ': its links lead in a circle',
    ENAMETOOLONG: ': its name is too long',
  }
  return known[code] ?? ` (${code})`
}
