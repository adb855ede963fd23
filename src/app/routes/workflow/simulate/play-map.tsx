/** A map drawn small, with tokens where a case is: hollow while it waits, full while somebody works on it. */
import { drawingOf } from '../../../../core/workflow/drawing/drawing.ts'
import { type Box, laneHeader } from '../../../../core/workflow/drawing/layout.ts'
import { arrowOf, pathOf } from '../../../../core/workflow/drawing/routing.ts'
import type { Graph, Node } from '../../../../core/workflow/map/workflow.ts'
import type { Moment } from '../../../../core/workflow/simulation/play-through.ts'
import styles from './play.module.css'

const gateways: ReadonlySet<Node['type']> = new Set(['decision', 'parallel', 'inclusive'])

/** Room for tokens on the upper edge of steps. */
const edge = 12

export function PlayMap(props: {
  readonly graph: Graph
  readonly moments: readonly Moment[]
  readonly ended: boolean
  /** In its own size, to be scrolled, instead of as wide as there is room. */
  readonly scrolled?: boolean
}) {
  const { graph, moments, ended, scrolled = false } = props
  const drawn = drawingOf(graph)
  const { x, y, width, height } = drawn.frame
  const at = new Map(moments.map((moment) => [moment.node, moment.state]))
  return (
    <svg
      className={`full ${styles.drawing}`}
      viewBox={`${x} ${y - edge} ${width} ${height + 2 * edge}`}
      style={{ maxWidth: width, ...(scrolled ? { minWidth: width } : {}) }}
      aria-hidden="true"
    >
      {drawn.bands.map((band) => (
        <g key={band.lane.id}>
          <rect className={styles.band} x={0} y={band.y} width={drawn.right} height={band.height} />
          <text className={styles.lane} transform={`translate(${laneHeader / 2 + 4} ${band.y + band.height / 2}) rotate(-90)`}>
            {band.lane.label || band.lane.id}
          </text>
        </g>
      ))}
      {drawn.flows.map((flow) => (
        <g key={flow.edge.id}>
          <path className="drawn-line" d={pathOf(flow.way, 7)} />
          <path className="drawn-head" d={arrowOf(flow.way)} />
        </g>
      ))}
      {[...drawn.boxes.values()].map((box) => {
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
        <path
          className={`drawn-box ${styles.box}`}
          d={`M${x + w / 2} ${y}L${x + w} ${y + h / 2}L${x + w / 2} ${y + h}L${x} ${y + h / 2}Z`}
        />
      ) : (
        <rect
          className={`drawn-box ${styles.box}`}
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

function short(label: string, most: number): string {
  return label.length <= most ? label : `${label.slice(0, most - 1).trimEnd()}…`
}
