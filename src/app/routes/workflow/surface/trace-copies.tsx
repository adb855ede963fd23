/** After steps were copied to the other map: each can be traced to the one it was copied from, in one change. */
import { counted } from '../../../../core/counted.ts'
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { labelOf, traceCommand } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'

/** More names than these are no help in deciding. */
const named = 6

export function TraceCopies({
  workflow,
  editor,
  pairs,
  onClose,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly pairs: readonly (readonly [string, string])[]
  readonly onClose: () => void
}) {
  const steps = counted(pairs.length, 'step')
  const trace = (): void => {
    const at = editor.now()
    const commands = pairs.flatMap(([now, next]): Command[] => {
      const command = traceCommand(workflow, now, next, editor.person(), at)
      return command ? [command] : []
    })
    onClose()
    editor.edit({ kind: 'together', commands }, `Traced ${steps} to what they were copied from`)
  }
  const names = pairs.slice(0, named).map(([now]) => `“${labelOf(workflow, 'current', now)}”`)
  const more = pairs.length > named ? ` and ${pairs.length - named} more` : ''
  return (
    <Dialog title={`Trace ${steps} to what they were copied from?`} open onClose={onClose}>
      <p>
        {names.join(', ')}
        {more}: each step of today would be traced to its copy.
      </p>
      <DialogActions>
        <Button onPress={onClose}>Leave untraced</Button>
        <Button look="primary" autoFocus onPress={trace}>
          Trace {steps}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
