/** Hazards of the log that speak of what a reader called harmful or wrong: whoever mends it has to know what it can do. */
import type { WorklistFinding } from '../../review/result/worklist.ts'
import type { Hazard } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import { hazardsOf } from './log/hazard-log.ts'

/** By the code and the domain that they come from, as far as they name them; closed ones are left out. */
export function hazardsOfCause(
  project: Pick<Project, 'other' | 'ledger'>,
  { code, domain }: Pick<WorklistFinding, 'code' | 'domain'>,
): readonly Hazard[] {
  return hazardsOf(project).filter(
    ({ status, from }) =>
      status !== 'closed' &&
      (from.code !== null || from.domain !== null) &&
      (from.code === null || from.code === code) &&
      (from.domain === null || from.domain === domain),
  )
}
