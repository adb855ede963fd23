/** Named states of both maps: kept, compared with what is drawn now, brought back. */
import { useEffect, useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { mergeWorkflows, nameOfRecord } from '../../../../core/workflow/edit/merge.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatDate } from '../../../components/format.ts'
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
import { differs, MapPicture } from './map-picture.tsx'
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
                label={`Name of the version of ${formatDate(version.at)}`}
                value={version.name}
                onCommit={(text) => (text.trim() === '' ? 'Give a name.' : void renameVersion(version.key, text.trim()))}
              />
              <span className="muted">{formatDate(version.at)}</span>
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
      {compared && <Compared version={compared} now={workflow} />}
      <p className="muted caption">Versions stay in this browser and are no part of the project file.</p>
      <DialogActions>
        <Button onPress={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}

/** What changed from a version to now, with the pictures of both. */
function Compared({ version, now }: { readonly version: MapVersion; readonly now: Workflow }) {
  const then = useMemo(() => workflowOf(version), [version])
  const changes = useMemo(() => mergeWorkflows(then, now, then).joined, [then, now])
  if (changes.length === 0) return <p role="status">Nothing has changed since “{version.name}”.</p>
  return (
    <section aria-label={`Changes since ${version.name}`}>
      {sides
        .filter((side) => differs(then[side], now[side]))
        .map((side) => (
          <section key={side} className="around tiles" aria-label={side === 'current' ? 'Current map' : 'Future map'}>
            <MapPicture graph={then[side]} name={`${side === 'current' ? 'Current' : 'Future'} map in “${version.name}”`} />
            <MapPicture graph={now[side]} name={`${side === 'current' ? 'Current' : 'Future'} map now`} />
          </section>
        ))}
      <h3>{counted(changes.length, 'change')} since then</h3>
      <ul className={`scroll bullets around ${styles.list}`}>
        {changes.map((place) => (
          <li key={`${place.at} ${place.side} ${place.id}`}>
            {changeWord(then, now, place)} {nameOfRecord(place, [now, then])}
            {place.side && <span className="muted"> ({place.side} map)</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function changeWord(then: Workflow, now: Workflow, { at, side, id }: Parameters<typeof nameOfRecord>[0]): string {
  if (at === 'label' || at === 'scenario') return 'Changed:'
  const has = (workflow: Workflow): boolean => (at === 'trace' ? workflow.trace.has(id) : workflow[side ?? 'current'][at].has(id))
  return !has(then) ? 'New:' : has(now) ? 'Changed:' : 'Removed:'
}
