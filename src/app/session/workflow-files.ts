/** The workflows of a project's documents, ready to be edited. */
import type { Project } from '../../core/project/format/project.ts'
import { readGraph, readTrace } from '../../core/workflow/map/read.ts'
import { readScenario } from '../../core/workflow/map/read-scenario.ts'
import { emptyGraph, type Workflow } from '../../core/workflow/map/workflow.ts'

/** `trouble` names what could not be read as drawn, in sentences. */
export function openWorkflows(project: Project): { workflows: ReadonlyMap<string, Workflow>; trouble: string[] } {
  const trouble: string[] = []
  const workflows = new Map<string, Workflow>()
  for (const { id, current, future, trace, scenario } of project.workflows) {
    const graphs = [
      current === null ? null : readGraph(current, 'current'),
      future === null ? null : readGraph(future, 'future'),
    ] as const
    const links = readTrace(trace ?? [])
    const setting = scenario === null ? null : readScenario(scenario)
    for (const read of [...graphs, links, setting])
      for (const problem of read?.problems ?? []) trouble.push(`Workflow ${id}: ${problem}`)
    workflows.set(id, {
      id,
      current: graphs[0]?.value ?? emptyGraph(id, 'current'),
      future: graphs[1]?.value ?? emptyGraph(id, 'future'),
      trace: links.value,
      scenario: setting?.value ?? null,
    })
  }
  return { workflows, trouble }
}
