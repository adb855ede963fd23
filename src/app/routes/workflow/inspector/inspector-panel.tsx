/** What is selected, why it matters and what to do: findings first, then the facts they were judged by. */

import { isStep, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import { type NodeRef, parseRef, refOf } from '../../../canvas/node-ref.ts'
import { kindWord } from '../../../canvas/words.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { Inspector } from '../../../frame/inspector.tsx'
import { insideIn } from '../acts/inside-name.ts'
import type { PanelProps } from '../editor/comparison-view.ts'
import { nodeLabel } from '../editor/edits.ts'
import { findingsAt, isOfLane, type MissingFact } from '../editor/findings.ts'
import type { Editor } from '../editor/use-editor.ts'
import { FindingCard } from './finding-card.tsx'
import { FlowFacts } from './flow-facts.tsx'
import styles from './inspector-panel.module.css'
import { LaneFacts } from './lane-facts.tsx'
import { NotJudged } from './missing-facts.tsx'
import { Overview } from './overview.tsx'
import { StepFactField, sharedFacts } from './step-fact-field.tsx'
import { StepFacts } from './step-facts.tsx'
import { StepFlows } from './step-flows.tsx'
import { StepTrace } from './step-trace.tsx'

export function InspectorPanel({ side: floats, ...props }: PanelProps & { readonly side: 'left' | 'right' }) {
  const { workflow, editor, view } = props
  const { selected, selectedLane, selectedFlow } = editor.state
  const close = (byKey: boolean): void => {
    editor.set({ details: false, ...(byKey ? {} : { follows: false }) })
    editor.focus()
  }
  const refs = [...selected]
  const only = refs.length === 1 ? parseRef(refs[0] ?? '') : null
  const node = only ? workflow[only.side].nodes.get(only.id) : undefined
  const lane = selectedLane === null ? null : parseRef(selectedLane)
  const flow = selectedFlow === null ? null : parseRef(selectedFlow)
  const stale = view.stale && (
    <Note mark="waiting">
      Flags are those of the map as it is. Times are from before the last edit and are simulated again shortly.
    </Note>
  )
  if (only && node) {
    const found = findingsAt(view.comparison?.findings ?? [], withPartners(workflow, selected))
    const place = { ...props, ...only, node }
    return (
      <Inspector title={nodeLabel(node)} onClose={close} floats={floats} of={refOf(only.side, only.id)}>
        <p className="muted caption">
          {only.side === 'current' ? 'Current' : 'Future'} map · {kindWord(node)} ·{' '}
          {workflow[only.side].lanes.get(node.lane ?? '')?.label ?? 'no lane'}
        </p>
        {node.type === 'subworkflow' && <Button onPress={() => editor.intent({ do: 'inside' })}>Edit inside</Button>}
        <StepFacts {...place} key={refOf(only.side, only.id)} />
        {isStep(node) && insideIn(workflow.id) === null && <StepTrace {...place} />}
        {found.length > 0 && stale}
        {found
          .filter(({ outcome }) => outcome !== 'unjudged')
          .map((finding) => (
            <FindingCard key={finding.fingerprint} finding={finding} {...props} onJump={(missing) => jump(editor, missing)} />
          ))}
        <NotJudged findings={found} {...props} onJump={(missing) => jump(editor, missing)} />
        <StepFlows {...place} />
      </Inspector>
    )
  }
  if (lane && workflow[lane.side].lanes.has(lane.id))
    return (
      <Inspector
        title={workflow[lane.side].lanes.get(lane.id)?.label ?? lane.id}
        onClose={close}
        floats={floats}
        of={refOf(lane.side, lane.id)}
      >
        <LaneFacts {...props} side={lane.side} id={lane.id} key={selectedLane} onJump={(missing) => jump(editor, missing)} />
      </Inspector>
    )
  if (flow)
    return (
      <Inspector title="Flow" onClose={close} floats={floats}>
        <FlowFacts {...props} side={flow.side} id={flow.id.replace(/^flow\//, '')} />
      </Inspector>
    )
  if (refs.length > 1)
    return (
      <Inspector title={`${refs.length} steps`} onClose={close} floats={floats}>
        <p className="muted">Alt with arrows moves them, L puts them into a lane, Del removes them and joins their neighbours.</p>
        <section className={`stack ${styles.section}`} aria-label="Facts of all of them">
          {sharedFacts.map((fact) => (
            <StepFactField key={fact} {...props} refs={refs} fact={fact} />
          ))}
        </section>
        <div className="row-start above">
          {together.map(({ label, wanted }) => (
            <Button key={label} isDisabled={props.readOnly} onPress={() => editor.intent(wanted)}>
              {label}
            </Button>
          ))}
        </div>
      </Inspector>
    )
  return (
    <Inspector title="Findings" onClose={close} floats={floats} of="">
      {stale}
      <Overview {...props} onJump={(missing) => jump(editor, missing)} />
    </Inspector>
  )
}

/** What can be done with several steps at once; each has a key too. */
const together: readonly { readonly label: string; readonly wanted: Intent }[] = [
  { label: 'Align…', wanted: { do: 'arrange' } },
  { label: 'Group…', wanted: { do: 'group' } },
  { label: 'Lane…', wanted: { do: 'lane' } },
  { label: 'Duplicate', wanted: { do: 'duplicate' } },
  { label: 'Delete', wanted: { do: 'delete', bridge: true } },
]

/** A finding on a step is also shown on the steps it is traced to. */
function withPartners(workflow: Workflow, selected: ReadonlySet<NodeRef>): ReadonlySet<NodeRef> {
  const all = new Set(selected)
  for (const link of workflow.trace.values())
    if (link.from.some((id) => selected.has(refOf('current', id)))) for (const id of link.to) all.add(refOf('future', id))
  return all
}

/** Selects the place of an absent fact and puts the cursor into its field. */
function jump(editor: Editor, missing: MissingFact): void {
  if (missing.at === null)
    editor.set({ selected: new Set(), active: null, selectedLane: null, selectedFlow: null, details: true })
  else if (isOfLane(missing.field))
    editor.set({ selectedLane: missing.at, selected: new Set(), active: null, selectedFlow: null, details: true })
  else {
    editor.selectOne(missing.at)
    editor.set({ details: true })
  }
  focusFact(missing)
}

/** Frames until the inspector shows another selection, with room for a slow machine. */
const patience = 240

function focusFact({ at, field }: MissingFact, frames = patience): void {
  requestAnimationFrame(() => {
    const target = document.querySelector<HTMLElement>(`#inspector [data-of="${CSS.escape(at ?? '')}"] [data-fact="${field}"]`)
    if (!target) {
      if (frames > 0) focusFact({ at, field }, frames - 1)
      return
    }
    const folded = target.closest('details')
    if (folded) folded.open = true
    target.scrollIntoView({ block: 'center' })
    target.focus()
  })
}
