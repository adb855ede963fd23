/** A new recovery key in place of a paper that is lost, or that somebody else has seen. */
import { useState } from 'react'
import { errorWords } from '../../../core/values/error-words.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { Note } from '../../components/panel.tsx'
import { renewRecoveryKey } from './open-private.ts'
import { PrintedKey } from './printed-key.tsx'

export function NewPaperDialog({ onClose }: { readonly onClose: () => void }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [printed, setPrinted] = useState<string | null>(null)
  const renew = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      const outcome = await renewRecoveryKey()
      if (outcome.ok) setPrinted(outcome.printed)
      else setProblem(outcome.why)
    } catch (error) {
      setProblem(errorWords(error))
    } finally {
      setBusy(false)
    }
  }
  if (printed !== null) return <PrintedKey title="Write down the new recovery key" printed={printed} onClose={onClose} />
  return (
    <Dialog title="New recovery key" open onClose={onClose}>
      <p>A new key begins, and it is printed once. The old paper opens nothing that is sealed from then on.</p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={busy} onPress={() => void renew()}>
          {busy ? 'Sealing…' : 'Sign and make a new one'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
