/** Lanes behind the steps, and what is known of each map above it. */

import { useStore } from '@xyflow/react'
import { memo } from 'react'
import { sides, type WorkflowSide } from '../../core/workflow/map/workflow.ts'
import styles from './lane-bands.module.css'
import { LaneHead } from './lane-head.tsx'
import type { Caption, LaneBandsProps } from './lane-props.ts'
import { type Band, besideRoom, captionHeight, keyOf, type Stage } from './stage.ts'
import { roughDuration } from './words.ts'

/** Between a caption and the first lane below it: flows that run above that lane are seen here. In pixels on screen. */
export const headRoom = 12

/** Room for the name of a role on one or two lines; less where the whole canvas is narrow. */
export function laneHeaderWidth(room: number): number {
  return room < 640 ? 88 : 128
}

export const LaneBands = memo(function LaneBands(props: LaneBandsProps) {
  const { stage, captions, notes, selectedLane, namingLane, far } = props
  const [vx, vy, zoom] = useStore((state) => state.transform)
  const room = useStore((state) => state.width)
  const stacked = stage.arrangement !== 'beside'
  const left = (side: WorkflowSide): number =>
    stacked ? 0 : Math.max(0, (stage.regions[side].x - (side === 'future' ? besideRoom : 0)) * zoom + vx)
  const width = (side: WorkflowSide): number | string =>
    stacked ? '100%' : Math.max(0, (stage.regions[side].x + stage.regions[side].width) * zoom + vx - left(side))
  const place = (band: Band): { readonly top: number; readonly height: number } => {
    const row = far?.rows.find((each) => each.band === band)
    return row ?? { top: band.y * zoom + vy, height: band.height * zoom + 1 }
  }
  const headWidth = stacked ? laneHeaderWidth(room) : Math.min(laneHeaderWidth(room), (besideRoom + 32) * zoom)
  return (
    <>
      <div className={styles.bands} aria-hidden="true">
        {stage.bands.map((band) => (
          <div
            key={keyOf(band)}
            className={styles.band}
            style={{ ...place(band), left: left(band.side), width: width(band.side) }}
          />
        ))}
      </div>
      <div
        className={styles.laneNames}
        style={{ '--lane-width': `${headWidth}px`, '--lane-pad': headWidth < 112 ? '6px' : '12px' } as React.CSSProperties}
      >
        {headings(stage).map(({ key, side, bands, label }) => (
          <span
            key={key}
            className={styles.laneHeading}
            style={{
              top: Math.min(...bands.map((band) => place(band).top)),
              height: bands.reduce((sum, band) => sum + place(band).height, 0),
              left: left(side),
            }}
            title={label}
          >
            <span>{label}</span>
          </span>
        ))}
        {stage.bands.map((band) => (
          <LaneHead
            {...props}
            key={keyOf(band)}
            band={band}
            note={notes.get(keyOf(band)) ?? ''}
            {...place(band)}
            left={left(band.side)}
            zoom={far ? place(band).height / band.height : zoom}
            isSelected={selectedLane === keyOf(band)}
            isNaming={namingLane === keyOf(band)}
          />
        ))}
      </div>
      {(stage.arrangement === 'single' ? (['current'] as const) : sides).map((side) => {
        const region = stage.regions[side]
        const top = far ? far.captions[side] : region.y * zoom + vy - captionHeight - headRoom
        const bottom = far ? far.height : (region.y + region.height) * zoom + vy - captionHeight
        const { name, facts } = captionParts(side, captions[side])
        return (
          <p
            key={side}
            className={styles.caption}
            style={{ top: Math.min(Math.max(0, top), bottom), left: left(side), width: width(side) }}
          >
            {name} <span>{facts}</span>
          </p>
        )
      })}
    </>
  )
})

interface Heading {
  readonly key: string
  readonly side: WorkflowSide
  readonly bands: readonly Band[]
  readonly label: string
}

/** Neighbouring lanes that lie within the same department share one heading. */
function headings(stage: Stage): readonly Heading[] {
  const list: Heading[] = []
  for (const band of stage.bands) {
    const label = band.lane?.within ?? ''
    if (label === '') continue
    const last = list.at(-1)
    const above = last?.bands.at(-1)
    if (last && above?.side === band.side && last.label === label && above.y + above.height === band.y)
      list[list.length - 1] = { ...last, bands: [...last.bands, band] }
    else list.push({ key: keyOf(band), side: band.side, bands: [band], label })
  }
  return list
}

/** `CURRENT — MedTrack · lead time 31 h (P90 54 h) · 3 hand-offs`. */
export function captionWords(side: WorkflowSide, caption: Caption): string {
  const { name, facts } = captionParts(side, caption)
  return facts === '' ? name : `${name} · ${facts}`
}

function captionParts(side: WorkflowSide, caption: Caption): { readonly name: string; readonly facts: string } {
  const parts: string[] = []
  if (caption.leadTime !== null) {
    const p90 = caption.p90 === null ? '' : ` (P90 ${roughDuration(caption.p90)})`
    parts.push(`lead time ${roughDuration(caption.leadTime)}${p90}`)
  } else if (caption.endless) parts.push('the queue never ends')
  if (caption.handoffs > 0) parts.push(caption.handoffs === 1 ? '1 hand-off' : `${caption.handoffs} hand-offs`)
  if (caption.stale && (caption.leadTime !== null || caption.endless)) parts.push('times from before the last edit')
  return {
    name: caption.name ? caption.name : caption.system === '' ? side.toUpperCase() : `${side.toUpperCase()} — ${caption.system}`,
    facts: parts.join(' · '),
  }
}
