/** The flows that leave and enter a step: label, share of cases, and where they go. */

import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { messageFlowsOf } from '../../../../core/workflow/map/message-flows.ts'
import type { Edge } from '../../../../core/workflow/map/workflow.ts'
import type { StepProps } from '../editor/comparison-view.ts'
import { labelOf, nextCommand, nodeLabel } from '../editor/edits.ts'
import { MultiPick } from '../fields/multi-pick.tsx'
import { FlowFields } from './flow-facts.tsx'
import styles from './inspector-panel.module.css'

export function StepFlows(props: StepProps) {
  const { workflow, editor, side, id, node, readOnly } = props
  const graph = workflow[side]
  const out = [...graph.edges.values()].filter((edge) => edge.from === id)
  const into = [...graph.edges.values()].filter((edge) => edge.to === id)
  const targets = flowOrder(graph).filter((other) => other.id !== id)
  return (
    <section className={`stack ${styles.section}`} aria-label="Flows">
      <h3>Flows</h3>
      <MultiPick
        label="Next"
        choices={targets.map((other) => ({ id: other.id, label: nodeLabel(other) }))}
        chosen={new Set(out.map((edge) => edge.to))}
        none="Nothing follows"
        disabled={readOnly}
        onChange={(chosen) => editor.edit(nextCommand(workflow, side, id, chosen), `Next of ${nodeLabel(node)} changed`)}
      />
      {out.length > 1 && out.map((edge) => <Out key={edge.id} edge={edge} {...props} />)}
      <p className="muted caption">
        {into.length === 0
          ? 'Nothing leads here.'
          : `Comes from ${into.map((edge) => labelOf(workflow, side, edge.from)).join(', ')}.`}
      </p>
      {messageFlowsOf(graph).flatMap(({ id: message, from, to, label }) => {
        const other = from === id ? `to ${labelOf(workflow, side, to)}` : `from ${labelOf(workflow, side, from)}`
        return from === id || to === id
          ? [
              <p key={message} className="muted caption">
                Message {label === '' ? '' : `“${label}” `}
                {other}; it is drawn and written back, and a simulation sends nothing along it.
              </p>,
            ]
          : []
      })}
    </section>
  )
}

function Out({ edge, ...props }: StepProps & { readonly edge: Edge }) {
  return (
    <fieldset>
      <legend className="caption">To {labelOf(props.workflow, props.side, edge.to)}</legend>
      <FlowFields {...props} edge={edge} />
    </fieldset>
  )
}
