/** What hands find at the selection: arrows beside one step, grips on a flow, the field of its words. */
import type { PointerEvent } from 'react'
import { occupiedBy } from '../../core/workflow/drawing/label-room.ts'
import { type Box, sizeOf } from '../../core/workflow/drawing/layout.ts'
import { blankNode } from '../../core/workflow/map/workflow.ts'
import type { CanvasProps } from './canvas-props.ts'
import { FlowName } from './flow-name.tsx'
import { parseRef } from './node-ref.ts'
import { QuickAdd } from './quick-add.tsx'
import { quickPlace, takenSides } from './quick-place.ts'
import { draftIdOf, type Scene } from './scene-model.ts'
import type { Stage } from './stage.ts'
import { domId, type Naming } from './step-node.tsx'
import { endsOf, type HeldEnd, type PressedButton } from './use-wire.tsx'
import type { Direction } from './walk.ts'
import { WayGrips } from './way-grips.tsx'

const directions: readonly Direction[] = ['up', 'right', 'down', 'left']

export interface SelectionHandsProps extends CanvasProps {
  readonly stage: Stage
  readonly scene: Scene
  readonly onHold: (press: PointerEvent, held: HeldEnd, button?: PressedButton) => void
}

export function SelectionHands(props: SelectionHandsProps) {
  const { scene, stage, workflow, readOnly, namingFlow, selectedFlow, selected, editing, draft } = props
  if (readOnly) return null
  const named = namingFlow === null ? undefined : scene.edges.find(({ id }) => id === namingFlow)
  if (named?.data && namingFlow !== null) {
    const place = parseRef(namingFlow)
    const edge = place && workflow[place.side].edges.get(place.id.replace(/^flow\//, ''))
    return <FlowName at={named.data.at} label={edge?.label ?? ''} onDone={(label) => props.onFlowNamed(namingFlow, label)} />
  }
  const flow = selectedFlow === null ? undefined : scene.edges.find(({ id }) => id === selectedFlow)
  if (flow && selectedFlow !== null) {
    const ends = endsOf(scene, selectedFlow)
    const origin = stage.regions[parseRef(selectedFlow)?.side ?? 'current']
    if (!ends) return null
    return (
      <WayGrips
        edge={flow}
        onName={() => props.onFlowName(selectedFlow)}
        onEnd={(press, end) => props.onHold(press, { fixed: end === 'to' ? ends.from : ends.to, flow: selectedFlow, end })}
        onBend={(corners) =>
          props.onBend(
            selectedFlow,
            corners.map(({ x, y }) => ({ x: Math.round(x - origin.x), y: Math.round(y - origin.y) })),
          )
        }
      />
    )
  }
  if (props.tool !== 'select') return null
  if (draft) return <WhileNaming {...props} id={draftIdOf(draft)} />
  const [only] = selected
  if (editing !== null && (selected.size !== 1 || only !== editing)) return null
  if (selected.size !== 1 || only === undefined) return null
  const place = parseRef(only)
  const box = scene.boxes.get(only)
  const node = place && workflow[place.side].nodes.get(place.id)
  if (!place || !box || !node || node.type === 'note') return null
  const ways = scene.edges.flatMap(({ source, target, data }) =>
    data && (source === only || target === only) && data.look !== 'trace' && data.look !== 'moved' ? [data.way] : [],
  )
  const placeOf = (to: Direction) => {
    const at = quickPlace(workflow, stage, only, to)
    const region = stage.regions[place.side]
    return at && { id: 'next', x: region.x + at.x, y: region.y + at.y, ...sizeOf({ ...blankNode, type: 'step' }) }
  }
  // A gateway branches: its sides stay open though a flow leaves there.
  const branches = node.type === 'decision' || node.type === 'parallel' || node.type === 'inclusive'
  const taken = new Set<Direction>(branches ? ['left'] : takenSides(box, ways))
  for (const to of directions) if (placeOf(to) === null) taken.add(to)
  if (node.type === 'end') taken.add('right').add('down').add('up')
  if (node.type === 'start') taken.add('left')
  return (
    <QuickAdd
      box={editing === null ? box : aroundField(box)}
      above={box.y - Math.min(...occupiedBy(node, box).map(({ y }) => y))}
      taken={taken}
      placeOf={placeOf}
      {...(editing === null && { onHold: (press, arrow) => props.onHold(press, { fixed: only, flow: null, end: 'to' }, arrow) })}
      onAdd={(to) => (editing === null ? props.onQuickAdd(only, to) : goOn(props.naming, only, to))}
    />
  )
}

/** Beside a step that is being named for the first time: one press keeps it and adds the next. */
function WhileNaming({ id, scene, naming }: SelectionHandsProps & { readonly id: string }) {
  const node = scene.nodes.find((each) => each.id === id)
  if (!node || node.data.node.type === 'note' || node.data.node.type === 'end') return null
  const { width = 0, height = 0 } = node
  const box = aroundField({ id, ...node.position, width, height })
  return <QuickAdd box={box} taken={leftTaken} placeOf={() => null} onAdd={(to) => goOn(naming, id, to)} />
}

/** As the sheet of styles has it, in pixels. */
const fieldWidth = 124
/** The field of a name is wider than a small shape. */
function aroundField(box: Box): Box {
  const width = Math.max(box.width, fieldWidth + 12)
  return { ...box, x: box.x - (width - box.width) / 2, width }
}
const leftTaken: ReadonlySet<Direction> = new Set(['left'])

function goOn(naming: Naming, id: string, to: Direction): void {
  const field = document.querySelector<HTMLInputElement>(`[id="${domId(id)}"] input`)
  naming.commit(id, field?.value.trim() ?? '', to)
}
