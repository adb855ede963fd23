/**
 * Shifts being watched: kept in the private part of the project until they are on a map or erased. Every change can be undone in this visit; the
 * ledger says nothing of them, as of any drawing before it is judged.
 */
import { useMemo } from 'react'
import { utf8 } from '../../../../core/canonical.ts'
import { nothingWatched, readWatched, type Watched, watchedText } from '../../../../core/workflow/edit/watched.ts'
import { draftAtOnce, type PlainDeed } from '../../../session/act.ts'
import { noteChange, turnAtOnce, useHistory } from '../../../session/history.ts'
import { openProject, useWorkspace } from '../../../session/state.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface Capture {
  readonly watched: Watched
  /** Why what is kept can not be read, in sentences; it stays as it is until it is erased. */
  readonly problem: string | null
}

export function capturePath(workflow: string): string {
  return `private/workflows/${workflow}/watched.json`
}

/** Where the changes of one watched shift are taken back. */
function placeOf(workflow: string): string {
  return `watched ${workflow}`
}

export function useCapture(workflow: string): Capture & { readonly canUndo: boolean; readonly canRedo: boolean } {
  const bytes = useWorkspace(({ project }) => project?.private.get(capturePath(workflow)) ?? null)
  const { undo, redo } = useHistory(placeOf(workflow))
  const capture = useMemo(() => read(bytes), [bytes])
  return { ...capture, canUndo: undo.length > 0, canRedo: redo.length > 0 }
}

function read(bytes: Bytes | null): Capture {
  if (bytes === null) return { watched: nothingWatched, problem: null }
  let json: unknown = null
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // Said by the reader: it holds no object.
  }
  const { value, problems } = readWatched(json)
  return { watched: value, problem: problems.length === 0 ? null : problems.map(({ sentence }) => sentence).join(' ') }
}

/** @param burst the field that is typed in; null for a tap, which is on disk before the next one */
export function setCapture(workflow: string, change: (before: Watched) => Watched, burst: string | null = null): void {
  const before = openProject().private.get(capturePath(workflow)) ?? null
  const next = change(read(before).watched)
  const after = next.seen.length === 0 && next.running === null ? null : utf8(watchedText(next))
  if ((before === null && after === null) || !draftAtOnce(putting(workflow, after), burst === null)) return
  noteChange(placeOf(workflow), { said: '', undo: putting(workflow, before), redo: putting(workflow, after), burst })
}

export function undoCapture(workflow: string): void {
  turnAtOnce(placeOf(workflow), 'undo', draftAtOnce)
}

export function redoCapture(workflow: string): void {
  turnAtOnce(placeOf(workflow), 'redo', draftAtOnce)
}

function putting(workflow: string, bytes: Bytes | null): PlainDeed {
  return (project) => {
    const hidden = new Map(project.private)
    if (bytes === null) hidden.delete(capturePath(workflow))
    else hidden.set(capturePath(workflow), bytes)
    return { ok: true, project: { ...project, private: hidden } }
  }
}
