/** What the page gives the canvas, and what it can ask of it. */
import type { ReactNode, Ref } from 'react'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import type { NodeType, Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import type { Intent } from './canvas-keys.ts'
import type { Caption, LaneHands } from './lane-props.ts'
import type { NodeRef } from './node-ref.ts'
import type { Places } from './over/over-drawing.tsx'
import type { Draft, TraceLine } from './scene-model.ts'
import type { Arrangement } from './stage.ts'
import type { Naming } from './step-node.tsx'
import type { Move } from './use-moving.ts'
import type { Direction } from './walk.ts'
import type { Flag } from './words.ts'

/** What the page can ask of the canvas. */
export interface CanvasHandle {
  readonly focus: () => void
  readonly open: () => void
  readonly fit: () => void
  readonly fitSelection: () => void
  readonly whole: () => void
  readonly zoomBy: (factor: number) => void
  /** Moves the map where this step, or this place of a map, is not in view. */
  readonly show: (ref: NodeRef) => void
  readonly showAt: (side: WorkflowSide, x: number, y: number) => void
  /** A tool was let go at this point of the window; false where that is no place of a map. */
  readonly dropAt: (type: NodeType, x: number, y: number) => boolean
}

/** Where a new step goes and what it is connected to. */
export interface Placing {
  readonly side: WorkflowSide
  readonly type: NodeType
  readonly lane: string | null
  readonly x: number
  readonly y: number
  readonly after: string | null
  /** The flow, as the canvas names it, that the step goes into. */
  readonly into?: string | null
}

/** What a list of actions is wanted for; nothing for free canvas. */
export interface MenuTarget {
  readonly step?: NodeRef
  readonly flow?: string
  readonly lane?: string
}

export interface CanvasProps {
  readonly ref?: Ref<CanvasHandle>
  readonly workflow: Workflow
  readonly arrangement: Arrangement
  readonly tool: 'select' | 'pan'
  readonly selected: ReadonlySet<NodeRef>
  readonly active: NodeRef | null
  readonly selectedFlow: string | null
  readonly selectedLane: string | null
  readonly namingFlow: string | null
  readonly namingLane: string | null
  readonly editing: NodeRef | null
  readonly draft: Draft | null
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly lines: readonly TraceLine[]
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  /** Ways to begin the future map, while nobody has. */
  readonly beginFuture: ReactNode
  readonly name: string
  readonly readOnly: boolean
  /** Pixels at the right that the inspector covers: a step that is walked to is shown beside it. */
  readonly covered: number
  /** Pixels at the lower edge that tools cover. */
  readonly foot: number
  /** What the page draws over the map, at the places of its steps. */
  readonly over?: ((places: Places) => ReactNode) | undefined
  readonly naming: Naming
  readonly lanes: LaneHands
  readonly onSelect: (refs: ReadonlySet<NodeRef>, active: NodeRef | null) => void
  readonly onFlow: (flow: string | null) => void
  /** Words of a flow are to be typed. */
  readonly onFlowName: (flow: string) => void
  /** Null leaves them as they were. */
  readonly onFlowNamed: (flow: string, label: string | null) => void
  readonly onReconnect: (flow: string, end: 'from' | 'to', to: NodeRef) => void
  /** @param corners in the pixels of the map */
  readonly onBend: (flow: string, corners: readonly Point[]) => void
  /** @param into the flow that a single step without flows was let go on */
  readonly onMoves: (moves: readonly Move[], into: string | null) => void
  readonly onCopies: (moves: readonly Move[]) => void
  readonly onConnect: (from: NodeRef, to: NodeRef) => void
  /** True where the page has done what was asked. */
  readonly onIntent: (intent: Intent) => boolean
  readonly onPlace: (placing: Placing) => void
  readonly onQuickAdd: (ref: NodeRef, direction: Direction) => void
  readonly onEdit: (ref: NodeRef) => void
  readonly onMenu: (target: MenuTarget, x: number, y: number) => void
  readonly onCopy: (cut: boolean, clipboard: DataTransfer) => void
  readonly onPaste: (clipboard: DataTransfer) => void
}
