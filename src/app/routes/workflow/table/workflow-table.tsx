/** One map as a tree table: a row per lane, under it its steps in flow order, and a row that adds one. */
import { useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { isStep, type Lane, type Node, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { captionWords } from '../../../canvas/lane-bands.tsx'
import { Button } from '../../../components/button.tsx'
import { draftBehind } from '../editor/edits.ts'
import { StepRow, type WorkflowTableProps } from './step-row.tsx'
import { moveInTable } from './table-keys.ts'
import styles from './workflow-table.module.css'

const columns = ['Step', 'Kind', 'Medium', 'Role', 'Minutes', 'Wait', 'Next', 'Traced to', 'Findings', 'Remove'] as const

export function WorkflowTable(props: WorkflowTableProps) {
  const { workflow, side, editor, view, readOnly } = props
  const graph = workflow[side]
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const order = rowsOf(workflow, side)
  const lanes: readonly (Lane | null)[] = [
    ...orderedLanes(graph),
    ...(order.some((node) => laneOf(workflow, side, node) === null) ? [null] : []),
  ]
  const toggle = (lane: string): void => {
    const next = new Set(closed)
    if (!next.delete(lane)) next.add(lane)
    setClosed(next)
  }
  return (
    <>
      <div className={`row around ${styles.head}`}>
        <h2>{captionWords(side, view.captions[side])}</h2>
        <Button isDisabled={readOnly} onPress={() => editor.ask({ ask: 'new-lane', side, ids: [] })}>
          Add a lane…
        </Button>
        <Button isDisabled={readOnly} onPress={() => editor.ask({ ask: 'paste', side })}>
          Paste a list…
        </Button>
      </div>
      <div className={`box scroll ${styles.scroll}`}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: HTML has no element for a tree grid, and a table keeps its columns
          role="treegrid"
          aria-label={`${side === 'current' ? 'Current' : 'Future'} map, lanes and steps`}
          onKeyDown={moveInTable}
        >
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column === 'Traced to' && side === 'future' ? 'Traced from' : column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map((lane, index) => {
              const key = lane?.id ?? ''
              const steps = order.filter((node) => (laneOf(workflow, side, node)?.id ?? '') === key)
              const open = !closed.has(key)
              return [
                <tr
                  key={`lane ${key}`}
                  aria-level={1}
                  aria-expanded={open}
                  tabIndex={index === 0 ? 0 : -1}
                  className={styles.lane}
                  onKeyDown={(event) => {
                    if (event.target !== event.currentTarget) return
                    if ((event.key === 'ArrowRight' && !open) || (event.key === 'ArrowLeft' && open)) toggle(key)
                  }}
                >
                  <th scope="row" colSpan={columns.length}>
                    <button
                      type="button"
                      className={`muted ${styles.toggle}`}
                      aria-label={`${open ? 'Close' : 'Open'} ${lane?.label ?? 'no lane'}`}
                      onClick={() => toggle(key)}
                    >
                      <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                        <path
                          d={open ? 'm3 5.5 5 5 5-5' : 'm5.5 3 5 5-5 5'}
                          fill="none"
                          stroke="currentColor"
                          strokeWidth="1.6"
                        />
                      </svg>
                    </button>
                    {lane?.label ?? 'No lane'} <span className="muted">{counted(steps.filter(isStep).length, 'step')}</span>
                  </th>
                </tr>,
                ...(open ? steps.map((node) => <StepRow key={node.id} {...props} node={node} />) : []),
              ]
            })}
          </tbody>
        </table>
      </div>
      <AddRow {...props} />
    </>
  )
}

function AddRow({ workflow, side, editor, readOnly }: WorkflowTableProps) {
  const [label, setLabel] = useState('')
  const last = flowOrder(workflow[side])
    .filter((node) => node.type !== 'end')
    .at(-1)
  const add = (): void => {
    if (label.trim() === '') return
    const { type, lane, x, y, after } = draftBehind(workflow, side, 'step', last?.id ?? null, true)
    editor.edit(
      { kind: 'add-node', side, facts: { type, label: label.trim(), lane, x, y }, ...(after === null ? {} : { after }) },
      `Added ${label.trim()}${last ? `, connected behind ${last.label}` : ''}`,
    )
    setLabel('')
  }
  return (
    <form
      className={`row-end above ${styles.add}`}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <input
        aria-label={`Name of a new step in the ${side} map`}
        placeholder="Name of the next step"
        value={label}
        disabled={readOnly}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Button type="submit" isDisabled={readOnly || label.trim() === ''}>
        Add step
      </Button>
    </form>
  )
}

/** Steps in flow order, then documents and notes. */
function rowsOf(workflow: Workflow, side: WorkflowSide): readonly Node[] {
  const flow = flowOrder(workflow[side])
  const seen = new Set(flow.map((node) => node.id))
  return [...flow, ...[...workflow[side].nodes.values()].filter((node) => !seen.has(node.id))]
}

function laneOf(workflow: Workflow, side: WorkflowSide, node: Node): Lane | null {
  return workflow[side].lanes.get(node.lane ?? '') ?? null
}
