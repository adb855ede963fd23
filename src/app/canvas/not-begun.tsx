/** A map that nobody has begun: one line with the ways to begin it. */
import { useStore } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { FarRows } from './far.ts'
import styles from './hands.module.css'
import { laneHeaderWidth } from './lane-bands.tsx'
import type { Stage } from './stage.ts'

export function NotBegun({
  stage,
  far,
  children,
}: {
  readonly stage: Stage
  readonly far: FarRows | null
  readonly children: ReactNode
}) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const room = useStore((state) => state.width)
  const region = stage.regions.future
  const row = far?.rows.find(({ band }) => band.side === 'future')
  const top = row ? row.top : region.y * zoom + vy
  const left = stage.arrangement === 'stacked' ? laneHeaderWidth(room) : Math.max(0, region.x * zoom + vx)
  return (
    <div className={styles.notBegun} style={{ top, left: left + 12, height: Math.max(36, row?.height ?? region.height * zoom) }}>
      {children}
    </div>
  )
}
