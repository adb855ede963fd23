/** A map drawn small, with tokens where a case is: hollow while it waits, full while somebody works on it. */
import { useMemo } from 'react'
import { type Box, laneBands, laneHeader, sizeOf } from '../../../core/workflow/layout.ts'
import { arrowOf, pathOf, routeFlow } from '../../../core/workflow/routing.ts'
import type { Moment } from '../../../core/workflow/simulation/play-through.ts'
import type { Graph, Node } from '../../../core/workflow/workflow.ts'
import styles from './play.module.css'

const gateways: ReadonlySet<Node['type']> = new Set(['decision', 'parallel', 'inclusive'])

export function PlayMap(props: {
  readonly graph: Graph
  readonly moments: readonly Moment[]
  readonly ended: boolean
  /** In its own size, to be scrolled, instead of as wide as there is room. */
  readonly scrolled?: boolean
}) {
  const { graph, moments, ended, scrolled = false } = props
  const drawn = useMemo(() => drawingOf(graph), [graph])
  const at = new Map(moments.map((moment) => [moment.node, moment.state]))
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 ${drawn.top} ${drawn.right} ${drawn.height}`}
      style={{ maxWidth: drawn.right, ...(scrolled ? { minWidth: drawn.right } : {}) }}
      aria-hidden="true"
    >
      {drawn.bands.map(({ id, y, height, label }) => (
        <g key={id}>
          <rect className={styles.band} x={0} y={y} width={drawn.right} height={height} />
          <text className={styles.lane} transform={`translate(${laneHeader / 2 + 4} ${y + height / 2}) rotate(-90)`}>
            {label}
          </text>
        </g>
      ))}
      {drawn.ways.map(({ id, path, arrow }) => (
        <g key={id}>
          <path className={styles.way} d={path} />
          <path className={styles.arrow} d={arrow} />
        </g>
      ))}
      {drawn.boxes.map((box) => {
        const node = graph.nodes.get(box.id)
        if (!node || node.type === 'note') return null
        const state = at.get(box.id) ?? (ended && node.type === 'end' ? 'ended' : undefined)
        return <Place key={box.id} box={box} node={node} state={state} />
      })}
    </svg>
  )
}

function Place(props: { readonly box: Box; readonly node: Node; readonly state: Moment['state'] | 'ended' | undefined }) {
  const { box, node, state } = props
  const { x, y, width: w, height: h } = box
  const gateway = gateways.has(node.type)
  return (
    <g data-state={state}>
      {gateway ? (
        <path className={styles.box} d={`M${x + w / 2} ${y}L${x + w} ${y + h / 2}L${x + w / 2} ${y + h}L${x} ${y + h / 2}Z`} />
      ) : (
        <rect
          className={styles.box}
          x={x}
          y={y}
          width={w}
          height={h}
          rx={node.type === 'start' || node.type === 'end' ? h / 2 : 6}
        />
      )}
      {!gateway && (
        <text
          className={styles.label}
          x={x + w / 2}
          y={w < 90 && node.type !== 'start' && node.type !== 'end' ? y - 6 : y + h / 2 + 5}
        >
          {short(node.label || node.id, Math.max(16, Math.floor(w / 8.8)))}
        </text>
      )}
      {state && (
        <circle
          className={`${styles.token} ${styles[state]}`}
          cx={state === 'waiting' ? x : x + w / 2}
          cy={state === 'waiting' ? y + h / 2 : y}
          r={11}
        />
      )}
    </g>
  )
}

function drawingOf(graph: Graph) {
  const boxes = [...graph.nodes.values()].map((node): Box => ({ id: node.id, x: node.x, y: node.y, ...sizeOf(node) }))
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const bands = laneBands(graph).map((band) => ({ ...band, label: graph.lanes.get(band.id)?.label ?? band.id }))
  const low = Math.max(80, ...bands.map(({ y, height }) => y + height), ...boxes.map(({ y, height }) => y + height))
  const top = Math.min(0, ...boxes.map(({ y }) => y)) - 8
  const ways = [...graph.edges.values()].flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)]
    if (!from || !to) return []
    const way = routeFlow(from, to, boxes, gateways.has(graph.nodes.get(edge.from)?.type ?? 'step'))
    return [{ id: edge.id, path: pathOf(way, 7), arrow: arrowOf(way) }]
  })
  return { boxes, bands, ways, top, right: Math.max(320, ...boxes.map(({ x, width }) => x + width)) + 24, height: low - top + 8 }
}

function short(label: string, most: number): string {
  return label.length <= most ? label : `${label.slice(0, most - 1).trimEnd()}…`
}
