/** Watching a shift: one tap per role starts the next piece of work and ends the one before; clicks and screens are counted beside it. */
import { useEffect, useState } from 'react'
import { dayText } from '../../../../core/values/day.ts'
import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { captureCommand, type Seen } from '../../../../core/workflow/edit/capture.ts'
import { nothingWatched, type Running, stopped } from '../../../../core/workflow/edit/watched.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { formatDuration } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useUndoKeys } from '../../../window/keys.ts'
import { capturePath, redoCapture, setCapture, undoCapture, useCapture } from '../acts/captures.ts'
import type { EditorActs } from '../editor/use-editor.ts'
import styles from './capture-dialog.module.css'

export interface CaptureDialogProps {
  readonly workflow: Workflow
  readonly editor: EditorActs
  readonly onClose: () => void
}

export function CaptureDialog(props: CaptureDialogProps) {
  return (
    <Dialog title="Watch a shift" open wide onClose={props.onClose}>
      <Watching {...props} />
    </Dialog>
  )
}

function Watching({ workflow, editor, onClose }: CaptureDialogProps) {
  const { watched, problem, canUndo, canRedo } = useCapture(workflow.id)
  const { seen, running } = watched
  const undo = (): void => undoCapture(workflow.id)
  const redo = (): void => redoCapture(workflow.id)
  useUndoKeys(undo, redo, 'dialog')
  const [role, setRole] = useState('')
  const now = useClock(running !== null)
  const roles = [...new Set([...orderedLanes(workflow.current).map((lane) => lane.label), ...seen.map((each) => each.role)])]
  const nothing = seen.length === 0 && running === null
  const start = (next: string): void => {
    const at = Date.now()
    setCapture(workflow.id, (before) => ({
      seen: stopped(before, at),
      running: { role: next, label: '', from: at, clicks: 0, screens: 0 },
    }))
  }
  const count = (what: 'clicks' | 'screens'): void =>
    setCapture(workflow.id, (before) => ({
      ...before,
      running: before.running && { ...before.running, [what]: before.running[what] + 1 },
    }))
  const stop = (): void => setCapture(workflow.id, (before) => ({ seen: stopped(before, Date.now()), running: null }))
  const name = (label: string): void =>
    setCapture(
      workflow.id,
      (before) => ({ ...before, running: before.running && { ...before.running, label } }),
      `now ${running?.from}`,
    )
  const rename = (index: number, label: string): void =>
    setCapture(
      workflow.id,
      (before) => ({ ...before, seen: before.seen.map((each, at) => (at === index ? { ...each, label } : each)) }),
      `seen ${index}`,
    )
  const drop = (index: number): void =>
    setCapture(workflow.id, (before) => ({ ...before, seen: before.seen.filter((_, at) => at !== index) }))
  const erase = (): void => setCapture(workflow.id, () => nothingWatched)
  const add = (): void => {
    const all = stopped({ seen, running }, Date.now())
    const source = `watched ${dayText(new Date(all[0]?.from ?? Date.now()).toISOString())}`
    const added = editor.edit(
      captureCommand(workflow.current, all, source),
      `Added ${all.length} observations to the current map`,
    )
    if (added === null || added.refused !== null) return
    erase()
    onClose()
    // They stand behind the map, often outside what is shown: choosing them brings them there.
    const made = added.created.map((id) => refOf('current', id))
    editor.select(new Set(made), made[0] ?? null)
    setTimeout(editor.focus, 0)
  }
  if (problem !== null)
    return (
      <>
        <Note mark="warning">
          What was kept of this shift can not be read: {problem} It stays in {capturePath(workflow.id)} until you erase it.
        </Note>
        <DialogActions>
          <Button onPress={erase}>Erase it</Button>
          <Button look="primary" onPress={onClose}>
            Close
          </Button>
        </DialogActions>
      </>
    )
  return (
    <>
      <p className="muted">
        Tap the role that works now; each tap ends the work before it. Name the work while it goes on, or afterwards. What was
        seen stays in the private part of the project until you add it to the map or erase it.
      </p>
      <div className={`row-end around ${styles.roles}`}>
        {roles.map((each) => (
          <Button key={each} look={running?.role === each ? 'primary' : 'plain'} onPress={() => start(each)}>
            {each}
          </Button>
        ))}
        <form
          className={styles.newRole}
          onSubmit={(event) => {
            event.preventDefault()
            if (role.trim() === '') return
            start(role.trim())
            setRole('')
          }}
        >
          <Field label="Another role" value={role} onChange={setRole} />
          <Button type="submit" isDisabled={role.trim() === ''}>
            Start this role
          </Button>
        </form>
      </div>
      {running && <Now running={running} now={now} onName={name} onCount={count} onStop={stop} />}
      {seen.length > 0 && (
        <ol className={`scroll bullets around ${styles.seen}`} aria-label="What was seen">
          {seen.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end, and what was seen twice looks the same
            <li key={index}>
              <div className={`line-end ${styles.row}`}>
                <Field
                  label={`${each.role}, ${formatDuration((each.to - each.from) / 1000)}`}
                  value={each.label}
                  onChange={(label) => rename(index, label)}
                />
                <Button look="quiet" aria-label={`Remove ${nameOf(each)}`} onPress={() => drop(index)}>
                  Remove
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      <DialogActions>
        <Button look="quiet" isDisabled={!canUndo} onPress={undo}>
          Undo
        </Button>
        <Button look="quiet" isDisabled={!canRedo} onPress={redo}>
          Redo
        </Button>
        <Button isDisabled={nothing} onPress={erase}>
          Erase all
        </Button>
        <Button onPress={onClose}>Close and keep</Button>
        <Button look="primary" isDisabled={nothing} onPress={add}>
          Add to the current map
        </Button>
      </DialogActions>
    </>
  )
}

function Now(props: {
  readonly running: Running
  /** Milliseconds since 1970. */
  readonly now: number
  readonly onName: (label: string) => void
  readonly onCount: (what: 'clicks' | 'screens') => void
  readonly onStop: () => void
}) {
  const { running, now, onCount } = props
  return (
    <section className={styles.running} aria-label="Work that goes on now">
      <b className={`digits ${styles.clock}`}>{formatDuration(Math.max(0, now - running.from) / 1000)}</b>
      <Field label={`What ${running.role} does now`} value={running.label} onChange={props.onName} />
      <Button onPress={() => onCount('clicks')}>Click {running.clicks}</Button>
      <Button onPress={() => onCount('screens')}>Screen {running.screens}</Button>
      <Button onPress={props.onStop}>Stop</Button>
    </section>
  )
}

/** Work by its name; by role and time where nobody named it yet. */
function nameOf({ role, label, from, to }: Seen): string {
  const clock = new Date(from).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return label.trim() === '' ? `${role}, ${formatDuration((to - from) / 1000)} from ${clock}` : `${label}, ${role}`
}

/** Milliseconds, once a second while something is timed. */
function useClock(on: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!on) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [on])
  return now
}
