/** Tells the others what is pointed at, chosen, moved and typed on this map; drawn over the map, it shows nothing itself. */
import { useEffect, useRef } from 'react'
import type { WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { parseRef } from '../../../canvas/node-ref.ts'
import type { Places } from '../../../canvas/over/over-drawing.tsx'
import { followPerson, type Pointing } from '../../../session/here.ts'
import type { EditorState } from '../editor/editor-state.ts'

export interface TellPointingProps {
  readonly places: Places
  readonly state: Pick<EditorState, 'selected' | 'editing' | 'selectedFlow' | 'selectedLane'>
  readonly tell: (pointing: Partial<Pointing>) => void
}

/** More than this nobody sees apart. */
const mostChosen = 100

export function TellPointing({ places, state, tell }: TellPointingProps) {
  const own = useRef<HTMLSpanElement>(null)
  const latest = useRef(places)
  latest.current = places
  const { selected, editing, selectedFlow, selectedLane } = state
  useEffect(() => {
    const chosen = [...selected, ...[selectedFlow, selectedLane].filter((each) => each !== null)]
    tell({ selection: chosen.slice(0, mostChosen), types: editing })
  }, [selected, selectedFlow, selectedLane, editing, tell])
  const drag = dragOf(places.dragged)
  const dragKey = JSON.stringify(drag)
  useEffect(() => {
    tell({ drag: JSON.parse(dragKey) })
  }, [dragKey, tell])
  useEffect(() => {
    const room = own.current?.closest('.react-flow')
    if (!room) return
    const point = (event: Event): void => {
      if (!(event instanceof PointerEvent) || event.pointerType === 'touch') return
      const { left, top } = room.getBoundingClientRect()
      const { side, x, y } = latest.current.at(event.clientX - left, event.clientY - top)
      tell({ pointer: { side, x: Math.round(x), y: Math.round(y) } })
    }
    const leave = (): void => tell({ pointer: null })
    // Who takes the map in hand goes their own way.
    const letGo = (): void => followPerson(null)
    room.addEventListener('pointermove', point)
    room.addEventListener('pointerleave', leave)
    room.addEventListener('pointerdown', letGo)
    room.addEventListener('wheel', letGo, { passive: true })
    return () => {
      room.removeEventListener('pointermove', point)
      room.removeEventListener('pointerleave', leave)
      room.removeEventListener('pointerdown', letGo)
      room.removeEventListener('wheel', letGo)
      tell({ pointer: null, selection: [], drag: null, types: null })
    }
  }, [tell])
  return <span ref={own} />
}

/** Of several steps the way of the first: they go together. */
function dragOf(dragged: Places['dragged']): Pointing['drag'] {
  const [first] = dragged
  const place = first && parseRef(first.ref)
  if (!first || !place) return null
  const side: WorkflowSide = place.side
  const ids = dragged.flatMap(({ ref }) => {
    const each = parseRef(ref)
    return each?.side === side ? [each.id] : []
  })
  return { side, ids: ids.slice(0, mostChosen), dx: Math.round(first.dx), dy: Math.round(first.dy) }
}
