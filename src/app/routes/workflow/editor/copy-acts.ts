/** Steps copied: beside themselves, to the clipboard and from it, as a picture. */
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { sides, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { idsOn, type NodeRef, parseRef, refOf } from '../../../canvas/node-ref.ts'
import type { Move } from '../../../canvas/use-moving.ts'
import { setWorkspace } from '../../../session/state.ts'
import { copyPicture, partOf } from '../acts/drawings.ts'
import type { Made } from '../acts/workflows.ts'
import { copiedText, copySelection, pasteInto, untracedPairs } from './clipboard.ts'
import { labelOf } from './edits.ts'
import type { EditorPlace, SelectionActs } from './selection-acts.ts'

interface Edits {
  readonly edit: (command: Command, said: string, burst?: string | null) => Made | null
  readonly remove: (bridge: boolean, selected: ReadonlySet<NodeRef>) => void
}

/** The steps of one map that a command made. */
export const createdBy = (applied: Made | null, side: WorkflowSide): readonly NodeRef[] =>
  (applied?.created ?? []).filter((each) => applied?.workflow[side].nodes.has(each)).map((each) => refOf(side, each))

export function copyActs(
  { canvas, latest }: Pick<EditorPlace, 'canvas' | 'latest'>,
  { set, say, workflow, select, ask }: SelectionActs,
  { edit, remove }: Edits,
) {
  /** Copies where a drag with Alt ended; the steps themselves stay. */
  const copies = (list: readonly Move[]): void => {
    for (const side of sides) {
      const own = list.filter((move) => move.side === side)
      const [first] = own
      const from = first && workflow()?.[side].nodes.get(first.id)
      if (!first || !from) continue
      const ids = own.map((move) => move.id)
      const applied = edit(
        { kind: 'duplicate', side, ids, dx: first.x - from.x, dy: first.y - from.y },
        `Copied ${ids.length === 1 ? 'one step' : `${ids.length} steps`}`,
        'copies',
      )
      const made = createdBy(applied, side)
      const placed = own.flatMap((move, at) => {
        const id = parseRef(made[at] ?? '')?.id
        return id === undefined ? [] : [{ id, x: move.x, y: move.y, lane: move.lane }]
      })
      if (placed.length > 0) edit({ kind: 'move-nodes', side, moves: placed }, `Copied ${ids.length} steps`, 'copies')
      if (made.length > 0) select(new Set(made), made[0] ?? null)
    }
  }

  const duplicate = (): void => {
    const { selected } = latest.current
    for (const side of sides) {
      const ids = idsOn(side, selected)
      if (ids.length === 0) continue
      const applied = edit(
        { kind: 'duplicate', side, ids, dx: 0, dy: 0 },
        `Duplicated ${ids.length === 1 ? 'one step' : `${ids.length} steps`}`,
      )
      const made = createdBy(applied, side)
      if (made.length > 0) select(new Set(made), made[0] ?? null)
    }
  }

  const copy = (cut: boolean, clipboard: DataTransfer): void => {
    const open = workflow()
    const { selected, side: looked } = latest.current
    if (!open || selected.size === 0) return
    // One map at a time: with steps of both selected, those of the map that was looked at last.
    const side = idsOn(looked, selected).length > 0 ? looked : looked === 'current' ? 'future' : 'current'
    const ids = idsOn(side, selected)
    if (!copySelection(open, side, ids, clipboard, cut)) {
      say('The selected steps are gone, so nothing was copied.')
      return
    }
    if (cut) remove(true, new Set(ids.map((each) => refOf(side, each))))
    const rest = selected.size === ids.length ? '' : `, of the ${side} map only`
    say(`${cut ? 'Cut' : 'Copied'} ${ids.map((each) => labelOf(open, side, each)).join(', ')}${rest}`)
  }

  /** Other programs get the text as well, where the browser lets a page write it. */
  const copyOut = (cut: boolean): void => {
    copy(cut, new DataTransfer())
    const text = copiedText()
    if (text !== null) navigator.clipboard?.writeText(text).catch(() => {})
  }

  const pasteHeld = (side: WorkflowSide): void => {
    const text = copiedText()
    set({ side })
    if (text === null) ask({ ask: 'paste', side })
    else paste(text, side)
  }

  const paste = (clipboard: DataTransfer | string, side: WorkflowSide = latest.current.side): void => {
    const open = workflow()
    if (!open) return
    const pasted = pasteInto(open, side, clipboard)
    if (pasted.command === null) {
      setWorkspace({ problem: pasted.problem })
      say(pasted.said)
      return
    }
    const applied = edit(pasted.command, pasted.said)
    if (pasted.problem !== null) setWorkspace({ problem: pasted.problem })
    const made = createdBy(applied, side)
    if (made.length > 0) select(new Set(made), made[0] ?? null)
    canvas.current?.open()
    const pairs = applied && pasted.origins ? untracedPairs(applied, side, pasted.origins) : []
    if (pairs.length > 0) ask({ ask: 'trace-copies', pairs })
  }

  /** The selected steps, or the map that was looked at last, on the clipboard of the system. */
  const picture = (): void => {
    const open = workflow()
    const { selected, side } = latest.current
    if (!open) return
    const ids = new Set(idsOn(side, selected))
    copyPicture(ids.size > 1 ? partOf(open[side], ids) : open[side]).then(
      () => say(ids.size > 1 ? `Copied a picture of ${ids.size} steps` : `Copied a picture of the ${side} map`),
      () => say('This browser keeps the clipboard from pages; take Export, PNG picture.'),
    )
  }

  return { copies, duplicate, copy, copyOut, pasteHeld, paste, picture }
}
