/** All workflow pairs of the project, with how much is traced and what was found; and a new one. */
import { useState } from 'react'
import { traceOf } from '../../../core/workflow/trace.ts'
import { isStep } from '../../../core/workflow/workflow.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState, PageHead } from '../../components/panel.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import { addWorkflow } from '../../workspace/workflows.ts'
import { TextArea } from './text-area.tsx'
import styles from './workflow-table.module.css'

export function WorkflowsPage() {
  const workflows = useWorkspace((w) => w.workflows)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  return (
    <>
      <PageHead title="Workflows" />
      {workflows.size === 0 ? (
        <EmptyState title="No workflow yet">
          <p>A workflow is a current and a future map of the same work. Name the work first, such as “Medication refill”.</p>
          <NewWorkflow disabled={readOnly} />
        </EmptyState>
      ) : (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">Workflow</th>
                <th scope="col">Steps now</th>
                <th scope="col">Steps next</th>
                <th scope="col">Traced</th>
                <th scope="col">Digitized bottlenecks</th>
              </tr>
            </thead>
            <tbody>
              {[...workflows.keys()].sort().map((id) => (
                <Row key={id} id={id} />
              ))}
            </tbody>
          </table>
          <NewWorkflow disabled={readOnly} />
        </>
      )}
    </>
  )
}

function Row({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id)?.workflow)
  const result = useWorkspace((w) => w.results.get(id))
  if (!workflow) return null
  const now = [...workflow.current.nodes.values()].filter(isStep).length
  const next = [...workflow.future.nodes.values()].filter(isStep).length
  const open = traceOf(workflow).untraced.current.length
  const moved = result?.comparison.findings.filter((finding) => finding.outcome === 'digitized').length
  return (
    <tr>
      <th scope="row">
        <a href={`#/workflow/${id}/compare`}>{workflow.current.label || id}</a>
      </th>
      <td>{now}</td>
      <td>{next}</td>
      <td>
        {now - open}/{now}
      </td>
      <td>{moved ?? 'not computed yet'}</td>
    </tr>
  )
}

function NewWorkflow({ disabled }: { readonly disabled: boolean }) {
  const [label, setLabel] = useState('')
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (label.trim() === '' || disabled) return
        location.hash = `#/workflow/${addWorkflow(label.trim())}/compare`
      }}
    >
      <TextArea label="Name of a new workflow" value={label} onChange={setLabel} lines={1} />
      <Button type="submit" isDisabled={disabled || label.trim() === ''}>
        Add workflow
      </Button>
    </form>
  )
}
