/** Inputs of a run as they are now, with digests made the way the run made them. */
import { digestOf } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import { readGraph, readTrace } from '../../workflow/map/read.ts'
import { readScenario } from '../../workflow/map/read-scenario.ts'
import type { Workflow } from '../../workflow/map/workflow.ts'
import { workflowDigest } from '../../workflow/map/write.ts'
import type { WorkflowDocuments } from '../format/project.ts'

/** Field map and value maps together, by path; null where the project has none. */
export function mappingDigest(mapping: ReadonlyMap<string, string>): string | null {
  return mapping.size === 0 ? null : digestOf([...mapping].sort(([a], [b]) => compareText(a, b)))
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
