/** Steps between format versions: each takes the files of one version and gives those of the next, in memory; old bytes are never rewritten unasked. */
import type { ProjectFiles } from './project.ts'

/** One step, one file in this folder, with a project before and after as its example. */
export interface Migration {
  readonly from: number
  readonly to: number
  readonly migrate: (files: ProjectFiles) => ProjectFiles
  readonly example: { readonly before: ProjectFiles; readonly after: ProjectFiles }
}

/** In order; version 1 is the first, so no step leads to it. */
export const migrations: readonly Migration[] = []

/** Brings files of an older version up to `version`; null when a step is missing. */
export function migrateFiles(
  files: ProjectFiles,
  from: number,
  version: number,
  steps: readonly Migration[] = migrations,
): ProjectFiles | null {
  let at = from
  let result = files
  while (at < version) {
    const step = steps.find((each) => each.from === at)
    if (!step) return null
    result = step.migrate(result)
    at = step.to
  }
  return result
}
