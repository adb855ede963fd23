/** What drawing programs have in common: lanes, shapes of a kind, connectors; made into a map, laid out, counted. */
import { placed } from '../drawing/layout.ts'
import { readGraph } from '../map/read.ts'
import type { Graph, NodeType, WorkflowSide } from '../map/workflow.ts'
import { workflowFormat } from '../map/workflow.ts'
import type { DrawingCounts, Loss } from './loss/loss.ts'

export interface ShapeNode {
  readonly id: string
  readonly type: NodeType
  readonly label: string
  readonly lane: string | null
  readonly medium?: string | null
}

export interface ShapeFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly exception?: boolean
}

export interface Shapes {
  /** From top to bottom. */
  readonly lanes: readonly { readonly id: string; readonly label: string }[]
  readonly nodes: readonly ShapeNode[]
  readonly flows: readonly ShapeFlow[]
}

export interface ShapesReading {
  readonly graph: Graph
  readonly counts: DrawingCounts
  readonly losses: readonly Loss[]
}

export interface ShapesHead {
  readonly id: string
  readonly side: WorkflowSide
  readonly label: string
}

export function mapOfShapes({ lanes, nodes, flows }: Shapes, losses: readonly Loss[], head: ShapesHead): ShapesReading {
  const json = {
    format: workflowFormat,
    ...head,
    lanes: lanes.map(({ id, label }, order) => ({ id, label: label === '' ? id : label, order })),
    elements: [],
    nodes: nodes.map(({ medium = null, ...node }) => ({ ...node, medium })),
    edges: flows.map(({ exception = false, ...flow }) => ({ ...flow, exception })),
  }
  const { value, problems } = readGraph(json, head.side)
  const count = (...types: readonly NodeType[]): number => nodes.filter(({ type }) => types.includes(type)).length
  return {
    graph: placed(value),
    counts: {
      tasks: count('step', 'subworkflow'),
      events: count('start', 'end', 'wait'),
      gateways: count('decision', 'parallel', 'inclusive'),
      flows: flows.length,
      lanes: lanes.length,
      shapes: nodes.length + lanes.length,
    },
    losses: [...losses, ...problems.map(({ place, sentence }) => ({ id: place, what: 'fact', why: sentence }))],
  }
}

/** An oval with nothing before it begins the work, with nothing behind it ends it; between it is something to wait for. */
export function ovalType(enters: boolean, leaves: boolean): NodeType {
  if (!enters) return 'start'
  return leaves ? 'wait' : 'end'
}

/** What the name of a shape says in the flow-chart libraries of drawing programs; null where it says nothing of work. */
export function typeOfShapeName(
  name: string,
  enters: boolean,
  leaves: boolean,
): { readonly type: NodeType; readonly medium: string | null } | null {
  const as = (type: NodeType, medium: string | null = null) => ({ type, medium })
  const word = name.toLowerCase()
  if (/parallel|and gateway/.test(word)) return as('parallel')
  if (/inclusive|complex/.test(word)) return as('inclusive')
  if (/decision|diamond|gateway|exclusive/.test(word)) return as('decision')
  if (/start event/.test(word)) return as('start')
  if (/end event/.test(word)) return as('end')
  if (/delay|timer|intermediate|wait/.test(word)) return as('wait')
  if (/start\/end|terminator|terminal|ellipse|circle|oval|\bevent\b/.test(word)) return as(ovalType(enters, leaves))
  if (/predefined|sub-?process|external process|call activity/.test(word)) return as('subworkflow')
  if (/document|paper/.test(word)) return enters || leaves ? as('step', 'paper') : as('document')
  if (/database|data ?store|data object|stored data|external data/.test(word)) return as('document')
  if (/note|annotation|comment|callout|text ?block/.test(word)) return as('note')
  if (/process|task|activity|rectangle|block|manual|preparation|data|input|display|card/.test(word)) return as('step')
  return null
}
