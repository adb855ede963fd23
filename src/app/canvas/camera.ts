/** Zoom and pan as numbers: fit to a region, and the smallest shift that brings a step into view. */
import type { Viewport } from '@xyflow/react'
import type { Box } from '../../core/workflow/drawing/layout.ts'
import { headRoom, laneHeaderWidth } from './lane-bands.tsx'
import { captionHeight, type Stage } from './stage.ts'

/** A map of a thousand steps fits into a window here. */
export const minZoom = 0.02
export const maxZoom = 2
/** Names of 13 px are 12 px here; smaller nobody reads them, so the rest of a wide map is reached by panning. */
export const legibleZoom = 12 / 13
const margin = 16
/** Smaller than this, names would be below 11 px: steps are drawn as blocks. */
export const blockZoom = 0.55
const footHeight = 8

export interface Size {
  readonly width: number
  readonly height: number
}

/** Both maps from the top left, never larger than they are and never smaller than `least`. @param zoom where it is settled already */
export function fitStage(stage: Stage, boxes: Iterable<Box>, room: Size, least: number, zoom?: number): Viewport {
  const { left, right } = acrossOf(boxes)
  const bottom = Math.max(...stage.bands.map((band) => band.y + band.height))
  const head = laneHeaderWidth(room.width)
  const wide = (room.width - head - 2 * margin) / Math.max(1, right - left)
  const high = (room.height - captionHeight - headRoom - footHeight) / Math.max(1, bottom)
  const by = zoom ?? Math.max(least, Math.min(1, wide, high))
  return { x: head + margin - left * by, y: captionHeight + headRoom, zoom: by }
}

/** The zoom at which all steps stand beside each other in the room. */
export function widthZoom(boxes: Iterable<Box>, room: Size): number {
  const { left, right } = acrossOf(boxes)
  return Math.max(minZoom, (room.width - laneHeaderWidth(room.width) - 2 * margin) / Math.max(1, right - left))
}

function acrossOf(boxes: Iterable<Box>): { readonly left: number; readonly right: number } {
  let left = Number.POSITIVE_INFINITY
  let right = 320
  for (const box of boxes) {
    left = Math.min(left, box.x)
    right = Math.max(right, box.x + box.width)
  }
  return { left: Number.isFinite(left) ? left : 40, right }
}

/** As `fitStage`; where that shows lanes alone, as on a phone, moved to the step that stands first. */
export function openStage(stage: Stage, boxes: readonly Box[], room: Size, least: number): Viewport {
  const view = fitStage(stage, boxes, room, least)
  const [first] = [...boxes].sort((a, b) => a.x - b.x || a.y - b.y)
  return first && boxes.every((box) => showBox(box, view, room) !== null) ? (showBox(first, view, room) ?? view) : view
}

/** The boxes in the middle of the room. */
export function fitBoxes(boxes: readonly Box[], room: Size): Viewport | null {
  if (boxes.length === 0) return null
  const left = Math.min(...boxes.map((box) => box.x)) - 40
  const top = Math.min(...boxes.map((box) => box.y)) - 40
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + 40
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 40
  const zoom = clamp(Math.min(1.5, room.width / (right - left), room.height / (bottom - top)))
  return {
    x: room.width / 2 - ((left + right) / 2) * zoom,
    y: room.height / 2 - ((top + bottom) / 2) * zoom,
    zoom,
  }
}

/** Beside a step that is shown there is room for the arrow that adds the next one, in pixels on screen. */
const arrowRoom = 40

/** Null when the box is in view already. */
export function showBox(box: Box, view: Viewport, room: Size): Viewport | null {
  const left = box.x * view.zoom + view.x
  const top = box.y * view.zoom + view.y
  const right = left + box.width * view.zoom
  const bottom = top + box.height * view.zoom
  const dx = shift(left - 8, right + arrowRoom, laneHeaderWidth(room.width) + 8, room.width - 8)
  const dy = shift(top - 12, bottom + 8, captionHeight, room.height - 8)
  return dx === 0 && dy === 0 ? null : { ...view, x: view.x + dx, y: view.y + dy }
}

function shift(from: number, to: number, least: number, most: number): number {
  if (from < least) return least - from
  if (to > most) return Math.max(most - to, least - from)
  return 0
}

function clamp(zoom: number): number {
  return Math.max(minZoom, Math.min(maxZoom, zoom))
}
