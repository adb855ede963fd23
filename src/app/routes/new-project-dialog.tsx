/** Asks for the three names a new project needs, and what it begins with. */
import { useState } from 'react'
import { projectTemplateNames, type TemplateId } from '../../../samples/templates/names.ts'
import { Button } from '../components/button.tsx'
import { Dialog, DialogActions } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { Select } from '../components/select.tsx'
import { createProject } from '../opening/opening.ts'

const empty = 'empty'
const starts: readonly (readonly [TemplateId | typeof empty, string])[] = [
  [empty, 'Empty'],
  ...projectTemplateNames.map(({ id, title, detail }) => [id, `${title}: ${detail}`] as const),
]

export function NewProjectDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [legacy, setLegacy] = useState('')
  const [target, setTarget] = useState('')
  const [goLive, setGoLive] = useState('')
  const [start, setStart] = useState<TemplateId | typeof empty>(empty)
  const complete = [name, legacy, target].every((text) => text.trim() !== '')
  return (
    <Dialog title="New project" open onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!complete) return
          onClose()
          void createProject(
            { name: name.trim(), legacy: legacy.trim(), target: target.trim() },
            { template: start === empty ? null : start, goLive: goLive === '' ? null : goLive },
          )
        }}
      >
        <Field label="Name of the clinic or project" value={name} onChange={setName} autoFocus isRequired />
        <Field label="System you leave" value={legacy} onChange={setLegacy} isRequired />
        <Field label="System you move to" value={target} onChange={setTarget} isRequired />
        <Field
          label="Day of go-live, where one is planned"
          type="date"
          value={goLive}
          onChange={setGoLive}
          hint="It stands in the milestones, where you change it. It counts as claimed until somebody signs for it."
        />
        <Select label="Begin with" value={start} choices={starts} onChange={setStart} />
        {start !== empty && (
          <p className="muted">
            Two pairs of maps, a register of risks and a plan, as such places usually have them. All of it is an example to
            change: nothing in it counts as evidence.
          </p>
        )}
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
