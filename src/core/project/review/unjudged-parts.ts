/** Parts of the record that the current run knows no entry of. */
import { domainsWithoutEntry } from '../../review/plan/known-parts.ts'
import type { Project } from '../format/project.ts'

export function unjudgedParts({ runs }: Pick<Project, 'runs'>): ReadonlySet<string> {
  return domainsWithoutEntry(runs.findLast(({ partial }) => !partial)?.pairing?.bySafety)
}
