/** Digests of the inputs of a run, made the same way when the run is written and when its evidence is judged. */
import { digestOf, type Json } from '../canonical.ts'
import type { WorkflowDocuments } from '../project/project.ts'
import { readGraph, readTrace } from '../workflow/read.ts'
import { readScenario } from '../workflow/read-scenario.ts'
import type { Workflow } from '../workflow/workflow.ts'
import { workflowDigest } from '../workflow/write.ts'

/** Field map and value maps together, by path; null where the project has none. */
export function mappingDigest(mapping: ReadonlyMap<string, string>): string | null {
  return mapping.size === 0 ? null : digestOf(byPath(mapping))
}

/** All schemas together, by path. */
export function schemasDigest(schemas: ReadonlyMap<string, Json>): string {
  return digestOf(byPath(schemas))
}

const opened = new WeakMap<WorkflowDocuments, { readonly workflow: Workflow; readonly digest: string }>()

/** A workflow pair with its digest as runs record it. Documents are immutable, so each is read once. */
export function openedWorkflow(documents: WorkflowDocuments): { readonly workflow: Workflow; readonly digest: string } {
  const known = opened.get(documents)
  if (known) return known
  const workflow: Workflow = {
    id: documents.id,
    current: readGraph(documents.current ?? {}, 'current').value,
    future: readGraph(documents.future ?? {}, 'future').value,
    trace: readTrace(documents.trace ?? []).value,
    scenario: documents.scenario === null ? null : readScenario(documents.scenario).value,
  }
  const made = { workflow, digest: workflowDigest(workflow) }
  opened.set(documents, made)
  return made
}

function byPath(files: ReadonlyMap<string, Json>): Json {
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => [path, content])
}
