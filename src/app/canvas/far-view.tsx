/** Both maps from afar: blocks in the colours of their lanes, findings as marks, the name of a step on hover. */
import { useStore } from '@xyflow/react'
import { memo, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { Workflow } from '../../core/workflow/map/workflow.ts'
import { SeverityMark } from '../components/severity-mark.tsx'
import { type Block, blockAt, blocksOf, type FarRows, laneColours, runsOf } from './far.ts'
import styles from './far-view.module.css'
import { type NodeRef, parseRef } from './node-ref.ts'
import type { Scene } from './scene-model.ts'
import type { Stage } from './stage.ts'
import { type Flag, partsOf } from './words.ts'

export interface FarViewProps {
  readonly workflow: Workflow
  readonly stage: Stage
  readonly scene: Scene
  readonly rows: FarRows
  readonly selected: ReadonlySet<NodeRef>
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly waits: ReadonlyMap<NodeRef, number>
  /** The step under a point of the window. */
  readonly ref?: Ref<FarHit>
}

export type FarHit = (event: { readonly clientX: number; readonly clientY: number }) => NodeRef | null

const strength = ['critical', 'error', 'warning', 'info']

export function FarView(props: FarViewProps) {
  const { workflow, stage, scene, rows, selected, flags, waits } = props
  const vx = useStore((state) => state.transform[0])
  const zoom = useStore((state) => state.transform[2])
  const [over, setOver] = useState<Block | null>(null)
  const blocks = useMemo(() => blocksOf(workflow, stage, scene.boxes, rows, zoom), [workflow, stage, scene.boxes, rows, zoom])
  const dom = useStore((state) => state.domNode)
  const point = (event: { readonly clientX: number; readonly clientY: number }): Block | null => {
    const box = dom?.getBoundingClientRect()
    return box ? blockAt(blocks, event.clientX - box.left - vx, event.clientY - box.top) : null
  }
  const latest = useRef(point)
  latest.current = point
  useImperativeHandle(props.ref, () => (event) => latest.current(event)?.ref ?? null, [])
  // The canvas below pans and zooms, so it keeps the pointer; names follow it from here.
  useEffect(() => {
    const follow = (event: globalThis.PointerEvent): void => setOver(latest.current(event))
    const leave = (): void => setOver(null)
    dom?.addEventListener('pointermove', follow)
    dom?.addEventListener('pointerleave', leave)
    return () => {
      dom?.removeEventListener('pointermove', follow)
      dom?.removeEventListener('pointerleave', leave)
    }
  }, [dom])
  const card = over && nameCard(workflow, over.ref, waits.get(over.ref) ?? null, flags.get(over.ref) ?? null)
  return (
    <div className={styles.far} data-hit={over !== null || undefined} aria-hidden="true">
      <div className={styles.moving} style={{ transform: `translateX(${vx}px)` }}>
        <Drawn blocks={blocks} scene={scene} zoom={zoom} flags={flags} height={rows.height} />
        {blocks
          .filter(({ ref }) => selected.has(ref))
          .map(({ ref, x, y, width, height }) => (
            <span key={ref} className={styles.chosen} style={{ left: x - 4, top: y - 4, width: width + 8, height: height + 8 }} />
          ))}
        {over && card && (
          <p className={styles.card} style={{ left: over.x, top: over.y + over.height + 20 }}>
            <b>{card.label}</b>
            <span>{card.detail}</span>
          </p>
        )}
      </div>
    </div>
  )
}

function nameCard(workflow: Workflow, ref: NodeRef, wait: number | null, flag: Flag | null) {
  const place = parseRef(ref)
  const node = place && workflow[place.side].nodes.get(place.id)
  if (!place || !node) return null
  const { label, facts } = partsOf(workflow[place.side], node, wait, flag)
  return { label, detail: facts.join(' · ') }
}

/** Drawn again for another zoom only: panning moves it as a whole. */
const Drawn = memo(function Drawn({
  blocks,
  scene,
  zoom,
  flags,
  height,
}: {
  readonly blocks: readonly Block[]
  readonly scene: Scene
  readonly zoom: number
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly height: number
}) {
  const paths = new Array<string>(laneColours).fill('')
  const byRef = new Map<string, Block>()
  for (const block of blocks) {
    byRef.set(block.ref, block)
    const { x, y, width, height: high, colour } = block
    paths[colour] += `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${high.toFixed(1)}h${(-width).toFixed(1)}z`
  }
  let lines = ''
  for (const { source, target } of scene.edges) {
    const [from, to] = [byRef.get(source), byRef.get(target)]
    if (!from || !to || source.slice(0, 7) !== target.slice(0, 7)) continue
    const [a, b] = [from.x + from.width, to.x]
    const [ay, by] = [from.y + from.height / 2, to.y + to.height / 2]
    const middle = Math.max(a + 1, (a + b) / 2)
    lines += `M${a.toFixed(1)} ${ay.toFixed(1)}H${middle.toFixed(1)}V${by.toFixed(1)}H${b.toFixed(1)}`
  }
  return (
    <>
      <svg className={styles.blocks} height={height} aria-hidden="true">
        <path d={lines} className={styles.lines} />
        {paths.map((d, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: colours have no other name
          <path key={i} d={d} style={{ fill: `var(--lane-${i + 1})` }} />
        ))}
      </svg>
      {runsOf(blocks, zoom).map(({ key, words, x, y, room }) => (
        <span key={key} className={styles.run} style={{ left: x, top: y, maxWidth: Number.isFinite(room) ? room : 200 }}>
          {words}
        </span>
      ))}
      {marksOf(blocks, flags).map(({ block, flag }) => (
        <span
          key={block.ref}
          className={`${styles.mark} is-${flag.severity}`}
          style={{ left: block.x + block.width / 2, top: block.y }}
        >
          <SeverityMark mark={flag.severity} />
        </span>
      ))}
    </>
  )
})

/** Of marks that would cover one another the strongest stays. */
function marksOf(blocks: readonly Block[], flags: ReadonlyMap<NodeRef, Flag>) {
  const marks = blocks.flatMap((block) => {
    const flag = flags.get(block.ref)
    return flag ? [{ block, flag }] : []
  })
  marks.sort((a, b) => strength.indexOf(a.flag.severity) - strength.indexOf(b.flag.severity))
  const shown: typeof marks = []
  for (const mark of marks)
    if (!shown.some(({ block }) => Math.abs(block.x - mark.block.x) < 24 && Math.abs(block.y - mark.block.y) < 24))
      shown.push(mark)
  return shown
}
