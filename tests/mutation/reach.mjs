/** What a test file reaches by its imports, and one digest of all of it: a result holds for as long as that stays the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { root } from '../../scripts/setup.mjs'
import { digest } from './mutants.mjs'

export const read = (path) => readFileSync(join(root, path), 'utf8')

/** All tests of a folder, but those that run for minutes. */
export function testsIn(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.test.ts') && !name.endsWith('.long.test.ts'))
    .map((name) => `${folder}/${name}`)
    .sort()
}

// Types leave nothing behind to run, hence what is imported as a type alone is not reached.
const importing =
  /^\s*(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s*)?'(\.[^']+\.(?:ts|mjs|json))'|import\(\s*'(\.[^']+\.(?:ts|mjs|json))'/gm

/** Paths are relative to the project. Everything is read once: measure anew after a change. */
export function reachOfTests() {
  const imports = new Map()
  const digests = new Map()
  const reached = new Map()
  const importsOf = (path) => {
    if (!imports.has(path)) {
      const text = existsSync(join(root, path)) ? read(path) : ''
      digests.set(path, digest(text))
      const names = [...text.matchAll(importing)].map(([, written, asked]) => written ?? asked)
      imports.set(
        path,
        names.map((name) => posix.join(posix.dirname(path), name)),
      )
    }
    return imports.get(path)
  }
  const filesOf = (path) => {
    if (!reached.has(path)) {
      const met = new Set([path])
      for (const one of met) for (const next of importsOf(one)) met.add(next)
      reached.set(path, [...met].sort())
    }
    return reached.get(path)
  }
  const kept = keptFiles()
  return {
    reaches: (path, folder) => filesOf(path).some((one) => one.startsWith(`${folder}/`)),
    stamp: (path) => digest(kept + filesOf(path).map((one) => `${one} ${digests.get(one)}`)).slice(0, 16),
  }
}

/** Files that tests open by their path instead of importing them. */
function keptFiles() {
  const files = ['samples', 'tests/core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => /\.(json|csv)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  return digest(
    files
      .sort()
      .map((path) => digest(read(path)))
      .join('\n'),
  )
}
