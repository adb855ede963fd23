/** The numbers of the last simulation in the open project, so that a reload or a colleague finds its findings at once. */

import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import {
  isOf,
  type KeptResults,
  keptResultsPath,
  keptResultsText,
  readKeptResults,
} from '../../../../core/workflow/simulation/kept-results.ts'
import { changeProject, type WorkflowResult, workspace } from '../../../session/state.ts'

export function keptResults(id: string): KeptResults | null {
  const bytes = workspace().project?.other.get(keptResultsPath(id))
  return bytes === undefined ? null : readKeptResults(bytes)
}

/** Nothing is written for the same state of the same maps: looking at a map changes no project. */
export function storeResults(workflow: Workflow, results: NonNullable<WorkflowResult['results']>): void {
  const { project } = workspace()
  const before = keptResults(workflow.id)
  if (!project || project.readOnly !== null || (before && isOf(before, workflow))) return
  const text = keptResultsText(workflow, results, new Date().toISOString())
  changeProject({ other: new Map(project.other).set(keptResultsPath(workflow.id), new TextEncoder().encode(text)) })
}
