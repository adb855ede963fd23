/** The numbers of the last simulation in the open project, so that a reload or a colleague finds its findings at once. */

import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import {
  isOf,
  type KeptResults,
  keptResultsPath,
  keptResultsText,
  readKeptResults,
} from '../../../../core/workflow/simulation/kept-results.ts'
import { draftAtOnce } from '../../../session/act.ts'
import { type WorkflowResult, workspace } from '../../../session/state.ts'

export function keptResults(id: string): KeptResults | null {
  const bytes = workspace().project?.other.get(keptResultsPath(id))
  return bytes === undefined ? null : readKeptResults(bytes)
}

/** Nothing is written for the same state of the same maps: looking at a map changes no project. */
export function storeResults(workflow: Workflow, results: NonNullable<WorkflowResult['results']>): void {
  const { project } = workspace()
  const before = keptResults(workflow.id)
  if (!project || project.readOnly !== null || (before && isOf(before, workflow))) return
  const bytes = new TextEncoder().encode(keptResultsText(workflow, results, new Date().toISOString()))
  const path = keptResultsPath(workflow.id)
  draftAtOnce((open) => ({ ok: true, project: { ...open, other: new Map(open.other).set(path, bytes) } }), false)
}
