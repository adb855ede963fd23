/** Named states of both maps: kept, compared with what is drawn now, brought back. */
import { useEffect, useMemo, useState } from 'react'
import { dayText } from '../../../../core/values/day.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import type { MapVersion } from '../../../session/known-versions.ts'
import {
  bringVersions,
  dropVersion,
  keepVersion,
  renameVersion,
  restoreVersion,
  useVersions,
  useVersionsRead,
  workflowOf,
} from '../acts/map-versions.ts'
import { TextField } from '../fields/fields.tsx'
import { TextArea } from '../fields/text-area.tsx'
import { Compared } from './compared.tsx'
import styles from './merge-dialog.module.css'

export interface VersionsDialogProps {
  readonly workflow: Workflow
  readonly readOnly: boolean
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

export function VersionsDialog(props: VersionsDialogProps) {
  const { workflow, readOnly, onDone, onClose } = props
  const versions = useVersions(workflow.id)
  const isRead = useVersionsRead()
  const [name, setName] = useState('')
  const [shown, setShown] = useState<string | null>(null)
  useEffect(() => void bringVersions(), [])
  const compared = versions.find(({ key }) => key === shown)
  const keep = async (): Promise<void> => {
    setName('')
    if (!(await keepVersion(workflow.id, name.trim(), new Date().toISOString()))) setName(name)
  }
  const restore = (version: MapVersion): void => {
    onDone(
      restoreVersion(version) ? `Brought back “${version.name}”; undo takes it back` : `The maps are as in “${version.name}”.`,
    )
    onClose()
  }
  return (
    <Dialog title="Versions of this workflow" open wide onClose={onClose}>
      <form
        className={`line-end ${styles.name}`}
        onSubmit={(event) => {
          event.preventDefault()
          if (isRead && name.trim() !== '') void keep()
        }}
      >
        <TextArea label="Name of the state as it is now" value={name} onChange={setName} lines={1} autoFocus />
        <Button type="submit" isDisabled={!isRead || name.trim() === ''}>
          Keep this version
        </Button>
      </form>
      {!isRead ? (
        <p className="muted">The versions that this browser keeps are not read.</p>
      ) : versions.length === 0 ? (
        <p className="muted">No version yet. Name one before a meeting, a larger change, or before the map is given away.</p>
      ) : (
        <ul className={`stack-tight around ${styles.versions}`} aria-label="Versions">
          {versions.map((version) => (
            <li key={version.key}>
              <TextField
                bare
                label={`Name of the version of ${dayText(version.at)}`}
                value={version.name}
                onCommit={(text) => (text.trim() === '' ? 'Give a name.' : void renameVersion(version.key, text.trim()))}
              />
              <span className="muted">{dayText(version.at)}</span>
              <Button
                aria-label={`Compare ${version.name} with the maps now`}
                onPress={() => setShown(shown === version.key ? null : version.key)}
              >
                {shown === version.key ? 'Hide' : 'Compare'}
              </Button>
              <Button isDisabled={readOnly} aria-label={`Restore ${version.name}`} onPress={() => restore(version)}>
                Restore
              </Button>
              <Button look="quiet" aria-label={`Forget ${version.name}`} onPress={() => void dropVersion(version.key)}>
                Forget
              </Button>
            </li>
          ))}
        </ul>
      )}
      {compared && <ComparedVersion version={compared} now={workflow} />}
      <p className="muted caption">Versions stay in this browser and are no part of the project file.</p>
      <DialogActions>
        <Button onPress={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

function ComparedVersion({ version, now }: { readonly version: MapVersion; readonly now: Workflow }) {
  const then = useMemo(() => workflowOf(version), [version])
  return <Compared name={version.name} then={then} now={now} />
}
