/** Lanes behind the steps, and their names pinned to the left edge so that they stay visible when the canvas is panned. */
import { useStore } from '@xyflow/react'
import { memo } from 'react'
import type { WorkflowSide } from '../../core/workflow/workflow.ts'
import styles from './canvas.module.css'
import type { Band, Stage } from './stage.ts'
import { roughDuration } from './words.ts'

/** What a caption says above a map. */
export interface Caption {
  /** Name of the system: MedTrack, OpenChart. */
  readonly system: string
  /** Median in seconds; null until the workflow was simulated. */
  readonly leadTime: number | null
  readonly p90: number | null
  /** A role is asked for more than its hours: the queue never ends. */
  readonly endless: boolean
  readonly stale: boolean
  /** Flows from one role to another. */
  readonly handoffs: number
}

export interface LaneBandsProps {
  readonly stage: Stage
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  readonly selectedLane: string | null
  readonly onLane: (side: WorkflowSide, lane: string) => void
}

/** Room for a name of two words, one line each. */
export const laneHeaderWidth = 40

export const LaneBands = memo(function LaneBands({ stage, captions, selectedLane, onLane }: LaneBandsProps) {
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const stacked = stage.arrangement === 'stacked'
  const left = (side: WorkflowSide): number => (stacked ? 0 : Math.max(0, stage.regions[side].x * zoom + vx))
  const width = (side: WorkflowSide): number | string =>
    stacked ? '100%' : Math.max(0, (stage.regions[side].x + stage.regions[side].width) * zoom + vx - left(side))
  return (
    <>
      <div className={styles.bands} aria-hidden="true">
        {stage.bands.map((band) => (
          <div
            key={keyOf(band)}
            className={styles.band}
            style={{ top: band.y * zoom + vy, height: band.height * zoom + 1, left: left(band.side), width: width(band.side) }}
          />
        ))}
      </div>
      <div className={styles.laneNames}>
        {stage.bands.map((band) => {
          const lane = band.lane
          const style = { top: band.y * zoom + vy, height: band.height * zoom + 1, left: left(band.side) }
          if (!lane)
            return (
              <div key={keyOf(band)} className={styles.laneName} style={style}>
                <span>{stage.bands.some((other) => other.side === band.side && other.lane) ? 'No lane' : ''}</span>
              </div>
            )
          return (
            <button
              key={keyOf(band)}
              type="button"
              tabIndex={-1}
              className={styles.laneName}
              data-selected={selectedLane === `${band.side}/${lane.id}` || undefined}
              style={style}
              title={lane.label}
              onClick={() => onLane(band.side, lane.id)}
            >
              <span>{lane.label}</span>
            </button>
          )
        })}
      </div>
      {(['current', 'future'] as const).map((side) => {
        const region = stage.regions[side]
        const top = region.y * zoom + vy - 24
        const bottom = (region.y + region.height) * zoom + vy - 24
        return (
          <p key={side} className={styles.caption} style={{ top: Math.min(Math.max(0, top), bottom), left: left(side) }}>
            {captionWords(side, captions[side])}
          </p>
        )
      })}
    </>
  )
})

/** `CURRENT — MedTrack · lead time 31 h (P90 54 h) · 3 hand-offs`. */
export function captionWords(side: WorkflowSide, caption: Caption): string {
  const parts = [caption.system === '' ? side.toUpperCase() : `${side.toUpperCase()} — ${caption.system}`]
  if (caption.leadTime !== null) {
    const p90 = caption.p90 === null ? '' : ` (P90 ${roughDuration(caption.p90)})`
    parts.push(`lead time ${roughDuration(caption.leadTime)}${p90}`)
  } else if (caption.endless) parts.push('the queue never ends')
  if (caption.handoffs > 0) parts.push(caption.handoffs === 1 ? '1 hand-off' : `${caption.handoffs} hand-offs`)
  if (caption.stale && (caption.leadTime !== null || caption.endless)) parts.push('times from before the last edit')
  return parts.join(' · ')
}

function keyOf(band: Band): string {
  return `${band.side}/${band.lane?.id ?? ''}`
}
