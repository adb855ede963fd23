/** The outline of each kind of step: the ovals, rectangles and diamonds that clinical improvement teams draw already. */
import { sizeOf } from '../../core/workflow/drawing/layout.ts'
import type { Node } from '../../core/workflow/map/workflow.ts'
import styles from './step-node.module.css'
import { markOf } from './words.ts'

export function StepShape({ node }: { readonly node: Node }) {
  const { width, height } = sizeOf(node)
  return (
    <svg className={styles.shape} width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Outline node={node} w={width} h={height} />
    </svg>
  )
}

function Outline({ node, w, h }: { readonly node: Node; readonly w: number; readonly h: number }) {
  switch (node.type) {
    case 'start':
    case 'end':
      return (
        <rect
          x="1"
          y="1"
          width={w - 2}
          height={h - 2}
          rx={h / 2 - 1}
          className={node.type === 'end' ? styles.thick : undefined}
        />
      )
    case 'decision':
      return <path d={diamond(w, h)} />
    case 'parallel':
      return (
        <>
          <path d={diamond(w, h)} />
          <path d={`M${w / 2} ${h / 2 - 9}v18M${w / 2 - 9} ${h / 2}h18`} className={styles.thick} />
        </>
      )
    case 'inclusive':
      return (
        <>
          <path d={diamond(w, h)} />
          <circle cx={w / 2} cy={h / 2} r="8" className={styles.thick} />
        </>
      )
    case 'wait':
      return (
        <>
          <rect x="1" y="1" width={w - 2} height={h - 2} rx="6" />
          <path d={`M${w / 2} 8 ${w - 8} ${h - 9}H8Z`} />
        </>
      )
    case 'note':
      return <path d="M12 1H1v54h11" className={styles.bracket} />
    case 'document':
      return <path d={wavy(w, h)} className={styles.dashed} />
    case 'subworkflow':
      return (
        <>
          <rect x="1.5" y="1.5" width={w - 3} height={h - 3} rx="6" className={styles.thick} />
          <path d={`M${w / 2 - 6} ${h - 13}h12v12h-12ZM${w / 2} ${h - 10}v6m-3-3h6`} />
        </>
      )
    case 'step':
      return <StepOutline node={node} w={w} h={h} />
  }
}

function StepOutline({ node, w, h }: { readonly node: Node; readonly w: number; readonly h: number }) {
  const mark = markOf(node)
  if (mark === 'sheet') return <path d={wavy(w, h)} className={styles.dashed} />
  return (
    <>
      <rect x="1" y="1" width={w - 2} height={h - 2} rx="6" />
      {mark === 'gear' && <path d={`M6 1.5v${h - 3}`} />}
    </>
  )
}

function diamond(w: number, h: number): string {
  return `M${w / 2} 1 ${w - 1} ${h / 2} ${w / 2} ${h - 1} 1 ${h / 2}Z`
}

function wavy(w: number, h: number): string {
  const y = h - 6
  return `M7 1H${w - 7}a6 6 0 0 1 6 6V${y}c${-w / 6} 7 ${-w / 3} 7 ${-w / 2 + 1} 0S${w / 6 + 1} ${y - 7} 1 ${y}V7a6 6 0 0 1 6-6Z`
}
