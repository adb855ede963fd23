/** The workflows of a project, and a way to begin one. */
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { EmptyState, PageHead } from '../../components/panel.tsx'
import { navigate } from '../../frame/hash-location.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { addWorkflow } from '../../workspace/workflows.ts'
import styles from './workflows.module.css'

export function WorkflowsPage() {
  const workflows = useWorkspace((w) => w.workflows)
  const [name, setName] = useState('')
  return (
    <>
      <PageHead title="Workflows" />
      {workflows.size === 0 ? (
        <EmptyState title="No workflow yet">
          <p>
            A workflow is a pair: how the work is done today and how it shall be done. Name one, for example “Medication refill”.
          </p>
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {[...workflows].map(([id, { workflow }]) => (
            <li key={id}>
              <a href={`#/workflow/${id}/compare`}>{workflow.current.label || id}</a>
              <span className="muted">
                {workflow.current.nodes.size} steps and marks today, {workflow.future.nodes.size} in the future map
              </span>
            </li>
          ))}
        </ul>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') navigate(`/workflow/${addWorkflow(name.trim())}/compare`)
        }}
      >
        <Field label="Name of the new workflow" value={name} onChange={setName} />
        <Button type="submit" look="primary" isDisabled={name.trim() === ''}>
          Begin workflow
        </Button>
      </form>
    </>
  )
}
