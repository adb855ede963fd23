/**
 * One history of what can be taken back and done again, a line for each place where people change something. Taking back is an act like any other:
 * where the ledger names what was done it names that, too, and what can not be kept leaves the history as it was.
 */
import { create } from 'zustand'
import { actOrSay, type PlainDeed } from './act.ts'
import { setWorkspace, useWorkspace, workspace } from './state.ts'

export interface Change {
  /** What was done, in words; empty where the place names no steps. */
  readonly said: string
  readonly undo: PlainDeed
  /** Null where taking back is the last word. */
  readonly redo: PlainDeed | null
  /** Changes of one burst (letters of one field) are one step. */
  readonly burst?: string | null
}

export type Way = 'undo' | 'redo'

/** A step as data: applying the edit leads back. */
export interface EditStep<Edit> {
  readonly edit: Edit
  /** Edits of the same burst become one step. */
  readonly burst: string | null
  /** Milliseconds since 1970. */
  readonly at: number
}

interface Line {
  readonly undo: readonly Change[]
  readonly redo: readonly Change[]
}

/** Steps as data, and what they stand on, by identity. */
interface EditLine {
  readonly undo: readonly EditStep<unknown>[]
  readonly redo: readonly EditStep<unknown>[]
  readonly on: unknown
}

interface Lines {
  /** Project the lines belong to; those of another one are forgotten. */
  readonly project: string | null
  readonly of: ReadonlyMap<string, Line | EditLine>
}

/** Steps that a line keeps. */
const longest = 200
const empty: Line = { undo: [], redo: [] }
const useLines = create<Lines>()(() => ({ project: null, of: new Map() }))

/** What can be taken back and done again at this place of the open project, the last one last. */
export function useHistory(place: string): Line {
  const line = useLine(place)
  return 'on' in line ? empty : line
}

/** The same for lines of either kind. */
export function useLine(place: string): Line | EditLine {
  const id = useWorkspace((w) => w.project?.manifest.id)
  const { project, of } = useLines()
  return project === id ? (of.get(place) ?? empty) : empty
}

/** Notes a change that was made; what was taken back before can not be done again after it. */
export function noteChange(place: string, change: Change): void {
  const { undo } = changesOf(place)
  const before = undo.at(-1)
  const joined = before && typeof change.burst === 'string' && before.burst === change.burst
  const steps = joined ? [...undo.slice(0, -1), { ...change, undo: before.undo }] : [...undo, change]
  putLine(place, { undo: steps, redo: [] })
}

/** Takes back the last change of this place; false, with the sentence on screen, where that can not be. */
export function undoChange(place: string): Promise<boolean> {
  return turn(place, 'undo')
}

export function redoChange(place: string): Promise<boolean> {
  return turn(place, 'redo')
}

/** The same for drafts, which change at once. `apply` makes a change and says whether it was made. */
export function turnAtOnce(place: string, way: Way, apply: (deed: PlainDeed) => boolean): void {
  const change = changesOf(place)[way].at(-1)
  const deed = change?.[way]
  if (change && deed && apply(deed)) move(place, way, change)
}

async function turn(place: string, way: Way): Promise<boolean> {
  let change: Change | undefined
  return await actOrSay(
    (project, hand) => {
      // Chosen when its turn comes: an earlier press may still be on its way to the disk.
      change = changesOf(place)[way].at(-1)
      const step = change?.[way]?.(project, hand) ?? { ok: true, project }
      // What something else has changed since can not be turned any more; the steps before it may.
      if (!step.ok) putLine(place, { ...changesOf(place), [way]: changesOf(place)[way].slice(0, -1) })
      return step
    },
    () => {
      if (!change) return
      move(place, way, change)
      if (change.said !== '') setWorkspace({ done: `${way === 'undo' ? 'Taken back' : 'Done again'}: ${change.said}` })
    },
  )
}

function move(place: string, way: Way, change: Change): void {
  const line = changesOf(place)
  const other = way === 'undo' ? 'redo' : 'undo'
  const moved = change.redo === null ? [] : [{ ...change, burst: null }]
  putLine(place, { ...line, [way]: line[way].slice(0, -1), [other]: [...line[other], ...moved] })
}

function changesOf(place: string): Line {
  const line = lineOf(place)
  return 'on' in line ? empty : line
}

export function lineOf(place: string): Line | EditLine {
  const { project, of } = useLines.getState()
  return project === openId() ? (of.get(place) ?? empty) : empty
}

/** Sets the steps of a place; the oldest beyond the limit are let go. */
export function putLine(place: string, line: Line | EditLine): void {
  const id = openId()
  // An act that is kept while its project closes leaves no history.
  if (id === null) return
  const kept = { ...line, undo: line.undo.slice(-longest) } as Line | EditLine
  useLines.setState(({ project, of }) => ({ project: id, of: new Map(project === id ? of : []).set(place, kept) }))
}

function openId(): string | null {
  return workspace().project?.manifest.id ?? null
}
