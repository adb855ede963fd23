/** Patterns of file names: `*`, `?`, `[a-z]`, `[!a]`, `{a,b}` and `**` for any folders between. */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export function isPattern(text: string): boolean {
  return /[*?[\]{}]/.test(text)
}

/** Files that a pattern matches, sorted, each once; names that begin with a dot only where the pattern has the dot. */
export async function matchingFiles(pattern: string): Promise<string[]> {
  const found = new Set<string>()
  for (const one of expandBraces(pattern)) {
    const segments = one.split('/').filter((segment, index) => segment !== '' || index === 0)
    const rooted = segments[0] === ''
    await walk(rooted ? '/' : '', rooted ? segments.slice(1) : segments, found)
  }
  return [...found].sort()
}

/** Most names that the braces of one pattern may stand for: each pair of braces doubles them. */
const mostNames = 1_000

export class TooManyNames extends Error {
  readonly exitCode = 2
}

/**
 * `{a,b{c,d}}` written out; braces without a comma or without their other half stand for themselves.
 * @throws TooManyNames
 */
export function expandBraces(pattern: string): string[] {
  const names: string[] = []
  for (const name of expansions(pattern)) {
    if (names.length === mostNames)
      throw new TooManyNames(
        `The braces of the pattern ${pattern.slice(0, 60)}… stand for more than 1,000 names. Use * instead, or name fewer at once.`,
      )
    names.push(name)
  }
  return names
}

function* expansions(pattern: string): Generator<string> {
  for (let open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
    const commas: number[] = []
    let depth = 0
    for (let at = open; at < pattern.length; at++) {
      const char = pattern[at]
      if (char === '{') depth++
      else if (char === ',' && depth === 1) commas.push(at)
      else if (char === '}' && --depth === 0) {
        if (commas.length === 0) break
        const cuts = [open, ...commas, at]
        const parts = cuts.slice(1).map((cut, index) => pattern.slice((cuts[index] ?? 0) + 1, cut))
        for (const part of parts) yield* expansions(pattern.slice(0, open) + part + pattern.slice(at + 1))
        return
      }
    }
  }
  yield pattern
}

async function walk(folder: string, segments: readonly string[], found: Set<string>): Promise<void> {
  const [segment = '', ...rest] = segments
  if (segment === '**') {
    await walk(folder, rest.length === 0 ? ['*'] : rest, found)
    // Links are not followed here: they may lead back.
    for (const entry of await entriesOf(folder))
      if (entry.isDirectory() && !entry.name.startsWith('.')) await walk(join(folder, entry.name), segments, found)
    return
  }
  if (!isPattern(segment)) {
    const path = join(folder, segment)
    if (rest.length > 0) await walk(path, rest, found)
    else if (await isFile(path)) found.add(path)
    return
  }
  const expression = segmentExpression(segment)
  for (const entry of await entriesOf(folder)) {
    if (!expression.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (rest.length > 0) await walk(path, rest, found)
    else if (entry.isFile() || (!entry.isDirectory() && (await isFile(path)))) found.add(path)
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(() => [])
}

async function isFile(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null)
  return status !== null && !status.isDirectory()
}

/** One part of a path between slashes. */
export function segmentExpression(segment: string): RegExp {
  let source = segment.startsWith('.') ? '' : '(?!\\.)'
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at] ?? ''
    const end = char === '[' ? segment.indexOf(']', at + 2) : -1
    if (char === '*') source += '.*'
    else if (char === '?') source += '.'
    else if (end > 0) {
      const inside = segment.slice(at + 1, end).replace(/[\\\]^]/g, '\\$&')
      source += `[${inside.replace(/^(!|\\\^)/, '^')}]`
      at = end
    } else source += char.replace(/[\\^$.|+()[\]{}]/, '\\$&')
  }
  try {
    return new RegExp(`^${source}$`, 'su')
  } catch {
    // A range such as [z-a]: the name itself is meant.
    return new RegExp(`^${segment.replace(/[\\^$.*?|+()[\]{}]/g, '\\$&')}$`, 's')
  }
}
