/** Opens what is sealed with the printed recovery key, where this browser has no key for it. */
import { useState } from 'react'
import { errorWords } from '../../../core/values/error-words.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/panel.tsx'
import { openWithPaper } from './open-private.ts'

export function PaperDialog({ onClose }: { readonly onClose: () => void }) {
  const [printed, setPrinted] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const open = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const why = await openWithPaper(printed)
      if (why === null) onClose()
      else setProblem(why)
    } catch (error) {
      setProblem(errorWords(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title="Open with the recovery key" open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void open()
        }}
      >
        <p>Type the key from the paper that was written when the private part was first shared.</p>
        {problem !== null && <Note mark="error">{problem}</Note>}
        <Field label="Recovery key" value={printed} onChange={setPrinted} autoComplete="off" />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={busy || printed.trim() === ''}>
            {busy ? 'Opening…' : 'Open'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
