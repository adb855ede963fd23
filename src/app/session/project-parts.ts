/** The parts of a project that a change replaces, and the way back from a change that was not kept. */
import type { Project } from '../../core/project/format/project.ts'

/** Documents; whether a project may be written, and what was last saved of it, is no part of what an act changes. */
const parts = [
  'manifest',
  'board',
  'workflows',
  'sources',
  'schemas',
  'mapping',
  'runs',
  'baseline',
  'review',
  'ledger',
  'heads',
  'keys',
  'private',
  'other',
] as const satisfies readonly (keyof Project)[]

export function differs(before: Project, after: Project): boolean {
  return parts.some((part) => before[part] !== after[part])
}

/** What a change replaced. */
export function partsOf(before: Project, after: Project): Partial<Project> {
  return Object.fromEntries(parts.filter((part) => before[part] !== after[part]).map((part) => [part, after[part]]))
}

/**
 * The parts of `now` as they would be had the change from `before` to `after` not happened; null where something that came later rests on it.
 * Files beside those that it changed keep what came later.
 */
export function withoutChange(now: Project, before: Project, after: Project): Partial<Project> | null {
  const back: [string, unknown][] = []
  for (const part of parts) {
    const [was, is, held] = [before[part], after[part], now[part]]
    if (was === is) continue
    const files =
      is === held ? was : was instanceof Map && is instanceof Map && held instanceof Map ? without(held, was, is) : null
    if (files === null) return null
    back.push([part, files])
  }
  return Object.fromEntries(back)
}

type Files = ReadonlyMap<string, unknown>

function without(held: Files, was: Files, is: Files): Files | null {
  const files = new Map(held)
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(path) === is.get(path)) continue
    if (held.get(path) !== is.get(path)) return null
    if (was.has(path)) files.set(path, was.get(path))
    else files.delete(path)
  }
  return files
}
