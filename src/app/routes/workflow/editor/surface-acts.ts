/** What hands and keys do with flows and lanes on the canvas, as commands over the workflow. */
import { movePiece, wayOf } from '../../../../core/workflow/drawing/bent-way.ts'
import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { placesOf } from '../../../../core/workflow/drawing/places.ts'
import type { Point } from '../../../../core/workflow/drawing/routing.ts'
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { type Colour, sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { idsOn, type NodeRef, parseRef, refOf } from '../../../canvas/node-ref.ts'
import { readingOrder } from '../../../canvas/walk.ts'
import type { Made } from '../acts/workflows.ts'
import type { EditorState } from './editor-state.ts'
import { flowId, labelOf } from './edits.ts'

export interface SurfaceHands {
  readonly latest: { readonly current: EditorState }
  readonly workflow: () => Workflow | null
  readonly set: (parts: Partial<EditorState>) => void
  readonly say: (words: string) => void
  readonly edit: (command: Command, said: string, burst?: string | null) => Made | null
  readonly focus: () => void
}

/** Pixels by which keys move a piece of a flow and the lower edge of a lane. */
const bendBy = 8
const heightBy = 16

export function surfaceActs({ latest, workflow, set, say, edit, focus }: SurfaceHands) {
  const flow = () => placeOfFlow(workflow(), latest.current.selectedFlow)
  const lane = () => {
    const place = latest.current.selectedLane === null ? null : parseRef(latest.current.selectedLane)
    const open = workflow()
    const known = place && open?.[place.side].lanes.get(place.id)
    return place && open && known ? { ...place, known, lanes: orderedLanes(open[place.side]) } : null
  }

  const selectFlow = (id: string | null): void =>
    set({ selectedFlow: id, selectedLane: null, ...(id === null ? {} : { selected: new Set(), active: null }) })

  const selectLane = (side: WorkflowSide, id: string): void =>
    set({ selectedLane: `${side}/${id}`, selected: new Set(), active: null, selectedFlow: null, side })

  const flowNamed = (id: string, label: string | null): void => {
    const place = placeOfFlow(workflow(), id)
    set({ namingFlow: null })
    if (place && label !== null && label !== place.edge.label)
      edit(
        { kind: 'change-edge', side: place.side, id: place.edge.id, facts: { label } },
        label === '' ? 'Words removed' : `Flow: ${label}`,
      )
    focus()
  }

  const reconnect = (id: string, end: 'from' | 'to', to: NodeRef): void => {
    const place = placeOfFlow(workflow(), id)
    const target = parseRef(to)
    const open = workflow()
    if (!place || !target || !open) return
    if (target.side !== place.side) say('A flow stays in its map. Trace steps of both maps with R.')
    else if (place.edge[end] !== target.id) {
      const other = place.edge[end === 'from' ? 'to' : 'from']
      if (other === target.id) say('A flow needs two steps.')
      else
        edit(
          { kind: 'change-edge', side: place.side, id: place.edge.id, facts: { [end]: target.id } },
          `The flow ${end === 'from' ? 'begins' : 'ends'} at ${labelOf(open, target.side, target.id)}`,
        )
    }
  }

  const bend = (id: string, bends: readonly Point[], said = 'Moved the flow', burst: string | null = null): void => {
    const place = placeOfFlow(workflow(), id)
    if (place) edit({ kind: 'change-edge', side: place.side, id: place.edge.id, facts: { bends } }, said, burst)
  }

  /** By key: the longest piece that can go there. */
  const nudgeFlow = (dx: number, dy: number): void => {
    const place = flow()
    const open = workflow()
    const id = latest.current.selectedFlow
    if (!place || !open || id === null) return
    const boxes = placesOf(open[place.side])
    const [from, to] = [boxes.get(place.edge.from), boxes.get(place.edge.to)]
    if (!from || !to) return
    const way = wayOf(place.edge, from, to, [...boxes.values()], false)
    let piece = -1
    let longest = 0
    for (let i = 0; i + 1 < way.length; i++) {
      const [a, b] = [way[i], way[i + 1]]
      if (!a || !b || (dx === 0) !== (a.y === b.y)) continue
      const length = Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
      if (length > longest) [piece, longest] = [i, length]
    }
    if (piece === -1) say(`No piece of this flow runs ${dx === 0 ? 'across' : 'up or down'}.`)
    else bend(id, movePiece(way, piece, { x: Math.sign(dx) * bendBy, y: Math.sign(dy) * bendBy }), 'Moved the flow', `bend ${id}`)
  }

  /** The flows of the active step one after the other, then those of the whole map. */
  const nextFlow = (): void => {
    const open = workflow()
    const { active, selectedFlow, side } = latest.current
    if (!open) return
    const order = new Map(readingOrder(open).map((ref, at) => [ref, at]))
    const here = (active === null ? null : parseRef(active))?.side ?? flow()?.side ?? side
    const flows = [...open[here].edges.values()].sort(
      (a, b) => (order.get(refOf(here, a.from)) ?? 0) - (order.get(refOf(here, b.from)) ?? 0),
    )
    const at = flows.findIndex((edge) => `${here}/flow/${edge.id}` === selectedFlow)
    const place = active === null ? null : parseRef(active)
    const own = place && (flows.find((edge) => edge.from === place.id) ?? flows.find((edge) => edge.to === place.id))
    const next = own ?? flows[(at + 1) % Math.max(1, flows.length)]
    if (!next || (place && !own)) say('There is no flow here.')
    else {
      selectFlow(`${here}/flow/${next.id}`)
      say(`Flow from ${labelOf(open, here, next.from)} to ${labelOf(open, here, next.to)}`)
    }
  }

  /** From a flow to the step at its end or beginning. */
  const leaveFlow = (end: 'from' | 'to'): NodeRef | null => {
    const place = flow()
    return place ? refOf(place.side, place.edge[end]) : null
  }

  const orderLane = (side: WorkflowSide, id: string, before: string | null): void => {
    const open = workflow()
    if (!open) return
    const order = orderedLanes(open[side])
      .map((each) => each.id)
      .filter((each) => each !== id)
    order.splice(before === null ? order.length : order.indexOf(before), 0, id)
    const label = open[side].lanes.get(id)?.label ?? id
    edit({ kind: 'arrange-lanes', side, order }, `Moved lane ${label}`)
  }

  const swapLane = (by: number): void => {
    const at = lane()
    if (!at) return
    const order = at.lanes.map((each) => each.id)
    const own = order.indexOf(at.id)
    const other = order[own + by]
    if (other === undefined) {
      say('It stands at the edge already.')
      return
    }
    order[own] = other
    order[own + by] = at.id
    edit({ kind: 'arrange-lanes', side: at.side, order }, `Moved lane ${at.known.label} ${by < 0 ? 'up' : 'down'}`)
  }

  const laneHeight = (side: WorkflowSide, id: string, height: number, burst: string | null = null): void => {
    edit({ kind: 'arrange-lanes', side, heights: [{ id, height }] }, `Lane of ${height} pixels`, burst)
  }

  const insertLane = (side: WorkflowSide, before: string | null): void => {
    const facts = { label: 'New lane' }
    const made = edit({ kind: 'add-lane', side, facts, ...(before === null ? {} : { before }) }, 'Added a lane')?.created[0]
    if (made !== undefined) set({ ...noSelection, selectedLane: `${side}/${made}`, namingLane: `${side}/${made}`, side })
  }

  const laneNamed = (side: WorkflowSide, id: string, label: string | null): void => {
    set({ namingLane: null })
    const known = workflow()?.[side].lanes.get(id)
    if (known && label !== null && label !== '' && label !== known.label)
      edit({ kind: 'change-lane', side, id, facts: { label } }, `Named lane ${label}`)
    focus()
  }

  const walkLanes = (by: number): void => {
    const at = lane()
    const next = at?.lanes[at.lanes.findIndex((each) => each.id === at.id) + by]
    if (at && next) {
      selectLane(at.side, next.id)
      say(`Lane ${next.label}`)
    }
  }

  const removeLane = (): void => {
    const at = lane()
    if (!at) return
    const own = at.lanes.findIndex((each) => each.id === at.id)
    const moveTo = (at.lanes[own - 1] ?? at.lanes[own + 1])?.id ?? null
    edit({ kind: 'remove-lane', side: at.side, id: at.id, moveTo }, `Removed lane ${at.known.label}`)
    set({ selectedLane: null })
  }

  const colour = (given: Colour | null): void => {
    const open = workflow()
    const { selected } = latest.current
    if (!open) return
    const commands = sides.flatMap((side) =>
      idsOn(side, selected).map((id): Command => ({ kind: 'change-node', side, id, facts: { colour: given } })),
    )
    if (commands.length > 0) edit({ kind: 'together', commands }, given === null ? 'Colour removed' : `Coloured ${given}`)
  }

  return {
    flow,
    lane,
    selectFlow,
    selectLane,
    flowNamed,
    reconnect,
    bend,
    nudgeFlow,
    nextFlow,
    leaveFlow,
    orderLane,
    swapLane,
    laneHeight,
    heightBy,
    insertLane,
    laneNamed,
    walkLanes,
    removeLane,
    colour,
  }
}

const noSelection = { selected: new Set<NodeRef>(), active: null, selectedFlow: null, selectedLane: null }

function placeOfFlow(open: Workflow | null, id: string | null) {
  const place = id === null ? null : parseRef(id)
  const edge = place && open?.[place.side].edges.get(flowId(place.id))
  return place && edge ? { side: place.side, edge } : null
}
