/** "Erase from this browser": says what will be gone, and asks. */
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { forget } from '../opening/opening.ts'

export function EraseButton({ id, name }: { readonly id: string; readonly name: string }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onPress={() => setAsking(true)} aria-label={`Erase ${name} from this browser`}>
        Erase from this browser
      </Button>
      <Dialog title={`Erase ${name}?`} open={asking} onClose={() => setAsking(false)} role="alertdialog">
        <p>
          Workflows, runs, verdicts, the ledger and the signing keys that this browser keeps of the project will be gone. Saved
          files and folders are not touched. Without one of them the project can not be brought back.
        </p>
        <DialogActions>
          <Button onPress={() => setAsking(false)}>Keep it</Button>
          <Button
            look="primary"
            onPress={() => {
              setAsking(false)
              void forget(id, name)
            }}
          >
            Erase
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
