/** Lines of the one history whose steps are edits as data: each edit has an inverse, so that a line can be kept and brought back after a reload. */
import { type EditStep, lineOf, putLine, useLine, type Way } from './history.ts'
import { isRecent } from './is-recent.ts'
import { useWorkspace } from './state.ts'

export interface EditPlace<Edit> {
  /** Name of the line. */
  readonly place: string
  /** What the edits stand on, by identity: where something else has changed it, no step leads back any more. */
  readonly on: () => unknown
  /** Makes an edit and gives the one that leads back; null, with the sentence on screen, where it can not be made. */
  readonly apply: (edit: Edit) => Edit | null
  /** Two edits as one; without it every edit is a step of its own. */
  readonly join?: (first: Edit, second: Edit) => Edit
}

export interface EditSteps<Edit> {
  readonly undo: readonly EditStep<Edit>[]
  readonly redo: readonly EditStep<Edit>[]
}

/** Edits of one burst (arrow keys, typing, one drag) within this time become one step. */
export const burstMilliseconds = 500

/** Makes an edit and notes the way back; false where it can not be made. */
export function makeEdit<Edit>(target: EditPlace<Edit>, edit: Edit, burst: string | null = null): boolean {
  const { undo } = editSteps<Edit>(target)
  const inverse = target.apply(edit)
  if (inverse === null) return false
  const step: EditStep<Edit> = { edit: inverse, burst, at: Date.now() }
  const last = undo.at(-1)
  const isBurst = burst !== null && last?.burst === burst && isRecent(last.at, burstMilliseconds)
  const joined =
    isBurst && target.join ? [...undo.slice(0, -1), { ...step, edit: target.join(inverse, last.edit) }] : [...undo, step]
  bringEditSteps(target, { undo: joined, redo: [] })
  return true
}

/** Takes the last edit back, or makes it again; false where there is none or it can not be made. */
export function turnEdit<Edit>(target: EditPlace<Edit>, way: Way): boolean {
  const steps = editSteps<Edit>(target)
  const last = steps[way].at(-1)
  const inverse = last ? target.apply(last.edit) : null
  if (inverse === null) return false
  const other = way === 'undo' ? 'redo' : 'undo'
  const moved = [...steps[other], { edit: inverse, burst: null, at: Date.now() }]
  bringEditSteps(
    target,
    way === 'undo' ? { undo: steps.undo.slice(0, -1), redo: moved } : { undo: moved, redo: steps.redo.slice(0, -1) },
  )
  return true
}

/** Steps of the line as far as they still lead to what is there. */
export function editSteps<Edit>({ place, on }: Pick<EditPlace<Edit>, 'place' | 'on'>): EditSteps<Edit> {
  return standing(lineOf(place), on())
}

/** Gives a line its steps, for what is there now. */
export function bringEditSteps<Edit>(
  { place, on }: Pick<EditPlace<Edit>, 'place' | 'on'>,
  { undo, redo }: EditSteps<Edit>,
): void {
  putLine(place, { undo, redo, on: on() })
}

/** Whether there is something to take back or to do again. */
export function useEditSteps<Edit>({ place, on }: Pick<EditPlace<Edit>, 'place' | 'on'>): {
  readonly canUndo: boolean
  readonly canRedo: boolean
} {
  const line = useLine(place)
  const { undo, redo } = standing<Edit>(line, useWorkspace(on))
  return { canUndo: undo.length > 0, canRedo: redo.length > 0 }
}

function standing<Edit>(line: ReturnType<typeof lineOf>, now: unknown): EditSteps<Edit> {
  const isEdits = 'on' in line && line.on === now
  return isEdits ? (line as EditSteps<Edit>) : { undo: [], redo: [] }
}
