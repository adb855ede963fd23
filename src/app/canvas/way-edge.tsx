/** One flow or trace link: right angles, an arrow, words in the middle. Hand-offs are heavier, trace links dotted. */
import type { EdgeProps } from '@xyflow/react'
import { createContext, memo, useContext } from 'react'
import { arrowOf, pathOf } from '../../core/workflow/drawing/routing.ts'
import type { WayData, WayEdge } from './scene-model.ts'
import styles from './way-edge.module.css'

/** Ways that hold while a step is dragged. */
export const HeldWays = createContext<ReadonlyMap<string, WayData>>(new Map())

export const WayEdgeView = memo(function WayEdgeView({ id, data: settled, selected }: EdgeProps<WayEdge>) {
  const data = useContext(HeldWays).get(id) ?? settled
  if (!data) return null
  const { way, words, at, look, side } = data
  const dotted = look === 'trace' || look === 'moved'
  const classes = [styles[look], side && styles[side], selected && styles.selectedWay].filter(Boolean).join(' ')
  const path = pathOf(way, dotted ? 0 : 6)
  return (
    <g className={classes}>
      {!dotted && <path d={path} className={styles.reach} />}
      <path d={path} className={styles.line} />
      {!dotted && <path d={arrowOf(way)} className={styles.head} />}
      {words !== '' && <Words words={words} x={at.x} y={at.y} boxed={look === 'moved'} />}
    </g>
  )
})

function Words({
  words,
  x,
  y,
  boxed,
}: {
  readonly words: string
  readonly x: number
  readonly y: number
  readonly boxed: boolean
}) {
  const width = words.length * 6.6 + 16
  return (
    <g style={{ transform: `translate(${x}px, ${y}px) scale(var(--words-scale, 1))` }}>
      {boxed && <rect x={-width / 2} y={-10} width={width} height={20} rx={4} className={styles.wordsBox} />}
      <text y={boxed ? 4 : -5} className={styles.words}>
        {words}
      </text>
    </g>
  )
}
