/** Compare: the current map over the future one, what each step became, and what merely moved. */
import { useWorkspace } from '../../workspace/state.ts'
import { CompareEditor } from './compare-editor.tsx'
import { WorkflowMissing } from './workflow-missing.tsx'

export function ComparePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id)?.workflow ?? null)
  return workflow ? <CompareEditor workflow={workflow} /> : <WorkflowMissing id={id} />
}
