/** A workflow and its four files in a project: `workflows/<id>/{current,future,trace,scenario}.json`. */
import type { Json } from '../../canonical.ts'
import type { Read, ReadProblem } from '../../values/partial-document.ts'
import { readGraph, readTrace } from './read.ts'
import { readScenario } from './read-scenario.ts'
import { emptyWorkflow, type Workflow } from './workflow.ts'
import { graphText, scenarioText, traceText } from './write.ts'

/** Parsed JSON of each file; a file that is not there is left out. */
export interface WorkflowFiles {
  readonly current?: unknown
  readonly future?: unknown
  readonly trace?: unknown
  readonly scenario?: unknown
}

export interface FileProblem extends ReadProblem {
  readonly file: string
}

export function readWorkflow(
  id: string,
  files: WorkflowFiles,
): { readonly value: Workflow; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = []
  const empty = emptyWorkflow(id)
  const take = <T>(file: string, given: unknown, otherwise: T, read: (json: unknown) => Read<T>): T => {
    if (given === undefined) return otherwise
    const done = read(given)
    for (const problem of done.problems) problems.push({ ...problem, file: `workflows/${id}/${file}.json` })
    return done.value
  }
  return {
    value: {
      id,
      current: take('current', files.current, empty.current, (json) => readGraph(json, 'current')),
      future: take('future', files.future, empty.future, (json) => readGraph(json, 'future')),
      trace: take('trace', files.trace, empty.trace, readTrace),
      scenario: take('scenario', files.scenario, empty.scenario, readScenario),
    },
    problems,
  }
}

/** The parsed files of a workflow; the scenario is null where there is none. */
export function documentsOf(workflow: Workflow): {
  readonly id: string
  readonly current: Json
  readonly future: Json
  readonly trace: Json
  readonly scenario: Json | null
} {
  return {
    id: workflow.id,
    current: JSON.parse(graphText(workflow.current)),
    future: JSON.parse(graphText(workflow.future)),
    trace: JSON.parse(traceText(workflow.trace)),
    scenario: workflow.scenario === null ? null : JSON.parse(scenarioText(workflow.scenario)),
  }
}

/** Path inside the project → text; the scenario only when there is one. */
export function writeWorkflow(workflow: Workflow): ReadonlyMap<string, string> {
  const folder = `workflows/${workflow.id}`
  const files = new Map([
    [`${folder}/current.json`, graphText(workflow.current)],
    [`${folder}/future.json`, graphText(workflow.future)],
    [`${folder}/trace.json`, traceText(workflow.trace)],
  ])
  if (workflow.scenario) files.set(`${folder}/scenario.json`, scenarioText(workflow.scenario))
  return files
}
