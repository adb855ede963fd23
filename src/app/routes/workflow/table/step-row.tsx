/** One step of the table, with a control in each cell. */

import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { isStep, type Node, stepKinds, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { roughDuration } from '../../../canvas/words.ts'
import { Button } from '../../../components/button.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import type { ComparisonView } from '../editor/comparison-view.ts'
import { laneCommand, nextCommand, nodeLabel, untraceCommand } from '../editor/edits.ts'
import { findingsAt, outcomeWords } from '../editor/findings.ts'
import { compareHref } from '../editor/start.ts'
import type { Editor } from '../editor/use-editor.ts'
import { readTimes, writeTimes } from '../fields/durations.ts'
import { SelectField, TextField, wordOptions } from '../fields/fields.tsx'
import { MultiPick } from '../fields/multi-pick.tsx'
import { StepFactField } from '../inspector/step-fact-field.tsx'
import styles from './workflow-table.module.css'

export function StepRow(props: WorkflowTableProps & { readonly node: Node }) {
  const { workflow, side, editor, view, node, readOnly } = props
  const graph = workflow[side]
  const { id } = node
  const name = nodeLabel(node)
  const ref = refOf(side, id)
  const marked = editor.state.selected.has(ref)
  const works = node.type === 'step' || node.type === 'subworkflow'
  const waits = works || node.type === 'wait'
  const change = (facts: Partial<Node>, said: string): void => {
    editor.edit({ kind: 'change-node', side, id, facts }, said)
  }
  const time = (fact: 'service' | 'wait') => (text: string) => {
    const read = readTimes(text, node[fact])
    if (read === undefined) return 'Write 4, 90 s, 19 h, or 2 / 4 / 8.'
    change({ [fact]: read }, `${fact === 'service' ? 'Minutes' : 'Wait'} of ${name}: ${text || 'not known'}`)
    return null
  }
  const queue = view.waits.get(ref)
  return (
    <tr aria-level={2} tabIndex={-1} aria-selected={marked}>
      <th scope="row" className={styles.step}>
        <div className={`line ${styles.marked}`}>
          <input
            type="checkbox"
            className={styles.mark}
            aria-label={`Mark ${name}`}
            checked={marked}
            disabled={readOnly}
            onChange={() => {
              const next = new Set(editor.state.selected)
              if (!next.delete(ref)) next.add(ref)
              editor.select(next, null)
            }}
          />
          <TextField
            bare
            label={`Name of ${name}`}
            value={node.label}
            disabled={readOnly}
            onCommit={(label) => change({ label }, `Named ${label}`)}
          />
        </div>
      </th>
      <td>
        {node.type === 'step' ? (
          <SelectField
            bare
            label={`Kind of ${name}`}
            value={node.kind}
            options={wordOptions(stepKinds)}
            none="Not said"
            disabled={readOnly}
            onCommit={(kind) => change({ kind }, `Kind: ${kind ?? 'not said'}`)}
          />
        ) : (
          <span className={styles.plain}>{node.type}</span>
        )}
      </td>
      <td>
        <StepFactField workflow={workflow} editor={editor} refs={[ref]} fact="medium" readOnly={readOnly} bare />
      </td>
      <td>
        <SelectField
          bare
          label={`Role of ${name}`}
          value={node.lane}
          options={orderedLanes(graph).map((lane) => ({ id: lane.id, label: lane.label }))}
          none="No lane"
          disabled={readOnly}
          onCommit={(lane) => editor.edit(laneCommand(workflow, side, [id], lane), `Moved ${name}`)}
        />
      </td>
      <td>
        {works && (
          <TextField
            bare
            label={`Minutes of ${name}`}
            value={writeTimes(node.service)}
            otherwise="Add…"
            disabled={readOnly}
            onCommit={time('service')}
          />
        )}
      </td>
      <td>
        {waits && (
          <TextField
            bare
            label={`Wait before ${name}`}
            value={writeTimes(node.wait)}
            {...(queue === undefined
              ? { otherwise: 'Add…' }
              : { otherwise: `≈ ${roughDuration(queue)}${view.stale ? ' before the last edit' : ''}` })}
            disabled={readOnly}
            onCommit={time('wait')}
          />
        )}
      </td>
      <td>{node.type !== 'end' && <NextPick {...props} name={name} />}</td>
      <td>{isStep(node) && <TracePick {...props} name={name} />}</td>
      <td>
        <Found {...props} />
      </td>
      <td>
        <Button
          look="quiet"
          isDisabled={readOnly}
          aria-label={`Remove ${name}`}
          onPress={() =>
            editor.edit({ kind: 'remove-nodes', side, ids: [id], bridge: true }, `Removed ${name} and joined its neighbours`)
          }
        >
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="m3.5 3.5 9 9m0-9-9 9" stroke="currentColor" strokeWidth="1.5" />
          </svg>
        </Button>
      </td>
    </tr>
  )
}

interface PickProps extends WorkflowTableProps {
  readonly node: Node
  readonly name: string
}

function NextPick({ workflow, side, editor, node, name, readOnly }: PickProps) {
  const graph = workflow[side]
  const choices = flowOrder(graph)
    .filter((other) => other.id !== node.id && other.type !== 'start')
    .map((other) => ({ id: other.id, label: nodeLabel(other) }))
  const chosen = new Set([...graph.edges.values()].filter((edge) => edge.from === node.id).map((edge) => edge.to))
  return (
    <MultiPick
      bare
      label={`Next of ${name}`}
      choices={choices}
      chosen={chosen}
      none="Nothing follows"
      disabled={readOnly}
      onChange={(next) => editor.edit(nextCommand(workflow, side, node.id, next), `Next of ${name} changed`)}
    />
  )
}

function TracePick({ workflow, side, editor, node, name, readOnly }: PickProps) {
  const far = side === 'current' ? 'future' : 'current'
  const choices = flowOrder(workflow[far])
    .filter(isStep)
    .map((other) => ({ id: other.id, label: nodeLabel(other) }))
  const links = [...workflow.trace.values()].filter((link) => link[side === 'current' ? 'from' : 'to'].includes(node.id))
  const chosen = new Set(links.flatMap((link) => link[side === 'current' ? 'to' : 'from']))
  const answered = links.find((link) => link.from.length === 0 || link.to.length === 0)
  const pair = (other: string): readonly [string, string] => (side === 'current' ? [node.id, other] : [other, node.id])
  return (
    <MultiPick
      bare
      label={`Traced to, ${name}`}
      choices={choices}
      chosen={chosen}
      none={answered ? answered.fate : side === 'current' ? 'Goes nowhere' : 'No origin'}
      disabled={readOnly}
      onChange={(next) => {
        const added = [...next].find((id) => !chosen.has(id))
        const gone = [...chosen].find((id) => !next.has(id))
        if (added !== undefined) editor.trace(...pair(added))
        else if (gone !== undefined) editor.edit(untraceCommand(workflow, ...pair(gone)), `${name} is no longer traced there`)
      }}
    />
  )
}

function Found({ workflow, side, node, findings }: WorkflowTableProps & { readonly node: Node }) {
  const found = findingsAt(findings, new Set([refOf(side, node.id)])).filter(
    (finding) => finding.outcome !== 'unjudged' && finding.outcome !== 'eliminated',
  )
  if (found.length === 0) return null
  return (
    <ul className={`caption ${styles.found}`}>
      {found.map((finding) => (
        <li key={finding.fingerprint}>
          <SeverityMark mark={finding.severity} label={finding.severity} />{' '}
          <a href={compareHref(workflow.id, refOf(side, node.id))}>
            {finding.title}: {outcomeWords[finding.outcome]}
          </a>
        </li>
      ))}
    </ul>
  )
}

export interface WorkflowTableProps {
  readonly workflow: Workflow
  readonly side: WorkflowSide
  readonly editor: Editor
  readonly view: ComparisonView
  readonly findings: readonly CompareFinding[]
  readonly readOnly: boolean
}
