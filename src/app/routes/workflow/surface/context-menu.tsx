/** The list of actions at the pointer, or beside the active step by key: everything in it has a key of its own. */
import { useRef } from 'react'
import { Keyboard, Menu, MenuItem, Popover, Text } from 'react-aria-components'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import { parseRef } from '../../../canvas/node-ref.ts'
import menu from '../../../components/menu-button.module.css'
import type { Editor } from '../editor/use-editor.ts'
import styles from './questions.module.css'

interface Item {
  readonly label: string
  readonly keys: string
  readonly intent: Intent
}

const forStep: readonly Item[] = [
  { label: 'Rename', keys: 'Enter', intent: { do: 'edit' } },
  { label: 'Add the next step', keys: 'Ctrl Enter', intent: { do: 'add-next' } },
  { label: 'Connect to…', keys: 'C', intent: { do: 'connect' } },
  { label: 'Trace to…', keys: 'R', intent: { do: 'trace' } },
  { label: 'Lane…', keys: 'L', intent: { do: 'lane' } },
  { label: 'Colour…', keys: 'K', intent: { do: 'colour' } },
  { label: 'Details', keys: 'I', intent: { do: 'details' } },
]
const forFlow: readonly Item[] = [
  { label: 'Words on the flow', keys: 'Enter', intent: { do: 'edit' } },
  { label: 'End at another step…', keys: 'C', intent: { do: 'connect' } },
  { label: 'Begin at another step…', keys: 'Shift C', intent: { do: 'reconnect-begin' } },
  { label: 'Find its way again', keys: 'S', intent: { do: 'straighten' } },
  { label: 'Details', keys: 'I', intent: { do: 'details' } },
  { label: 'Remove', keys: 'Del', intent: { do: 'delete', bridge: false } },
]
const forLane: readonly Item[] = [
  { label: 'Rename', keys: 'Enter', intent: { do: 'edit' } },
  { label: 'Move up', keys: 'Alt ↑', intent: { do: 'nudge', dx: 0, dy: -8 } },
  { label: 'Move down', keys: 'Alt ↓', intent: { do: 'nudge', dx: 0, dy: 8 } },
  { label: 'Higher', keys: 'Alt Shift ↓', intent: { do: 'nudge', dx: 0, dy: 32 } },
  { label: 'Lower', keys: 'Alt Shift ↑', intent: { do: 'nudge', dx: 0, dy: -32 } },
  { label: 'Insert a lane below', keys: 'Ctrl Enter', intent: { do: 'insert-lane' } },
  { label: 'Put under a heading…', keys: 'Ctrl G', intent: { do: 'within' } },
  { label: 'Details', keys: 'I', intent: { do: 'details' } },
  { label: 'Remove the lane, keep its steps', keys: 'Del', intent: { do: 'delete', bridge: false } },
]
const forSeveral: readonly Item[] = [
  { label: 'Align or distribute…', keys: 'A', intent: { do: 'arrange' } },
  { label: 'Group into a sub-workflow…', keys: 'Ctrl G', intent: { do: 'group' } },
  { label: 'Lane…', keys: 'L', intent: { do: 'lane' } },
  { label: 'Colour…', keys: 'K', intent: { do: 'colour' } },
]
const inside: Item = { label: 'Edit inside', keys: 'O', intent: { do: 'inside' } }
const open: Item = { label: 'Open the sub-workflow', keys: 'Ctrl Shift G', intent: { do: 'ungroup' } }
const forAny: readonly Item[] = [
  { label: 'Copy', keys: 'Ctrl C', intent: { do: 'copy', cut: false } },
  { label: 'Copy as a picture', keys: 'Alt C', intent: { do: 'picture' } },
  { label: 'Cut', keys: 'Ctrl X', intent: { do: 'copy', cut: true } },
  { label: 'Duplicate', keys: 'Ctrl D', intent: { do: 'duplicate' } },
  { label: 'Delete and join its neighbours', keys: 'Del', intent: { do: 'delete', bridge: true } },
  { label: 'Delete', keys: 'Shift Del', intent: { do: 'delete', bridge: false } },
]
const forCanvas: readonly Item[] = [
  { label: 'Add a step', keys: 'T', intent: { do: 'add', type: 'step' } },
  { label: 'Add a decision', keys: 'D', intent: { do: 'add', type: 'decision' } },
  { label: 'Add parallel ways', keys: 'Q', intent: { do: 'add', type: 'parallel' } },
  { label: 'Add a start', keys: 'B', intent: { do: 'add', type: 'start' } },
  { label: 'Add an end', keys: 'E', intent: { do: 'add', type: 'end' } },
  { label: 'Add a wait', keys: 'W', intent: { do: 'add', type: 'wait' } },
  { label: 'Add a document', keys: 'P', intent: { do: 'add', type: 'document' } },
  { label: 'Add a note', keys: 'N', intent: { do: 'add', type: 'note' } },
  { label: 'New lane…', keys: 'L', intent: { do: 'lane' } },
  { label: 'Paste into the current map', keys: 'Ctrl V', intent: { do: 'paste', side: 'current' } },
  { label: 'Paste into the future map', keys: 'Ctrl V', intent: { do: 'paste', side: 'future' } },
  { label: 'Select all', keys: 'Ctrl A', intent: { do: 'all' } },
  { label: 'Copy the map as a picture', keys: 'Alt C', intent: { do: 'picture' } },
  { label: 'Undo', keys: 'Ctrl Z', intent: { do: 'undo' } },
  { label: 'Redo', keys: 'Ctrl Shift Z', intent: { do: 'redo' } },
]

export function ContextMenu({ workflow, editor }: { readonly workflow: Workflow; readonly editor: Editor }) {
  const { menu: at, selected, active } = editor.state
  const point = useRef<HTMLDivElement>(null)
  if (!at) return null
  const place = active === null ? null : parseRef(active)
  const node = place ? workflow[place.side].nodes.get(place.id) : undefined
  const holds = node?.type === 'subworkflow' && node.extra.content !== undefined
  const own = [...(node?.type === 'subworkflow' ? [inside] : []), ...(holds ? [open] : [])]
  const { selectedFlow, selectedLane } = editor.state
  const other = selectedFlow !== null ? forFlow : selectedLane !== null ? forLane : forCanvas
  const items = selected.size === 0 ? other : [...(selected.size === 1 ? forStep : forSeveral), ...own, ...forAny]
  const close = (): void => {
    editor.set({ menu: null })
    editor.focus()
  }
  return (
    <>
      <div ref={point} className={styles.menuPoint} style={{ left: at.x, top: at.y }} />
      <Popover
        className={`float ${menu.popover}`}
        triggerRef={point}
        isOpen
        placement="bottom start"
        onOpenChange={(shown) => !shown && close()}
      >
        <Menu
          className={`scroll ${menu.menu}`}
          aria-label="Actions"
          autoFocus="first"
          onAction={(key) => {
            close()
            const item = items[Number(key)]
            if (item) editor.intent(item.intent)
          }}
        >
          {items.map(({ label, keys }, index) => (
            <MenuItem
              key={label}
              id={String(index)}
              textValue={label}
              className={`${`option ${menu.item}`} ${styles.menuItem ?? ''}`}
            >
              <Text slot="label">{label}</Text>
              <Keyboard className={`caption muted ${styles.menuKeys}`}>{keys}</Keyboard>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </>
  )
}
