/** The same maps as elkjs and dagre draw them. Neither knows lanes; elkjs can be told the order of steps in a layer. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { orderedLanes, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import type { Graph } from '../../../src/core/workflow/map/workflow.ts'
import type { Area, Picture, Spot } from '../../core/workflow/gallery/measure.ts'

const here = new URL('../', import.meta.url)
const required = createRequire(new URL('package.json', here))

export const peersAreThere = ['elkjs', '@dagrejs/dagre'].every((name) => existsSync(new URL(`node_modules/${name}`, here)))

interface ElkNode {
  readonly id: string
  readonly width: number
  readonly height: number
  x?: number
  y?: number
  readonly layoutOptions?: Readonly<Record<string, string>>
}

interface ElkEdge {
  readonly id: string
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  readonly sections?: readonly { readonly startPoint: Spot; readonly endPoint: Spot; readonly bendPoints?: readonly Spot[] }[]
}

interface ElkGraph {
  readonly id: string
  readonly layoutOptions: Readonly<Record<string, string>>
  readonly children: readonly ElkNode[]
  readonly edges: readonly ElkEdge[]
}

interface Elk {
  layout(graph: ElkGraph): Promise<ElkGraph>
}

let elk: Elk | null = null

/** @param heights where each step is to stand; only their order counts unless they are to be kept */
async function elkOf(graph: Graph, heights: ReadonlyMap<string, number> | null = null, kept = false): Promise<ElkGraph> {
  elk ??= new (required('elkjs') as { new (): Elk })()
  return elk.layout({
    id: 'map',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.edgeRouting': 'ORTHOGONAL',
      // The room that maps of the product leave.
      'elk.layered.spacing.nodeNodeBetweenLayers': '28',
      'elk.spacing.nodeNode': '16',
      ...(heights ? { 'elk.layered.crossingMinimization.semiInteractive': 'true' } : {}),
      ...(kept ? { 'elk.layered.nodePlacement.strategy': 'INTERACTIVE' } : {}),
    },
    children: [...graph.nodes.values()].map((node) => ({
      id: node.id,
      ...sizeOf(node),
      ...(heights ? { y: heights.get(node.id) ?? 0, layoutOptions: { 'elk.position': `(0,${heights.get(node.id) ?? 0})` } } : {}),
    })),
    edges: [...graph.edges.values()]
      .filter(({ from, to }) => graph.nodes.has(from) && graph.nodes.has(to))
      .map(({ id, from, to }) => ({ id, sources: [from], targets: [to] })),
  })
}

/**
 * As elkjs likes it. Where there are lanes, in three turns: freely; with its own order of steps inside each lane and the lanes
 * in their order; and with its layers and that order in rows, one under the other, which elkjs then routes.
 */
export async function elkPicture(graph: Graph, lanes: boolean): Promise<Picture> {
  const free = await elkOf(graph)
  if (!lanes) return pictureOf(free)
  const order = new Map(orderedLanes(graph).map(({ id }, at) => [id, at]))
  const row = (id: string): number => order.get(graph.nodes.get(id)?.lane ?? '') ?? order.size
  const ordered = await elkOf(graph, ranked(free, row))
  const rows = inRows(ordered, row, order.size + 1)
  return pictureOf(await elkOf(graph, rows, true))
}

function ranked({ children }: ElkGraph, row: (id: string) => number): ReadonlyMap<string, number> {
  const sorted = [...children].sort((a, b) => row(a.id) - row(b.id) || (a.y ?? 0) - (b.y ?? 0))
  return new Map(sorted.map(({ id }, at) => [id, at * 10]))
}

/** Steps of one layer and lane stand under one another, in the middle of the row of their lane. */
function inRows({ children }: ElkGraph, row: (id: string) => number, rows: number): ReadonlyMap<string, number> {
  const cells = new Map<string, ElkNode[]>()
  // A layer of elkjs is aligned at its middle.
  for (const child of [...children].sort((a, b) => (a.y ?? 0) - (b.y ?? 0))) {
    const key = `${row(child.id)} ${Math.round(((child.x ?? 0) + child.width / 2) / 40)}`
    cells.set(key, [...(cells.get(key) ?? []), child])
  }
  const height = (cell: readonly ElkNode[]): number => cell.reduce((all, each) => all + each.height + 16, -16)
  const heights = new Array<number>(rows).fill(64)
  for (const cell of cells.values())
    heights[row(cell[0]?.id ?? '')] = Math.max(heights[row(cell[0]?.id ?? '')] ?? 0, height(cell))
  const tops = heights.map((_, at) => heights.slice(0, at).reduce((all, each) => all + each + 24, 0))
  const places = new Map<string, number>()
  for (const cell of cells.values()) {
    const at = row(cell[0]?.id ?? '')
    let y = (tops[at] ?? 0) + ((heights[at] ?? 0) - height(cell)) / 2
    for (const each of cell) {
      places.set(each.id, y)
      y += each.height + 16
    }
  }
  return places
}

function pictureOf({ children, edges }: ElkGraph): Picture {
  return {
    boxes: new Map(children.map(({ id, x = 0, y = 0, width, height }): [string, Area] => [id, { x, y, width, height }])),
    lines: edges.map(({ sources, targets, sections = [] }) => ({
      from: sources[0] ?? '',
      to: targets[0] ?? '',
      way: sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]),
    })),
    words: [],
  }
}

interface DagreGraph {
  setGraph(options: object): void
  setDefaultEdgeLabel(label: () => object): void
  setNode(id: string, size: object): void
  setEdge(from: string, to: string, label: object, name: string): void
  node(id: string): Area
  edge(from: string, to: string, name: string): { readonly points: readonly Spot[] }
}

export function dagrePicture(graph: Graph): Picture {
  const dagre = required('@dagrejs/dagre') as {
    readonly graphlib: { readonly Graph: new (options: object) => DagreGraph }
    layout(graph: DagreGraph): void
  }
  const g = new dagre.graphlib.Graph({ multigraph: true })
  g.setGraph({ rankdir: 'LR', ranksep: 28, nodesep: 16 })
  g.setDefaultEdgeLabel(() => ({}))
  for (const node of graph.nodes.values()) g.setNode(node.id, sizeOf(node))
  const edges = [...graph.edges.values()].filter(({ from, to }) => graph.nodes.has(from) && graph.nodes.has(to))
  for (const { id, from, to } of edges) g.setEdge(from, to, {}, id)
  dagre.layout(g)
  return {
    boxes: new Map(
      [...graph.nodes.keys()].map((id): [string, Area] => {
        const { x, y, width, height } = g.node(id)
        return [id, { x: x - width / 2, y: y - height / 2, width, height }]
      }),
    ),
    lines: edges.map(({ id, from, to }) => ({ from, to, way: g.edge(from, to, id).points })),
    words: [],
  }
}
