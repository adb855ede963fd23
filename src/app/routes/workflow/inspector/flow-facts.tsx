/** One flow: its answer, its share of the cases, and whether it sends work back. */
import type { Edge, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import type { PanelProps } from '../editor/comparison-view.ts'
import { labelOf } from '../editor/edits.ts'
import { CheckField, TextField } from '../fields/fields.tsx'

interface FlowProps extends PanelProps {
  readonly side: WorkflowSide
}

export function FlowFacts({ id, ...props }: FlowProps & { readonly id: string }) {
  const { workflow, editor, side, readOnly } = props
  const edge = workflow[side].edges.get(id)
  if (!edge) return <p className="muted">This flow was removed.</p>
  return (
    <>
      <p>
        From {labelOf(workflow, side, edge.from)} to {labelOf(workflow, side, edge.to)}
      </p>
      <FlowFields {...props} edge={edge} />
      <div>
        <Button isDisabled={readOnly} onPress={() => editor.intent({ do: 'delete', bridge: false })}>
          Remove flow
        </Button>
      </div>
    </>
  )
}

export function FlowFields({ editor, side, edge, readOnly }: FlowProps & { readonly edge: Edge }) {
  const change = (facts: Partial<Edge>): void => {
    editor.edit({ kind: 'change-edge', side, id: edge.id, facts }, 'Flow changed')
  }
  return (
    <>
      <TextField label="Answer" value={edge.label} disabled={readOnly} onCommit={(label) => change({ label })} />
      <TextField
        label="Share of cases"
        fact="flows"
        value={edge.probability === null ? '' : `${Math.round(edge.probability * 1e6) / 1e4} %`}
        disabled={readOnly}
        onCommit={(text) => {
          if (text.trim() === '') return change({ probability: null })
          const percent = Number(text.replace('%', '').replace(',', '.').trim())
          if (!(percent >= 0 && percent <= 100)) return 'Give a share from 0 to 100 %.'
          return change({ probability: percent / 100 })
        }}
      />
      <div>
        <CheckField label="Sends work back" value={edge.reject} disabled={readOnly} onCommit={(reject) => change({ reject })} />
        <CheckField
          label="Exception"
          value={edge.exception}
          disabled={readOnly}
          onCommit={(exception) => change({ exception })}
        />
      </div>
    </>
  )
}
