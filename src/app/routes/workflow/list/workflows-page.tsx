/** All workflow pairs of the project, with how much is traced and what was found; and a new one. */
import { useState } from 'react'
import { clinicProcesses, templateMap } from '../../../../../samples/templates/clinic-processes.ts'
import { counted } from '../../../../core/counted.ts'
import { isStep } from '../../../../core/workflow/map/workflow.ts'
import { verdictOf } from '../../../../core/workflow/survival/verdict.ts'
import { proposedSteps, traceOf } from '../../../../core/workflow/trace/trace.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { lastComparison } from '../acts/workflow-flags.ts'
import { nameOfWorkflow, type Removed, restoreWorkflow } from '../acts/workflow-list.ts'
import { useListed } from '../acts/workflow-listing.ts'
import { addWorkflow, editWorkflow } from '../acts/workflows.ts'
import { Folded } from '../fields/folded.tsx'
import { TextArea } from '../fields/text-area.tsx'
import styles from '../table/workflow-table.module.css'
import { ExamplePicker } from './example-picker.tsx'
import { Thresholds } from './thresholds.tsx'
import { WorkflowActions } from './workflow-actions.tsx'

export function WorkflowsPage() {
  const workflows = useWorkspace((w) => w.workflows)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const [removed, setRemoved] = useState<Removed | null>(null)
  const [wanted, setTag] = useState('')
  const { open, away, tags } = useListed()
  const known = [...new Set([...tags].flatMap(([id, own]) => (workflows.has(id) ? own : [])))].sort()
  const tag = known.includes(wanted) ? wanted : ''
  const tagged = (id: string): boolean => tag === '' || (tags.get(id) ?? []).includes(tag)
  return (
    <>
      <PageHead title="Workflows">
        <ButtonLink href="#/workflow/logs">Discover from an event log…</ButtonLink>
        <Thresholds disabled={readOnly} />
      </PageHead>
      <div role="status">
        {removed && (
          <Note mark="info">
            Deleted “{removed.name}”.{' '}
            <Button
              onPress={() => {
                restoreWorkflow(removed)
                setRemoved(null)
              }}
            >
              Undo
            </Button>
          </Note>
        )}
      </div>
      {workflows.size === 0 ? (
        <EmptyState title="No workflow yet" example={ghosts.workflows}>
          <p>A workflow is a current and a future map of the same work. Name the work first, such as “Medication refill”.</p>
          <NewWorkflow disabled={readOnly} />
        </EmptyState>
      ) : (
        <>
          {known.length > 0 && (
            <Select
              label="With the tag"
              value={tag}
              choices={[['', 'All workflows'], ...known.map((each) => [each, each] as const)]}
              onChange={setTag}
            />
          )}
          <WorkflowList ids={open.filter(tagged)} disabled={readOnly} onRemoved={setRemoved} />
          {away.length > 0 && (
            <Folded summary={`Archive: ${counted(away.length, 'workflow')}`}>
              {() => <WorkflowList ids={away.filter(tagged)} disabled={readOnly} onRemoved={setRemoved} />}
            </Folded>
          )}
          <NewWorkflow disabled={readOnly} />
        </>
      )}
    </>
  )
}

function WorkflowList({ ids, ...row }: Omit<RowProps, 'id'> & { readonly ids: readonly string[] }) {
  if (ids.length === 0) return <p className="muted">None has this tag, or all of them are in the archive.</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Workflow</th>
          <th scope="col">Steps now</th>
          <th scope="col">Steps next</th>
          <th scope="col">Traced</th>
          <th scope="col">Digitized bottlenecks</th>
          <th scope="col">Gained</th>
          <th scope="col">Still missing</th>
          <th scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {ids.map((id) => (
          <Row key={id} id={id} {...row} />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly id: string
  readonly disabled: boolean
  readonly onRemoved: (removed: Removed) => void
}

function Row({ id, disabled, onRemoved }: RowProps) {
  const workflow = useWorkspace((w) => w.workflows.get(id))
  const result = useWorkspace((w) => w.results.get(id))
  const own = useListed().tags.get(id) ?? []
  if (!workflow) return null
  const now = [...workflow.current.nodes.values()].filter(isStep).length
  const next = [...workflow.future.nodes.values()].filter(isStep).length
  const open = traceOf(workflow).untraced.current.length + proposedSteps(workflow).length
  const comparison = lastComparison(result ?? null)
  const verdict = comparison ? verdictOf(workflow, comparison) : null
  return (
    <tr>
      <th scope="row">
        <a href={`#/workflow/${id}/compare`}>{nameOfWorkflow(workflow)}</a>
        {own.map((word) => (
          <span key={word} className={`caption muted light outlined ${styles.tag}`}>
            {word}
          </span>
        ))}
      </th>
      <td>{now}</td>
      <td>{next}</td>
      <td>
        {now - open}/{now}
      </td>
      <td>
        {verdict === null ? 'Not judged yet' : verdict.kind === 'judged' ? verdict.digitized : `Not judged: ${verdict.why}`}
      </td>
      <td>{verdict?.kind === 'judged' ? verdict.gained : ''}</td>
      <td>{verdict && verdict.missing.length > 0 ? counted(verdict.missing.length, 'fact') : ''}</td>
      <td>
        <WorkflowActions id={id} name={nameOfWorkflow(workflow)} disabled={disabled} onRemoved={onRemoved} />
      </td>
    </tr>
  )
}

const ownMap = 'own'
const starts: readonly (readonly [string, string])[] = [
  [ownMap, 'Empty: draw it or import it'],
  ...clinicProcesses.map(({ id, title }) => [id, `Template: ${title}`] as const),
]

function NewWorkflow({ disabled }: { readonly disabled: boolean }) {
  const [label, setLabel] = useState('')
  const [from, setFrom] = useState(ownMap)
  const template = clinicProcesses.find(({ id }) => id === from)
  const name = label.trim() === '' ? (template?.title ?? '') : label.trim()
  return (
    <form
      className={`row-end above ${styles.add}`}
      onSubmit={(event) => {
        event.preventDefault()
        if (name === '' || disabled) return
        const id = addWorkflow(name)
        if (template) editWorkflow(id, { kind: 'replace', side: 'current', graph: { ...templateMap(template), id, label: name } })
        location.hash = `#/workflow/${id}/compare`
      }}
    >
      <TextArea label="Name of a new workflow" value={label} onChange={setLabel} lines={1} />
      <Select label="Current map" value={from} choices={starts} onChange={setFrom} />
      <Button type="submit" isDisabled={disabled || name === ''}>
        Add workflow
      </Button>
      <ExamplePicker disabled={disabled} />
      {template && (
        <p className="muted caption">
          Drawn as this work is usually found in clinics. Every fact in it is marked as assumed until somebody watches the work.
        </p>
      )}
    </form>
  )
}
