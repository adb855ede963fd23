/**
 * Shifts being watched: kept in the private part of the project until they are on a map or erased. Every change can be undone in this visit; the
 * ledger says nothing of them, as of any drawing before it is judged.
 */
import { useMemo } from 'react'
import { create } from 'zustand'
import { utf8 } from '../../core/canonical.ts'
import { nothingWatched, readWatched, type Watched, watchedText } from '../../core/workflow/watched.ts'
import { keepNow } from './keep.ts'
import { changeProject, openProject, setWorkspace, useWorkspace, workspace } from './state.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface Capture {
  readonly watched: Watched
  /** Why what is kept can not be read, in sentences; it stays as it is until it is erased. */
  readonly problem: string | null
}

/** Earlier and later states of the file, for one workflow of one project. */
interface History {
  readonly of: string
  readonly past: readonly (Bytes | null)[]
  readonly future: readonly (Bytes | null)[]
  /** Letters typed into one field are one change. */
  readonly burst: string | null
}

const useHistory = create<History>()(() => ({ of: '', past: [], future: [], burst: null }))

export function capturePath(workflow: string): string {
  return `private/workflows/${workflow}/watched.json`
}

function keyOf(workflow: string): string {
  return JSON.stringify([workspace().project?.manifest.id ?? null, workflow])
}

function historyOf(workflow: string, held: History): History {
  const of = keyOf(workflow)
  return held.of === of ? held : { of, past: [], future: [], burst: null }
}

export function useCapture(workflow: string): Capture & { readonly canUndo: boolean; readonly canRedo: boolean } {
  const bytes = useWorkspace(({ project }) => project?.private.get(capturePath(workflow)) ?? null)
  const { past, future } = historyOf(workflow, useHistory())
  const capture = useMemo(() => read(bytes), [bytes])
  return { ...capture, canUndo: past.length > 0, canRedo: future.length > 0 }
}

function held(workflow: string): Bytes | null {
  return openProject().private.get(capturePath(workflow)) ?? null
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
  const before = held(workflow)
  const next = change(read(before).watched)
  const after = next.seen.length === 0 && next.running === null ? null : utf8(watchedText(next))
  if ((before === null && after === null) || !put(workflow, after)) return
  const history = historyOf(workflow, useHistory.getState())
  const typing = burst !== null && burst === history.burst
  useHistory.setState({ ...history, past: typing ? history.past : [...history.past, before], future: [], burst })
  if (burst === null) void keepNow()
}

export function undoCapture(workflow: string): void {
  move(workflow, 'past', 'future')
}

export function redoCapture(workflow: string): void {
  move(workflow, 'future', 'past')
}

function move(workflow: string, from: 'past' | 'future', to: 'past' | 'future'): void {
  const history = historyOf(workflow, useHistory.getState())
  const next = history[from].at(-1)
  const now = held(workflow)
  if (next === undefined || !put(workflow, next)) return
  useHistory.setState({ ...history, [from]: history[from].slice(0, -1), [to]: [...history[to], now], burst: null })
  void keepNow()
}

function put(workflow: string, bytes: Bytes | null): boolean {
  const project = openProject()
  if (project.readOnly !== null) {
    setWorkspace({ problem: project.readOnly })
    return false
  }
  const hidden = new Map(project.private)
  if (bytes === null) hidden.delete(capturePath(workflow))
  else hidden.set(capturePath(workflow), bytes)
  changeProject({ private: hidden })
  return true
}
