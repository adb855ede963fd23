/** Reads a map drawn with another program, shows what comes and what does not, and puts it on one of the two maps. */
import { useEffect, useRef, useState } from 'react'
import type { Drawing } from '../../../../core/workflow/interop/formats.ts'
import type { Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Choice } from '../../../components/choice.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { Note } from '../../../components/panel.tsx'
import { placeDrawing, readDrawing } from '../acts/drawings.ts'
import styles from './import-dialog.module.css'

const formatNames: Readonly<Record<Drawing['format'], string>> = {
  bpmn: 'BPMN 2.0',
  drawio: 'draw.io',
  visio: 'Visio',
  lucid: 'Lucidchart CSV',
  xpdl: 'XPDL',
  steps: 'table of steps',
  carryover: 'Carryover workflow',
}

const sideChoices: readonly (readonly [WorkflowSide, string])[] = [
  ['current', 'is done today (current map)'],
  ['future', 'will be done (future map)'],
]

export interface ImportDialogProps {
  readonly workflow: Workflow
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

export function ImportDialog({ workflow, onDone, onClose }: ImportDialogProps) {
  const empty = workflow.current.nodes.size === 0 ? 'current' : workflow.future.nodes.size === 0 ? 'future' : null
  const [side, setSide] = useState<WorkflowSide>(empty ?? 'current')
  const [file, setFile] = useState<File | null>(null)
  const [drawing, setDrawing] = useState<Drawing | string | null>(null)
  const chooser = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!file) return
    const stop = new AbortController()
    setDrawing(null)
    void readDrawing(file, side, stop.signal).then((read) => {
      if (!stop.signal.aborted) setDrawing(read)
    })
    return () => stop.abort()
  }, [file, side])
  const there = workflow[side].nodes.size
  const read = typeof drawing === 'object' ? drawing : null
  const place = (): void => {
    if (!read || !file) return
    onClose()
    void placeDrawing(workflow.id, side, read, file).then(() => onDone(`Imported ${file.name} as the ${side} map`))
  }
  return (
    <Dialog title="Import a map" open wide onClose={onClose}>
      <FileDrop
        className={`line dashed ${styles.drop}`}
        overClassName={styles.over ?? ''}
        onFiles={([first]) => first && setFile(first)}
      >
        <Button look={file ? 'quiet' : 'primary'} autoFocus onPress={() => chooser.current?.click()}>
          {file ? 'Choose another file' : 'Choose a file'}
        </Button>
        <span className="muted">
          {file ? file.name : 'BPMN 2.0, draw.io, Visio, Lucidchart (CSV), XPDL, or a table of steps; or drop it here'}
        </span>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label="Drawing to import"
          accept=".bpmn,.xml,.drawio,.vsdx,.xpdl,.csv,.json,.txt"
          onChange={(event) => {
            const [first] = event.target.files ?? []
            if (first) setFile(first)
            event.target.value = ''
          }}
        />
      </FileDrop>
      <div className="around-wide">
        <Choice label="It shows how work" value={side} choices={sideChoices} onChange={setSide} />
      </div>
      <div aria-live="polite">
        {file && drawing === null && <p className="muted">Reading {file.name}…</p>}
        {typeof drawing === 'string' && <Note mark="error">{drawing}</Note>}
        {read && <Read drawing={read} />}
        {read && there > 0 && (
          <Note mark="warning">
            The {side} map has {there} {there === 1 ? 'object' : 'objects'}; they are replaced. Ctrl+Z brings them back.
          </Note>
        )}
      </div>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={!read} onPress={place}>
          {there > 0 ? `Replace the ${side} map` : `Use as the ${side} map`}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Losses listed at once; the others are counted. */
const lossesShown = 100

function Read({ drawing }: { readonly drawing: Drawing }) {
  const { tasks, events, gateways, flows, lanes } = drawing.counts
  const { losses } = drawing
  return (
    <>
      <p>
        {formatNames[drawing.format]}: {tasks} tasks, {events} events, {gateways} gateways, {flows} flows, {lanes} lanes.
      </p>
      {losses.length === 0 ? (
        <p className="muted">Everything in it is drawn.</p>
      ) : (
        <details open={losses.length <= 8}>
          <summary>
            {losses.length} {losses.length === 1 ? 'object is' : 'objects are'} not drawn as they were
          </summary>
          <ul className={`scroll bullets around ${styles.losses}`}>
            {losses.slice(0, lossesShown).map((loss) => (
              <li key={`${loss.id} ${loss.what} ${loss.why}`}>
                <b>{loss.what}</b>: {loss.why}
              </li>
            ))}
            {losses.length > lossesShown && <li className="muted">and {losses.length - lossesShown} more</li>}
          </ul>
        </details>
      )}
    </>
  )
}
