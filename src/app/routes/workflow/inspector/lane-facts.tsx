/** A lane: who stands in it, how many, and what was found about the role as a whole. */

import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import type { LaneFacts as LaneChange } from '../../../../core/workflow/edit/edit.ts'
import type { WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { formatPercent } from '../../../components/format.ts'
import type { PanelProps } from '../editor/comparison-view.ts'
import type { MissingFact } from '../editor/findings.ts'
import { NumberField, SelectField, TextField } from '../fields/fields.tsx'
import { MultiPick } from '../fields/multi-pick.tsx'
import { FindingCard } from './finding-card.tsx'

const workplaces = [
  { id: 'mobile', label: 'in several places' },
  { id: 'fixed', label: 'in one place' },
] as const

interface LaneProps extends PanelProps {
  readonly side: WorkflowSide
  readonly id: string
  readonly onJump: (missing: MissingFact) => void
}

export function LaneFacts(props: LaneProps) {
  const { workflow, editor, view, side, id, readOnly } = props
  const lane = workflow[side].lanes.get(id)
  if (!lane) return null
  const lanes = orderedLanes(workflow[side])
  const at = lanes.indexOf(lane)
  const change = (facts: LaneChange): void => {
    editor.edit({ kind: 'change-lane', side, id, facts }, `${lane.label} changed`)
  }
  const swap = (by: number): void => {
    const other = lanes[at + by]
    if (!other) return
    const order = lanes.map((each) => each.id)
    order.splice(at, 1)
    order.splice(at + by, 0, id)
    editor.edit({ kind: 'arrange-lanes', side, order }, `${lane.label} is ${by < 0 ? 'above' : 'below'} ${other.label}`)
  }
  const role = view.result?.results?.[side].roles.find((each) => each.id === id)
  const found = (view.comparison?.findings ?? []).filter((finding) => finding.lanes[side] === id)
  return (
    <>
      <TextField
        label="Role or place"
        value={lane.label}
        disabled={readOnly}
        onCommit={(label) => (label.trim() === '' ? 'A lane needs a name.' : change({ label }))}
      />
      <NumberField
        label="People on shift"
        fact="staff"
        value={lane.staff}
        disabled={readOnly}
        onCommit={(staff) => change({ staff })}
      />
      <SelectField
        label="Works"
        fact="mobile"
        value={lane.mobile === null ? null : lane.mobile ? 'mobile' : 'fixed'}
        options={workplaces}
        none="Not said"
        disabled={readOnly}
        onCommit={(where) => change({ mobile: where === null ? null : where === 'mobile' })}
      />
      <NumberField
        label="Licence"
        fact="licence"
        hint="A number that grows with what the role may do"
        value={lane.licence}
        disabled={readOnly}
        onCommit={(licence) => change({ licence })}
      />
      <MultiPick
        label="Substitutes"
        choices={lanes.filter((each) => each.id !== id).map((each) => ({ id: each.id, label: each.label }))}
        chosen={new Set(lane.substitutes)}
        none="Nobody named"
        disabled={readOnly}
        onChange={(chosen) => change({ substitutes: [...chosen].sort() })}
      />
      {role && (
        <p>
          Busy {formatPercent(role.utilisation)} of open hours
          {role.load >= 1 && `, asked for ${formatPercent(role.load)} of them: the queue never ends`}
          {view.stale && ' (before the last edit)'}.
        </p>
      )}
      <div>
        <Button isDisabled={readOnly || at === 0} onPress={() => swap(-1)}>
          Move up
        </Button>{' '}
        <Button isDisabled={readOnly || at === lanes.length - 1} onPress={() => swap(1)}>
          Move down
        </Button>{' '}
        <Button
          isDisabled={readOnly}
          onPress={() =>
            editor.edit(
              { kind: 'remove-lane', side, id, moveTo: lanes[at === 0 ? 1 : at - 1]?.id ?? null },
              `Removed lane ${lane.label}`,
            )
          }
        >
          Remove lane
        </Button>
      </div>
      {found.map((finding) => (
        <FindingCard key={finding.fingerprint} finding={finding} {...props} />
      ))}
    </>
  )
}
