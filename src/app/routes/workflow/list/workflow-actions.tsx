/** What can be done with a workflow as a whole: a new name, a copy, tags, its place in the list, taking it away. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { MenuButton, type MenuChoice } from '../../../components/menu-button.tsx'
import { duplicateWorkflow, type Removed, removeWorkflow, renameWorkflow } from '../acts/workflow-list.ts'
import { archiveWorkflow, moveWorkflow, tagWorkflow, useListed } from '../acts/workflow-listing.ts'
import { TextArea } from '../fields/text-area.tsx'

type Action = 'rename' | 'duplicate' | 'delete' | 'up' | 'down' | 'tags' | 'archive' | 'bring'

const actions: readonly MenuChoice<Action>[] = [
  { id: 'rename', label: 'Rename…' },
  { id: 'duplicate', label: 'Duplicate', detail: 'both maps, their trace and scenario' },
  { id: 'tags', label: 'Tags…', detail: 'words to find it by' },
  { id: 'up', label: 'Move up' },
  { id: 'down', label: 'Move down' },
  { id: 'archive', label: 'Archive', detail: 'out of the lists; its findings still count' },
  { id: 'bring', label: 'Bring back from the archive' },
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
  const [tagging, setTagging] = useState(false)
  const { archived, tags, open } = useListed()
  const away = archived.has(id)
  const fits = (action: Action): boolean =>
    action === 'bring'
      ? away
      : action === 'archive'
        ? !away
        : action === 'up'
          ? !away && open[0] !== id
          : action === 'down'
            ? !away && open.at(-1) !== id
            : true
  const choose = (action: Action): void => {
    if (action === 'rename') setRenaming(true)
    else if (action === 'duplicate') duplicateWorkflow(id)
    else if (action === 'tags') setTagging(true)
    else if (action === 'up' || action === 'down') moveWorkflow(id, action === 'up' ? -1 : 1)
    else if (action === 'archive' || action === 'bring') archiveWorkflow(id, action === 'archive')
    else {
      const removed = removeWorkflow(id)
      if (removed) onRemoved(removed)
    }
  }
  return (
    <>
      <MenuButton
        label="Actions"
        name={`Actions for ${name}`}
        choices={actions.filter((each) => fits(each.id))}
        isDisabled={disabled}
        onChoose={choose}
      />
      {renaming && (
        <OneLine
          title="Rename the workflow"
          label="Name"
          action="Rename"
          value={name}
          onGive={(next) => renameWorkflow(id, next)}
          onClose={() => setRenaming(false)}
        />
      )}
      {tagging && (
        <OneLine
          title={`Tags of ${name}`}
          label="Tags, separated by commas"
          action="Keep"
          value={(tags.get(id) ?? []).join(', ')}
          mayBeEmpty
          onGive={(words) => tagWorkflow(id, words)}
          onClose={() => setTagging(false)}
        />
      )}
    </>
  )
}

interface OneLineProps {
  readonly title: string
  readonly label: string
  readonly action: string
  readonly value: string
  readonly mayBeEmpty?: boolean
  readonly onGive: (text: string) => void
  readonly onClose: () => void
}

function OneLine({ title, label, action, value, mayBeEmpty = false, onGive, onClose }: OneLineProps) {
  const [text, setText] = useState(value)
  const next = text.trim()
  const gives = mayBeEmpty || next !== ''
  return (
    <Dialog title={title} open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!gives) return
          onGive(next)
          onClose()
        }}
      >
        <TextArea label={label} value={text} onChange={setText} lines={1} autoFocus />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isDisabled={!gives}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
