/** Asks for the three names a new project needs. */
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { createProject } from '../opening/opening.ts'

export function NewProjectDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [legacy, setLegacy] = useState('')
  const [target, setTarget] = useState('')
  const complete = [name, legacy, target].every((text) => text.trim() !== '')
  return (
    <Dialog title="New project" open={open} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!complete) return
          onClose()
          void createProject({ name: name.trim(), legacy: legacy.trim(), target: target.trim() })
        }}
      >
        <Field label="Name of the clinic or project" value={name} onChange={setName} autoFocus isRequired />
        <Field label="System you leave" value={legacy} onChange={setLegacy} isRequired />
        <Field label="System you move to" value={target} onChange={setTarget} isRequired />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={!complete}>
            Create project
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
