/** Compare: the current map over the future one, what each step became, and what merely moved. */
import { Note } from '../../components/panel.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import { CompareEditor } from './compare-editor.tsx'

export function ComparePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id)?.workflow ?? null)
  if (!workflow)
    return (
      <>
        <h1 id="page-title" tabIndex={-1}>
          Workflow not found
        </h1>
        <Note mark="warning">
          This project has no workflow “{id}”. <a href="#/workflow">See all workflows</a>
        </Note>
      </>
    )
  return <CompareEditor workflow={workflow} />
}
