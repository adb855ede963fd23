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

type Way = 'undo' | 'redo'

interface Line {
  readonly undo: readonly Change[]
  readonly redo: readonly Change[]
}

interface Lines {
  /** Project the lines belong to; those of another one are forgotten. */
  readonly project: string | null
  readonly of: ReadonlyMap<string, Line>
}

/** Steps that a line keeps. */
const longest = 200
const empty: Line = { undo: [], redo: [] }
const useLines = create<Lines>()(() => ({ project: null, of: new Map() }))

/** What can be taken back and done again at this place of the open project, the last one last. */
export function useHistory(place: string): Line {
  const id = useWorkspace((w) => w.project?.manifest.id)
  const { project, of } = useLines()
  return project === id ? (of.get(place) ?? empty) : empty
}

/** Notes a change that was made; what was taken back before can not be done again after it. */
export function noteChange(place: string, change: Change): void {
  const { undo } = lineOf(place)
  const before = undo.at(-1)
  const joined = before && typeof change.burst === 'string' && before.burst === change.burst
  const steps = joined ? [...undo.slice(0, -1), { ...change, undo: before.undo }] : [...undo, change]
  put(place, { undo: steps.slice(-longest), redo: [] })
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
  const change = lineOf(place)[way].at(-1)
  const deed = change?.[way]
  if (change && deed && apply(deed)) move(place, way, change)
}

async function turn(place: string, way: Way): Promise<boolean> {
  let change: Change | undefined
  return await actOrSay(
    (project, hand) => {
      // Chosen when its turn comes: an earlier press may still be on its way to the disk.
      change = lineOf(place)[way].at(-1)
      const step = change?.[way]?.(project, hand) ?? { ok: true, project }
      // What something else has changed since can not be turned any more; the steps before it may.
      if (!step.ok) put(place, { ...lineOf(place), [way]: lineOf(place)[way].slice(0, -1) })
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
  const line = lineOf(place)
  const other = way === 'undo' ? 'redo' : 'undo'
  const moved = change.redo === null ? [] : [{ ...change, burst: null }]
  put(place, { ...line, [way]: line[way].slice(0, -1), [other]: [...line[other], ...moved] })
}

function lineOf(place: string): Line {
  const { project, of } = useLines.getState()
  return project === openId() ? (of.get(place) ?? empty) : empty
}

function put(place: string, line: Line): void {
  const id = openId()
  // An act that is kept while its project closes leaves no history.
  if (id === null) return
  useLines.setState(({ project, of }) => ({ project: id, of: new Map(project === id ? of : []).set(place, line) }))
}

function openId(): string | null {
  return workspace().project?.manifest.id ?? null
}
