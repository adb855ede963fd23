/** The editing of one workflow pair: turns what people do on the canvas into commands and says what was done. */
import { type RefObject, useMemo, useRef, useState } from 'react'
import { type Arrangement, arrange } from '../../../../core/workflow/edit/arrange.ts'
import { drawEvents, type MapEvent } from '../../../../core/workflow/edit/begin-end.ts'
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { type NodeType, sides, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import type { CanvasHandle, Placing } from '../../../canvas/canvas-props.ts'
import { idsOn, type NodeRef, parseRef, refOf } from '../../../canvas/node-ref.ts'
import { quickPlace } from '../../../canvas/quick-place.ts'
import { isDraftId } from '../../../canvas/scene-model.ts'
import { stageOf } from '../../../canvas/stage.ts'
import type { Move } from '../../../canvas/use-moving.ts'
import { type Direction, readingOrder } from '../../../canvas/walk.ts'
import { setWorkspace, workspace } from '../../../session/state.ts'
import { editWorkflow, type Made, redoWorkflow, undoWorkflow, workflowAt } from '../acts/workflows.ts'
import { copyActs, createdBy } from './copy-acts.ts'
import { type EditorState, firstState, stillSelected } from './editor-state.ts'
import { addCommand, draftBehind, flowId, labelOf, laneCommand, layOutCommand, nudgeCommand, traceCommand } from './edits.ts'
import { perform } from './intents.ts'
import { type EditorPlace, selectionActs } from './selection-acts.ts'
import { surfaceActs } from './surface-acts.ts'

export type Editor = ReturnType<typeof useEditor>
/** What can be done, the same object as long as the page is open; what stands on the page changes apart from it. */
export type EditorActs = ReturnType<typeof editorActions>

/** What is drawn without a name: a gateway has its sign, an event its word. */
const unnamed: ReadonlyMap<NodeType, string> = new Map([
  ['start', 'start'],
  ['end', 'end'],
  ['parallel', ''],
  ['inclusive', ''],
])

export function useEditor(id: string, canvas: RefObject<CanvasHandle | null>, start: NodeRef | null) {
  const [state, setState] = useState<EditorState>(() =>
    start === null
      ? { ...firstState, follows: (workflowAt(id)?.current.nodes.size ?? 0) > 0 }
      : { ...firstState, active: start, selected: new Set([start]), details: true, follows: true },
  )
  const latest = useRef(state)
  latest.current = state
  const actions = useMemo(() => editorActions({ id, canvas, latest, setState }), [id, canvas])
  return { state, acts: actions, ...actions }
}

function editorActions(place: EditorPlace) {
  const { id, canvas, latest } = place
  const selection = selectionActs(place)
  const { set, say, workflow, name, select, selectOne, ask, focus } = selection
  const edit = (command: Command, said: string, burst: string | null = null): Made | null => {
    const applied = editWorkflow(id, command, burst)
    if (applied?.refused) say(applied.refused)
    else if (applied) {
      setWorkspace({ problem: null })
      say(said)
    }
    return applied
  }
  const person = (): string | null => workspace().person?.name ?? null
  const now = (): string => new Date().toISOString()

  let drafts = 0
  const placeDraft = (placing: Placing & { readonly before?: string | null }): void => {
    const open = workflow()
    const follows = placing.type === 'note' || open === null || placing.after === null
    const draft = { before: null, ...placing, into: follows ? (placing.into ?? null) : null }
    drafts += 1
    set({ draft: { ...draft, n: drafts }, editing: null, side: draft.side })
  }

  const startDraft = (
    type: Parameters<typeof draftBehind>[2],
    connect: boolean,
    anchor: NodeRef | null = latest.current.active,
  ): void => {
    const open = workflow()
    if (!open) return
    const place = anchor === null ? null : parseRef(anchor)
    const side = place?.side ?? latest.current.side
    if ((type === 'start' || (type === 'end' && place === null)) && drawMissing(side, [type])) return
    placeDraft(draftBehind(open, side, type, place?.id ?? null, connect))
  }

  /** The events that a map lacks, where they belong; false where it has them, or has no step yet. */
  const drawMissing = (side: WorkflowSide, events?: readonly MapEvent[]): boolean => {
    const open = workflow()
    const command = open && drawEvents(open[side], events)
    if (!command) return false
    const made = createdBy(edit(command, `Added ${(events ?? ['start', 'end']).join(' and ')}`), side)
    // Whoever asked for one goes on with it.
    if (events !== undefined && made.length > 0) select(new Set(made.slice(0, 1)), made[0] ?? null)
    return true
  }

  /** The first step of a map that nobody has begun. */
  const drawFirst = (side: WorkflowSide): void => {
    const open = workflow()
    if (open) placeDraft(draftBehind(open, side, 'step', null, false))
  }

  const commitName = (ref: string, typed: string, next: Direction | null): void => {
    const { draft } = latest.current
    if (isDraftId(ref) && draft) {
      set({ draft: null })
      const label = typed === '' ? (unnamed.get(draft.type) ?? null) : typed
      if (label === null) {
        focus()
        return
      }
      const open = workflow()
      if (!open) return
      const applied = edit(
        addCommand(open, draft, label),
        `Added ${label === '' ? draft.type : label}${draft.after === null ? '' : `, connected behind ${name(refOf(draft.side, draft.after))}`}`,
      )
      const made = applied?.refused === null ? applied.created[0] : undefined
      if (made === undefined) {
        focus()
        return
      }
      selectOne(refOf(draft.side, made))
      goOn(refOf(draft.side, made), next)
      return
    }
    const place = parseRef(ref)
    set({ editing: null })
    if (!place) return
    if (typed !== '' && typed !== name(refOf(place.side, place.id)))
      edit({ kind: 'change-node', side: place.side, id: place.id, facts: { label: typed } }, `Named ${typed}`)
    goOn(refOf(place.side, place.id), next)
  }

  const goOn = (from: NodeRef, next: Direction | null): void => {
    if (next === 'right') startDraft('step', true, from)
    else if (next !== null) quickAdd(from, next)
    else focus()
  }

  const connect = (from: NodeRef, to: NodeRef): void => {
    const a = parseRef(from)
    const b = parseRef(to)
    if (!a || !b) return
    if (a.side !== b.side) trace(a.side === 'current' ? a.id : b.id, a.side === 'current' ? b.id : a.id)
    else edit({ kind: 'add-edge', side: a.side, from: a.id, to: b.id }, `Connected ${name(from)} to ${name(to)}`)
  }

  const trace = (current: string, future: string): void => {
    const open = workflow()
    const command = open && traceCommand(open, current, future, person(), now())
    const names = `${name(refOf('current', current))} to ${name(refOf('future', future))}`
    if (command) edit(command, `Traced ${names}`)
    else say(`${names} is traced already.`)
  }

  const putInLane = (side: WorkflowSide, ids: readonly string[], lane: string): void => {
    const open = workflow()
    if (!open) return
    const label = open[side].lanes.get(lane)?.label ?? lane
    edit(laneCommand(open, side, ids, lane), `Moved ${ids.map((each) => labelOf(open, side, each)).join(', ')} to ${label}`)
  }

  const addLane = (side: WorkflowSide, label: string, ids: readonly string[]): void => {
    const made = edit({ kind: 'add-lane', side, facts: { label } }, `Added lane ${label}`)?.created[0]
    const open = workflow()
    // Events go with the step they belong to.
    const loose = open
      ? [...open[side].nodes.values()]
          .filter((node) => node.lane === null && node.type !== 'start' && node.type !== 'end')
          .map((node) => node.id)
      : []
    const first = open?.[side].lanes.size === 1
    if (made !== undefined) {
      const moving = ids.length > 0 ? ids : first ? loose : []
      if (moving.length > 0) putInLane(side, moving, made)
    }
  }

  const remove = (bridge: boolean, selected: ReadonlySet<NodeRef> = latest.current.selected): void => {
    const { selectedFlow, active } = latest.current
    const open = workflow()
    if (!open) return
    const flow = selectedFlow === null ? null : parseRef(selectedFlow)
    if (selected.size === 0 && flow) {
      edit({ kind: 'remove-edges', side: flow.side, ids: [flow.id.replace(/^flow\//, '')] }, 'Removed the flow')
      set({ selectedFlow: null })
      return
    }
    if (selected.size === 0) return
    const order = readingOrder(open).filter((ref) => ref === active || !selected.has(ref))
    const at = active === null ? -1 : order.indexOf(active)
    const after = order[at + 1] ?? order[at - 1] ?? null
    const commands = sides.map((side): Command => ({ kind: 'remove-nodes', side, ids: idsOn(side, selected), bridge }))
    const names = [...selected].map(name).join(', ')
    edit({ kind: 'together', commands }, `Removed ${names}${bridge ? ' and joined its neighbours' : ''}`)
    select(new Set(after ? [after] : []), after)
  }

  const nudge = (dx: number, dy: number): void => {
    const { selected } = latest.current
    const open = workflow()
    if (!open || selected.size === 0) return
    const commands = sides.map((side) => nudgeCommand(open, side, idsOn(side, selected), dx, dy))
    edit(
      { kind: 'together', commands },
      `Moved ${Math.abs(dx + dy)} ${dx === 0 ? (dy < 0 ? 'up' : 'down') : dx < 0 ? 'left' : 'right'}`,
      `nudge ${[...selected].join(' ')}`,
    )
  }

  const moves = (list: readonly Move[], into: string | null = null): void => {
    const open = workflow()
    if (!open) return
    const commands = sides.map(
      (side): Command => ({
        kind: 'move-nodes',
        side,
        moves: list.filter((move) => move.side === side).map(({ side: _, ...move }) => move),
      }),
    )
    const [only] = list
    const flow = into === null ? null : parseRef(into)
    if (only && flow) {
      const put: Command = { kind: 'put-into', side: only.side, id: only.id, edge: flowId(flow.id) }
      edit({ kind: 'together', commands: [...commands, put] }, `Put ${labelOf(open, only.side, only.id)} into the flow`)
      return
    }
    const crossed = list.filter((move) => open[move.side].nodes.get(move.id)?.lane !== move.lane)
    const words = crossed.map(
      (move) => `${labelOf(open, move.side, move.id)} to ${open[move.side].lanes.get(move.lane ?? '')?.label ?? 'no lane'}`,
    )
    edit(
      { kind: 'together', commands },
      words.length > 0 ? `Moved ${words.join(', ')}` : `Moved ${list.length === 1 ? 'one step' : `${list.length} steps`}`,
    )
  }

  const quickAdd = (ref: NodeRef, to: Direction): void => {
    const open = workflow()
    const place = parseRef(ref)
    if (!open || !place) return
    const at = quickPlace(open, stageOf(open, latest.current.arrangement), ref, to)
    if (!at) {
      say('There is no room on this side.')
      return
    }
    const ends = to === 'left' ? { after: null, before: place.id } : { after: place.id }
    placeDraft({ side: place.side, type: 'step', ...at, ...ends })
  }

  const arrangeSteps = (side: WorkflowSide, ids: readonly string[], how: Arrangement): void => {
    const open = workflow()
    if (!open) return
    const list = arrange(open[side], ids, how)
    if (list.length === 0) say('They stand so already.')
    else
      edit(
        { kind: 'move-nodes', side, moves: list },
        `Moved ${list.length === 1 ? 'one step' : `${list.length} steps`} into line`,
      )
  }

  const group = (side: WorkflowSide, ids: readonly string[], label: string): void => {
    const applied = edit({ kind: 'group', side, ids, label }, `Grouped ${ids.length} steps into ${label}`)
    const [made] = createdBy(applied, side)
    if (made) selectOne(made)
  }

  const ungroup = (): void => {
    const { active } = latest.current
    const place = active === null ? null : parseRef(active)
    if (!place) {
      say('Select a sub-workflow first.')
      return
    }
    const made = createdBy(
      edit({ kind: 'ungroup', side: place.side, id: place.id }, `Opened ${name(refOf(place.side, place.id))}`),
      place.side,
    )
    if (made.length > 0) select(new Set(made), made[0] ?? null)
  }

  const wentBack = (said: string): void => {
    const open = workflow()
    set({ ...(open && stillSelected(latest.current, open)), said })
  }
  const undo = (): void => wentBack(undoWorkflow(id) ? 'Undone' : 'Nothing to undo')
  const redo = (): void => wentBack(redoWorkflow(id) ? 'Done again' : 'Nothing to redo')

  const { copies, duplicate, copy, copyOut, pasteHeld, paste, picture } = copyActs(place, selection, { edit, remove })
  const surface = surfaceActs({ latest, workflow, set, say, edit, focus })

  const intent = (wanted: Intent): boolean =>
    perform(wanted, {
      surface,
      quickAdd,
      picture,
      id,
      state: latest.current,
      workflow,
      set,
      say,
      ask,
      select,
      startDraft,
      duplicate,
      ungroup,
      copyOut,
      pasteHeld,
      undo,
      redo,
      remove,
      nudge,
    })

  const layOut = (): void => {
    const open = workflow()
    if (open) edit(layOutCommand(open), 'Laid out both maps')
    canvas.current?.open()
  }

  return {
    set,
    say,
    edit,
    select,
    selectOne,
    startDraft,
    drawFirst,
    drawMissing,
    placeDraft,
    connect,
    trace,
    putInLane,
    addLane,
    arrangeSteps,
    group,
    moves,
    copies,
    quickAdd,
    surface,
    copy,
    paste,
    ask,
    intent,
    undo,
    redo,
    layOut,
    focus,
    person,
    now,
    naming: {
      commit: commitName,
      cancel: () => {
        set({ draft: null, editing: null })
        focus()
      },
    },
  }
}
