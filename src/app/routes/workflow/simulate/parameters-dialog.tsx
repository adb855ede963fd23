/** Simulation parameters of another tool: read, shown with what is left behind, and taken over as one change that can be undone. */
import { type ReactNode, useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import type { Loss } from '../../../../core/workflow/interop/loss/loss.ts'
import type { ImportedParameters } from '../../../../core/workflow/interop/parameters/imported.ts'
import { readParameters } from '../../../../core/workflow/interop/parameters/read-parameters.ts'
import type { Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Choice } from '../../../components/choice.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import type { Editor } from '../editor/use-editor.ts'
import styles from './simulate.module.css'

/** Parameters of thousands of tasks take less; larger files would hold the page up. */
const largest = 4 << 20

const sideChoices: readonly (readonly [WorkflowSide, string])[] = [
  ['current', 'the current map'],
  ['future', 'the future map'],
]

export function ParametersDialog(props: { readonly workflow: Workflow; readonly editor: Editor; readonly onClose: () => void }) {
  const { workflow, editor, onClose } = props
  const [side, setSide] = useState<WorkflowSide>('current')
  const [file, setFile] = useState<{ readonly name: string; readonly bytes: Uint8Array } | string | null>(null)
  // Read once per file and side, not at every drawing of the page.
  const read = useMemo(
    () => (file === null || typeof file === 'string' ? file : readParameters(file.name, file.bytes, workflow, side)),
    [file, workflow, side],
  )
  const take = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    if (chosen.size > largest) setFile(`${chosen.name} is larger than ${largest >> 20} MB, which no parameters need.`)
    else setFile({ name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) })
  }
  const found = typeof read === 'object' ? read : null
  return (
    <Dialog title="Import simulation parameters" open wide onClose={onClose}>
      <p className="muted">
        BPSim, by itself or inside a BPMN file, or the JSON of Prosimos. Steps, flows and lanes are found by the ids of the
        drawing, then by their names.
      </p>
      <FileTrigger acceptedFileTypes={['.xml', '.bpmn', '.bpsim', '.json']} onSelect={(list) => void take(list?.[0])}>
        <Button look={found ? 'quiet' : 'primary'}>{file === null ? 'Choose a file…' : 'Choose another file…'}</Button>
      </FileTrigger>
      <Choice label="They belong to" value={side} choices={sideChoices} onChange={setSide} />
      {typeof read === 'string' && <Note mark="error">{read}</Note>}
      {found && <Found found={found} />}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={!found}
          onPress={() => {
            if (found) editor.edit(found.command, `Parameters of ${found.format} taken over`)
            onClose()
          }}
        >
          Take over
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Found({ found: { format, taken, approximated, losses } }: { readonly found: ImportedParameters }) {
  return (
    <>
      <p>
        {format}: {counted(taken.times, 'step')} with times, {counted(taken.shares, 'flow')} with shares,{' '}
        {counted(taken.roles, 'role')} with people, {counted(taken.arrivals, 'stream')} of arrivals.
      </p>
      <Named list={approximated} title="What is approximated">
        {counted(approximated.length, 'parameter')} can be taken over only approximately.
      </Named>
      <Named list={losses} title="What is left behind">
        {counted(losses.length, 'parameter')} can not be taken over as given.
      </Named>
    </>
  )
}

function Named({
  list,
  title,
  children,
}: {
  readonly list: readonly Loss[]
  readonly title: string
  readonly children: ReactNode
}) {
  if (list.length === 0) return null
  return (
    <>
      <Note mark="warning">{children}</Note>
      <ScrollRegion label={title} className={`scroll tall ${styles.hours}`}>
        <ul>
          {list.map(({ id, what, why }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
            <li key={at}>
              {id}: {what} – {why}
            </li>
          ))}
        </ul>
      </ScrollRegion>
    </>
  )
}
