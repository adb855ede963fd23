/** Files that were just added: how each would be read, before all of them are. */
import { useEffect, useState } from 'react'
import type { Side, SourceEntry } from '../../../../core/data/model/source.ts'
import { compareText } from '../../../../core/finding.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatBytes, formatNumber } from '../../../components/format.ts'
import { Select } from '../../../components/select.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { closeReading, lookAt, useAdded, useLook } from '../acts/previews.ts'
import { changeSides, removeSource } from '../acts/sources.ts'
import styles from '../data.module.css'
import { FolderSides } from './folder-sides.tsx'
import { ReadingPanel } from './reading-panel.tsx'
import { previewWords } from './reading-words.ts'

const sides: readonly (readonly [Side, string])[] = [
  ['legacy', 'Legacy'],
  ['target', 'Target'],
]

export function AddedDialog() {
  const added = useAdded()
  const all = useWorkspace((w) => w.project?.sources ?? [])
  const sources = all
    .filter(({ id }) => added.includes(id))
    .toSorted((a, b) => compareText(a.side, b.side) || compareText(a.name, b.name))
  const [chosen, setChosen] = useState<string | null>(null)
  const [said, setSaid] = useState<ReadonlySet<string>>(new Set())
  const say = (ids: readonly string[], side: Side): void => {
    changeSides(ids, side)
    setSaid(new Set([...said, ...ids]))
  }
  const source = sources.find(({ id }) => id === chosen) ?? sources[0]
  if (!source) return null
  const title =
    sources.length === 1 ? `How ${source.name} will be read` : `How ${formatNumber(sources.length)} files will be read`
  return (
    <Dialog title={title} open onClose={closeReading} wide>
      {sources.length > 1 && (
        <ul className={`stack-tight scroll outlined ${styles.addedFiles}`} aria-label="Files">
          {sources.map((each) => (
            <AddedFile key={each.id} source={each} chosen={each === source} onChoose={() => setChosen(each.id)} />
          ))}
        </ul>
      )}
      <FolderSides sources={sources} said={said} onSay={say} />
      <div className="row-end">
        <Select label="Side of this file" value={source.side} choices={sides} onChange={(side) => say([source.id], side)} />
        <span className={`${styles.size} muted`}>{formatBytes(source.bytes)}</span>
      </div>
      <div className={`stack-wide scroll ${styles.reading}`}>
        <ReadingPanel key={source.id} source={source} />
      </div>
      <DialogActions>
        <Button onPress={() => leaveOut(source)}>Leave {sources.length > 1 ? 'this file' : 'it'} out</Button>
        <Button look="primary" onPress={closeReading} autoFocus>
          {sources.length === 1 ? 'Read it like this' : `Read all ${formatNumber(sources.length)} like this`}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** One of several files with how it would be read in a line; chosen, it is shown below in full. */
function AddedFile(props: { readonly source: SourceEntry; readonly chosen: boolean; readonly onChoose: () => void }) {
  const { source, chosen, onChoose } = props
  const look = useLook(source.id)
  useEffect(() => {
    void lookAt(source.id)
  }, [source])
  const words = look?.problem ? 'could not be looked at' : look?.preview ? previewWords(look.preview) : 'looking at it…'
  return (
    <li>
      <button type="button" aria-pressed={chosen} onClick={onChoose}>
        <strong>{source.name}</strong>
        <span className="muted">
          {source.side}, {formatBytes(source.bytes)}, {words}
        </span>
      </button>
    </li>
  )
}

function leaveOut({ id }: SourceEntry): void {
  removeSource(id)
}
