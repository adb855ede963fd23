/** The name of one lane at the left edge: pressed to select, dragged to another place, its lower edge drawn to another height, typed over in place. */

import { type PointerEvent, useRef, useState } from 'react'
import { leastLaneHeight } from '../../core/workflow/edit/lane-edits.ts'
import { followPointer } from './follow-pointer.ts'
import styles from './lane-bands.module.css'
import type { LaneBandsProps } from './lane-props.ts'
import { type Band, keyOf } from './stage.ts'

export interface LaneHeadProps extends LaneBandsProps {
  readonly band: Band
  readonly note: string
  readonly top: number
  readonly height: number
  readonly left: number
  readonly zoom: number
  readonly isSelected: boolean
  readonly isNaming: boolean
}

export function LaneHead(props: LaneHeadProps) {
  const { band, stage, note, top, height, left, zoom, readOnly } = props
  const { side, lane } = band
  /** Pixels on screen by which the lane, or its lower edge, is held away from its place. */
  const [held, setHeld] = useState(0)
  const [pulled, setPulled] = useState(0)
  const nested = lane?.within !== undefined || undefined
  if (!lane) {
    const alone = !stage.bands.some((other) => other.side === side && other.lane)
    return (
      <div className={styles.laneName} style={{ top, height, left }}>
        <span className={styles.laneLabel}>{alone ? '' : 'No lane'}</span>
      </div>
    )
  }
  const drag = (press: PointerEvent): void => {
    if (readOnly || press.button !== 0) return
    followPointer(press, {
      move: (event) => setHeld(event.clientY - press.clientY),
      end: (event, moved) => {
        setHeld(0)
        if (moved) drop(event.clientY - press.clientY)
      },
      cancel: () => setHeld(0),
    })
  }
  /** Before the lane whose middle lies below where this one was let go. */
  const drop = (by: number): void => {
    const own = stage.bands.filter((other) => other.side === side && other.lane)
    const middle = band.y + band.height / 2 + by / zoom
    const next = own.find((other) => other.lane?.id !== lane.id && other.y + other.height / 2 > middle)
    const before = next?.lane?.id ?? null
    const after = own[own.findIndex((other) => other.lane?.id === lane.id) + 1]?.lane?.id ?? null
    if (before !== after) props.onOrder(side, lane.id, before)
  }
  const pull = (press: PointerEvent): void => {
    if (readOnly || press.button !== 0) return
    press.preventDefault()
    press.stopPropagation()
    const by = (event: { readonly clientY: number }): number =>
      Math.max(event.clientY - press.clientY, (leastLaneHeight - band.height) * zoom)
    followPointer(press, {
      move: (event) => setPulled(by(event)),
      end: (event, moved) => {
        setPulled(0)
        if (moved) props.onHeight(side, lane.id, Math.round((band.height + by(event) / zoom) / 8) * 8)
      },
      cancel: () => setPulled(0),
    })
  }
  const next = nextLane(props)
  return (
    <>
      {props.isNaming ? (
        <LaneNameField {...props} />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className={styles.laneName}
          data-selected={props.isSelected || undefined}
          data-held={held !== 0 || undefined}
          data-nested={nested}
          style={{ top: top + held, height, left }}
          title={lane.label}
          onPointerDown={drag}
          onClick={() => props.onLane(side, lane.id)}
          onDoubleClick={() => !readOnly && props.onNaming(side, lane.id)}
          onContextMenu={(event) => {
            event.preventDefault()
            props.onLaneMenu(side, lane.id, event.clientX, event.clientY)
          }}
        >
          <span className={styles.laneLabel}>{lane.label}</span>
          {height > 48 && note !== '' && <span className={styles.laneNote}>{note}</span>}
        </button>
      )}
      {!readOnly && (
        <div
          className={styles.laneEdge}
          data-held={pulled !== 0 || undefined}
          style={{ top: top + height + pulled, left }}
          onPointerDown={pull}
        >
          <button
            type="button"
            tabIndex={-1}
            className={styles.laneInsert}
            aria-label={`Insert a lane below ${lane.label}`}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => props.onInsert(side, next)}
          >
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
              <path d="M8 3v10M3 8h10" />
            </svg>
          </button>
        </div>
      )}
    </>
  )
}

function nextLane({ stage, band }: LaneHeadProps): string | null {
  const own = stage.bands.filter((other) => other.side === band.side && other.lane)
  return own[own.findIndex((other) => keyOf(other) === keyOf(band)) + 1]?.lane?.id ?? null
}

function LaneNameField({ band, top, height, left, onNamed }: LaneHeadProps) {
  const done = useRef(false)
  const finish = (label: string | null): void => {
    if (done.current || !band.lane) return
    done.current = true
    onNamed(band.side, band.lane.id, label)
  }
  return (
    <div className={styles.laneName} style={{ top, height, left }}>
      <input
        ref={(field) => {
          if (!field || field.dataset.ready) return
          field.dataset.ready = 'yes'
          field.focus({ preventScroll: true })
          field.select()
        }}
        className={styles.laneField}
        defaultValue={band.lane?.label}
        aria-label={`Name of lane ${band.lane?.label}`}
        autoComplete="off"
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') finish(null)
          else if (event.key === 'Enter' || event.key === 'Tab') {
            event.preventDefault()
            finish(event.currentTarget.value.trim())
          }
        }}
        onBlur={(event) => finish(event.currentTarget.value.trim())}
      />
    </div>
  )
}
