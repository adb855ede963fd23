/** Leaving values behind on purpose: why, and who says so. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { workspace } from '../../../session/state.ts'
import type { MappingEntry } from '../acts/mapping-entries.ts'

export interface NotCarriedDialogProps {
  readonly entry: MappingEntry
  readonly onDecide: (reason: string, by: string) => void
  readonly onClose: () => void
}

export function NotCarriedDialog({ entry, onDecide, onClose }: NotCarriedDialogProps) {
  const [reason, setReason] = useState(entry.line.reason)
  const [by, setBy] = useState(entry.line.by === '' ? (workspace().person?.name ?? '') : entry.line.by)
  const complete = reason.trim() !== '' && by.trim() !== ''
  return (
    <Dialog title={`Leave ${entry.line.fields.join(' + ')} behind`} open onClose={onClose}>
      {entry.filled !== null && entry.filled > 0 && (
        <Note mark="warning">
          {formatNumber(entry.filled)} filled cells of {entry.line.source} will not be in the new system.
        </Note>
      )}
      <Field
        label="Reason"
        hint="a reader must understand it in a year"
        lines={2}
        value={reason}
        onChange={setReason}
        autoFocus
      />
      <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={!complete}
          onPress={() => {
            onClose()
            onDecide(reason.trim(), by.trim())
          }}
        >
          Do not carry
        </Button>
      </DialogActions>
    </Dialog>
  )
}
