/** The recovery key, shown once: whoever closes this without writing it down makes a new one. */
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'

export function PrintedKey({
  title,
  printed,
  onClose,
}: {
  readonly title: string
  readonly printed: string
  readonly onClose: () => void
}) {
  return (
    <Dialog title={title} open stays onClose={onClose}>
      <p>It opens everything sealed in this project if all browsers are lost. It is kept nowhere and is not shown again.</p>
      <p>
        <code>{printed}</code>
      </p>
      <DialogActions>
        <Button look="primary" onPress={onClose}>
          I wrote it down
        </Button>
      </DialogActions>
    </Dialog>
  )
}
