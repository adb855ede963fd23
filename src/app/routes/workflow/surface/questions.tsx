/** The questions a command needs answered first: connect or trace to which step, which lane, why eliminated. */
import { useState } from 'react'
import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { type Arrangement, arrangements, leastFor } from '../../../../core/workflow/edit/arrange.ts'
import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { colours, isStep, linkKey, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { parseRef, refOf } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { labelOf, nodeLabel } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'
import { TextArea } from '../fields/text-area.tsx'
import { type Choice, PickDialog } from './pick-dialog.tsx'
import { TraceCopies } from './trace-copies.tsx'

const arrangeChoices: readonly (Choice & { readonly id: Arrangement })[] = [
  { id: 'left', label: 'Align left edges', detail: '' },
  { id: 'centre', label: 'Align centres', detail: 'one below the other' },
  { id: 'right', label: 'Align right edges', detail: '' },
  { id: 'top', label: 'Align top edges', detail: '' },
  { id: 'middle', label: 'Align middles', detail: 'one beside the other' },
  { id: 'bottom', label: 'Align bottom edges', detail: '' },
  { id: 'across', label: 'Distribute across', detail: 'equal space from left to right' },
  { id: 'down', label: 'Distribute down', detail: 'equal space from top to bottom' },
]

export function Questions({ workflow, editor }: { readonly workflow: Workflow; readonly editor: Editor }) {
  const { question } = editor.state
  const close = (): void => {
    editor.ask(null)
    setTimeout(editor.focus, 0)
  }
  if (!question) return null
  switch (question.ask) {
    case 'connect': {
      const from = parseRef(question.from)
      if (!from) return null
      return (
        <PickDialog
          title={`Connect ${labelOf(workflow, from.side, from.id)} to…`}
          choices={stepChoices(workflow, from.side, from.id, true)}
          empty="This map has no other step."
          onPick={(id) => editor.connect(question.from, refOf(from.side, id))}
          onClose={close}
        />
      )
    }
    case 'reconnect': {
      const { side, flow, end } = question
      return (
        <PickDialog
          title={end === 'from' ? 'The flow begins at…' : 'The flow ends at…'}
          choices={stepChoices(workflow, side, null, true)}
          empty="This map has no other step."
          onPick={(id) => editor.surface.reconnect(flow, end, refOf(side, id))}
          onClose={close}
        />
      )
    }
    case 'within':
      return (
        <OneText
          title="Under which heading does this lane stand?"
          label="Department or building"
          action="Put it there"
          onClose={close}
          onGive={(within) =>
            editor.edit({ kind: 'change-lane', side: question.side, id: question.lane, facts: { within } }, `Within ${within}`)
          }
        />
      )
    case 'colour':
      return (
        <PickDialog
          title="Colour of the selected steps"
          choices={[...colours.map((id) => ({ id, label: id, detail: '' })), { id: 'none', label: 'no colour', detail: '' }]}
          empty="There is no such colour."
          onPick={(id) => editor.surface.colour(colours.find((each) => each === id) ?? null)}
          onClose={close}
        />
      )
    case 'trace': {
      const from = parseRef(question.from)
      if (!from) return null
      const other: WorkflowSide = from.side === 'current' ? 'future' : 'current'
      return (
        <PickDialog
          title={`Trace ${labelOf(workflow, from.side, from.id)} to…`}
          choices={stepChoices(workflow, other, null, false)}
          empty={`The ${other} map has no step yet.`}
          onPick={(id) => (from.side === 'current' ? editor.trace(from.id, id) : editor.trace(id, from.id))}
          onClose={close}
        />
      )
    }
    case 'merge':
      return (
        <PickDialog
          title={`Merge ${labelOf(workflow, 'current', question.current)} with…`}
          choices={stepChoices(workflow, 'current', question.current, false).filter(
            (choice) => partnerOf(workflow, choice.id) !== null,
          )}
          empty="No other current step is traced yet."
          onPick={(id) => {
            const future = partnerOf(workflow, id)
            if (future) editor.trace(question.current, future)
          }}
          onClose={close}
        />
      )
    case 'lane':
      return (
        <PickDialog
          title="Put the selection into the lane…"
          choices={orderedLanes(workflow[question.side]).map((lane) => ({ id: lane.id, label: lane.label, detail: '' }))}
          empty="Type the name of a role or place: a new lane is made of it."
          make={{
            label: (typed) => `New lane “${typed}”`,
            onMake: (typed) => editor.addLane(question.side, typed, question.ids),
          }}
          onPick={(id) => editor.putInLane(question.side, question.ids, id)}
          onClose={close}
        />
      )
    case 'new-lane':
      return (
        <OneText
          title={`New lane in the ${question.side} map`}
          label="Role or place"
          action="Add lane"
          onClose={close}
          onGive={(label) => editor.addLane(question.side, label, question.ids)}
        />
      )
    case 'arrange':
      return (
        <PickDialog
          title="Align or distribute the selection"
          choices={arrangeChoices.filter(({ id }) => question.ids.length >= leastFor(id))}
          empty="No way of this name."
          onPick={(id) => {
            const how = arrangements.find((each) => each === id)
            if (how) editor.arrangeSteps(question.side, question.ids, how)
          }}
          onClose={close}
        />
      )
    case 'group':
      return (
        <OneText
          title={`Group ${question.ids.length} steps into a sub-workflow`}
          label="Name of the sub-workflow"
          action="Group"
          onClose={close}
          onGive={(label) => editor.group(question.side, question.ids, label)}
        />
      )
    case 'fate':
      return <FateDialog workflow={workflow} editor={editor} current={question.current} fate={question.fate} onClose={close} />
    case 'new-step':
      return <NewStepDialog workflow={workflow} editor={editor} future={question.future} onClose={close} />
    case 'trace-copies':
      return <TraceCopies workflow={workflow} editor={editor} pairs={question.pairs} onClose={close} />
    case 'paste':
      return (
        <OneText
          title={`Paste steps into the ${question.side} map`}
          label="One step per line: step | role | minutes"
          action="Add the steps"
          lines={8}
          onClose={close}
          onGive={(text) => editor.paste(text, question.side)}
        />
      )
  }
}

function partnerOf(workflow: Workflow, current: string): string | null {
  for (const link of workflow.trace.values()) if (link.from.includes(current) && link.to[0] !== undefined) return link.to[0]
  return null
}

function stepChoices(workflow: Workflow, side: WorkflowSide, not: string | null, all: boolean): readonly Choice[] {
  const graph = workflow[side]
  return flowOrder(graph)
    .filter((node) => node.id !== not && (all || isStep(node)))
    .map((node) => ({ id: node.id, label: nodeLabel(node), detail: graph.lanes.get(node.lane ?? '')?.label ?? '' }))
}

interface OneTextProps {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly lines?: number
  readonly onGive: (text: string) => void
  readonly onClose: () => void
}

function OneText({ title, label, action, lines, onGive, onClose }: OneTextProps) {
  const [text, setText] = useState('')
  return (
    <Dialog title={title} open onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() === '') return
          onClose()
          onGive(text.trim())
        }}
      >
        <TextArea label={label} value={text} onChange={setText} lines={lines ?? 1} autoFocus />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={text.trim() === ''}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

interface FateProps {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly onClose: () => void
}

/** A step that goes nowhere needs a reason, and an elimination a name under it. */
function FateDialog({
  workflow,
  editor,
  current,
  fate,
  onClose,
}: FateProps & { readonly current: string; readonly fate: 'eliminated' | 'automated' }) {
  const [reason, setReason] = useState('')
  const [by, setBy] = useState(editor.person() ?? '')
  const label = labelOf(workflow, 'current', current)
  const ready = reason.trim() !== '' && by.trim() !== ''
  const give = (): void => {
    const old = [...workflow.trace.values()].filter((link) => link.from.length === 1 && link.from[0] === current)
    const link = { from: [current], to: [], fate, reason: reason.trim(), by: by.trim(), at: editor.now() }
    onClose()
    editor.edit(
      {
        kind: 'together',
        commands: [
          { kind: 'unlink', keys: old.map(linkKey) },
          { kind: 'link', link },
        ],
      },
      `${label}: ${fate}`,
    )
  }
  return (
    <Dialog title={fate === 'eliminated' ? `Eliminate ${label}` : `${label} is automated`} open onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) give()
        }}
      >
        <TextArea
          label={fate === 'eliminated' ? 'Why is it no longer needed?' : 'Which interface or rule does it from now on?'}
          value={reason}
          onChange={setReason}
          lines={3}
          autoFocus
        />
        <TextArea label="Decided by" value={by} onChange={setBy} lines={1} />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={!ready}>
            {fate === 'eliminated' ? 'Eliminate step' : 'Mark as automated'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function NewStepDialog({ workflow, editor, future, onClose }: FateProps & { readonly future: string }) {
  const [purpose, setPurpose] = useState('')
  const [beneficiary, setBeneficiary] = useState('')
  const label = labelOf(workflow, 'future', future)
  const ready = purpose.trim() !== '' && beneficiary.trim() !== ''
  return (
    <Dialog title={`${label} is new`} open onClose={onClose}>
      <form
        className="stack-wide"
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          const link = { from: [], to: [future], fate: 'new' as const, purpose: purpose.trim(), beneficiary: beneficiary.trim() }
          onClose()
          editor.edit({ kind: 'link', link: { ...link, by: editor.person(), at: editor.now() } }, `${label}: new`)
        }}
      >
        <TextArea label="What is it for?" value={purpose} onChange={setPurpose} lines={2} autoFocus />
        <TextArea label="Who is better off?" value={beneficiary} onChange={setBeneficiary} lines={1} />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={!ready}>
            Mark as new
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
