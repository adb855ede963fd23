/** Asks who decides, once: decisions about data carry a name. */
import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace } from '../../../session/state.ts'
import styles from '../data.module.css'

export interface NameDialogProps {
  readonly title: string
  readonly onNamed: (name: string) => void
  readonly onClose: () => void
}

export function NameDialog({ title, onNamed, onClose }: NameDialogProps) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  return (
    <Dialog title={title} open onClose={onClose}>
      <form
        className={styles.contents}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() === '') return
          setWorkspace({ person: { name: name.trim(), role: role.trim() } })
          void keepSettings()
          onClose()
          onNamed(name.trim())
        }}
      >
        <p>Decisions about the mapping are kept under a name. It is asked once and kept in this browser.</p>
        <Field label="Your name" value={name} onChange={setName} autoComplete="off" autoFocus />
        <Field label="Your role (optional)" value={role} onChange={setRole} />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={name.trim() === ''}>
            Go on
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
