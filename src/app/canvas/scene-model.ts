/** What a drawing of a workflow pair is made of: steps and ways as React Flow takes them, and what they are built from. */
import type { Edge as FlowEdge, Node as FlowNode } from '@xyflow/react'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import type { Point } from '../../core/workflow/drawing/routing.ts'
import type { Node, Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'
import type { NodeRef } from './node-ref.ts'
import type { Stage } from './stage.ts'
import type { Flag } from './words.ts'

export interface StepData extends Record<string, unknown> {
  readonly node: Node
  readonly detail: string
  readonly name: string
  readonly flag: Flag | null
  readonly active: boolean
  readonly editing: boolean
}
export type StepNode = FlowNode<StepData, 'step'>

export interface WayData extends Record<string, unknown> {
  readonly way: readonly Point[]
  readonly words: string
  readonly at: Point
  /** Follows corners that a person gave it. */
  readonly bent?: boolean
  readonly look: 'flow' | 'handoff' | 'anchor' | 'trace' | 'moved' | 'message'
  readonly side: 'reject' | 'exception' | null
}
export type WayEdge = FlowEdge<WayData, 'way'>

/** A dotted line between a current and a future step. */
export interface TraceLine {
  readonly from: NodeRef
  readonly to: NodeRef
  readonly look: 'trace' | 'moved'
  readonly words: string
}

/** A step that is being named and does not exist yet. */
export interface Draft {
  readonly side: WorkflowSide
  readonly type: Node['type']
  readonly lane: string | null
  readonly x: number
  readonly y: number
  /** Will be connected behind this step. */
  readonly after: string | null
  /** Will lead to this step. */
  readonly before: string | null
  /** Will be put into this flow, between its two steps. */
  readonly into: string | null
  /** Tells one draft from the one named just before it. */
  readonly n: number
}

/** No step has such a name: it belongs to neither map. */
export function draftIdOf(draft: Draft): string {
  return `draft/${draft.n}`
}

export function isDraftId(id: string): boolean {
  return id.startsWith('draft/')
}

export interface SceneInput {
  readonly workflow: Workflow
  readonly stage: Stage
  readonly dragged: ReadonlyMap<NodeRef, Point>
  readonly selected: ReadonlySet<NodeRef>
  readonly selectedFlow: string | null
  readonly active: NodeRef | null
  readonly editing: NodeRef | null
  readonly draft: Draft | null
  readonly flags: ReadonlyMap<NodeRef, Flag>
  /** Seconds a case waits at a step: simulated where known, otherwise as given. */
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly lines: readonly TraceLine[]
}

export interface Scene {
  readonly nodes: readonly StepNode[]
  readonly edges: readonly WayEdge[]
  readonly boxes: ReadonlyMap<NodeRef, Box>
  /** By edge, the ways that a drag under way bends: the edges stay as they are, because a changed list of them is indexed again as a whole. */
  readonly held: ReadonlyMap<string, WayData>
}
