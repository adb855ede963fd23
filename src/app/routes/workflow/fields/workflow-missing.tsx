/** The page of an address that names no workflow of the project. */
import { EmptyState, PageHead } from '../../../components/panel.tsx'

export function WorkflowMissing({ id }: { readonly id: string }) {
  return (
    <>
      <PageHead title="Workflow not found" />
      <EmptyState title={`This project has no workflow “${id}”.`}>
        <a href="#/workflow">See all workflows</a>
      </EmptyState>
    </>
  )
}
