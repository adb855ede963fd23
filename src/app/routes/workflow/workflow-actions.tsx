/** What can be done with a workflow as a whole: a new name, a copy, taking it away. */
import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { MenuButton, type MenuChoice } from '../../components/menu-button.tsx'
import { duplicateWorkflow, type Removed, removeWorkflow, renameWorkflow } from '../../workspace/workflow-list.ts'
import { TextArea } from './text-area.tsx'

type Action = 'rename' | 'duplicate' | 'delete'

const actions: readonly MenuChoice<Action>[] = [
  { id: 'rename', label: 'Rename…' },
  { id: 'duplicate', label: 'Duplicate', detail: 'both maps, their trace and scenario' },
  { id: 'delete', label: 'Delete', detail: 'can be undone' },
]

export interface WorkflowActionsProps {
  readonly id: string
  readonly name: string
  readonly disabled: boolean
  readonly onRemoved: (removed: Removed) => void
}

export function WorkflowActions({ id, name, disabled, onRemoved }: WorkflowActionsProps) {
  const [renaming, setRenaming] = useState(false)
  const choose = (action: Action): void => {
    if (action === 'rename') setRenaming(true)
    else if (action === 'duplicate') duplicateWorkflow(id)
    else {
      const removed = removeWorkflow(id)
      if (removed) onRemoved(removed)
    }
  }
  return (
    <>
      <MenuButton label="Actions" name={`Actions for ${name}`} choices={actions} isDisabled={disabled} onChoose={choose} />
      {renaming && <Rename id={id} name={name} onClose={() => setRenaming(false)} />}
    </>
  )
}

function Rename({ id, name, onClose }: { readonly id: string; readonly name: string; readonly onClose: () => void }) {
  const [label, setLabel] = useState(name)
  const next = label.trim()
  return (
    <Dialog title="Rename the workflow" open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (next === '') return
          renameWorkflow(id, next)
          onClose()
        }}
      >
        <TextArea label="Name" value={label} onChange={setLabel} lines={1} autoFocus />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isDisabled={next === ''}>
            Rename
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
