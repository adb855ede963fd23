/** Rows of the files of a project, as the board counts them. */

import type { Project } from '../../project/format/project.ts'
import { daysBetween } from '../../values/day.ts'
import { type InputEvidence, type InputKind, inputPath } from '../input-files/files.ts'

import { isExample } from './examples.ts'
import { openedInput } from './opened.ts'

/**
 * Rows of the file of this kind; null where the project has none that the board would count: one that lacks a needed column, is refused, or is
 * an example of a fictional clinic.
 * @param asOf a file that tells of a later day does not count either
 */
export function rowsOf<K extends InputKind>(
  project: Pick<Project, 'other' | 'ledger'>,
  kind: K,
  asOf?: string,
): InputEvidence[K]['rows'] | null {
  const bytes = project.other.get(inputPath(kind))
  if (!bytes || isExample(project, kind)) return null
  const { table } = openedInput(kind, bytes)
  const early = asOf !== undefined && table.newest !== null && daysBetween(table.newest, asOf) < 0
  return table.missing.length > 0 || table.refused !== null || early ? null : table.rows
}
