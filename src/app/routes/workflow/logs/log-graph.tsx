/** The directly-follows graph, drawn: activities as boxes, arcs as wide as they are frequent; the same as a table beneath. */

import { useMemo, useState } from 'react'
import { layOut, sizeOf } from '../../../../core/workflow/drawing/layout.ts'
import { lengthText } from '../../../../core/workflow/log/length-text.ts'
import type { ArcFacts, LogStatistics } from '../../../../core/workflow/log/statistics.ts'
import { blankEdge, blankNode, emptyGraph } from '../../../../core/workflow/map/workflow.ts'
import { formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Select } from '../../../components/select.tsx'
import styles from './logs.module.css'

const amounts: readonly (readonly [string, string])[] = [
  ['12', '12 arcs'],
  ['25', '25 arcs'],
  ['60', '60 arcs'],
  ['100000', 'all arcs'],
]

export function LogGraph({ statistics }: { readonly statistics: LogStatistics }) {
  const [amount, setAmount] = useState('25')
  const arcs = statistics.directlyFollows.slice(0, Number(amount))
  const drawing = useMemo(() => draw(statistics, arcs), [statistics, arcs])
  const most = arcs[0]?.count ?? 1
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <div className="row-end apart">
        <h2>What follows what</h2>
        <Select label="Most frequent" value={amount} choices={amounts} onChange={setAmount} />
      </div>
      <ScrollRegion className={`box scroll ${styles.scroll}`} label="Drawing of what follows what">
        <svg
          width={drawing.width}
          height={drawing.height}
          role="img"
          aria-label="Directly-follows graph; the same as a table below"
        >
          <defs>
            <marker
              id="log-arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="8"
              markerHeight="8"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" className={styles.tip} />
            </marker>
          </defs>
          {drawing.arcs.map(({ arc, path, x, y }) => (
            <g key={`${arc.from} > ${arc.to}`}>
              <path d={path} className={styles.arc} strokeWidth={1 + (5 * arc.count) / most} markerEnd="url(#log-arrow)" />
              <text x={x} y={y} className={styles.count}>
                {formatNumber(arc.count)}
              </text>
            </g>
          ))}
          {drawing.boxes.map(({ name, count, x, y, width, height }) => (
            <g key={name}>
              <rect x={x} y={y} width={width} height={height} rx="6" className={styles.box} />
              <text x={x + width / 2} y={y + 26} className={`caption strong ${styles.name}`}>
                {name.length > 21 ? `${name.slice(0, 20)}…` : name}
                <title>{name}</title>
              </text>
              <text x={x + width / 2} y={y + 46} className={styles.count}>
                {formatNumber(count)}
              </text>
            </g>
          ))}
        </svg>
      </ScrollRegion>
      <details>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" className="number">
                Times
              </th>
              <th scope="col" className="number">
                Median
              </th>
              <th scope="col" className="number">
                Nine of ten within
              </th>
            </tr>
          </thead>
          <tbody>
            {arcs.map((arc) => (
              <tr key={`${arc.from} > ${arc.to}`}>
                <td>{arc.from}</td>
                <td>{arc.to}</td>
                <td className="number">{formatNumber(arc.count)}</td>
                <td className="number">{arc.medianSeconds === null ? 'not known' : lengthText(arc.medianSeconds)}</td>
                <td className="number">{arc.p90Seconds === null ? 'not known' : lengthText(arc.p90Seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

interface Box {
  readonly name: string
  readonly count: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Every activity that an arc touches, laid out like a map without lanes. */
function draw(statistics: LogStatistics, arcs: readonly ArcFacts[]) {
  const names = new Set(arcs.flatMap(({ from, to }) => [from, to]))
  const shown = statistics.activities.filter(({ name }) => names.has(name))
  const ids = new Map(shown.map(({ name }, index) => [name, `n${String(index).padStart(4, '0')}`]))
  const nodes = new Map(
    shown.map(({ name }) => [ids.get(name) ?? '', { ...blankNode, id: ids.get(name) ?? '', label: name }] as const),
  )
  const edges = new Map(
    arcs
      .filter(({ from, to }) => from !== to)
      .map(({ from, to }, index) => {
        const id = `e${String(index).padStart(4, '0')}`
        return [id, { ...blankEdge, id, from: ids.get(from) ?? '', to: ids.get(to) ?? '' }] as const
      }),
  )
  const { moves } = layOut({ ...emptyGraph('log', 'current'), nodes, edges })
  const placed = new Map(moves.map((move) => [move.id, move]))
  const gap = 56
  const columns = [...new Set(moves.map(({ x }) => x))].sort((a, b) => a - b)
  const boxes: Box[] = shown.map(({ name, count }) => {
    const place = placed.get(ids.get(name) ?? '')
    const size = sizeOf({ ...blankNode, label: name })
    const column = columns.indexOf(place?.x ?? 0)
    return { name, count, x: (place?.x ?? 0) + column * gap, y: (place?.y ?? 0) + 48, ...size }
  })
  const of = new Map(boxes.map((box) => [box.name, box]))
  const lines = arcs.flatMap((arc) => {
    const [from, to] = [of.get(arc.from), of.get(arc.to)]
    return from && to ? [{ arc, ...curve(from, to) }] : []
  })
  return {
    boxes,
    arcs: lines,
    width: Math.max(320, ...boxes.map(({ x, width }) => x + width + 40)),
    height: Math.max(160, ...boxes.map(({ y, height }) => y + height + 72)),
  }
}

/** From right to left side; back and to itself around the outside. */
function curve(from: Box, to: Box): { readonly path: string; readonly x: number; readonly y: number } {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2]
  const [x2, y2] = [to.x, to.y + to.height / 2]
  if (from === to) {
    const [left, right, top] = [from.x + from.width / 2 - 24, from.x + from.width / 2 + 24, from.y]
    return {
      path: `M${right} ${top}C${right} ${top - 34} ${left} ${top - 34} ${left} ${top}`,
      x: from.x + from.width / 2,
      y: top - 28,
    }
  }
  if (x2 > from.x) {
    const bend = Math.max(24, (x2 - x1) / 2)
    return { path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 5 }
  }
  const [a, b] = [from.x + from.width / 2, to.x + to.width / 2]
  const [low, end] = [from.y + from.height, to.y + to.height]
  const depth = Math.max(low, end) + 28 + Math.min(60, Math.abs(a - b) / 12)
  return { path: `M${a} ${low}C${a} ${depth} ${b} ${depth} ${b} ${end}`, x: (a + b) / 2, y: (low + end) / 8 + depth * 0.75 + 4 }
}
