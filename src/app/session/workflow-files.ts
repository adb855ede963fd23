/** The workflows of a project's documents, ready to be edited. */
import type { Project } from '../../core/project/format/project.ts'
import { readGraph, readTrace } from '../../core/workflow/map/read.ts'
import { readScenario } from '../../core/workflow/map/read-scenario.ts'
import { emptyGraph } from '../../core/workflow/map/workflow.ts'
import type { OpenWorkflow } from './state.ts'

/** `trouble` names what could not be read as drawn, in sentences. */
export function openWorkflows(project: Project): { workflows: ReadonlyMap<string, OpenWorkflow>; trouble: string[] } {
  const trouble: string[] = []
  const workflows = new Map<string, OpenWorkflow>()
  for (const { id, current, future, trace, scenario } of project.workflows) {
    const graphs = [
      current === null ? null : readGraph(current, 'current'),
      future === null ? null : readGraph(future, 'future'),
    ] as const
    const links = readTrace(trace ?? [])
    const setting = scenario === null ? null : readScenario(scenario)
    for (const read of [...graphs, links, setting])
      for (const problem of read?.problems ?? []) trouble.push(`Workflow ${id}: ${problem}`)
    const workflow = {
      id,
      current: graphs[0]?.value ?? emptyGraph(id, 'current'),
      future: graphs[1]?.value ?? emptyGraph(id, 'future'),
      trace: links.value,
      scenario: setting?.value ?? null,
    }
    workflows.set(id, { workflow, undo: [], redo: [] })
  }
  return { workflows, trouble }
}
